"""Measure the note scanner on both halves of its corpus: `python bench/note_scanner.py`.

Prints how many dangerous notes raise the right card, how many harmless ones raise any, and the
time for a note, also as a ratio to one Unicode normalisation of the same text in the same run.
One person wrote both halves, so the report half flatters: six further lots of sentences, each
scanned once before it joined the tune half, gave recall .71, .79, .87, .85, .83 and .85, with
harmless ones raising a card in .10, .06, .06, .04, .12 and .23 (the last lot: whole diary notes).
`--big` adds texts of ten million characters made to trip a scanner (about two minutes).
"""

import random
import sys
import time
import unicodedata
from collections import Counter
from pathlib import Path

from safetomove.core.safety.notes import LEXICON_VERSION, NoteCard, scan_note

CORPUS = Path(__file__).resolve().parent.parent / "tests" / "corpus"
HARMLESS = "harmless"
MEGABYTES = 10

Rows = list[tuple[str, str]]


def rows(half: str) -> Rows:
    """Read one half: pairs of label and sentence."""
    lines = (CORPUS / f"notes_{half}.tsv").read_text(encoding="utf-8").splitlines()
    return [(label, sentence) for label, sentence in (line.split("\t") for line in lines)]


def score(half: Rows) -> tuple[Counter[str], Counter[str]]:
    """Count the sentences and the hits of each label; for harmless a hit is a false alarm."""
    count: Counter[str] = Counter()
    hit: Counter[str] = Counter()
    for label, sentence in half:
        cards = scan_note(sentence)
        count[label] += 1
        hit[label] += bool(cards) if label == HARMLESS else NoteCard(label) in cards
    return count, hit


def rates(count: Counter[str], hit: Counter[str]) -> tuple[float, float]:
    """Give recall over all dangerous sentences and the false-alarm rate."""
    dangerous = sum(count.values()) - count[HARMLESS]
    found = sum(hit.values()) - hit[HARMLESS]
    return found / dangerous, hit[HARMLESS] / count[HARMLESS]


def seconds(text: str) -> float:
    """Time one scan, in seconds of processor."""
    start = time.process_time()
    scan_note(text)
    return time.process_time() - start


def ordinary_cost(half: Rows, repeats: int = 5) -> tuple[float, float]:
    """Give the best microseconds for 100 characters, scanned and only normalised."""
    notes = [sentence for _, sentence in half]
    size = sum(map(len, notes)) / 100
    scans, norms = [], []
    for _ in range(repeats):
        start = time.process_time()
        for note in notes:
            scan_note(note)
        scans.append(time.process_time() - start)
        start = time.process_time()
        for note in notes:
            unicodedata.normalize("NFKD", note).lower().split()
        norms.append(time.process_time() - start)
    return min(scans) / size * 1e6, min(norms) / size * 1e6


def hostile_texts(megabytes: float = MEGABYTES) -> dict[str, str]:
    """Build big texts that would make a careless scanner crawl."""
    size = int(megabytes * 1_000_000)
    pick = random.Random(20261122)
    sounds = ["".join(pick.choices("abcdefghijklmnoprstuw", k=7)) for _ in range(50_000)]
    denied = "no fever and not weak not numb my bum the dog fell off a ladder in 2009 "
    plain = "walked to the shop and had a cup of tea then sat in the garden "
    shuffled = (denied + plain).split()
    return {
        "one letter": "a" * size,
        "two letters": "ab" * (size // 2),
        "nonsense words": " ".join(pick.choices(sounds, k=size // 8)),
        "plain words, no stops": " ".join(pick.choices(plain.split(), k=size // 5)),
        "denied words, no stops": (denied * (size // len(denied))),
        "shuffled near misses": " ".join(pick.choices(shuffled, k=size // 5)),
        "full stops": "." * size,
        "hidden characters": "\u200b\x00" * (size // 4),
        "right to left": "אני בסדר היום " * (size // 25),
    }


DIARY: Rows = [
    (
        HARMLESS,
        "Walked to the shop and back with the dog, a bit stiff afterwards but the bath helped it",
    ),
    (
        HARMLESS,
        "Slept better. Stretches twice, then sat in the garden with a cup of tea and a paper",
    ),
    (
        HARMLESS,
        "Work was busy so I took breaks standing up, back grumbled on the bus home",
    ),
]


def main() -> int:
    """Print the report; fail if the report half misses its bar."""
    start = time.process_time()
    scan_note("first use")
    print(f"lexicon {LEXICON_VERSION}; first use {1000 * (time.process_time() - start):.0f} ms")
    for half in ("tune", "report"):
        count, hit = score(rows(half))
        recall, false_alarms = rates(count, hit)
        print(f"\n{half}: {sum(count.values())} sentences")
        for card in NoteCard:
            print(f"  {card:22} {hit[card]:3}/{count[card]}")
        print(f"  recall {recall:.3f}   harmless that raise a card {false_alarms:.3f}")
    scan, norm = ordinary_cost(DIARY)
    times = f"{scan / norm:.0f} times a Unicode normalisation ({norm:.2f} µs)"
    print(f"\n100 characters of ordinary diary: {scan:.0f} µs, {times}")
    if "--big" in sys.argv:
        for name, text in hostile_texts().items():
            print(f"  {len(text) / 1e6:4.1f} M characters, {name}: {seconds(text):.1f} s")
    return 0 if recall >= 0.95 and false_alarms <= 0.10 else 1


if __name__ == "__main__":
    raise SystemExit(main())
