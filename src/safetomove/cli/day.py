"""`review` and `next-dose`."""

import argparse
import math
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from safetomove.cli import files
from safetomove.core import diary as diaries
from safetomove.core import pacing
from safetomove.core.errors import BadInput
from safetomove.core.pacing import ActivityPlan, DoseDecision, Unit

if TYPE_CHECKING:
    from safetomove.core.record import Recheck
    from safetomove.core.review import DayReview


def review(options: argparse.Namespace) -> None:
    """Print one day's review of a diary."""
    from safetomove.cli.as_data import review_data
    from safetomove.cli.safety import read_answers, rules_now
    from safetomove.core.record import PatientRecord
    from safetomove.core.review import review_day

    found = _read_diary(options.diary)
    today = options.on or found.diary.last_day or files.today_or(None)
    answers = read_answers(options.answers, today) if options.answers else None
    record = PatientRecord(
        safety=answers,
        recheck=_recheck(found.diary, answers.given_on, today) if answers else None,
        plans=_read_plans(options.plan) if options.plan else (),
        diary=found.diary,
    )
    result = review_day(record, today=today, rules=rules_now())
    data = review_data(result) | {"unknown_columns": list(found.unknown_columns)}
    files.answer(options, data, _review_words(result, record.plans))


def next_dose(options: argparse.Namespace) -> None:
    """Print what the rule says, for a look at the rule: it asks nothing about safety."""
    found = _read_diary(options.diary)
    today = options.on or files.today_or(None)
    plan = ActivityPlan(
        id=options.activity,
        name=options.activity,
        unit=_unit(options.unit),
        goal=_amount("goal", options.goal),
        started=found.diary.first_day or today,
        baseline=None if options.baseline is None else _amount("baseline", options.baseline),
    )
    decision = pacing.rule_dose(plan, found.diary, today=today)
    data = {
        "dose": decision.dose,
        "unit": decision.unit.value,
        "change": decision.change.value,
        "reasons": [{"code": one.code.value, **one.facts} for one in decision.reasons],
        "room": list(decision.room),
        "phase": decision.phase.value,
        "safety_asked": False,
    }
    files.answer(options, data, _next_dose_words(decision, plan))


def _recheck(diary: diaries.Diary, answered_on: date, today: date) -> "Recheck | None":
    """Find what calls for new answers. They carry no hour, so that day's worrying note counts."""
    from safetomove.core.record import RecheckReason, recheck_since

    found = recheck_since(diary, answered_on - timedelta(days=1), until=today)
    if found is not None and found.reason is RecheckReason.WORRYING_NOTE:
        return found
    return recheck_since(diary, answered_on, until=today)


def _read_diary(path: str) -> diaries.DiaryFile:
    read = diaries.read_json if path.endswith(".json") else diaries.read_csv
    return read(files.read_text(path))


def _read_plans(path: str) -> tuple[ActivityPlan, ...]:
    data = files.read_json(path)
    activities = data.get("activities") if isinstance(data, dict) else None
    if not isinstance(activities, list):
        raise BadInput(f'{path} must hold {{"activities": […]}}')
    return tuple(ActivityPlan.from_json(one) for one in activities)


def _unit(name: str) -> Unit:
    try:
        return Unit(name)
    except ValueError:
        raise BadInput(f"the unit must be one of {', '.join(Unit)}, not {name!r}") from None


def _amount(name: str, value: float) -> float:
    if not math.isfinite(value) or value <= 0:
        raise BadInput(f"the {name} must be a number above 0, not {value:g}")
    return value


def _next_dose_words(decision: DoseDecision, plan: ActivityPlan) -> Iterator[str]:
    yield from _dose_words(decision, plan)
    yield "Nobody has been asked about warning signs: for a person, use `review`."


def _review_words(result: "DayReview", plans: tuple[ActivityPlan, ...]) -> Iterator[str]:
    from safetomove.cli.safety import note_words, triage_words

    if result.triage.clearance is None:
        yield from triage_words(result.triage)
    if result.recheck is not None:
        yield from note_words(result.recheck)
    named = {plan.id: plan for plan in plans}
    for decision in result.doses:
        yield from _dose_words(decision, named[decision.activity])
    for activity in result.needs_tries:
        yield f"{named[activity].name}: try it once or more, as much as feels fine, and note it."


def _dose_words(decision: DoseDecision, plan: ActivityPlan) -> Iterator[str]:
    from safetomove.content.doses import amount_of, because, span

    low, high = span(*decision.room, decision.unit)
    yield f"{plan.name}: {amount_of(decision.dose, decision.unit)} (anything from {low} to {high})"
    yield from (f"  - {because(reason)}" for reason in decision.reasons)
