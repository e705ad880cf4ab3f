"""The dated word list as quick tables: from a word to its ideas, from an idea to its patterns."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from safetomove.core.errors import CoreError
from safetomove.core.safety.notes.card import NoteCard
from safetomove.core.safety.notes.words import LONGEST_WORD

TYPO_LETTERS = 6  # shortest word in which one slip is forgiven
STEM_LETTERS = 3  # shortest stem
REMEMBERED_WORDS = 20_000

_DOUBLE = re.compile(r"(.)\1")
NOTHING: tuple[int, ...] = ()
Meaning = tuple[tuple[int, ...], int]  # ideas, and the mask of them


class BadLexicon(CoreError):
    """The word list contradicts itself; the line is named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """Chains of ideas that lie close together, and what may quieten them."""

    card: NoteCard
    line: str
    chains: tuple[tuple[int, ...], ...]  # each link is a mask of ideas, any of which will do
    needs: tuple[int, ...]  # every link of every chain
    gap: int  # words between links of a chain
    span: int  # words from first to last when there are several chains
    bars: tuple[tuple[int, ...], ...]
    guards: frozenset[str]
    hint: bool = False  # informs the likeness net; never raises a card alone

    def __post_init__(self) -> None:
        if not self.chains or not self.guards <= set("noph"):
            raise BadLexicon(f"can't read the pattern {self.line!r}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """The words after the first one, and the idea that the whole carries."""

    tail: tuple[str, ...]
    idea: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """The phrases that open with one word, by their second word where it is a plain one."""

    by_second: dict[str, list[Phrase]]
    loose: list[Phrase]

    def after(self, second: str) -> list[Phrase]:
        """Give the phrases that the second word lets in."""
        found = self.by_second.get(second)
        return self.loose if found is None else found + self.loose if self.loose else found


@dataclass(slots=True)
class Lexicon:
    """Tables for one version; `remembered` only saves time and is bounded."""

    numbers: dict[str, int] = field(default_factory=dict)
    exact: dict[str, tuple[int, ...]] = field(default_factory=dict)
    stems: dict[str, tuple[int, ...]] = field(default_factory=dict)
    openings: set[str] = field(default_factory=set)  # first letters of the stems
    phrases: dict[str, Phrases] = field(default_factory=dict)
    slips: dict[str, tuple[str, ...]] = field(default_factory=dict)  # by word less one letter
    slip_openings: set[str] = field(default_factory=set)  # spares most words the whole search
    plain_words: frozenset[str] = frozenset()
    by_idea: dict[int, tuple[Pattern, ...]] = field(default_factory=dict)
    remembered: dict[str, Meaning] = field(default_factory=dict)

    def idea(self, name: str) -> int:
        """Give the number of a named idea."""
        try:
            return self.numbers[name]
        except KeyError:
            raise BadLexicon(f"no idea is called {name}") from None

    def meaning(self, word: str) -> Meaning:
        """Give the ideas that one word carries, one slip forgiven in a long word."""
        known = self.remembered.get(word)
        if known is None:
            ideas = self._look_up(word)
            known = (ideas, sum(1 << idea for idea in ideas))
            if len(self.remembered) >= REMEMBERED_WORDS:
                self.remembered.clear()
            self.remembered[word] = known
        return known

    def _look_up(self, word: str) -> tuple[int, ...]:
        if len(word) > LONGEST_WORD:
            return NOTHING
        found = self._spelt(word)
        if found or word in self.plain_words or len(word) <= STEM_LETTERS:
            return found
        if word[-1] == "s" and (found := self._spelt(word[:-1])):
            return found
        single = _DOUBLE.sub(r"\1", word) if _DOUBLE.search(word) else ""
        return self._spelt(single) or self._slipped(word)

    def _spelt(self, word: str) -> tuple[int, ...]:
        exact = self.exact.get(word, NOTHING)
        if word[:STEM_LETTERS] not in self.openings:
            return exact
        ideas = set(exact)
        for end in range(STEM_LETTERS, len(word) + 1):
            ideas.update(self.stems.get(word[:end], NOTHING))
        return tuple(sorted(ideas))

    def _slipped(self, word: str) -> tuple[int, ...]:
        if not len(word) >= TYPO_LETTERS - 1:
            return NOTHING
        early = (word[0] + word[2:], word[:2] + word[3:])
        late = (word, *one_less(word, 3)) if word[:3] in self.slip_openings else ()
        for key in (*early, *late):
            for meant in self.slips.get(key, ()):
                if meant[0] == word[0] and one_slip(word, meant):
                    return self._spelt(meant)
        return NOTHING


def one_slip(word: str, meant: str) -> bool:
    """Tell whether one letter added, lost, changed or swapped makes one word the other."""
    if abs(len(word) - len(meant)) > 1:
        return False
    start = 0
    while start < min(len(word), len(meant)) and word[start] == meant[start]:
        start += 1
    a, b = word[start:], meant[start:]
    return a[1:] == b or a == b[1:] or a[1:] == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


def one_less(word: str, first: int = 1) -> list[str]:
    """List the word with each one of its letters left out, from the given place on."""
    return [word[:i] + word[i + 1 :] for i in range(first, len(word))]


def bits(mask: int) -> Iterator[int]:
    """Yield the ideas that a mask holds."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low
