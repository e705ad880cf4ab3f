"""How much to do today: a baseline, a goal, and a staircase between them (graded activity)."""

from safetomove.core.pacing.baseline import NoBaseline, baseline_from_tries
from safetomove.core.pacing.climb import BadCheckpoint, Climb, climb_through
from safetomove.core.pacing.cohort import BadDay, DayObservations, DosePolicy
from safetomove.core.pacing.decision import Change, DoseDecision, Phase, Reason, ReasonCode
from safetomove.core.pacing.dose import NoClearance, next_dose, rule_dose
from safetomove.core.pacing.override import (
    OVERRIDE_DAYS_TOP,
    STEP_TOP,
    Alters,
    BadOverride,
    Override,
)
from safetomove.core.pacing.plan import ActivityPlan, BadPlan, Unit
from safetomove.core.pacing.rule import (
    CLIMB_PER_FLARE_FREE_DAY,
    FLARE_STEP_BACK,
    MAX_DAILY_RISE,
    MOST_CLIMBING,
    RULE_VERSION,
)
from safetomove.core.pacing.several import climbs_through

__all__ = [
    "CLIMB_PER_FLARE_FREE_DAY",
    "FLARE_STEP_BACK",
    "MAX_DAILY_RISE",
    "MOST_CLIMBING",
    "OVERRIDE_DAYS_TOP",
    "RULE_VERSION",
    "STEP_TOP",
    "ActivityPlan",
    "Alters",
    "BadCheckpoint",
    "BadDay",
    "BadOverride",
    "BadPlan",
    "Change",
    "Climb",
    "DayObservations",
    "DoseDecision",
    "DosePolicy",
    "NoBaseline",
    "NoClearance",
    "Override",
    "Phase",
    "Reason",
    "ReasonCode",
    "Unit",
    "baseline_from_tries",
    "climb_through",
    "climbs_through",
    "default_policy",
    "next_dose",
    "rule_dose",
]


def default_policy() -> DosePolicy:
    """Return the shipped rule, the staircase, for many people at once."""
    from safetomove.core.pacing.crowd import Staircase  # NumPy waits until it is needed

    return Staircase()
