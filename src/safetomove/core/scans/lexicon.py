"""The word list as tables: from a word to its ideas, from an idea to the forms it opens."""

from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

from safetomove.core.errors import CoreError

TYPO_LETTERS = 6  # shortest word in which one slip is forgiven
LONG_WORD_LETTERS = 10  # shortest word in which two are
LONGEST_WORD = 30  # letters; longer runs are noise
REMEMBERED_WORDS = 20_000


class BadLexicon(CoreError):
    """The word list contradicts itself; the place is named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One idea (in capitals) or one word of a form; a close one stands right after the last."""

    name: str
    close: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """Links that lie close together, and what they say."""

    term: str
    links: tuple[Link, ...]
    weak: bool
    clear: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One thing that a report can name; a `card` means that it needs a clinician."""

    id: str
    card: str
    bars: frozenset[str]
    yields: str  # another term that these words then belong to


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Words in a row that carry an idea together."""

    parts: tuple[str, ...]
    idea: str


Phrases = dict[str, list[tuple[str, ...]]]


@dataclass(slots=True)
class Lexicon:
    """Tables for one version.

    `remembered` and `roles` only save time. They hold words that the tables know, never others:
    a name in somebody's report is not kept.
    """

    exact: dict[str, list[str]] = field(default_factory=dict)
    stems: dict[str, list[str]] = field(default_factory=dict)
    phrases: dict[str, list[Phrase]] = field(default_factory=dict)
    glue: list[str] = field(default_factory=list)
    barriers: list[str] = field(default_factory=list)
    plain_words: set[str] = field(default_factory=set)
    terms: dict[str, Term] = field(default_factory=dict)
    forms: dict[str, list[Form]] = field(default_factory=dict)  # by the name of the first link
    signs: dict[str, Phrases] = field(default_factory=dict)
    sections: dict[str, Phrases] = field(default_factory=dict)
    sizes: set[str] = field(default_factory=set)
    remembered: dict[str, tuple[str, frozenset[str]]] = field(default_factory=dict)
    roles: dict[str, tuple[bool, bool]] = field(default_factory=dict)

    def meaning(self, word: str) -> tuple[str, frozenset[str]]:
        """Give a word as it was meant, a slip put right, and the ideas that it carries alone."""
        known = self.remembered.get(word)
        if known is None:
            known = self._look_up(word)
            if known[1] and len(self.remembered) < REMEMBERED_WORDS:
                self.remembered[word] = known  # a word of ours; a name in a report is none
        return known

    def is_glue(self, word: str) -> bool:
        """Say whether a word may lie within a form."""
        return self._role(word)[0]

    def is_barrier(self, word: str) -> bool:
        """Say whether a word ends a form."""
        return self._role(word)[1]

    def _role(self, word: str) -> tuple[bool, bool]:
        known = self.roles.get(word)
        if known is None:
            known = _listed(word, self.glue), _listed(word, self.barriers)
            if any(known) and len(self.roles) < REMEMBERED_WORDS:
                self.roles[word] = known
        return known

    def _look_up(self, word: str) -> tuple[str, frozenset[str]]:
        if len(word) > LONGEST_WORD:
            return word, frozenset()
        ideas = self._spelt(word)
        if ideas or len(word) < TYPO_LETTERS or self._known(word):
            return word, ideas
        meant = self._slipped(word)
        return meant, self._spelt(meant)

    def _spelt(self, word: str) -> frozenset[str]:
        found = set(self.exact.get(word, ()))
        for end in range(2, len(word) + 1):
            found.update(self.stems.get(word[:end], ()))
        return frozenset(found)

    def _known(self, word: str) -> bool:
        return word in self.plain_words or self.is_glue(word) or word in self.phrases

    def _slipped(self, word: str) -> str:
        allowed = 2 if len(word) >= LONG_WORD_LETTERS else 1
        best, least = word, allowed + 1
        for meant in (*self.exact, *self.stems):
            if meant[0] != word[0] or len(meant) < TYPO_LETTERS - 1:
                continue
            slips = _slips(word, meant, stem=meant in self.stems, allowed=allowed)
            if slips < least or (slips == least <= allowed and len(meant) > len(best)):
                best, least = meant, slips
        return best


def _slips(word: str, meant: str, *, stem: bool, allowed: int) -> int:
    """Count letters added, lost, changed or swapped; what follows a stem doesn't count."""
    room = min(allowed, 2 if len(meant) >= LONG_WORD_LETTERS - 2 else 1)
    ends = range(len(meant) - 1, len(meant) + 2) if stem else (len(word),)
    slips = min(OSA.distance(word[:end], meant, score_cutoff=room) for end in ends)
    return slips if slips <= room else allowed + 1


def _listed(word: str, entries: list[str]) -> bool:
    return any(word.startswith(each[:-1]) if each[-1] == "*" else word == each for each in entries)
