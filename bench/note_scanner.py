"""Measure the note scanner on its corpus: `python bench/note_scanner.py`.

Prints, for sentences that it learnt from and for two files that it never saw: how many dangerous
ones raise the right card, how many raise any, how many harmless ones raise one, each with its
95 % interval (Wilson); and the time for a note, as a ratio to one Unicode normalisation of the
same text in the same run.
`--left-out` adds what each learning author would have met as a stranger (about two minutes);
`--big` adds texts of ten million characters made to trip a scanner (about two minutes).
"""

import random
import subprocess
import sys
import time
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from math import sqrt
from pathlib import Path

from safetomove.core.safety.notes import LEXICON_VERSION, NoteCard, scan_note

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "tests" / "corpus"
HARMLESS = "harmless"
REPORTS = ("report_2", "report_3", "report_4")  # never learnt from, and their misses never read
RECALL_BAR = 0.95  # of dangerous notes raise a card
FALSE_ALARM_BAR = 0.10  # of harmless notes raise any card
MEGABYTES = 10
Z95 = 1.96

Rows = list[tuple[str, str]]


@dataclass(slots=True)
class Score:
    """Counts by label: sentences, those with the right card, those with any card."""

    count: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    raised: Counter[str] = field(default_factory=Counter)

    def dangerous(self, of: Counter[str]) -> int:
        """Count over all labels but harmless."""
        return sum(of.values()) - of[HARMLESS]

    @property
    def recall(self) -> float:
        """Share of dangerous notes that raise a card."""
        return self.dangerous(self.raised) / self.dangerous(self.count)

    @property
    def right_card(self) -> float:
        """Share of dangerous notes whose right card is among those raised."""
        return self.dangerous(self.right) / self.dangerous(self.count)

    @property
    def false_alarms(self) -> float:
        """Share of harmless notes that raise a card."""
        return self.raised[HARMLESS] / self.count[HARMLESS]


def rows(name: str) -> Rows:
    """Read one file: pairs of label and sentence."""
    lines = (CORPUS / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [(label, sentence) for label, sentence in (line.split("\t") for line in lines)]


def learnt() -> Rows:
    """Read every sentence that shaped the scanner."""
    return [row for file in sorted(CORPUS.glob("learn_*.tsv")) for row in rows(file.stem)]


def score(notes: Rows) -> Score:
    """Scan each sentence."""
    made = Score()
    for label, sentence in notes:
        cards = scan_note(sentence)
        made.count[label] += 1
        made.raised[label] += bool(cards)
        made.right[label] += label != HARMLESS and NoteCard(label) in cards
    return made


def interval(hits: int, of: int) -> tuple[float, float]:
    """Give Wilson's 95 % interval of a share."""
    share, z2 = hits / of, Z95 * Z95
    middle = (share + z2 / (2 * of)) / (1 + z2 / of)
    half = Z95 * sqrt(share * (1 - share) / of + z2 / (4 * of * of)) / (1 + z2 / of)
    return middle - half, middle + half


def print_score(name: str, made: Score) -> None:
    """Print one file's counts and shares."""
    print(f"\n{name}: {sum(made.count.values())} sentences (right card, any card, of)")
    for card in NoteCard:
        print(f"  {card:22} {made.right[card]:3} {made.raised[card]:3} /{made.count[card]}")
    bad = made.dangerous(made.count)
    shares = [
        ("dangerous that raise a card", made.dangerous(made.raised), bad),
        ("dangerous that raise the right card", made.dangerous(made.right), bad),
        ("harmless that raise a card", made.raised[HARMLESS], made.count[HARMLESS]),
    ]
    for words, hits, of in shares:
        low, high = interval(hits, of)
        print(f"  {words}: {hits}/{of} = {hits / of:.3f} ({low:.3f} to {high:.3f})")


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
    """Print the report; fail if a file that was never seen misses a bar."""
    start = time.process_time()
    scan_note("first use")
    print(f"lexicon {LEXICON_VERSION}; first use {1000 * (time.process_time() - start):.0f} ms")
    print_score("learnt from", score(learnt()))
    reports = [(name, score(rows(name))) for name in REPORTS]
    for name, made in reports:
        print_score(f"{name}, never seen", made)
    scan, norm = ordinary_cost(DIARY)
    times = f"{scan / norm:.0f} times a Unicode normalisation ({norm:.2f} µs)"
    print(f"\n100 characters of ordinary diary: {scan:.0f} µs, {times}")
    if "--left-out" in sys.argv:
        script = ROOT / "scripts" / "learn_likeness.py"
        subprocess.run([sys.executable, str(script), "--check"], check=True)
    if "--big" in sys.argv:
        for name, text in hostile_texts().items():
            print(f"  {len(text) / 1e6:4.1f} M characters, {name}: {seconds(text):.1f} s")
    print(f"\nbars: raised >= {RECALL_BAR:.2f} of dangerous, <= {FALSE_ALARM_BAR:.2f} of harmless")
    met = all(m.recall >= RECALL_BAR and m.false_alarms <= FALSE_ALARM_BAR for _, m in reports)
    return 0 if met else 1


if __name__ == "__main__":
    raise SystemExit(main())
