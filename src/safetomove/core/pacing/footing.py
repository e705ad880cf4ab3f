"""Where a person, or each of many, stands on the staircase."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from safetomove.core.pacing import rule

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

N = TypeVar("N", float, "NDArray[np.float64]")
"""A number for one person, or an array of shape (n,) for many."""

NEVER = 10_000.0  # days since the last flare day, where there was none


class Lived(NamedTuple):
    """What one person said about one day; None is an answer that wasn't given."""

    observed: bool
    flare: bool | None
    sleep: float | None
    stress: float | None
    done: float | None
    planned: float | None
    turn: bool = True  # False where others take their turn to climb


UNSEEN = Lived(False, None, None, None, None, None)


@dataclass(slots=True)
class Footing(Generic[N]):
    """Everything that the rule carries from one day to the next. Folds update it in place."""

    baseline: N  # 0 until a first try gives one
    goal: N
    level: N  # the unrounded climb
    last: N  # the smallest dose given for the last lived day
    given: N  # the dose for that day once its own answers were in
    dose: N  # the next day's dose, before that day's own answers
    strain: N  # SD, told on the last lived day; 0 where it wasn't
    in_flare: Any  # bool, or a bool array
    onset: Any  # a flare-up began on the last lived day
    kept_low: Any  # less than half of the plan was done on the last lived day
    since_flare: N  # days since the last flare day
    before_flare: N  # the level when the last flare-up began; 0 for none
    calm: N  # observed days since the last flare-up
    missed: N  # days in a row with no check-in
    unheard: N  # observed days since the activity was last told as done
    sleep_days: N  # the person's usual sleep score: weight, mean, variance
    sleep_mean: N
    sleep_variance: N
    stress_days: N
    stress_mean: N
    stress_variance: N
    typical: N  # running mean of the daily load
    load: N  # the last lived day's load, as a share of the typical one
    load_before: N  # the same, a day earlier
    onsets: N
    onset_load: N  # summed over onsets: mean load of the two days before
    ordinary: N
    ordinary_load: N  # summed over ordinary days: mean load of the two days before


def start(baseline: N, goal: N, nought: N, no: Any) -> Footing[N]:
    """Stand at the baseline; `nought` is 0 and `no` is False, each in the shape of N."""
    days, mean = nought + rule.USUAL_DAYS, nought + rule.USUAL_SCORE
    variance, even = nought + rule.USUAL_SPREAD * rule.USUAL_SPREAD, nought + 1.0
    return Footing(
        baseline=baseline,
        goal=goal,
        level=baseline,
        last=baseline,
        given=baseline,
        dose=baseline,
        strain=nought,
        in_flare=no,
        onset=no,
        kept_low=no,
        since_flare=nought + NEVER,
        before_flare=nought,
        calm=nought,
        missed=nought,
        unheard=nought,
        sleep_days=days,
        sleep_mean=mean,
        sleep_variance=variance,
        stress_days=days,
        stress_mean=mean,
        stress_variance=variance,
        typical=baseline,
        load=even,
        load_before=even,
        onsets=nought,
        onset_load=nought,
        ordinary=nought,
        ordinary_load=nought,
    )
