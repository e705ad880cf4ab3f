"""What the rule decides for one day, with every reason as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from safetomove.core.pacing.climb import Climb
from safetomove.core.pacing.plan import Unit

Fact = float | int | str


class Change(StrEnum):
    """Today's shown dose against yesterday's."""

    INCREASE = "increase"
    HOLD = "hold"
    EASE = "ease"


class Phase(StrEnum):
    """Where on the climb the person stands."""

    BASELINE = "baseline"
    CLIMBING = "climbing"
    FLARE = "flare"
    WAY_BACK = "way_back"
    GOAL = "goal"


class ReasonCode(StrEnum):
    """Everything that can shape a dose; `content` holds the sentence for each."""

    FINDING_BASELINE = "finding_baseline"
    STARTING_AT_BASELINE = "starting_at_baseline"
    LOWER_START_AFTER_FLARE = "lower_start_after_flare"
    FLARE_FREE_DAYS = "flare_free_days"
    SMALL_STEPS_ADD_UP = "small_steps_add_up"
    BACK_TO_CLIMB = "back_to_climb"
    AT_GOAL = "at_goal"
    STEP_BACK_FOR_FLARE = "step_back_for_flare"
    HOLD_IN_FLARE = "hold_in_flare"
    DAY_AFTER_FLARE = "day_after_flare"
    FLARES_DO_NOT_FOLLOW_DOSE = "flares_do_not_follow_dose"
    ROUGH_NIGHT = "rough_night"
    STRESSFUL_DAY = "stressful_day"
    FLARE_OVER = "flare_over"
    WAY_BACK = "way_back"
    CLIMB_KEPT = "climb_kept"
    NO_CHECK_IN = "no_check_in"
    BACK_AFTER_GAP = "back_after_gap"
    DOING_UNHEARD = "doing_unheard"
    TAKING_TURNS = "taking_turns"
    DID_LESS_THAN_HALF = "did_less_than_half"
    DID_MORE_THAN_PLANNED = "did_more_than_planned"
    LOWEST_DOSE = "lowest_dose"
    CLINIC_AMOUNT = "clinic_amount"
    CLINIC_STEP = "clinic_step"
    CLINIC_FLOOR = "clinic_floor"
    BACK_AFTER_PAUSE = "back_after_pause"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One reason and the numbers that its sentence needs."""

    code: ReasonCode
    facts: Mapping[str, Fact]


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseDecision:
    """One day's dose. `dose` and `room` can be followed; `unrounded` is what the rule said."""

    activity: str
    unit: Unit
    dose: float
    change: Change
    reasons: tuple[Reason, ...]
    room: tuple[float, float]
    unrounded: float
    phase: Phase
    climb: Climb

    def to_json(self) -> dict[str, Any]:
        """Return everything but the climb as plain values that JSON can hold."""
        return {
            "activity": self.activity,
            "dose": self.dose,
            "unit": self.unit.value,
            "change": self.change.value,
            "phase": self.phase.value,
            "reasons": [{"code": r.code.value, "facts": dict(r.facts)} for r in self.reasons],
            "room": list(self.room),
            "unrounded": self.unrounded,
        }
