"""Fill the pages on which an activity, its goal and its start are chosen."""

from typing import Any
from uuid import uuid4

from safetomove.core.pacing import ActivityPlan, Unit
from safetomove.core.record import PLANS_TOP
from safetomove.services.today import Today
from safetomove.web.patient.presenters import plain_number
from safetomove.web.patient.start_forms import OWN, TypedGoal
from safetomove.web.patient.words import amount_of, page, ready_made, unit_word

TRIES_FOR_A_START = 3


def plan_of(known: Today | None, activity: str) -> ActivityPlan | None:
    """Return the person's plan for an activity, if it is among theirs."""
    plans = known.record.plans if known else ()
    return next((plan for plan in plans if plan.id == activity), None)


def settled(plan: ActivityPlan) -> bool:
    """Say whether the start is fixed, so that no more tries are asked for."""
    return plan.baseline is not None or len(plan.tries) >= TRIES_FOR_A_START


def choices(mine: tuple[ActivityPlan, ...]) -> dict[str, Any]:
    """List what can be chosen, and what is chosen already."""
    taken = {plan.id for plan in mine}
    ready = [(each.id, each.name) for each in ready_made().values() if each.id not in taken]
    own = (OWN, page("start")["choose"]["own"])
    full = len(mine) >= PLANS_TOP
    return {"mine": mine, "choices": [*ready, own], "full": full}


def goal_form(activity: str, plan: ActivityPlan | None) -> dict[str, Any]:
    """Fill the goal page: empty for something new, as it stands for a change."""
    if plan is None:
        return _goal(activity, None, {}, [])
    typed = {"name": plan.name, "goal_text": plan.goal_text, "goal": plain_number(plan.goal)}
    return _goal(activity, plan, typed, [])


def goal_typed(activity: str, plan: ActivityPlan | None, sent: TypedGoal) -> dict[str, Any]:
    """Show again what was typed, with what is wrong beside it."""
    typed = {name: text.replace("\x00", "\ufffd") for name, text in sent.typed.items()}
    return _goal(activity, plan, typed, sent.errors)


def now_form(plan: ActivityPlan, typed: str) -> dict[str, Any]:
    """Fill the page that asks what can be done now."""
    tries = ", ".join(amount_of(amount, plan.unit) for amount in plan.tries)
    return {
        "plan": plan,
        "unit": unit_word(plan.unit),
        "typed": typed.replace("\x00", "\ufffd"),
        "tries": page("start")["now"]["tries_kept"].format(tries=tries) if tries else "",
        "seen": len(plan.tries),
        "settled": settled(plan),
    }


def _goal(
    activity: str,
    plan: ActivityPlan | None,
    typed: dict[str, str],
    errors: list[tuple[str, str]],
) -> dict[str, Any]:
    ready = ready_made().get(activity)
    unit = plan.unit if plan else ready.unit if ready else None
    return {
        "activity": activity,
        "key": str(uuid4()),
        "plan": plan,
        "named": ready is not None,
        "name": ready.name if ready else plan.name if plan else "",
        "example": ready.example if ready else "",
        "unit": unit_word(unit) if unit else "",
        "units": [(each.value, unit_word(each).capitalize()) for each in Unit],
        "typed": typed,
        "errors": errors,
        "wrong": dict(errors),
    }
