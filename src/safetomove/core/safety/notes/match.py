"""Find the patterns of ideas in one sentence."""

from collections.abc import Iterator
from dataclasses import dataclass

from .lexicon import Lexicon, Pattern, Phrase

Span = tuple[int, int]  # first word, one past the last

FEVER_DEGREES = (37.8, 42.9)  # °C, NG51 asks about temperature; 37.8 is a usual lower bound
MANY = 8  # tablets at once or in a day that is worth a question
UNITS = frozenset(
    "mg mcg ml g am pm min mins minutes minute hour hours days weeks months years km miles m "
    "oclock steps percent st nd rd th lengths out reps".split()
)
DEGREES = frozenset(("c", "degrees", "deg", "celsius", "centigrade"))
YEAR_OPENERS = frozenset(("in", "of", "from", "during", "around", "early", "late"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One sentence with the ideas seen in it."""

    words: list[str]
    cover: list[int]  # for each word, a mask of the ideas that lie over it
    seen: dict[int, list[Span]]
    mask: int


def read(words: list[str], lexicon: Lexicon) -> Reading:
    """Note which ideas lie over which words; an idiom hides the other meanings of its words."""
    sightings: list[tuple[int, int, tuple[int, ...]]] = []
    idioms: list[Span] = []
    idiom = lexicon.idea("IDIOM")
    for i, word in enumerate(words):
        ideas = lexicon.ideas_of(word)
        if word[0].isdigit():
            ideas = _number(words, i, lexicon)
        if ideas:
            sightings.append((i, i + 1, ideas))
        for phrase in lexicon.phrases.get(word, ()):
            end = _phrase_end(words, i + 1, phrase)
            if end:
                sightings.append((i, end, phrase.ideas))
                if phrase.ideas[0] == idiom:
                    idioms.append((i, end))
    end_of_sentence = len(words)
    sightings.append((end_of_sentence, end_of_sentence + 1, (lexicon.idea("END"),)))
    return _laid_out(words, sightings, idioms)


def _laid_out(
    words: list[str],
    sightings: list[tuple[int, int, tuple[int, ...]]],
    idioms: list[Span],
) -> Reading:
    cover = [0] * (len(words) + 1)
    seen: dict[int, list[Span]] = {}
    mask = 0
    for start, end, ideas in sightings:
        if any(s <= start and end <= e and e - s > end - start for s, e in idioms):
            continue
        for idea in ideas:
            bit = 1 << idea
            mask |= bit
            seen.setdefault(idea, []).append((start, end))
            for i in range(start, end):
                cover[i] |= bit
    return Reading(words=words, cover=cover, seen=seen, mask=mask)


def _phrase_end(words: list[str], at: int, phrase: Phrase) -> int:
    """Say where the phrase ends, or 0 if it isn't here."""
    for part in phrase.tail:
        if part == "_":
            at += at + 1 < len(words) and not _fits(words[at], phrase.tail[phrase.tail.index("_") + 1])
            continue
        if at >= len(words) or not _fits(words[at], part):
            return 0
        at += 1
    return at


def _fits(word: str, part: str) -> bool:
    if part == "NUM":
        return word[0].isdigit()
    return word.startswith(part[:-1]) if part[-1] == "*" else word == part


def _number(words: list[str], i: int, lexicon: Lexicon) -> tuple[int, ...]:
    value = float(words[i])
    after = words[i + 1] if i + 1 < len(words) else ""
    if FEVER_DEGREES[0] <= value <= FEVER_DEGREES[1] and ("." in words[i] or after in DEGREES):
        return (lexicon.idea("HIGHTEMP"),)
    if 1900 <= value <= 2099 and i and words[i - 1] in YEAR_OPENERS:
        return (lexicon.idea("PAST"),)
    if MANY <= value <= 500 and after not in UNITS:
        return (lexicon.idea("BIGNUMBER"),)
    return ()


def possible(reading: Reading, lexicon: Lexicon) -> Iterator[Pattern]:
    """Yield the patterns whose every idea is somewhere in the sentence."""
    for idea in reading.seen:
        for pattern in lexicon.by_idea.get(idea, ()):
            if all(reading.mask & link for chain in pattern.chains for link in chain):
                yield pattern


def hits(pattern: Pattern, reading: Reading) -> Iterator[tuple[Span, ...]]:
    """Yield each way in which the pattern lies in the sentence."""
    yield from _join(pattern, reading, 0, ())


def _join(
    pattern: Pattern, reading: Reading, which: int, held: tuple[Span, ...]
) -> Iterator[tuple[Span, ...]]:
    if which == len(pattern.chains):
        yield held
        return
    for links in _chain(pattern.chains[which], pattern.gap, reading, ()):
        joined = held + links
        if not held or (_apart(held, links) and _length(joined) <= pattern.span + 1):
            yield from _join(pattern, reading, which + 1, joined)


def _chain(
    chain: tuple[int, ...], gap: int, reading: Reading, held: tuple[Span, ...]
) -> Iterator[tuple[Span, ...]]:
    if len(held) == len(chain):
        yield held
        return
    for span in _places(chain[len(held)], reading):
        if not held or held[-1][1] <= span[0] <= held[-1][1] + gap:
            yield from _chain(chain, gap, reading, (*held, span))


def _places(link: int, reading: Reading) -> Iterator[Span]:
    for idea, spans in reading.seen.items():
        if link >> idea & 1:
            yield from spans


def _apart(held: tuple[Span, ...], links: tuple[Span, ...]) -> bool:
    return all(a[1] <= b[0] or b[1] <= a[0] for a in held for b in links)


def _length(spans: tuple[Span, ...]) -> int:
    return max(end for _, end in spans) - min(start for start, _ in spans)
