"""Tests: pick one, see today's side of the running one, note it, end it, read what came out."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from safetomove.core.experiments import READY
from safetomove.services import experiments as service
from safetomove.services.experiments import NoSuchExperiment, NotADayOfIt, Shown
from safetomove.services.refusals import (
    BadKey,
    DayTooOld,
    FutureDay,
    KeyReused,
    NoSuchPerson,
)
from safetomove.web import who
from safetomove.web.going import SeeOther
from safetomove.web.patient import forms
from safetomove.web.patient.keeping import forget, see, todays
from safetomove.web.patient.patterns.plan_page import about
from safetomove.web.patient.patterns.trial_page import history_row, trial_page
from safetomove.web.patient.words import origin, page

YES_NO = {"yes": True, "no": False}
SAVED = frozenset({"started", "tried", "ended"})


@require_safe
def experiments(request: HttpRequest) -> HttpResponse:
    """List what can be tested, the running test and those that have ended."""
    found = _all(request)
    running = next((one for one in found if one.experiment.ended is None), None)
    shown = {
        "w": page("experiments"),
        "together": page("together")["page"]["link"],
        "origin": origin("experiments"),
        "ready": [(question.id, about(question)) for question in READY],
        "running": running and history_row(running),
        "history": [history_row(one) for one in found if one.experiment.ended is not None],
    }
    return render(request, "patterns/experiments.jinja", shown)


@require_safe
def experiment(request: HttpRequest, id: str) -> HttpResponse:
    """Show one test as it stands."""
    known = todays(request, who.now(request))
    person = who.person_of(request)
    if known is None or person is None:
        raise Http404
    shown = _one(request, id)
    saved = request.GET.get("saved", "")
    page_shown = trial_page(shown, known) | {
        "w": page("experiments"),
        "origin": origin("experiments"),
        "saved": page("experiments")["saved"][saved] if saved in SAVED else "",
    }
    return render(request, "patterns/experiment.jinja", page_shown)


@require_POST
def did(request: HttpRequest, id: str) -> SeeOther:
    """Note with one tap whether a day's thing was done."""
    person, day = who.person_of(request), forms.day_or_none(request.POST.get("day", ""))
    answer = YES_NO.get(request.POST.get("did", ""))
    if person is None or day is None or answer is None:
        raise Http404
    now, key = who.now(request), request.POST.get("key", "")
    try:
        service.note_tried(person=person, id=id, day=day, did=answer, client_key=key, now=now)
    except NoSuchPerson:
        forget(request)
        raise Http404 from None
    except (NoSuchExperiment, NotADayOfIt, BadKey, DayTooOld, FutureDay):
        raise Http404 from None
    except KeyReused:
        pass  # a second tap that changed its mind on an old page: the page shows what is kept
    if request.POST.get("from") == "today":
        return see("today", place="test")
    return see("experiment", id, query="saved=tried", place="days")


@require_POST
def end(request: HttpRequest, id: str) -> SeeOther:
    """End a test, early or with its result; what came out is kept."""
    person = who.person_of(request)
    if person is None:
        raise Http404
    try:
        service.end(person=person, id=id, now=who.now(request))
    except (NoSuchExperiment, NoSuchPerson):
        raise Http404 from None
    return see("experiment", id, query="saved=ended")


def _all(request: HttpRequest) -> tuple[Shown, ...]:
    person = who.person_of(request)
    if person is None:
        return ()
    try:
        return service.all_of(person=person, now=who.now(request))
    except NoSuchPerson:
        forget(request)
        return ()


def _one(request: HttpRequest, id: str) -> Shown:
    person = who.person_of(request)
    if person is None:
        raise Http404
    try:
        return service.one_of(person=person, id=id, now=who.now(request))
    except (NoSuchExperiment, NoSuchPerson):
        raise Http404 from None
