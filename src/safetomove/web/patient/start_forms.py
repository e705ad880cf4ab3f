"""Read the goal and the number it is measured by; what was typed is kept as typed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import uuid4

from safetomove.core.pacing import ActivityPlan, Unit
from safetomove.web.patient.forms import (
    GOAL_TEXT_TOP,
    NAME_TOP,
    Errors,
    can_be_kept,
    parse_amount,
    parse_unit,
    tidy,
)
from safetomove.web.patient.words import ReadyMade, page

OWN = "own"  # the address of an activity that is still to be named
OWN_DIGITS = 8  # of the form's key: a second tap names the same activity again
TYPED = ("name", "goal_text", "unit", "goal")


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedGoal:
    """A goal as sent, with what is wrong with it."""

    typed: Mapping[str, str]
    name: str
    unit: Unit | None
    goal: float | None
    errors: Errors

    def new(self, id: str, *, started: date) -> ActivityPlan:
        """Make the plan of a newly chosen activity."""
        if self.unit is None or self.goal is None:
            raise ValueError("a goal with errors makes no plan")
        return ActivityPlan(
            id=id,
            name=self.name,
            unit=self.unit,
            goal=self.goal,
            started=started,
            goal_text=self.typed["goal_text"],
        )

    def onto(self, plan: ActivityPlan) -> ActivityPlan:
        """Return the plan with the new goal."""
        if self.goal is None:
            raise ValueError("a goal with errors makes no plan")
        return replace(plan, name=self.name, goal=self.goal, goal_text=self.typed["goal_text"])


def parse_goal(
    sent: Mapping[str, str], ready: ReadyMade | None, plan: ActivityPlan | None
) -> TypedGoal:
    """Read the goal page; a ready-made activity brings its name and unit."""
    typed = {name: tidy(sent.get(name, "")) for name in TYPED}
    errors: Errors = []
    words = page("start")["errors"]
    goal = parse_above_nought(typed["goal"])
    name = _name(typed["name"], ready, errors)
    unit = plan.unit if plan else ready.unit if ready else parse_unit(typed["unit"])
    if unit is None:
        errors.append(("unit", words["unit"]))
    if goal is None:
        errors.append(("goal", words["goal"]))
    if not can_be_kept(typed["goal_text"]):
        errors.append(("goal_text", words["sign"]))
    elif len(typed["goal_text"]) > GOAL_TEXT_TOP:
        errors.append(("goal_text", words["text"]))
    return TypedGoal(typed=typed, name=name, unit=unit, goal=goal, errors=errors)


def own_id(key: str) -> str:
    """Name an activity of the person's own: its words stay out of addresses."""
    digits = "".join(sign for sign in key if sign in "0123456789abcdef")[:OWN_DIGITS]
    return f"{OWN}-{digits or uuid4().hex[:OWN_DIGITS]}"


def parse_above_nought(text: str) -> float | None:
    """Read a number above 0."""
    amount = parse_amount(text)
    return amount if amount is not None and amount > 0 else None


def _name(text: str, ready: ReadyMade | None, errors: Errors) -> str:
    if ready is not None:
        return ready.name
    words = page("start")["errors"]
    if not can_be_kept(text):
        errors.append(("name", words["sign"]))
    elif not text or len(text) > NAME_TOP:
        errors.append(("name", words["name"]))
    return text
