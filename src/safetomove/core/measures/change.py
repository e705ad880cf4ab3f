"""What a score did between two times, against the least change that people notice."""

from dataclasses import dataclass, replace
from enum import StrEnum
from statistics import fmean

from safetomove.core.measures.scale import Direction, LeastChange, Scale, Size
from safetomove.core.measures.scoring import NotScorable, ScaleScore, Score


class Meaning(StrEnum):
    """What a change comes to."""

    BETTER = "better"
    WORSE = "worse"
    WITHIN = "within"  # smaller than people notice on average, so it may be nothing
    UNKNOWN = "unknown"


class WhyUnknown(StrEnum):
    """Why nothing is said of a change."""

    NO_SCORE = "no_score"
    OTHER_INSTRUMENT = "other_instrument"
    OTHER_VERSION = "other_version"
    OTHER_ACTIVITIES = "other_activities"
    NO_LEAST_CHANGE = "no_least_change"
    BEGAN_AT_NOUGHT = "began_at_nought"  # a share of nothing says nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """From before to after on one scale. `meaningful` says what it comes to.

    `by` is after less before, in the scale's own unit; None where there is nothing to take
    from. `least` is the change that was needed, in points, to be called better or worse.
    """

    scale: str
    meaningful: Meaning
    before: float | None = None
    after: float | None = None
    least: float | None = None
    why: WhyUnknown | None = None

    @property
    def by(self) -> float | None:
        """How far it moved, with its sign."""
        return None if self.before is None or self.after is None else self.after - self.before


def change(before: Score | NotScorable, after: Score | NotScorable) -> Change:
    """Compare the main scores of one instrument at two times.

    Parameters
    ----------
    before, after
        As `score` gave them. Where the person wrote the items, only the activities with the
        same words at both times are compared.

    Returns
    -------
    Change
        `better` or `worse` from the least change on, `within` below it, and `unknown` with a
        reason where either has no score, they aren't alike, or no least change is known.
    """
    name = before.scale if isinstance(before, NotScorable) else before.main.scale.id
    if isinstance(before, NotScorable) or isinstance(after, NotScorable):
        return _unknown(name, WhyUnknown.NO_SCORE)
    if before.instrument != after.instrument:
        return _unknown(name, WhyUnknown.OTHER_INSTRUMENT)
    if before.version != after.version:
        return _unknown(name, WhyUnknown.OTHER_VERSION)
    if not (before.answers.words or after.answers.words):
        return compare(before.main, after.main)
    return _of_own_activities(before, after)


def changes(before: Score | NotScorable, after: Score | NotScorable) -> tuple[Change, ...]:
    """Compare every scale that has a score at both times, in the instrument's order."""
    if (before.instrument, before.version) != (after.instrument, after.version):
        return ()
    if isinstance(before, Score) and isinstance(after, Score) and before.answers.words:
        return (change(before, after),)
    both = ((one, after.parts.get(id)) for id, one in before.parts.items())
    return tuple(
        compare(was, now)
        for was, now in both
        if isinstance(was, ScaleScore) and isinstance(now, ScaleScore)
    )


def compare(before: ScaleScore, after: ScaleScore) -> Change:
    """Compare one scale at two times."""
    scale = before.scale
    plain = Change(
        scale=scale.id,
        meaningful=Meaning.UNKNOWN,
        before=before.value,
        after=after.value,
    )
    if scale.least_change is None:
        return replace(plain, why=WhyUnknown.NO_LEAST_CHANGE)
    least = _least(scale.least_change, before.value)
    if least == 0:
        return replace(plain, why=WhyUnknown.BEGAN_AT_NOUGHT)
    return replace(
        plain, least=least, meaningful=_meaning(scale, after.value - before.value, least)
    )


def _meaning(scale: Scale, by: float, least: float) -> Meaning:
    if abs(by) < least - 1e-9:  # 30% of 10 is 3, whatever floating point makes of it
        return Meaning.WITHIN
    rose_is_good = scale.direction is Direction.MORE_IS_BETTER
    return Meaning.BETTER if (by > 0) == rose_is_good else Meaning.WORSE


def _least(least: LeastChange, before: float) -> float:
    match least.measured_in:
        case Size.POINTS:
            return least.size
        case Size.PERCENT_OF_FIRST:
            return abs(before) * least.size / 100


def _of_own_activities(before: Score, after: Score) -> Change:
    now = {_same(words): item for item, words in after.answers.words.items()}
    pairs = [
        (before.answers.values[item], after.answers.values[now[_same(words)]])
        for item, words in before.answers.words.items()
        if item in before.answers.values and now.get(_same(words)) in after.answers.values
    ]
    if not pairs:
        return _unknown(before.main.scale.id, WhyUnknown.OTHER_ACTIVITIES)
    was, became = (fmean(column) for column in zip(*pairs, strict=True))
    return compare(replace(before.main, value=was), replace(after.main, value=became))


def _same(words: str) -> str:
    return " ".join(words.casefold().split())


def _unknown(scale: str, why: WhyUnknown) -> Change:
    return Change(scale=scale, meaningful=Meaning.UNKNOWN, why=why)
