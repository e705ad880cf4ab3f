"""A change that a clinic made to somebody's plan: what it is, why, who made it, what became of it.

The change itself stands in the plan, where the rule finds it. What is said about it is a
document of the person's, under the person's key, with all that it said before.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from safetomove.core.pacing import ActivityPlan, Override
from safetomove.core.pacing.override import ended
from safetomove.records.person_file import Json
from safetomove.services import documents
from safetomove.services.documents import Kind
from safetomove.services.holding import Held, keep, put_by
from safetomove.services.people import local_day


class State(StrEnum):
    """What became of a change."""

    IN_FORCE = "in_force"
    OVER = "over"
    SAID_NO = "said_no"  # by the person
    TAKEN_BACK = "taken_back"  # by the clinic
    REPLACED = "replaced"  # by a later change
    NOT_IN_PLAN = "not_in_plan"  # the person left the activity, or began it afresh


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanChange:
    """One change, as it was made; `ended` is how it ended before its time, if it did."""

    activity: str
    name: str  # of the activity, as it was called then
    unit: str
    override: Override
    reason: str = field(repr=False)
    by: str
    clinic: UUID
    clinic_name: str
    at: datetime
    ended: State | None = None
    ended_at: datetime | None = None

    @property
    def id(self) -> str:
        """Return the id that the plan knows it by."""
        return self.override.id

    def state(self, plans: Iterable[ActivityPlan], *, today: date) -> State:
        """Say what has become of it by today."""
        if self.ended is not None:
            return self.ended
        if self.override.until < today:
            return State.OVER
        found = any(each.id == self.id for plan in plans for each in plan.overrides)
        return State.IN_FORCE if found else State.NOT_IN_PLAN


def kept(held: Held) -> tuple[PlanChange, ...]:
    """Return every change that was made to a person's plan, newest first: one query."""
    found = [change_from_json(each.data) for each in documents.read_all(held, Kind.CLINIC_PLAN)]
    return tuple(sorted(found, key=lambda each: each.at, reverse=True))


def put(held: Held, change: PlanChange, *, now: datetime) -> None:
    """Write what is said about a change; call it in the transaction of the change itself."""
    documents.put(held, Kind.CLINIC_PLAN, change_to_json(change), now=now, name=change.id)


def over(change: PlanChange, how: State, *, now: datetime) -> PlanChange:
    """Return a change as one that ended before its time."""
    return replace(change, ended=how, ended_at=now)


def end(held: Held, change: PlanChange, *, now: datetime) -> Held:
    """Take a change out of the plan from today on; days lived under it stay as they were."""
    today = local_day(now=now, zone=held.file.zone)
    for plan in held.file.plans:
        if any(each.id == change.id for each in plan.overrides):
            put_by(held, "plan_changed", plan.to_json(), now=now)
            rest = ended(plan.overrides, change.id, today=today)
            return keep(held, plans=with_plan(held, replace(plan, overrides=rest)))
    return held


def with_plan(held: Held, plan: ActivityPlan) -> tuple[ActivityPlan, ...]:
    """Return a person's plans with one in the place of its namesake."""
    return tuple(plan if one.id == plan.id else one for one in held.file.plans)


def change_to_json(change: PlanChange) -> Json:
    """Return the change as plain values that JSON can hold."""
    return {
        "activity": change.activity,
        "name": change.name,
        "unit": change.unit,
        "override": change.override.to_json(),
        "reason": change.reason,
        "by": change.by,
        "clinic": str(change.clinic),
        "clinic_name": change.clinic_name,
        "at": change.at.isoformat(),
        "ended": change.ended.value if change.ended else None,
        "ended_at": change.ended_at.isoformat() if change.ended_at else None,
    }


def change_from_json(data: Json) -> PlanChange:
    """Read what `change_to_json` wrote."""
    ended_at = data["ended_at"]
    return PlanChange(
        activity=data["activity"],
        name=data["name"],
        unit=data["unit"],
        override=Override.from_json(data["override"]),
        reason=data["reason"],
        by=data["by"],
        clinic=UUID(data["clinic"]),
        clinic_name=data["clinic_name"],
        at=datetime.fromisoformat(data["at"]),
        ended=State(data["ended"]) if data["ended"] else None,
        ended_at=datetime.fromisoformat(ended_at) if ended_at else None,
    )
