"""An invented person with twelve weeks behind them, to look around with."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import transaction

from safetomove.core.safety import FLAGS, Answer, Context, SafetyAnswers
from safetomove.services.checkpoint import rebuilt
from safetomove.services.days import write_new_days
from safetomove.services.demo_life import live, plans_of
from safetomove.services.erase import erase_person
from safetomove.services.holding import hold, keep
from safetomove.services.people import local_day, person_of_user, start_for_user
from safetomove.services.safety_check import save_answers

USERNAME = "demo"
ZONE = "Europe/London"
DAYS = 84
ANSWERED_DAYS_AGO = 9
AGE = 52


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """How to sign in to the demonstration; the password is not kept in plain anywhere."""

    person: UUID
    username: str
    password: str


def make_demo(*, now: datetime) -> Demo:
    """Make the account "demo" afresh, with an invented diary and a new password."""
    password = secrets.token_urlsafe(12)
    today = local_day(now=now, zone=ZONE)
    with transaction.atomic():
        _clear_away(now=now)
        user = get_user_model().objects.create_user(username=USERNAME, password=password)
        person = start_for_user(user_id=user.pk, now=now, zone=ZONE)
        _write_diary(person, today=today, now=now)
        save_answers(person=person, answers=all_clear(today), now=now)
    return Demo(person=person, username=USERNAME, password=password)


def _clear_away(*, now: datetime) -> None:
    old = get_user_model().objects.filter(username=USERNAME).first()
    if old is None:
        return
    person = person_of_user(old.pk)
    if person is None:
        old.delete()
    else:
        erase_person(person=person, actor="demo", now=now)


def _write_diary(person: UUID, *, today: date, now: datetime) -> None:
    first = today - timedelta(days=DAYS)
    plans = plans_of(first)
    held = hold(person)
    write_new_days(held, live(plans, first=first, days=DAYS), now=now)
    held = keep(held, plans=plans)
    keep(held, checkpoint=rebuilt(held, today=today))


def all_clear(today: date) -> SafetyAnswers:
    """Answer every safety question so that nothing stands in the way."""
    no = Answer.NO
    return SafetyAnswers(
        given_on=today - timedelta(days=ANSWERED_DAYS_AGO),
        answers={flag: no for flag in FLAGS if flag not in {"age", "preg"}},
        context=Context(
            age=AGE,
            pregnant=no,
            recent_surgery=no,
            cancer_history=no,
            osteoporosis=no,
            steroids=no,
            weak_immunity=no,
            blood_thinner=no,
        ),
    )
