"""The dated word list, read once from concepts.toml and patterns.toml into quick tables."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

from safetomove.core.errors import CoreError

from .card import NoteCard
from .words import LONGEST_WORD, plain

LEXICON_VERSION = "2026-11-22"
TYPO_LETTERS = 6  # shortest word in which one slip is forgiven
STEM_LETTERS = 3  # shortest stem
CHAIN_GAP = 2  # words allowed between the links of a chain inside a mixed pattern
REMEMBERED_WORDS = 20_000

NOTHING: tuple[int, ...] = ()


class BadLexicon(CoreError):
    """The word list contradicts itself; the line is named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """Chains of ideas that lie close together, and what may quieten them."""

    card: NoteCard
    line: str
    chains: tuple[tuple[int, ...], ...]  # each link is a mask of ideas, any of which will do
    gap: int  # words between links of a chain
    span: int  # words from first to last when there are several chains
    bars: tuple[tuple[int, ...], ...]
    guards: frozenset[str]

    def __post_init__(self) -> None:
        if not self.chains or not self.guards <= set("noph"):
            raise BadLexicon(f"can't read the pattern {self.line!r}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """The words after the first one, and the ideas that the whole carries."""

    tail: tuple[str, ...]
    ideas: tuple[int, ...]


@dataclass(slots=True)
class Lexicon:
    """Tables for one version; `remembered` only saves time and is bounded."""

    numbers: dict[str, int] = field(default_factory=dict)
    exact: dict[str, tuple[int, ...]] = field(default_factory=dict)
    stems: dict[str, tuple[int, ...]] = field(default_factory=dict)
    phrases: dict[str, tuple[Phrase, ...]] = field(default_factory=dict)
    slips: dict[str, tuple[str, ...]] = field(default_factory=dict)
    plain_words: frozenset[str] = frozenset()
    by_idea: dict[int, tuple[Pattern, ...]] = field(default_factory=dict)
    remembered: dict[str, tuple[int, ...]] = field(default_factory=dict)

    def idea(self, name: str) -> int:
        """Give the number of a named idea."""
        try:
            return self.numbers[name]
        except KeyError:
            raise BadLexicon(f"no idea is called {name}") from None

    def ideas_of(self, word: str) -> tuple[int, ...]:
        """Give the ideas that one word carries, one slip forgiven in a long word."""
        known = self.remembered.get(word)
        if known is None:
            known = self._look_up(word)
            if len(self.remembered) >= REMEMBERED_WORDS:
                self.remembered.clear()
            self.remembered[word] = known
        return known

    def _look_up(self, word: str) -> tuple[int, ...]:
        if len(word) > LONGEST_WORD:
            return NOTHING
        found = self._spelt(word)
        if found or word in self.plain_words:
            return found
        for simpler in (word.removesuffix("s"), _without_doubles(word)):
            if len(simpler) > STEM_LETTERS and (found := self._spelt(simpler)):
                return found
        return self._slipped(word)

    def _spelt(self, word: str) -> tuple[int, ...]:
        ideas = set(self.exact.get(word, NOTHING))
        for end in range(STEM_LETTERS, len(word) + 1):
            ideas.update(self.stems.get(word[:end], NOTHING))
        return tuple(sorted(ideas))

    def _slipped(self, word: str) -> tuple[int, ...]:
        if len(word) < TYPO_LETTERS - 1:
            return NOTHING
        for key in (word, *_one_less(word)):
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


def _one_less(word: str) -> Iterable[str]:
    return (word[:i] + word[i + 1 :] for i in range(1, len(word)))


def _without_doubles(word: str) -> str:
    return "".join(c for i, c in enumerate(word) if i == 0 or c != word[i - 1])


@cache
def lexicon() -> Lexicon:
    """Read and check the word list the first time that it is needed."""
    import tomllib  # here, so that importing the scanner stays quick

    folder = Path(__file__).parent
    concepts = tomllib.loads((folder / "concepts.toml").read_text(encoding="utf-8"))
    patterns = tomllib.loads((folder / "patterns.toml").read_text(encoding="utf-8"))
    if not concepts["version"] == patterns["version"] == LEXICON_VERSION:
        raise BadLexicon("concepts.toml, patterns.toml and LEXICON_VERSION differ")
    return build(concepts, patterns)


def build(concepts: dict[str, Any], patterns: dict[str, Any]) -> Lexicon:
    """Make the tables; refuse a pattern that names an idea nobody has described."""
    made = Lexicon()
    groups = {
        name: words
        for section in concepts.values()
        if isinstance(section, dict)
        for name, words in section.items()
    }
    made.plain_words = frozenset(_entries(groups.pop("PLAIN", ""), groups))
    for name, words in groups.items():
        made.numbers[name] = len(made.numbers)
        for entry in _entries(words, groups):
            _add_entry(made, entry, made.numbers[name])
    made.numbers["END"] = len(made.numbers)
    _add_patterns(made, patterns)
    _add_slips(made)
    return made


def _entries(words: str, groups: dict[str, str]) -> Iterable[str]:
    for raw in words.replace("\n", " ").split(","):
        entry = " ".join(raw.split())
        if entry.startswith("@"):
            yield from _entries(groups[entry[1:]], groups)
        elif entry:
            yield entry if "NUM" in entry else plain(entry)


def _add_entry(made: Lexicon, entry: str, number: int) -> None:
    first, *tail = entry.split()
    if not tail:
        table, key = (made.stems, first[:-1]) if first.endswith("*") else (made.exact, first)
        table[key] = (*table.get(key, NOTHING), number)
        return
    phrase = Phrase(tail=tuple(tail), ideas=(number,))
    made.phrases[first] = (*made.phrases.get(first, ()), phrase)


def _add_slips(made: Lexicon) -> None:
    for word in {*made.exact, *made.stems}:
        if len(word) >= TYPO_LETTERS:
            for key in (word, *_one_less(word)):
                made.slips[key] = (*made.slips.get(key, ()), word)


def _add_patterns(made: Lexicon, patterns: dict[str, Any]) -> None:
    index: dict[int, list[Pattern]] = {}
    for card, lines in patterns["patterns"].items():
        for line in lines:
            for pattern in _parse(made, NoteCard(card), line, patterns["guards"][card]):
                for number in _rarest(made, pattern):
                    index.setdefault(number, []).append(pattern)
    made.by_idea = {number: tuple(found) for number, found in index.items()}


_COMMON = ("ME", "NEG", "CANT", "FEELING", "WISH", "TAKE", "KEEP", "HUMAN", "GO", "PAIN", "WONT")


def _rarest(made: Lexicon, pattern: Pattern) -> tuple[int, ...]:
    common = sum(1 << made.idea(name) for name in _COMMON)
    links = [link for chain in pattern.chains for link in chain]
    best = min(links, key=lambda link: (bool(link & common), link.bit_count()))
    return tuple(bits(best))


def bits(mask: int) -> Iterable[int]:
    """Yield the ideas that a mask holds."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def _parse(made: Lexicon, card: NoteCard, line: str, usual: str) -> Iterable[Pattern]:
    body, bars, reach, guards = [], [], 6, usual
    for part in line.split():
        if part.startswith("!"):
            bars.append(tuple(_link(made, name, line) for name in part[1:].split("+")))
        elif part.startswith("/"):
            reach = int(part[1:])
        elif part.startswith("{"):
            guards = part[1:-1]
        else:
            body.append(part)
    for chains in _with_and_without([c.split(">") for c in "".join(body).split("&")]):
        yield Pattern(
            card=card,
            line=line,
            chains=tuple(tuple(_link(made, link, line) for link in chain) for chain in chains),
            gap=reach if len(chains) == 1 else CHAIN_GAP,
            span=reach,
            bars=tuple(bars),
            guards=frozenset(guards),
        )


def _with_and_without(chains: list[list[str]]) -> Iterable[list[list[str]]]:
    def choices(link: str) -> list[list[str]]:
        names = [name for name in link.split("|") if name != "0"]
        return [["|".join(names)]] if len(names) == len(link.split("|")) else [["|".join(names)], []]

    flat = [[choices(link) for link in chain] for chain in chains]
    for picked in product(*[choice for chain in flat for choice in chain]):
        rest = iter(picked)
        yield [[name for _ in chain for name in next(rest) if name] for chain in flat]


def _link(made: Lexicon, names: str, line: str) -> int:
    mask = 0
    for name in names.split("|"):
        if name.isupper() and name not in made.numbers:
            raise BadLexicon(f"no idea is called {name}, in {line!r}")
        if name not in made.numbers:
            made.numbers[name] = len(made.numbers)
            _add_entry(made, name, made.numbers[name])
        mask |= 1 << made.numbers[name]
    return mask
