"""Choose activities, try them, change them, leave them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from safetomove.core.diary import Diary
from safetomove.core.errors import BadInput
from safetomove.core.pacing import MOST_CLIMBING, ActivityPlan, Climb, climbs_through
from safetomove.core.record import PatientRecord
from safetomove.services import audit
from safetomove.services.audit import Verb
from safetomove.services.checkpoint import needed_after, starts_before
from safetomove.services.holding import Held, days_kept, hold, keep, put_by
from safetomove.services.people import local_day
from safetomove.services.refusals import NoSuchActivity

TRIES_TOP = 3  # the baseline is settled by then
PIN_BACK = timedelta(days=2)  # a person who flies west may live a day twice


def choose_activity(*, person: UUID, plan: ActivityPlan, now: datetime) -> None:
    """Add an activity to the person's plans; BadInput for a ninth or a twin."""
    with transaction.atomic():
        held = hold(person)
        if plan.started > local_day(now=now, zone=held.file.zone):
            raise BadInput("an activity can't have been started in the future")
        plans = (*held.file.plans, plan)
        PatientRecord(plans=plans)  # refuses twins and too many
        today = local_day(now=now, zone=held.file.zone)
        point = held.file.checkpoint
        if len(plans) > MOST_CLIMBING and plan.started < today:
            point = replace(point, climbs={})  # it was there already: all are folded with it
        keep(held, plans=plans, checkpoint=point)
        audit.note(person, Verb.ACTIVITY_CHOSEN, now=now)


def add_try(*, person: UUID, activity: str, amount: float, now: datetime) -> ActivityPlan:
    """Keep one try of an activity, from which its baseline comes."""
    with transaction.atomic():
        held = hold(person)
        old = _plan(held, activity)
        if old.baseline is not None or len(old.tries) >= TRIES_TOP:
            raise BadInput("this activity has its starting point already")
        plan = replace(old, tries=(*old.tries, amount))
        today = local_day(now=now, zone=held.file.zone)
        keep(held, plans=_with(held, plan), **_without_climb(held, activity, today=today))
        audit.note(person, Verb.TRY_ADDED, now=now)
    return plan


def change_plan(*, person: UUID, plan: ActivityPlan, now: datetime) -> None:
    """Put a changed plan in the place of the one with its id; the old one stays in history.

    A new goal goes on from where the climb stands. A new baseline or new tries start afresh
    today. Another unit is another activity.
    """
    with transaction.atomic():
        held = hold(person)
        old = _plan(held, plan.id)
        if plan.unit is not old.unit:
            raise BadInput("choose it as a new activity to count it in another unit")
        today = local_day(now=now, zone=held.file.zone)
        lowered = today if plan.goal < old.goal else old.goal_lowered
        plan = replace(plan, goal_lowered=lowered, overrides=old.overrides)
        put_by(held, "plan_changed", old.to_json(), now=now)
        keep(held, **_changed(held, old, plan, today=today))
        audit.note(person, Verb.PLAN_CHANGED, now=now)


def leave_activity(*, person: UUID, activity: str, now: datetime) -> None:
    """Take an activity off the plans; what was done stays in the diary."""
    with transaction.atomic():
        held = hold(person)
        old = _plan(held, activity)
        put_by(held, "plan_left", old.to_json(), now=now)
        rest = tuple(plan for plan in held.file.plans if plan.id != activity)
        today = local_day(now=now, zone=held.file.zone)
        keep(held, plans=rest, **_without_climb(held, activity, today=today))
        audit.note(person, Verb.ACTIVITY_LEFT, now=now)


def _changed(held: Held, old: ActivityPlan, new: ActivityPlan, *, today: date) -> dict[str, object]:
    if (new.baseline, new.tries) != (old.baseline, old.tries):
        afresh = replace(new, started=today, overrides=())  # made for another start
        return {"plans": _with(held, afresh), **_without_climb(held, new.id, today=today)}
    plan = replace(new, started=old.started)
    if plan.goal == old.goal:
        return {"plans": _with(held, plan)}
    pins = _stood(held, today=today)
    without = _without_climb(held, plan.id, today=today)
    if plan.id in pins:
        without["pins"] = {**without["pins"], plan.id: pins[plan.id]}
    return {"plans": _with(held, plan), **without}


def _stood(held: Held, *, today: date) -> dict[str, Climb]:
    """Return where each activity stood lately, all of them together; never before a pin."""
    pinned = (climb.day for climb in held.file.pins.values() if climb.day < today)
    on = max((today - PIN_BACK, *pinned))
    starts = starts_before(held.file, on + timedelta(days=1))
    days = days_kept(held, after=needed_after(held.file, starts), until=on)
    begun = [plan for plan in held.file.plans if plan.started <= on]
    return climbs_through(begun, Diary(days), until=on, starts=starts)


def _plan(held: Held, activity: str) -> ActivityPlan:
    for plan in held.file.plans:
        if plan.id == activity:
            return plan
    raise NoSuchActivity("this activity is not among those you chose")


def _with(held: Held, plan: ActivityPlan) -> tuple[ActivityPlan, ...]:
    return tuple(plan if one.id == plan.id else one for one in held.file.plans)


def _without_climb(held: Held, activity: str, *, today: date) -> dict[str, Any]:
    """Return the changes that drop what an activity's climb had come to.

    Where activities take turns, the others go on from where they stood lately: who is there
    today must not change whose turn it was last month.
    """
    point, pins, climbs = held.file.checkpoint, held.file.pins, held.file.checkpoint.climbs
    if len(held.file.plans) > MOST_CLIMBING:
        pins, climbs = {**pins, **_stood(held, today=today)}, {}
    return {
        "checkpoint": replace(point, climbs=_less(climbs, activity)),
        "pins": _less(pins, activity),
    }


def _less(climbs: Mapping[str, Climb], activity: str) -> dict[str, Climb]:
    return {one: climb for one, climb in climbs.items() if one != activity}
