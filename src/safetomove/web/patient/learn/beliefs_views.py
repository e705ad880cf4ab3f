"""How a person sees their back: ten lines to answer, and what has moved."""

from collections.abc import Mapping
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from safetomove.services import beliefs
from safetomove.web import who
from safetomove.web.patient.keeping import saving, see
from safetomove.web.patient.learn import beliefs_page
from safetomove.web.patient.safety_keeping import Keeping, try_to_keep
from safetomove.web.patient.words import origin, page


@require_safe
def my_beliefs(request: HttpRequest) -> HttpResponse:
    """Show what has moved; the ten lines where nothing was answered yet."""
    keeping, given = try_to_keep(request, lambda person, _: beliefs.beliefs_of(person))
    if not given:
        return _ask(request, out_of_reach=keeping is Keeping.OUT_OF_REACH)
    shown = {"w": page("beliefs"), "origin": origin("beliefs"), **beliefs_page.result(given)}
    return render(request, "learn/beliefs.jinja", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest) -> HttpResponse:
    """Ask the ten lines, or keep what was answered."""
    if request.method != "POST":
        return _ask(request)
    scores, errors = beliefs_page.read(request.POST.dict())
    if errors:
        return _ask(request, typed=request.POST.dict(), errors=errors)
    now = who.now(request)
    write = partial(beliefs.save_beliefs, scores=scores, now=now)
    saving(request, now, lambda person: write(person=person))
    return see("beliefs")


def _ask(
    request: HttpRequest,
    *,
    typed: Mapping[str, str] | None = None,
    errors: list[tuple[str, str]] | None = None,
    out_of_reach: bool = False,
) -> HttpResponse:
    shown = {
        "w": page("beliefs"),
        "origin": origin("beliefs"),
        "typed": typed or {},
        "errors": errors or [],
        "wrong": dict(errors or []),
        "out_of_reach": out_of_reach,
    }
    return render(request, "learn/beliefs_ask.jinja", shown, status=422 if errors else 200)
