"""Where a climb starts: below what the person did on their own first tries."""

from collections.abc import Sequence

from safetomove.core.errors import CoreError
from safetomove.core.pacing import rule
from safetomove.core.pacing.plan import check_dose


class NoBaseline(CoreError):
    """There is no try to start from yet."""


def baseline_from_tries(tries: Sequence[float], *, recent_flare: bool) -> float:
    """Return the dose to start from, in the unit of the tries.

    Parameters
    ----------
    tries : what the person chose to do on their first days; only the first three count.
    recent_flare : whether a flare-up was told of in the last seven days.

    Returns
    -------
    float : the median try × 0.8, or × 0.7 after a recent flare-up. Unrounded.

    Raises
    ------
    NoBaseline : without a single try.
    BadPlan : for a try of nought or less; a day with nothing done is no try.
    """
    if not tries:
        raise NoBaseline("do the activity once, as much as feels right, and note how much it was")
    for amount in tries:
        check_dose(amount, name="try")
    return _median(sorted(tries[: rule.TRIES_FOR_A_BASELINE])) * _share(recent_flare)


def _median(ordered: Sequence[float]) -> float:
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def _share(recent_flare: bool) -> float:
    return rule.BASELINE_SHARE_AFTER_FLARE if recent_flare else rule.BASELINE_SHARE
