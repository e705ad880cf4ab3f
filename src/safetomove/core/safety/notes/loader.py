"""Reads concepts.toml and patterns.toml once, checks them against each other, makes the tables."""

from collections.abc import Iterable
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

from safetomove.core.safety.notes.card import LEXICON_VERSION, NoteCard
from safetomove.core.safety.notes.lexicon import (
    NOTHING,
    STEM_LETTERS,
    TYPO_LETTERS,
    BadLexicon,
    Lexicon,
    Pattern,
    Phrase,
    Phrases,
    bits,
    one_less,
)
from safetomove.core.safety.notes.words import plain

CHAIN_GAP = 2  # words allowed between the links of a chain inside a mixed pattern
REACH = 6  # words, where a pattern names none
FOLDER = Path(__file__).parent
HINT = "?"  # marks a pattern that only hints


@cache
def lexicon() -> Lexicon:
    """Read and check the word list the first time that it is needed."""
    import tomllib  # here, so that importing the scanner stays quick

    concepts = tomllib.loads((FOLDER / "concepts.toml").read_text(encoding="utf-8"))
    patterns = tomllib.loads((FOLDER / "patterns.toml").read_text(encoding="utf-8"))
    if not concepts["version"] == patterns["version"] == LEXICON_VERSION:
        raise BadLexicon("concepts.toml, patterns.toml and LEXICON_VERSION differ")
    return build(concepts, patterns)


def build(concepts: dict[str, Any], patterns: dict[str, Any], *, hints: bool = False) -> Lexicon:
    """Make the tables; refuse a pattern that names an idea nobody has described.

    A hint gives its ideas to the likeness net. It is matched only if `hints` asks for it.
    """
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
    _add_patterns(made, patterns, hints)
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
        if number not in table.get(key, NOTHING):
            table[key] = (*table.get(key, NOTHING), number)
        if table is made.stems:
            made.openings.add(key[:STEM_LETTERS])
        return
    phrase = Phrase(tail=tuple(tail), idea=number)
    opened = made.phrases.setdefault(first, Phrases(by_second={}, loose=[]))
    if tail[0] in ("_", "NUM") or tail[0].endswith("*"):
        opened.loose.append(phrase)
    else:
        opened.by_second.setdefault(tail[0], []).append(phrase)


def _add_slips(made: Lexicon) -> None:
    for word in sorted({*made.exact, *made.stems}):  # the same slip means the same each time
        if len(word) >= TYPO_LETTERS:
            for key in (word, *one_less(word)):
                made.slips[key] = (*made.slips.get(key, ()), word)
                made.slip_openings.add(key[:3])


def _add_patterns(made: Lexicon, patterns: dict[str, Any], hints: bool) -> None:
    index: dict[int, list[Pattern]] = {}
    parsed = [
        pattern
        for card, lines in patterns["patterns"].items()
        for line in lines
        for pattern in _parse(made, NoteCard(card), line, patterns["guards"][card])
    ]
    names = {number: name for name, number in made.numbers.items()}
    for pattern in parsed:
        if pattern.hint and not hints:
            continue
        for number in _rarest(names, pattern):
            index.setdefault(number, []).append(pattern)
    made.by_idea = {number: tuple(found) for number, found in index.items()}


_COMMON = frozenset(
    "ME NEG CANT FEELING WISH TAKE KEEP HUMAN OTHER GO PAIN WONT CLEAR OBJECT NEED ALL LOST MOVE "
    "i me my im it the a to of on in for is was and with be all this at out up down had have go "
    "going from do just so after since back when got get no not if or am are that cant END".split()
)
COMMON_COST = 25  # how much likelier a common idea is than the rest; only speed hangs on it


def _rarest(names: dict[int, str], pattern: Pattern) -> tuple[int, ...]:
    def cost(link: int) -> int:
        return sum(COMMON_COST if names[idea] in _COMMON else 1 for idea in bits(link))

    return tuple(bits(min(pattern.needs, key=cost)))


def _parse(made: Lexicon, card: NoteCard, line: str, usual: str) -> Iterable[Pattern]:
    body, bars, reach, guards, hint = [], [], REACH, usual, False
    for part in line.split():
        if part.startswith("!"):
            bars.append(tuple(_link(made, name, line) for name in part[1:].split("+")))
        elif part.startswith("/"):
            reach = int(part[1:])
        elif part.startswith("{"):
            guards = part[1:-1]
        elif part == HINT:
            hint = True
        else:
            body.append(part)
    for chains in _with_and_without([c.split(">") for c in "".join(body).split("&")]):
        links = tuple(tuple(_link(made, link, line) for link in chain) for chain in chains)
        yield Pattern(
            card=card,
            line=line,
            chains=links,
            needs=tuple({link for chain in links for link in chain}),
            gap=reach if len(chains) == 1 else CHAIN_GAP,
            span=reach,
            bars=tuple(bars),
            guards=frozenset(guards),
            hint=hint,
        )


def _with_and_without(chains: list[list[str]]) -> Iterable[list[list[str]]]:
    flat = [[_choices(link) for link in chain] for chain in chains]
    for picked in product(*[choice for chain in flat for choice in chain]):
        rest = iter(picked)
        yield [[name for _ in chain for name in next(rest) if name] for chain in flat]


def _choices(link: str) -> list[list[str]]:
    names = [name for name in link.split("|") if name != "0"]
    kept = ["|".join(names)]
    return [kept, []] if "0" in link.split("|") else [kept]


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
