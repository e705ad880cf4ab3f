"""Plan a test: what it asks, how likely it is to find anything, and start it."""

from functools import partial
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from safetomove.core.experiments import Care, Question, ready
from safetomove.services import experiments as service
from safetomove.services.experiments import OneAtATime
from safetomove.services.refusals import BadKey, KeyReused, NoSuchPerson
from safetomove.web import who
from safetomove.web.patient.keeping import forget, saving, see, todays
from safetomove.web.patient.patterns import own_form
from safetomove.web.patient.patterns.plan_page import plan_page
from safetomove.web.patient.words import origin, page


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, ready: str) -> HttpResponse:
    """Show a ready-made test, or start it."""
    question = _ready(ready)
    return _start(request, question) if request.method == "POST" else _show(request, question)


@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest) -> HttpResponse:
    """Ask for a test of the person's own; then show it as any other, or start it."""
    if request.method != "POST":
        return _ask(request, own_form.Typed())
    typed = own_form.parse(request.POST)
    if typed.question is None:
        return _ask(request, typed)
    if "days" in request.POST or request.POST.get("deed") == "start":
        return _start(request, typed.question, typed)
    return _show(request, typed.question, typed)


def _ready(id: str) -> Question:
    found = ready(id)
    if found is None:
        raise Http404
    return found


def _ask(request: HttpRequest, typed: own_form.Typed) -> HttpResponse:
    shown = {"w": page("experiments"), "typed": typed, "errors": list(typed.errors.items())}
    return render(request, "patterns/own.jinja", shown, status=422 if typed.errors else 200)


def _start(
    request: HttpRequest, question: Question, typed: own_form.Typed | None = None
) -> HttpResponse:
    words, now, sent = page("experiments")["plan"], who.now(request), request.POST
    days = int(sent["days"]) if sent.get("days", "") in map(str, question.lengths) else 0
    if not days:
        return _show(request, question, typed, wrong=words["length_wrong"])
    if _must_wait(request, question):
        return _show(request, question, typed, wrong=words["wait"])
    begin = partial(service.start, question=question, days=days, now=now)
    try:
        begun = saving(
            request, now, lambda person: begin(person=person, client_key=sent.get("key", ""))
        )
    except OneAtATime:
        return _show(request, question, typed, wrong=words["already"])
    except (KeyReused, BadKey):
        return _show(request, question, typed, wrong=words["key"])
    return see("experiment", begun.id, query="saved=started")


def _show(
    request: HttpRequest, question: Question, typed: own_form.Typed | None = None, wrong: str = ""
) -> HttpResponse:
    noise, prospects = _prospects(request, question)
    shown: dict[str, Any] = {
        "w": page("experiments"),
        "origin": origin("experiments"),
        "typed": typed,
        "wrong": wrong,
        "chosen": request.POST.get("days", "")[:3],
        "key": str(uuid4()),
        "wait": _must_wait(request, question),
        **plan_page(question, noise, prospects),
    }
    return render(request, "patterns/plan.jinja", shown, status=422 if wrong else 200)


def _prospects(request: HttpRequest, question: Question) -> Any:
    now = who.now(request)
    try:
        return service.prospects(person=who.person_of(request), question=question, now=now)
    except NoSuchPerson:
        forget(request)
        return service.prospects(person=None, question=question, now=now)


def _must_wait(request: HttpRequest, question: Question) -> bool:
    """Say whether a test that gets somebody moving waits for the safety questions."""
    if Care.MOVES not in question.cares:
        return False
    known = todays(request, who.now(request))
    return known is None or not known.review.cleared
