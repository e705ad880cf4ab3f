"""The way back after a flare-up, as a few steps that a person can see before them."""

from dataclasses import dataclass
from math import ceil, log
from typing import Final

from safetomove.core.pacing.decision import DoseDecision, ReasonCode
from safetomove.core.pacing.rounding import round_down
from safetomove.core.pacing.rule import CLIMB_PER_FLARE_FREE_DAY

STAIRS_TOP: Final = 5  # steps that a small picture holds


@dataclass(frozen=True, slots=True, kw_only=True)
class Stair:
    """One step: an amount, and the flare-free days from today until it is reached."""

    amount: float
    days: int


def way_back(decision: DoseDecision) -> tuple[Stair, ...]:
    """Return the steps from today's dose to the level before the flare-up; () off the way back.

    The days are those of the climb alone: a rough night or another flare-up makes them more.
    """
    before = _before(decision)
    if before is None or before <= decision.dose:
        return ()
    days = max(1, ceil(log(before / decision.dose) / log(1.0 + CLIMB_PER_FLARE_FREE_DAY)))
    found = {decision.dose: 0}
    for n in range(1, STAIRS_TOP - 1):
        day = round(days * n / (STAIRS_TOP - 1))
        level = decision.dose * (1.0 + CLIMB_PER_FLARE_FREE_DAY) ** day
        amount = round_down(level, decision.unit)
        if decision.dose < amount < before:
            found.setdefault(amount, day)
    found.setdefault(before, days)
    return tuple(Stair(amount=amount, days=day) for amount, day in found.items())


def _before(decision: DoseDecision) -> float | None:
    """Return the rounded level before the flare-up, where the climb stands below it."""
    for reason in decision.reasons:
        if reason.code in (ReasonCode.STEP_BACK_FOR_FLARE, ReasonCode.WAY_BACK):
            return float(reason.facts["before"])
    foot = decision.climb.footing
    if foot.level >= foot.before_flare:
        return None
    goal = foot.before_flare == foot.goal
    return foot.before_flare if goal else round_down(foot.before_flare, decision.unit)
