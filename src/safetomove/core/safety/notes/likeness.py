"""The second net: how like the dangerous sentences that it learnt from is this one?

A score is a sum of small whole weights, one for each trait, over the root of how many traits
there are. It can raise a card and can't hide one. `scripts/learn_likeness.py` makes the weights.
"""

import base64
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from math import sqrt
from typing import Any

from safetomove.core.safety.notes.card import LEXICON_VERSION, NoteCard
from safetomove.core.safety.notes.lexicon import BadLexicon, Lexicon
from safetomove.core.safety.notes.loader import FOLDER, lexicon
from safetomove.core.safety.notes.match import Reading
from safetomove.core.safety.notes.traits import (
    CARD_PLACES,
    PLACES,
    bare,
    idea_codes,
    idea_places,
    pair_places,
    word_places,
)

REMEMBERED_WORDS = 20_000
WEIGHTS_FILE = "likeness.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Whole weights from -127 to 127, what one of them is worth, and the bar to pass."""

    each: Sequence[int]
    worth: float
    start: float  # the score of a sentence without traits
    bar: float

    def score(self, total: int, count: int) -> float:
        """Turn a sum of weights over so many traits into a score."""
        return self.start + self.worth * total / sqrt(count)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A sentence, or a part of a long one, as the net sees it."""

    total: int
    count: int
    words: list[str]
    ideas: set[int]
    by_card: list[int] = field(default_factory=list)  # sums in card order, made only in an alarm

    def places(self) -> Iterator[int]:
        """Yield the place of each trait."""
        for word in dict.fromkeys(self.words):
            yield from word_places(word)
        yield from pair_places(self.words)
        yield from self.ideas


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """The weights of danger and of each card; `remembered` only saves time and is bounded."""

    danger: Weights
    cards: dict[NoteCard, Weights]
    codes: tuple[int, ...]
    remembered: dict[str, tuple[int, int]] = field(default_factory=dict)

    def piece(self, reading: Reading) -> Piece:
        """Add up the danger weights of one reading."""
        words = bare(reading.words)
        each = self.danger.each
        total = count = 0
        for word in set(words):
            known = self.remembered.get(word) or self._learn_word(word)
            total += known[0]
            count += known[1]
        pairs, ideas = pair_places(words), idea_places(reading, self.codes)
        total += sum([each[at] for at in pairs]) + sum([each[at] for at in ideas])
        return Piece(total=total, count=count + len(pairs) + len(ideas), words=words, ideas=ideas)

    def _learn_word(self, word: str) -> tuple[int, int]:
        places = word_places(word)
        if len(self.remembered) >= REMEMBERED_WORDS:
            self.remembered.clear()
        known = self.remembered[word] = (sum(self.danger.each[at] for at in places), len(places))
        return known

    def score(self, pieces: tuple[Piece, ...]) -> float:
        """Score one piece, or neighbours read as one."""
        count = sum(piece.count for piece in pieces)
        return self.danger.score(sum(piece.total for piece in pieces), count)

    def alarms(self, pieces: tuple[Piece, ...]) -> set[NoteCard]:
        """List the cards that neighbouring pieces raise, none when they are under the bar."""
        if self.score(pieces) < self.danger.bar:
            return set()
        sums = map(sum, zip(*(self._by_card(piece) for piece in pieces), strict=True))
        count = sum(piece.count for piece in pieces)
        scores = {
            card: self.cards[card].score(total, count)
            for card, total in zip(self.cards, sums, strict=True)
        }
        likely = {card for card, score in scores.items() if score >= self.cards[card].bar}
        return likely | {max(scores, key=lambda card: scores[card])}

    def _by_card(self, piece: Piece) -> list[int]:
        if not piece.by_card:
            places = [at % CARD_PLACES for at in piece.places()]
            piece.by_card.extend(
                sum([weights.each[at] for at in places]) for weights in self.cards.values()
            )
        return piece.by_card


@cache
def likeness() -> Likeness:
    """Read the weights the first time that they are needed."""
    import tomllib  # here, so that importing the scanner stays quick

    return build(tomllib.loads((FOLDER / WEIGHTS_FILE).read_text(encoding="ascii")), lexicon())


def build(table: dict[str, Any], known: Lexicon) -> Likeness:
    """Make the tables; refuse weights of another version or size."""
    if table["version"] != LEXICON_VERSION:
        raise BadLexicon("likeness.toml is of another version: run scripts/learn_likeness.py")
    return Likeness(
        danger=_weights(table["danger"], PLACES),
        cards={card: _weights(table["cards"][card], CARD_PLACES) for card in NoteCard},
        codes=idea_codes(known.numbers),
    )


def _weights(table: dict[str, Any], places: int) -> Weights:
    each = memoryview(base64.b85decode("".join(table["weights"].split()))).cast("b").tolist()
    if len(each) != places:
        raise BadLexicon(f"likeness.toml has {len(each)} weights in place of {places}")
    return Weights(each=each, worth=table["worth"], start=table["start"], bar=table["bar"])
