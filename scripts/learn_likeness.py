"""Learn the weights of the note scanner's second net: `python scripts/learn_likeness.py`.

Reads tests/corpus/learn_*.tsv (never report_*.tsv) and writes likeness.toml beside the scanner.
The same sentences and word lists give the same weights. Needs about two minutes.

A weight table is a ridge-held logistic regression over traits, by accelerated gradient steps.
The danger bar is set by leaving out one author at a time: the lowest bar at which both nets
together raise a card for at most `FALSE_ALARMS` of that author's harmless sentences.
`--check` only prints the left-out figures.
"""

import base64
import hashlib
import sys
import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sparse_logistic import Array, Rows, fit, rarity_of

from safetomove.core.safety.notes import LEXICON_VERSION, NoteCard
from safetomove.core.safety.notes.guards import quietened, roles
from safetomove.core.safety.notes.lexicon import Lexicon, Pattern
from safetomove.core.safety.notes.likeness import WEIGHTS_FILE, Likeness, Piece, Weights
from safetomove.core.safety.notes.loader import FOLDER, build
from safetomove.core.safety.notes.match import Reading, hits, possible, read
from safetomove.core.safety.notes.traits import CARD_PLACES, PLACES, idea_codes
from safetomove.core.safety.notes.words import sentences

CORPUS = Path(__file__).resolve().parent.parent / "tests" / "corpus"
HARMLESS = "harmless"
OWN = ("learn_1", "learn_2", "learn_8")  # by authors of the patterns: half weight, not left out
# Authors with both kinds of sentence.
LEFT_OUT = (
    "learn_3",
    "learn_4",
    "learn_5",
    "learn_6",
    "learn_9",
    "learn_10",
    "learn_12",
)
FALSE_ALARMS = 0.085  # of a new author's harmless sentences
OWN_WEIGHT = 0.5
FIRM_RIGHT = 0.9  # share of right calls that makes a pattern firm
TOP = 127  # the largest whole weight
LINE = 100  # characters in a line of the file


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One labelled sentence as both nets see it."""

    author: str
    label: str
    pieces: tuple[Piece, ...]
    patterns: frozenset[tuple[NoteCard, str]]  # those that stand

    def windows(self) -> list[tuple[Piece, ...]]:
        """List what the net reads on its own: each piece, and each two neighbours."""
        pairs = list(zip(self.pieces, self.pieces[1:], strict=False))
        return [(piece,) for piece in self.pieces] + pairs


def corpus_digest() -> str:
    """Digest everything that the weights hang on: sentences and word lists."""
    files = sorted(CORPUS.glob("learn_*.tsv"))
    files += [FOLDER / "concepts.toml", FOLDER / "patterns.toml"]
    whole = hashlib.sha256()
    for file in files:
        whole.update(file.read_bytes())
    return whole.hexdigest()


def labelled(name: str) -> list[tuple[str, str]]:
    """Read the labels and sentences of one file."""
    lines = (CORPUS / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [(label, text) for label, text in (line.split("\t") for line in lines)]


def word_lists() -> Lexicon:
    """Read the word lists with the hints among the patterns."""
    texts = ((FOLDER / f"{name}.toml").read_text("utf-8") for name in ("concepts", "patterns"))
    concepts, patterns = map(tomllib.loads, texts)
    return build(concepts, patterns, hints=True)


def learning_notes(known: Lexicon) -> list[Note]:
    """Read every learning file."""
    no_weights = Weights(each=[0] * PLACES, worth=0, start=0, bar=0)
    net = Likeness(danger=no_weights, cards={}, codes=idea_codes(known.numbers))
    notes = []
    for file in sorted(CORPUS.glob("learn_*.tsv")):
        for label, text in labelled(file.stem):
            readings = [read(words, known) for words in sentences(text)]
            stand = {found for reading in readings for found in standing(reading, known)}
            notes.append(
                Note(
                    author=file.stem,
                    label=label,
                    pieces=tuple(net.piece(reading) for reading in readings),
                    patterns=frozenset(stand),
                )
            )
    return notes


def standing(reading: Reading, known: Lexicon) -> set[tuple[NoteCard, str]]:
    """Name the patterns, hints too, that stand in one sentence."""
    small = roles(known)

    def stands(pattern: Pattern) -> bool:
        return any(not quietened(pattern, hit, reading, small) for hit in hits(pattern, reading))

    return {(p.card, p.line) for p in possible(reading, known, set()) if stands(p)}


def firm(notes: list[Note]) -> set[tuple[NoteCard, str]]:
    """Name the patterns that found a danger in others' sentences and are mostly right."""
    right: Counter[tuple[NoteCard, str]] = Counter()
    wrong: Counter[tuple[NoteCard, str]] = Counter()
    for note in notes:
        if note.author not in OWN:
            (wrong if note.label == HARMLESS else right).update(note.patterns)
    return {key for key, n in right.items() if n / (n + wrong[key]) >= FIRM_RIGHT}


def rows(windows: list[tuple[Piece, ...]], places: int) -> Rows:
    """Lay out the traits of windows, folded into a table of so many places."""
    each = [np.fromiter((at for piece in w for at in piece.places()), np.int64) for w in windows]
    lengths = np.array([len(row) for row in each])
    return Rows(
        places=np.concatenate(each) % places,
        starts=np.concatenate(([0], np.cumsum(lengths)[:-1])),
        lengths=lengths,
    )


