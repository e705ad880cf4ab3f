"""What may quieten a hit: a plain no, another person, long ago, hearsay, or a barred idea nearby.

Each guard is narrow on purpose: a card too many costs a question, a card too few may cost a life.
"""

from dataclasses import dataclass

from safetomove.core.safety.notes.lexicon import Lexicon, Pattern
from safetomove.core.safety.notes.match import Reading, Span
from safetomove.core.safety.notes.words import PAUSE

BAR_REACH = 6  # words either side of a hit in which a barred idea counts
REPORT_REACH = 3  # words after a person in which "says" makes the hit the writer's own


@dataclass(frozen=True, slots=True, kw_only=True)
class Roles:
    """Masks of the small words that the guards look for."""

    me: int
    other: int
    report: int
    neg: int
    clear: int
    links: int
    past: int
    recent: int
    hearsay: int
    first_time: int


def roles(lexicon: Lexicon) -> Roles:
    """Look the small words up once per word list."""
    names = ("ME", "OTHER", "REPORT", "NEG", "CLEAR", "CONJ", "PAST", "RECENT", "HYPO", "FIRSTTIME")
    return Roles(
        **dict(zip(Roles.__dataclass_fields__, (1 << lexicon.idea(n) for n in names), strict=True))
    )


def quietened(pattern: Pattern, hit: tuple[Span, ...], reading: Reading, small: Roles) -> bool:
    """Tell whether a guard that this pattern allows speaks against the hit."""
    if _barred(pattern, hit, reading):
        return True
    allowed = pattern.guards
    return (
        ("n" in allowed and _denied(hit, reading, small))
        or ("p" in allowed and _long_ago(reading, small))
        or ("o" in allowed and _someone_elses(hit, reading, small))
        or ("h" in allowed and _hearsay(hit, reading, small))
    )


def _barred(pattern: Pattern, hit: tuple[Span, ...], reading: Reading) -> bool:
    if not pattern.bars:
        return False
    first = max(0, min(s for s, _ in hit) - BAR_REACH)
    last = max(e for _, e in hit) + BAR_REACH
    near = 0
    for ideas in reading.cover[first:last]:
        near |= ideas
    return any(all(near & idea for idea in bar) for bar in pattern.bars)


def _denied(hit: tuple[Span, ...], reading: Reading, small: Roles) -> bool:
    if reading.mask & small.first_time:  # "never been numb before" is a new symptom
        return False
    own = {i for start, end in hit for i in range(start, end)}
    return any(_denied_at(start, own, reading, small) for start, _ in hit)


def _denied_at(start: int, own: set[int], reading: Reading, small: Roles) -> bool:
    if reading.cover[start] & small.neg:
        return False
    at = start - 1
    while at >= 0 and reading.cover[at] & small.clear and not reading.cover[at] & small.neg:
        at -= 1
    if at >= 0 and reading.words[at] in ("or", "nor"):
        at = _start_of_list(at, reading, small)
    return at >= 0 and at not in own and bool(reading.cover[at] & small.neg)


def _start_of_list(at: int, reading: Reading, small: Roles) -> int:
    while at >= 0 and reading.cover[at] and not reading.cover[at] & (small.neg | small.links):
        at -= 1
    return at


def _someone_elses(hit: tuple[Span, ...], reading: Reading, small: Roles) -> bool:
    first = min(s for s, _ in hit)
    last = max(e for _, e in hit)
    own = {i for start, end in hit for i in range(start, end)}
    for at in range(min(last, len(reading.words)) - 1, -1, -1):
        ideas = reading.cover[at]
        if ideas & small.other and at not in own:
            return not any(c & small.report for c in reading.cover[at + 1 : at + 1 + REPORT_REACH])
        if ideas & small.me:
            return False
        if at < first and (reading.words[at] == PAUSE or ideas & small.links):
            break
    return _for_someone(last, reading, small)


def _for_someone(last: int, reading: Reading, small: Roles) -> bool:
    after = reading.words[last : last + 2]
    return "for" in after and any(c & small.other for c in reading.cover[last : last + 4])


def _long_ago(reading: Reading, small: Roles) -> bool:
    return bool(reading.mask & small.past) and not reading.mask & small.recent


def _hearsay(hit: tuple[Span, ...], reading: Reading, small: Roles) -> bool:
    if not reading.mask & small.hearsay:
        return False
    first = min(s for s, _ in hit)
    for at in range(first - 1, -1, -1):
        if reading.words[at] in ("but", "because", "cos"):
            return False
        if reading.cover[at] & small.hearsay:
            return True
    return False
