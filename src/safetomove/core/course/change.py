"""Scores before and after: how far a group moved, how sure that is, and what is missing."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean, stdev
from typing import Final

from safetomove.core.errors import BadInput

COVERAGE: Final = 0.95
LEAST_FOR_INTERVAL: Final = 2  # pairs: one difference has no spread
Z: Final = 1.959963984540054  # the normal quantile of 97.5 %


class BadScores(BadInput):
    """Scores that can't be compared."""


class Better(StrEnum):
    """Which way a score goes when things get better."""

    LOWER = "lower"
    HIGHER = "higher"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """One measure. `mic` is its minimal important change in points, None where none is agreed."""

    id: str
    better: Better
    mic: float | None = None

    def __post_init__(self) -> None:
        if not self.id:
            raise BadScores("a measure needs an id")
        if self.mic is not None and not (math.isfinite(self.mic) and self.mic > 0):
            raise BadScores(f"the least change of {self.id} that counts must be above 0")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """One person's first and last score; None is missing, and never 0."""

    before: float | None
    after: float | None

    def __post_init__(self) -> None:
        for score in (self.before, self.after):
            if score is not None and not math.isfinite(score):
                raise BadScores(f"{score} is no score")


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A number with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How many, with the 95 % interval of the share of people, from 0 to 1."""

    count: int | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One measure over one course. A count that is None is hidden; see `outside`.

    `both` + `no_first` + `no_last` + `neither` is everybody enrolled. `change` is after minus
    before, in points, so its sign is the scale's; `improved` and `worse` moved by the minimal
    important change or more, `between` by less.
    """

    scale: Scale
    both: int | None
    no_first: int | None
    no_last: int | None
    neither: int | None
    before: float | None
    after: float | None
    change: Estimate | None
    improved: Share | None
    worse: Share | None
    between: int | None


def change_in(scale: Scale, scores: Mapping[str, Scores], people: Sequence[str]) -> Change:
    """Compare first and last scores of those who have both; say how many have not.

    Parameters
    ----------
    scores
        By person; who is enrolled and not in it has neither score.
    people
        Everybody enrolled.
    """
    all_scores = [scores.get(each, Scores(before=None, after=None)) for each in people]
    pairs = [
        (each.before, each.after)
        for each in all_scores
        if each.before is not None and each.after is not None
    ]
    steps = [after - before for before, after in pairs]
    improved, worse = _moved(scale, steps)
    return Change(
        scale=scale,
        both=len(pairs),
        no_first=sum(one.before is None and one.after is not None for one in all_scores),
        no_last=sum(one.before is not None and one.after is None for one in all_scores),
        neither=sum(one.before is None and one.after is None for one in all_scores),
        before=fmean(before for before, _ in pairs) if pairs else None,
        after=fmean(after for _, after in pairs) if pairs else None,
        change=mean_change(steps),
        improved=_share(improved, len(pairs)),
        worse=_share(worse, len(pairs)),
        between=None if improved is None or worse is None else len(pairs) - improved - worse,
    )


def mean_change(steps: Sequence[float]) -> Estimate | None:
    """Return the mean of paired differences with Student's interval; None for fewer than two.

    Parameters
    ----------
    steps
        After minus before, one for each person with both, in points.
    """
    if len(steps) < LEAST_FOR_INTERVAL:
        return None
    from scipy.special import stdtrit

    mean, spread = fmean(steps), stdev(steps)
    reach = float(stdtrit(len(steps) - 1, 0.5 + COVERAGE / 2)) * spread / math.sqrt(len(steps))
    return Estimate(value=mean, low=mean - reach, high=mean + reach)


def wilson(count: int, of: int) -> tuple[float, float]:
    """Return Wilson's 95 % interval of a share.

    Raises
    ------
    BadScores
        Unless 0 <= count <= of and of > 0.

    Notes
    -----
    Wilson EB. J Am Stat Assoc 1927;22:209-212.
    """
    if not 0 <= count <= of or of == 0:
        raise BadScores(f"{count} of {of} is no share")
    share, square = count / of, Z * Z
    middle = (share + square / (2 * of)) / (1 + square / of)
    reach = Z * math.sqrt(share * (1 - share) / of + square / (4 * of * of)) / (1 + square / of)
    return (0.0 if count == 0 else middle - reach), (1.0 if count == of else middle + reach)


def _moved(scale: Scale, steps: Sequence[float]) -> tuple[int | None, int | None]:
    if scale.mic is None:
        return None, None
    sign = -1 if scale.better is Better.LOWER else 1
    gains = [sign * step for step in steps]
    hair = 1e-9 * max(1.0, scale.mic)  # a change of exactly the MIC counts, however it is stored
    improved = sum(gain >= scale.mic - hair for gain in gains)
    return improved, sum(gain <= -scale.mic + hair for gain in gains)


def _share(count: int | None, of: int) -> Share | None:
    if count is None or of == 0:
        return None
    low, high = wilson(count, of)
    return Share(count=count, low=low, high=high)
