"""What somebody who treats a person changed in the rule of one activity, and for how long."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Any, Final, assert_never

from safetomove.core.errors import BadInput

OVERRIDE_DAYS_TOP: Final = 84  # days: twelve weeks, then somebody looks again (own-rule)
STEP_TOP: Final = 0.03  # of the level, a day: twice the usual climb (own-rule)
OVERRIDES_TOP: Final = 200  # of one activity, over the years
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


class BadOverride(BadInput):
    """A change of the rule that can't be followed."""


class Alters(StrEnum):
    """What is changed. Nothing here lifts the limit on a day's rise, or a stop for safety."""

    AMOUNT = "amount"  # stand at this amount, and climb no higher
    STEP = "step"  # the climb of a flare-free day, as a share of the level
    FLOOR = "floor"  # the lowest amount, below half of the baseline
    PAUSE = "pause"  # nothing of it is asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """One change, in force from `since` up to and on `until`.

    `value` is an amount in the activity's unit, a share for STEP, and None for PAUSE.
    """

    id: str
    alters: Alters
    since: date
    until: date
    value: float | None = None

    def __post_init__(self) -> None:
        if not _ID.fullmatch(self.id):
            raise BadOverride("a change has an id of 1 to 64 letters, digits, - or _")
        if not 0 <= (self.until - self.since).days < OVERRIDE_DAYS_TOP:
            raise BadOverride(f"a change lasts from 1 to {OVERRIDE_DAYS_TOP} days")
        _check_value(self.alters, self.value)

    def on(self, day: date) -> bool:
        """Say whether it is in force on a day."""
        return self.since <= day <= self.until

    def to_json(self) -> dict[str, Any]:
        """Return the change as plain values that JSON can hold."""
        return {
            "id": self.id,
            "alters": self.alters.value,
            "since": self.since.isoformat(),
            "until": self.until.isoformat(),
            "value": self.value,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Override":
        """Read what `to_json` wrote; anything missing or unknown is refused by name."""
        try:
            values = dict(data)
            values["alters"] = Alters(values["alters"])
            values["since"] = date.fromisoformat(values["since"])
            values["until"] = date.fromisoformat(values["until"])
            return cls(**values)
        except (KeyError, TypeError, ValueError) as wrong:
            raise BadOverride(f"the change can't be read: {wrong}") from None


def check_overrides(overrides: Sequence[Override]) -> None:
    """Refuse changes of one activity that lie over each other, or too many."""
    if len(overrides) > OVERRIDES_TOP:
        raise BadOverride(f"at most {OVERRIDES_TOP} changes of one activity")
    for before, after in pairwise(overrides):
        if after.since <= before.until:
            raise BadOverride("one change of an activity at a time")


def in_force(overrides: Sequence[Override], day: date) -> Override | None:
    """Return the change in force on a day, or None."""
    return next((each for each in reversed(overrides) if each.on(day)), None)


def ended(overrides: Sequence[Override], id: str, *, today: date) -> tuple[Override, ...]:
    """Return the changes with one of them over since yesterday; days lived under it stay so."""
    eve = today - timedelta(days=1)
    return tuple(
        shortened
        for each in overrides
        if (shortened := _until(each, eve) if each.id == id else each) is not None
    )


def _until(override: Override, day: date) -> Override | None:
    if override.since > day:
        return None
    return Override(
        id=override.id,
        alters=override.alters,
        since=override.since,
        until=min(override.until, day),
        value=override.value,
    )


def _check_value(alters: Alters, value: float | None) -> None:
    match alters:
        case Alters.PAUSE:
            if value is not None:
                raise BadOverride("a pause has no amount")
        case Alters.STEP:
            if value is None or not 0 < value <= STEP_TOP:
                raise BadOverride(f"a step is more than 0 and at most {STEP_TOP:.0%} a day")
        case Alters.AMOUNT | Alters.FLOOR:
            if value is None or not (math.isfinite(value) and value > 0):
                raise BadOverride("an amount is more than 0")
        case _:
            assert_never(alters)
