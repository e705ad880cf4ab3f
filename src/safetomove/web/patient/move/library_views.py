"""The front page of Move, the list of movements, and one movement."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from safetomove.content import movements as library
from safetomove.web.patient.move import library_page, session_page
from safetomove.web.patient.move.reaching import looking
from safetomove.web.words import origin, page


@require_safe
def hub(request: HttpRequest) -> HttpResponse:
    """Show what there is: a session, all movements, breathing and letting go."""
    who = looking(request)
    shown = library_page.hub(who, resume=session_page.resume(request, who))
    return render(request, "move/hub.jinja", {"w": page("move"), **shown})


@require_safe
def movements(request: HttpRequest) -> HttpResponse:
    """List the movements that fit, or what a search found among them."""
    shown = library_page.library(looking(request), request.GET.get("q", ""))
    about = {"w": page("move"), "origin": origin("move"), **shown}
    return render(request, "move/movements.jinja", about)


@require_safe
def movement(request: HttpRequest, id: str) -> HttpResponse:
    """Show one movement at one level, or why another would be better."""
    return _movement(request, id, "move/movement.jinja")


@require_safe
def movement_print(request: HttpRequest, id: str) -> HttpResponse:
    """Show one movement as a page for paper; it asks the same rule as the screen."""
    return _movement(request, id, "move/print.jinja")


def _movement(request: HttpRequest, id: str, template: str) -> HttpResponse:
    who = looking(request)
    met = library.meet(id, who.about)
    if met is None:
        raise Http404
    level = library_page.level_asked(met.movement, request.GET.get("level", ""))
    moving = "moving" in request.GET
    shown = library_page.movement(who, met, level=level, moving=moving)
    return render(request, template, {"w": page("move"), **shown})
