"""Breathing with a circle, and relaxations to read or to hear. Nothing about anybody in them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from safetomove.web.words import origin, page


@require_safe
def breathe(request: HttpRequest) -> HttpResponse:
    """Show the circle, still until asked to move."""
    about = {"w": page("move"), "relaxations": page("relaxations")["relaxation"]}
    return render(request, "move/breathe.jinja", about)


@require_safe
def relax(request: HttpRequest, id: str) -> HttpResponse:
    """Show one relaxation."""
    every = page("relaxations")["relaxation"]
    this = next((each for each in every if each["id"] == id), None)
    if this is None:
        raise Http404
    about = {
        "w": page("move"),
        "this": this,
        "others": [each for each in every if each["id"] != id],
        "origin": origin("relaxations"),
    }
    return render(request, "move/relax.jinja", about)
