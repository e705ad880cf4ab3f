"""Find the patterns of ideas in one sentence."""

from collections.abc import Iterator, Set
from dataclasses import dataclass, field

from safetomove.core.safety.notes.card import NoteCard
from safetomove.core.safety.notes.lexicon import Lexicon, Pattern, Phrase, bits

Span = tuple[int, int]  # first word, one past the last

FEVER_DEGREES = (37.8, 42.9)  # °C, NG51 asks about temperature; 37.8 is a usual lower bound
MANY = 8  # tablets at once or in a day that is worth a question
UNITS = frozenset(
    "mg mcg ml g am pm min mins minutes minute hour hours days weeks months years km miles m "
    "oclock steps percent st nd rd th lengths out reps".split()
)
DEGREES = frozenset(("c", "degrees", "deg", "celsius", "centigrade"))
YEAR_OPENERS = frozenset(("in", "of", "from", "during", "around", "early", "late"))


Sighting = tuple[int, int, tuple[int, ...], int]  # first, one past the last, ideas, their mask


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One sentence with the ideas seen in it."""

    words: list[str]
    sightings: list[Sighting]
    seen: dict[int, list[Span]]
    mask: int
    places: dict[int, list[Span]] = field(default_factory=dict)  # found once for each link
    laid: list[int] = field(default_factory=list)

    @property
    def cover(self) -> list[int]:
        """For each word, a mask of the ideas that lie over it; made only when a guard asks."""
        if not self.laid:
            self.laid.extend([0] * (len(self.words) + 1))
            for start, end, _, mask in self.sightings:
                for i in range(start, end):
                    self.laid[i] |= mask
        return self.laid


def read(words: list[str], lexicon: Lexicon) -> Reading:
    """Note which ideas lie over which words; an idiom hides the other meanings of its words."""
    sightings: list[Sighting] = []
    idioms: list[Span] = []
    idiom = lexicon.idea("IDIOM")
    known, phrases, last = lexicon.remembered, lexicon.phrases, len(words) - 1
    for i, word in enumerate(words):
        ideas, mask = known.get(word) or lexicon.meaning(word)
        if not ideas and word[0].isdigit():
            ideas = _number(words, i, lexicon)
            mask = sum(1 << idea for idea in ideas)
        if ideas:
            sightings.append((i, i + 1, ideas, mask))
        opened = phrases.get(word)
        if opened is None or i == last:
            continue
        for phrase in opened.after(words[i + 1]):
            end = _phrase_end(words, i + 1, phrase)
            if end:
                sightings.append((i, end, (phrase.idea,), 1 << phrase.idea))
                if phrase.idea == idiom:
                    idioms.append((i, end))
    if idioms:
        sightings = [found for found in sightings if not _hidden(found, idioms)]
    ending = lexicon.idea("END")
    sightings.append((last + 1, last + 2, (ending,), 1 << ending))
    return _laid_out(words, sightings)


def _hidden(found: Sighting, idioms: list[Span]) -> bool:
    start, end = found[:2]
    return any(s <= start and end <= e and e - s > end - start for s, e in idioms)


def _laid_out(words: list[str], sightings: list[Sighting]) -> Reading:
    seen: dict[int, list[Span]] = {}
    whole = 0
    for start, end, ideas, mask in sightings:
        whole |= mask
        span = (start, end)
        for idea in ideas:
            if idea in seen:
                seen[idea].append(span)
            else:
                seen[idea] = [span]
    return Reading(words=words, sightings=sightings, seen=seen, mask=whole)


def _phrase_end(words: list[str], at: int, phrase: Phrase) -> int:
    """Say where the phrase ends, or 0 if it isn't here."""
    tail = phrase.tail
    for place, part in enumerate(tail):
        if part == "_":
            at += at < len(words) and not _fits(words[at], tail[place + 1])
        elif at < len(words) and _fits(words[at], part):
            at += 1
        else:
            return 0
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


def possible(reading: Reading, lexicon: Lexicon, raised: Set[NoteCard]) -> Iterator[Pattern]:
    """Yield the patterns of cards not yet raised whose every idea is in the sentence."""
    mask = reading.mask
    for idea in reading.seen:
        for pattern in lexicon.by_idea.get(idea, ()):
            if pattern.card in raised:
                continue
            for link in pattern.needs:
                if not mask & link:
                    break
            else:
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


def _places(link: int, reading: Reading) -> list[Span]:
    found = reading.places.get(link)
    if found is None:
        found = [span for idea in bits(link & reading.mask) for span in reading.seen[idea]]
        reading.places[link] = found
    return found


def _apart(held: tuple[Span, ...], links: tuple[Span, ...]) -> bool:
    return all(a[1] <= b[0] or b[1] <= a[0] for a in held for b in links)


def _length(spans: tuple[Span, ...]) -> int:
    return max(end for _, end in spans) - min(start for start, _ in spans)
