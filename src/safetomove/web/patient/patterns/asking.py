"""What patterns and tests add to Today and to the check-in; nothing for those without them."""

import datetime as dt
from typing import Any

from django.http import HttpRequest

from safetomove.services import experiments, patterns
from safetomove.services.today import Today
from safetomove.web import who
from safetomove.web.patient import check_in_page
from safetomove.web.patient.patterns.trial_page import card
from safetomove.web.patient.words import page


def todays_questions(request: HttpRequest, known: Today | None, day: dt.date) -> tuple[str, ...]:
    """Return the questions of a day that take turns."""
    person = who.person_of(request)
    if known is None or person is None or not patterns.is_on(known):
        return ()
    return patterns.asked_today(person=person, today=known, day=day)


def todays_test(request: HttpRequest, known: Today | None) -> dict[str, Any] | None:
    """Return the card of the running test, if there is one."""
    person = who.person_of(request)
    if known is None or person is None:
        return None
    shown = experiments.running(person=person, today=known)
    if shown is None:
        return None
    return card(shown, known) or {"ready": True, "id": shown.experiment.id}


def with_patterns(request: HttpRequest, known: Today) -> dict[str, Any]:
    """Return what Today shows besides: the test's card, and the form with today's questions."""
    shown: dict[str, Any] = {"test": todays_test(request, known), "tests": page("experiments")}
    if asked := todays_questions(request, known, known.local_day):
        shown["form"] = check_in_page.form(known.local_day, known.check_in, asked=asked)
    return shown
