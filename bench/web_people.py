"""Make two people with long diaries and their sessions; print the keys and the day as JSON.

python -m bench.web_people 365 3650
"""

import datetime as dt
import json
import sys
from uuid import UUID

import django

django.setup()

# ruff: noqa: E402
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.utils import timezone

from safetomove.core.diary import CheckIn, Diary, write_csv
from safetomove.core.pacing import ActivityPlan, Unit
from safetomove.core.safety import FLAGS, Answer, Context, SafetyAnswers
from safetomove.services import imports, people, plans, safety_check

ACTIVITIES = (("walking", Unit.MINUTES, 30.0), ("bending", Unit.REPETITIONS, 20.0))


def main() -> None:
    """Print {"short": session, "long": session, "day": day}."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    now = timezone.now()
    day = people.local_day(now=now, zone="Europe/London")
    short, long = (int(text) for text in sys.argv[1:3])
    made = {"short": _session(_person(short, day, now)), "long": _session(_person(long, day, now))}
    print(json.dumps(made | {"day": day.isoformat()}))


def _person(days: int, today: dt.date, now: dt.datetime) -> UUID:
    person = people.start_guest(now=now)
    for id, unit, goal in ACTIVITIES:
        began = today - dt.timedelta(days=days)
        plan = ActivityPlan(
            id=id, name=id.title(), unit=unit, goal=goal, started=began, baseline=6.0
        )
        plans.choose_activity(person=person, plan=plan, now=now)
    diary = Diary(tuple(_lived(today - dt.timedelta(days=n), n) for n in range(days, 0, -1)))
    imports.confirm_import(
        person=person, text=write_csv(diary), kind=imports.Kind.CSV, client_key="bench", now=now
    )
    answers = SafetyAnswers(
        answers={flag: Answer.NO for flag in FLAGS if flag not in {"age", "preg"}},
        context=Context(age=52, pregnant=Answer.NO, recent_surgery=Answer.NO),
        given_on=today,
    )
    safety_check.save_answers(person=person, answers=answers, now=now)
    return person


def _lived(day: dt.date, number: int) -> CheckIn:
    """Return a day with every tap answered; a flare-up every 40 days."""
    return CheckIn(
        day=day,
        interference=number * 7 % 5 * 2.5,
        sleep_quality=number * 3 % 5 * 2.5,
        stress=number * 2 % 5 * 2.5,
        mood=5.0,
        flare=number % 40 == 3,
        done={"walking": 8.0, "bending": 5.0},
        planned={"walking": 8.0, "bending": 5.0},
    )


def _session(person: UUID) -> str:
    session = SessionStore()
    session["person"] = str(person)
    session.save()
    return str(session.session_key)


if __name__ == "__main__":
    main()