def danger_rows(notes: list[Note]) -> tuple[list[tuple[Piece, ...]], Array, Array]:
    """List training windows, which are dangerous, and what each counts.

    A harmless note is harmless in each of its sentences; a dangerous one only as a whole.
    """
    windows, yes, weight = [], [], []
    for note in notes:
        mine = [note.pieces]
        if note.label == HARMLESS and len(note.pieces) > 1:
            mine += [(piece,) for piece in note.pieces]
        windows += mine
        yes += [note.label != HARMLESS] * len(mine)
        weight += [OWN_WEIGHT if note.author in OWN else 1.0] * len(mine)
    return windows, np.array(yes, float), np.array(weight)


def learn_danger(notes: list[Note]) -> tuple[Array, float]:
    """Fit the danger table."""
    windows, yes, weight = danger_rows(notes)
    data = rows(windows, PLACES)
    return fit(data, rarity_of(data, PLACES), yes, weight)


def learn_cards(notes: list[Note]) -> dict[NoteCard, tuple[Array, float]]:
    """Fit a table for each card, on the dangerous sentences alone."""
    bad = [note for note in notes if note.label != HARMLESS]
    data = rows([note.pieces for note in bad], CARD_PLACES)
    rarity = rarity_of(data, CARD_PLACES)
    ones = np.ones(len(bad))
    return {
        card: fit(data, rarity, np.array([n.label == card for n in bad], float), ones)
        for card in NoteCard
    }


def whole_weights(w: Array) -> tuple[Array, float]:
    """Round weights to whole numbers, and give what one is worth."""
    worth = float(np.abs(w).max() / TOP)
    return np.rint(w / worth).astype(np.int8), worth


def scores(notes: list[Note], learnt: tuple[Array, float]) -> Array:
    """Score each note by the highest of its windows, with rounded weights."""
    whole, worth = whole_weights(learnt[0])
    windows = [(i, window) for i, note in enumerate(notes) for window in note.windows()]
    data = rows([window for _, window in windows], PLACES)
    sums = np.add.reduceat(whole[data.places].astype(float) * worth, data.starts)
    each = sums / np.sqrt(data.lengths) + learnt[1]
    best = np.full(len(notes), -np.inf)
    np.maximum.at(best, [i for i, _ in windows], each)
    return best


def left_out(notes: list[Note]) -> tuple[Array, Array, Array, list[str]]:
    """Score each left-out author: likeness, a firm pattern or not, dangerous or not, author."""
    found, firmly, bad, author = [], [], [], []
    for name in LEFT_OUT:
        rest = [note for note in notes if note.author != name]
        mine = [note for note in notes if note.author == name]
        trusted = firm(rest)
        found.append(scores(mine, learn_danger(rest)))
        firmly += [bool(note.patterns & trusted) for note in mine]
        bad += [note.label != HARMLESS for note in mine]
        author += [name] * len(mine)
    return np.concatenate(found), np.array(firmly), np.array(bad), author


def danger_bar(found: Array, firmly: Array, bad: Array) -> float:
    """Find the lowest bar that keeps false alarms of both nets under their limit."""
    for bar in np.arange(-3, 6, 0.01):
        if (firmly | (found >= bar))[~bad].mean() <= FALSE_ALARMS:
            return round(float(bar), 2)
    raise SystemExit("no bar keeps the false alarms under their limit")


def print_left_out(found: Array, firmly: Array, bad: Array, author: list[str], bar: float) -> None:
    """Print what a new author's sentences would meet."""
    raised = firmly | (found >= bar)
    for name in (*LEFT_OUT, "all"):
        mine = np.array([name in (a, "all") for a in author])
        recall, false = raised[mine & bad].mean(), raised[mine & ~bad].mean()
        print(f"{name} left out: raised {recall:.3f} of dangerous, {false:.3f} of harmless")
    print(f"patterns alone: {firmly[bad].mean():.3f}, {firmly[~bad].mean():.3f}; bar {bar}")


def table(name: str, learnt: tuple[Array, float], bar: float) -> str:
    """Write one table of weights."""
    whole, worth = whole_weights(learnt[0])
    text = base64.b85encode(whole.tobytes()).decode("ascii")
    lines = "\n".join(text[at : at + LINE] for at in range(0, len(text), LINE))
    head = f"worth = {worth:.9f}\nstart = {learnt[1]:.6f}\nbar = {bar}\n"
    return f"\n[{name}]\n{head}weights = '''\n{lines}'''\n"


def main() -> int:
    """Learn, and write the file."""
    known = word_lists()
    notes = learning_notes(known)
    found, firmly, bad, author = left_out(notes)
    bar = danger_bar(found, firmly, bad)
    print_left_out(found, firmly, bad, author, bar)
    if "--check" in sys.argv:
        return 0
    text = "# Made by scripts/learn_likeness.py; not for editing by hand.\n"
    text += f'version = "{LEXICON_VERSION}"\nlearnt_from = "{corpus_digest()}"\n'
    text += 'reviewed = "clinical review: none yet"\n'
    text += table("danger", learn_danger(notes), bar)
    for card, learnt in learn_cards(notes).items():
        text += table(f"cards.{card}", learnt, 0.0)
    (FOLDER / WEIGHTS_FILE).write_text(text, encoding="ascii")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
