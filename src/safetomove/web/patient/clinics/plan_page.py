"""What a clinic changed in today's plan, beside the activity that it changed."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.dateformat import format as format_date

from safetomove.services.clinic import my_plan
from safetomove.services.clinic.plan_change import PlanChange, State
from safetomove.services.today import Today
from safetomove.web.changes import what_of
from safetomove.web.patient.words import page


def changes(person: UUID | None, today: Today) -> dict[str, Any]:
    """Return what to say of each change in force, by activity."""
    if person is None:
        return {}
    found = my_plan.changes_today(person, today)
    return {activity: _said(each) for activity, each in found.items()}


def listed(person: UUID, now: datetime) -> list[dict[str, Any]]:
    """Return every change ever made, as lines."""
    words = page("my_plan")["mine"]["state"]
    return [
        {
            **_said(each),
            "what": what_of(each),
            "state": words[state],
            "open": state is State.IN_FORCE,
        }
        for each, state in my_plan.all_changes(person, now=now)
    ]


def paused(today: Today) -> list[dict[str, str]]:
    """Name the activities that a clinic paused."""
    words, plans = page("my_plan")["change"], {plan.id: plan for plan in today.record.plans}
    return [
        {"id": id, "heading": words["paused"].format(name=plans[id].name)}
        for id in today.review.paused
    ]


def _said(each: PlanChange) -> dict[str, str]:
    override = each.override
    words = page("my_plan")["change"]["who"].format(
        by=each.by,
        clinic=each.clinic_name,
        day=format_date(override.since, "j F"),
        until=format_date(override.until, "j F Y"),
    )
    return {"id": each.id, "who": words, "reason": each.reason}
