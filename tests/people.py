"""Asha, Ben, Cara and Dev: who they are in every test.

Asha walks again after two years of back pain. Dev is another patient, whose record nobody
but Dev may see. Ben is Asha's physiotherapist, and Cara one at another clinic.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from safetomove.core.diary import CheckIn
from safetomove.core.pacing import ActivityPlan, Unit
from safetomove.core.safety import FLAGS, Answer, Context, SafetyAnswers

ASHA, BEN, CARA, DEV = "asha", "ben", "cara", "dev"

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)

_CONTEXT = ("pregnant", "recent_surgery", "cancer_history", "osteoporosis",
            "steroids", "weak_immunity", "blood_thinner")  # fmt: skip


def all_clear(*, given_on: date = TODAY, age: int = 52) -> SafetyAnswers:
    """Return answers with no warning sign at all."""
    answers = {flag: Answer.NO for flag in FLAGS if flag not in {"age", "preg"}}
    context = Context(age=age, **dict.fromkeys(_CONTEXT, Answer.NO))
    return SafetyAnswers(given_on=given_on, answers=answers, context=context)


def with_a_yes(flag: str, *, given_on: date = TODAY) -> SafetyAnswers:
    """Return answers with one warning sign."""
    clear = all_clear(given_on=given_on)
    return replace(clear, answers={**clear.answers, flag: Answer.YES})


def walking(*, started: date = TODAY, **changes: object) -> ActivityPlan:
    """Return Asha's plan to walk half an hour."""
    plan = ActivityPlan(
        id="walking", name="Walking", unit=Unit.MINUTES, goal=30, started=started, baseline=8.0
    )
    return replace(plan, **changes)  # type: ignore[arg-type]


def noon(day: date) -> datetime:
    """Return midday of a day, UTC."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def a_day(n: int, *, first: date, **changes: object) -> CheckIn:
    """Return the nth of some unremarkable but varied days."""
    day = CheckIn(
        day=first + timedelta(days=n),
        flare=n % 23 in {11, 12},
        pain=float(3 + n % 4),
        sleep_quality=float(4 + n % 5),
        stress=float(3 + (n * 7) % 5),
        done={"walking": 8.0 + n % 6},
        planned={"walking": 9.0 + n % 5},
    )
    return replace(day, **changes)  # type: ignore[arg-type]
