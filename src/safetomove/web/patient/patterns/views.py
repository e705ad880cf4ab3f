"""Patterns: off until the person turns it on; then what went along with their days."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from safetomove.core.experiments import ready
from safetomove.core.patterns import Verdict
from safetomove.services import patterns as service
from safetomove.services.refusals import NoSuchPerson
from safetomove.services.today import Today
from safetomove.web import who
from safetomove.web.going import SeeOther
from safetomove.web.patient.keeping import forget, see, todays
from safetomove.web.patient.patterns.findings import found_page
from safetomove.web.patient.patterns.plan_page import about
from safetomove.web.patient.words import origin, page


@require_safe
def patterns(request: HttpRequest) -> HttpResponse:
    """Offer patterns, say how many days are still needed, or show what was found."""
    known = todays(request, who.now(request))
    if known is None or not service.is_on(known):
        return _page(request, "patterns/off.jinja", {"known": known is not None})
    return _page(request, "patterns/on.jinja", _shown(request, known))


@require_POST
def turn(request: HttpRequest) -> SeeOther:
    """Turn patterns on or off; nobody is made for it."""
    if person := who.person_of(request):
        try:
            service.turn(person=person, on=request.POST.get("on") == "yes", now=who.now(request))
        except NoSuchPerson:
            forget(request)
    return see("patterns")


def _shown(request: HttpRequest, known: Today) -> dict[str, object]:
    person = who.person_of(request)
    assert person is not None
    outcome = request.GET.get("about", "")
    found = service.patterns_of(person=person, now=who.now(request), outcome=outcome)
    names = {plan.id: plan.name for plan in known.record.plans}
    shown = found_page(found, names)
    return shown | {"sureness": list(Verdict), "test_title": _title(shown["test"])}


def _title(test: str) -> str:
    question = ready(test)
    return str(
        page("experiments")["index"]["own_title"] if question is None else about(question)["title"]
    )


def _page(request: HttpRequest, template: str, shown: dict[str, object]) -> HttpResponse:
    about = {"w": page("patterns"), "origin": origin("patterns"), **shown}
    return render(request, template, about)
