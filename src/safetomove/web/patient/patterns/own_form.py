"""A test of the person's own, as typed: kept as typed until every part can be used."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from safetomove.core.experiments import NotForATest, Outcome, Question, own_question
from safetomove.web.patient.forms import can_be_kept, tidy
from safetomove.web.patient.words import page

LAGS = {"same": 0, "next": 1}
SHOWN_TOP = 200  # letters of what was typed that are shown again


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What was typed, the question where it can be one, and what is wrong by field."""

    name: str = ""
    outcome: str = ""
    when: str = ""
    lingers: str = ""
    question: Question | None = None
    errors: Mapping[str, str] = field(default_factory=dict)


def parse(sent: Mapping[str, Any]) -> Typed:
    """Read the form; nothing is guessed."""
    name, outcome = tidy(sent.get("name", "")), str(sent.get("outcome", ""))
    when, lingers = str(sent.get("when", "")), str(sent.get("lingers", ""))
    words = page("experiments")["own"]
    errors: dict[str, str] = {}
    if not can_be_kept(name):
        errors["name"] = words["refused"]["signs"]
    if outcome not in set(Outcome):
        errors["outcome"] = words["outcome_wrong"]
    if when not in LAGS:
        errors["when"] = words["when_wrong"]
    question = None
    try:
        question = own_question(
            name,
            outcome=Outcome(outcome) if "outcome" not in errors else Outcome.PAIN,
            lag=LAGS.get(when, 0),
            lingers=lingers == "yes",
        )
    except NotForATest as refused:
        errors.setdefault("name", words["refused"][refused.why.value])
    return Typed(
        name=name[:SHOWN_TOP].replace("\x00", "\ufffd"),
        outcome=outcome if "outcome" not in errors else "",
        when=when if "when" not in errors else "",
        lingers=lingers if lingers in {"yes", "no"} else "",
        question=None if errors else question,
        errors=errors,
    )
