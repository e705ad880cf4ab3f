"""What a clinic changed in my plan: read it, and say no to it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from safetomove.core.pacing.override import in_force
from safetomove.services import audit, holding
from safetomove.services.audit import Verb
from safetomove.services.clinic import plan_change
from safetomove.services.clinic.plan_change import PlanChange, State, over
from safetomove.services.people import local_day
from safetomove.services.today import Today


def changes_today(person: UUID, today: Today) -> dict[str, PlanChange]:
    """Return the change in force today by activity: no query where there is none, else two."""
    day, plans = today.local_day, today.record.plans
    found = {plan.id: in_force(plan.overrides, day) for plan in plans}
    ids = {activity: each.id for activity, each in found.items() if each is not None}
    if not ids:
        return {}
    kept = {each.id: each for each in plan_change.kept(holding.look(person))}
    return {activity: kept[id] for activity, id in ids.items() if id in kept}


def all_changes(person: UUID, *, now: datetime) -> tuple[tuple[PlanChange, State], ...]:
    """Return every change that a clinic made, newest first, and what became of it: two queries."""
    held = holding.look(person)
    today, plans = local_day(now=now, zone=held.file.zone), held.file.plans
    return tuple((each, each.state(plans, today=today)) for each in plan_change.kept(held))


def say_no(*, person: UUID, change: str, now: datetime) -> None:
    """End a change from today on, because the person does not want it; again is harmless."""
    with transaction.atomic():
        held = holding.hold(person)
        one = next((each for each in plan_change.kept(held) if each.id == change), None)
        if one is None or one.ended is not None:
            return
        plan_change.put(held, over(one, State.SAID_NO, now=now), now=now)
        plan_change.end(held, one, now=now)
        audit.note(person, Verb.SAID_NO_TO_CLINIC, now=now)
