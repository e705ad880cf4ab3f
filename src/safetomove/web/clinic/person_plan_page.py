"""Fill the page on which somebody's plan is changed."""

from typing import Any

from safetomove.content.doses import amount_of
from safetomove.core.pacing import ActivityPlan
from safetomove.services.clinic.plan_change import PlanChange, State
from safetomove.services.clinic.plan_changes import Plan
from safetomove.web.changes import what_of
from safetomove.web.clinic.days import day_of, day_of_time
from safetomove.web.clinic.person_plan_form import WEEKS, WHAT
from safetomove.web.words import page


def fill(plan: Plan, zone: str) -> dict[str, Any]:
    """Turn a plan and its changes into sentences, and the choices of the form."""
    words = page("clinic_plan")
    plans = plan.today.record.plans
    return {
        "activities": [{"name": each.name, "lines": _lines(each, plan)} for each in plans],
        "cleared": plan.today.review.cleared,
        "changes": [_change(each, state, zone) for each, state in plan.changes],
        "choices": {
            "activity": [(each.id, f"{each.name} ({each.unit})") for each in plans],
            "what": [(each, words["what"][each], words["what_hint"][each]) for each in WHAT],
            "until": [("", ""), *((each, words["weeks"][each]) for each in WEEKS)],
        },
    }


def _lines(each: ActivityPlan, plan: Plan) -> list[str]:
    words, review = page("clinic_plan")["page"], plan.today.review
    if each.paused_on(plan.today.local_day):
        return [words["paused"]]
    level, baseline = plan.levels.get(each.id), plan.baselines.get(each.id)
    if level is None or baseline is None:
        return [words["finding"]]
    amounts = {"level": level, "baseline": baseline, "goal": each.goal}
    shown = {name: amount_of(round(amount, 2), each.unit) for name, amount in amounts.items()}
    dose = next((one for one in review.doses if one.activity == each.id), None)
    today = [words["today"].format(dose=amount_of(dose.dose, dose.unit))] if dose else []
    return [words["stands"].format(**shown), *today]


def _change(each: PlanChange, state: State, zone: str) -> dict[str, Any]:
    words, override = page("clinic_plan")["changes"], each.override
    ended = day_of_time(each.ended_at, zone) if each.ended_at else ""
    return {
        "id": each.id,
        "what": what_of(each),
        "line": words["line"].format(
            by=each.by, day=day_of(override.since), until=day_of(override.until)
        ),
        "reason": each.reason,
        "state": words["state"][state].format(day=ended),
        "open": state is State.IN_FORCE,
    }
