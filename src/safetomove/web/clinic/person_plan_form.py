"""Read what a physiotherapist wants to change in somebody's plan."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from django.http import QueryDict

from safetomove.core.errors import BadInput
from safetomove.core.pacing import CLIMB_PER_FLARE_FREE_DAY, STEP_TOP, ActivityPlan, Alters
from safetomove.core.pacing.rounding import round_down
from safetomove.services.clinic.plan_changes import REASON_TOP, Asked, Plan
from safetomove.web.clinic.people_form import printable
from safetomove.web.words import page

WHAT: Final = ("stay", "amount", "slower", "faster", "floor", "pause")
WEEKS: Final = ("1", "2", "4", "6", "12")
NAMES: Final = ("activity", "what", "amount", "until", "reason")
AMOUNT_TOP: Final = 20  # letters of a number


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What was typed, and what is wrong with it."""

    typed: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


def typed_in(sent: QueryDict) -> dict[str, str]:
    """Return what a form brought, safe to show again."""
    said = {name: sent.get(name, "").replace("\r\n", "\n") for name in NAMES}
    return {name: printable(text)[: REASON_TOP * 2] for name, text in said.items()}


def asked_for(typed: dict[str, str], plan: Plan) -> Asked | dict[str, str]:
    """Return what is asked for, or what is wrong, by field."""
    words = page("clinic_plan")["errors"]
    activity = next((p for p in plan.today.record.plans if p.id == typed["activity"]), None)
    amount = _number(typed["amount"])
    good = {
        "activity": activity is not None,
        "what": typed["what"] in WHAT,
        "amount": typed["what"] not in {"amount", "floor"} or amount is not None,
        "until": typed["until"] in WEEKS,
        "reason": bool(typed["reason"].strip()),
    }
    wrong = {name: words[name] for name, fine in good.items() if not fine}
    if wrong or activity is None:
        return wrong
    return _asked(typed, plan, activity, amount)


def _asked(
    typed: dict[str, str], plan: Plan, activity: ActivityPlan, amount: float | None
) -> Asked | dict[str, str]:
    alters, value = _alters(typed["what"], plan, activity, amount)
    until = plan.today.local_day + timedelta(weeks=int(typed["until"]), days=-1)
    try:
        return Asked(
            activity=activity.id, alters=alters, value=value, until=until, reason=typed["reason"]
        )
    except BadInput as refused:
        return {"reason": said(refused)}


def _alters(
    what: str, plan: Plan, activity: ActivityPlan, amount: float | None
) -> tuple[Alters, float | None]:
    """Turn a choice into a change of the rule and its number."""
    if what == "stay":
        level = plan.levels.get(activity.id)
        return Alters.AMOUNT, None if level is None else round_down(level, activity.unit)
    steps = {"slower": CLIMB_PER_FLARE_FREE_DAY / 2, "faster": STEP_TOP}
    if what in steps:
        return Alters.STEP, steps[what]
    return Alters(what), None if what == "pause" else amount


def said(refused: BadInput) -> str:
    """Return a refusal as a sentence."""
    words = str(refused)
    return f"{words[:1].upper()}{words[1:]}."


def _number(text: str) -> float | None:
    tidy = text.strip().replace(",", ".")
    try:
        return float(tidy) if len(tidy) <= AMOUNT_TOP and tidy.isascii() else None
    except ValueError:
        return None
