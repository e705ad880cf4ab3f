"""The numbers of the rule that hold for one activity on one day: the usual ones, or changed."""

from datetime import date
from math import inf
from typing import Final, NamedTuple, assert_never

from safetomove.core.pacing.override import Alters, Override, in_force
from safetomove.core.pacing.plan import ActivityPlan
from safetomove.core.pacing.rule import CLIMB_PER_FLARE_FREE_DAY, LOWEST_SHARE_OF_BASELINE
from safetomove.core.pacing.staircase import Person, dose_on


class Terms(NamedTuple):
    """What a day is lived by. `paused` says that nothing of the activity is asked."""

    share: float = LOWEST_SHARE_OF_BASELINE  # of the baseline: the lowest dose
    step: float = CLIMB_PER_FLARE_FREE_DAY  # of the level: the climb of a flare-free day
    top: float = inf  # the level that the climb doesn't pass
    paused: bool = False


USUAL: Final = Terms()


def dawn(plan: ActivityPlan, foot: Person, day: date) -> Terms:
    """Bring the footing under what is in force on `day`, and return that day's terms.

    Call it once before each day of a plan that was ever changed: the dose that the day
    before worked out may have been worked out by other terms.
    """
    override = in_force(plan.overrides, day)
    if not foot.baseline:
        return USUAL if override is None else USUAL._replace(paused=_pauses(override))
    terms = USUAL if override is None else _terms(override, foot)
    if override is not None and override.alters is Alters.AMOUNT:
        _stand_at(terms.top, foot, first=override.since == day)
    foot.dose = dose_on(foot, None, foot.strain, terms.share)
    return terms


def _stand_at(top: float, foot: Person, *, first: bool) -> None:
    """Put the level at the amount on the first day, never above the goal; later keep it below.

    The dose still follows by no more than a day may add, and never up in a flare-up.
    """
    if first:
        foot.level = min(top, max(foot.goal, foot.level))
    foot.level = min(foot.level, top)
    foot.before_flare = min(foot.before_flare, top)


def _terms(override: Override, foot: Person) -> Terms:
    value = override.value or 0.0
    match override.alters:
        case Alters.AMOUNT:
            return USUAL._replace(share=_share(value, foot), top=value)
        case Alters.FLOOR:
            return USUAL._replace(share=_share(value, foot))
        case Alters.STEP:
            return USUAL._replace(step=value)
        case Alters.PAUSE:
            return USUAL._replace(paused=True)
        case _:
            assert_never(override.alters)


def _share(amount: float, foot: Person) -> float:
    return min(LOWEST_SHARE_OF_BASELINE, amount / foot.baseline)


def _pauses(override: Override) -> bool:
    return override.alters is Alters.PAUSE
