"""What counts as doing well: measured on everybody, with those who left, never on the plan.

Left out on purpose: the last week alone, what was asked, flare-ups alone, and those who
kept to the plan alone. Each makes some bad rule look good.
"""

from dataclasses import dataclass

import numpy as np

from safetomove.core.errors import BadInput
from safetomove.core.simulation.living import Lives
from safetomove.core.simulation.noise import Flags, Numbers

STRICT_TIMES_HABIT = 1.3  # minutes in the last week
STRICT_FLARE_DAYS = 4.0  # most, of the last 28
LAST_DAYS, LAST_WEEK = 28, 7
NORMAL_95 = 1.96


class BadComparison(BadInput):
    """Lives that were not lived by the same people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A mean over people with its 95% interval."""

    mean: float
    low: float
    high: float

    @classmethod
    def of(cls, each: Numbers) -> "Measured":
        """Take the mean over people; NaN for one person's interval."""
        mean = float(each.mean())
        half = NORMAL_95 * float(each.std(ddof=1)) / len(each) ** 0.5 if len(each) > 1 else np.nan
        return cls(mean=mean, low=mean - half, high=mean + half)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """One number a person, shape (n,), of what happened to all n."""

    activity: Numbers  # mean minutes a day over the whole time, as a share of habit
    flare_days: Numbers  # over the whole time
    late_flare_days: Numbers  # in the last 28 days
    stayed: Numbers  # 1 or 0
    strict: Numbers  # 1 or 0: stayed, much more done in the last week, few late flare-up days
    ability: Numbers  # on the last day as a share of that on the first

    @classmethod
    def of(cls, lives: Lives) -> "Scores":
        """Score every person, those who left included."""
        late = lives.flare[-LAST_DAYS:].sum(axis=0, dtype=np.float64)
        last_week = lives.minutes[-LAST_WEEK:].mean(axis=0, dtype=np.float64) / lives.habit
        stayed = 1.0 - lives.gone[-1].astype(np.float64)
        more: Flags = last_week >= STRICT_TIMES_HABIT
        return cls(
            activity=lives.minutes.mean(axis=0, dtype=np.float64) / lives.habit,
            flare_days=lives.flare.sum(axis=0, dtype=np.float64),
            late_flare_days=late,
            stayed=stayed,
            strict=stayed * more * (late <= STRICT_FLARE_DAYS),
            ability=(lives.ability[-1] / lives.ability[0]).astype(np.float64),
        )


def metrics(scores: Scores, habit: Scores) -> dict[str, Measured]:
    """Return the honest metrics of one policy, against the same people's life by habit.

    `gain` and `lower_quarter` are shares of habit; `harm` is the share of people with more
    flare-up days than under their own habit and the same luck, `spared` that with fewer.
    """
    if scores.activity.shape != habit.activity.shape:
        raise BadComparison("the two lives must be the same people's")
    gain = scores.activity - habit.activity
    more = scores.flare_days - habit.flare_days
    return {
        "gain": Measured.of(gain),
        "lower_quarter": _quarter(gain),
        "flare_days": Measured.of(scores.flare_days),
        "late_flare_days": Measured.of(scores.late_flare_days),
        "harm": Measured.of((more > 0).astype(np.float64)),
        "spared": Measured.of((more < 0).astype(np.float64)),
        "strict": Measured.of(scores.strict),
        "left": Measured.of(1.0 - scores.stayed),
        "ability": Measured.of(scores.ability),
    }


def _quarter(gain: Numbers) -> Measured:
    """Return what a quarter of people don't reach, with the interval of the order statistics."""
    n, ordered = len(gain), np.sort(gain)
    half = NORMAL_95 * (0.25 * 0.75 / n) ** 0.5
    low, high = (float(np.quantile(ordered, np.clip(0.25 + side, 0, 1))) for side in (-half, half))
    return Measured(mean=float(np.quantile(ordered, 0.25)), low=low, high=high)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decile:
    """A tenth of all person-days, by the chance that the body had of a flare-up beginning."""

    chance: float
    began: float
    days: int


def onset_deciles(lives: Lives) -> tuple[Decile, ...]:
    """Return, for tenths of the days, the mean chance of an onset and the share that began.

    It checks the virtual bodies themselves: their dice must fall as often as they say.
    """
    free = ~np.isnan(lives.chance)
    chance, began = lives.chance[free], lives.began[free]
    tenths = np.array_split(np.argsort(chance, kind="stable"), 10)
    return tuple(
        Decile(
            chance=float(chance[tenth].mean(dtype=np.float64)),
            began=float(began[tenth].mean(dtype=np.float64)),
            days=len(tenth),
        )
        for tenth in tenths
        if len(tenth)
    )
