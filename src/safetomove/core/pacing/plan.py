"""An activity that a person wants to do more of, and the unit it is counted in."""

import math
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from safetomove.core.errors import BadInput
from safetomove.core.pacing.override import Alters, Override, check_overrides, in_force

_ID = re.compile(r"\w[\w '’-]{0,59}")  # as the diary names an activity
DOSE_TOP = 100_000.0  # as in the diary


class BadPlan(BadInput):
    """An activity plan that can't be followed."""


class Unit(StrEnum):
    """What a dose is counted in."""

    MINUTES = "minutes"
    SECONDS = "seconds"
    REPETITIONS = "repetitions"
    METRES = "metres"
    STEPS = "steps"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityPlan:
    """One chosen activity; `id` is its name in the diary's `done` and `planned` columns.

    `goal_lowered` is the last day on which the goal was made smaller, None for never.
    `overrides` are the changes that a clinic made, in the order of time.
    """

    id: str
    name: str
    unit: Unit
    goal: float
    started: date
    baseline: float | None = None
    tries: tuple[float, ...] = ()
    goal_text: str = ""
    goal_lowered: date | None = None
    overrides: tuple[Override, ...] = ()

    def __post_init__(self) -> None:
        if not _ID.fullmatch(self.id):
            raise BadPlan("name an activity with letters, digits, spaces, - or _, at most 60")
        check_dose(self.goal, name="goal")
        if self.baseline is not None:
            check_dose(self.baseline, name="baseline")
        for amount in self.tries:
            check_dose(amount, name="try")
        check_overrides(self.overrides)

    def paused_on(self, day: date) -> bool:
        """Say whether a clinic asked for nothing of it on a day."""
        override = in_force(self.overrides, day)
        return override is not None and override.alters is Alters.PAUSE

    def to_json(self) -> dict[str, Any]:
        """Return the plan as plain values that JSON can hold."""
        return asdict(self) | {
            "unit": self.unit.value,
            "started": self.started.isoformat(),
            "tries": list(self.tries),
            "goal_lowered": None if self.goal_lowered is None else self.goal_lowered.isoformat(),
            "overrides": [override.to_json() for override in self.overrides],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "ActivityPlan":
        """Read what `to_json` wrote; anything missing or unknown is refused by name."""
        try:
            values = dict(data)
            values["unit"] = Unit(values["unit"])
            values["started"] = date.fromisoformat(values["started"])
            values["tries"] = tuple(values.get("tries") or ())
            if lowered := values.get("goal_lowered"):
                values["goal_lowered"] = date.fromisoformat(lowered)
            overrides = values.get("overrides") or ()
            values["overrides"] = tuple(map(Override.from_json, overrides))
            return cls(**values)
        except (KeyError, TypeError, ValueError) as wrong:
            raise BadPlan(f"the activity plan can't be read: {wrong}") from None


def check_dose(amount: float, *, name: str) -> None:
    """Refuse an amount that nobody could do: nought, less, endless or not a number."""
    if not (math.isfinite(amount) and 0 < amount <= DOSE_TOP):
        raise BadPlan(f"the {name} must be more than 0 and at most {DOSE_TOP:g}, not {amount:g}")
