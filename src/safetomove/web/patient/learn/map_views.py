"""The map of what turns a person's pain up and down: see it, change it."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from safetomove.core.contributors import PainMap, Turns
from safetomove.services import pain_map
from safetomove.web import who
from safetomove.web.patient.keeping import saving, see
from safetomove.web.patient.learn import map_page
from safetomove.web.patient.learn.map_page import Typed
from safetomove.web.patient.safety_keeping import Keeping, try_to_keep
from safetomove.web.patient.words import origin, page


@require_safe
def my_map(request: HttpRequest) -> HttpResponse:
    """Show the map, or how to begin one."""
    keeping, about = _kept(request)
    shown = {
        "w": page("map"),
        "origin": origin("map"),
        "saved": "saved" in request.GET and not about.empty,
        "out_of_reach": keeping is Keeping.OUT_OF_REACH,
        "empty": about.empty,
        "cards": map_page.cards(about),
        "map": map_page.picture(about),
        "onward": map_page.onward(about),
    }
    return render(request, "learn/map.jinja", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest) -> HttpResponse:
    """Ask what belongs on the map, or keep it."""
    if request.method != "POST":
        keeping, about = _kept(request)
        out_of_reach = keeping is Keeping.OUT_OF_REACH
        return _form(request, map_page.typed_of(about), out_of_reach=out_of_reach)
    sent = map_page.read(request.POST)
    if sent.about is None:
        return _form(request, sent)
    now = who.now(request)
    write = partial(pain_map.save_map, about=sent.about, now=now)
    saving(request, now, lambda person: write(person=person))
    return see("pain_map", query="saved=map")


def _kept(request: HttpRequest) -> tuple[Keeping, PainMap]:
    keeping, about = try_to_keep(request, lambda person, _: pain_map.map_of(person))
    return keeping, about or PainMap()


def _form(request: HttpRequest, typed: Typed, *, out_of_reach: bool = False) -> HttpResponse:
    shown = {
        "w": page("map"),
        "origin": origin("map"),
        "typed": typed,
        "wrong": dict(typed.errors),
        "up": map_page.choices(Turns.UP),
        "down": map_page.choices(Turns.DOWN),
        "out_of_reach": out_of_reach,
    }
    status = 422 if typed.errors else 200
    return render(request, "learn/map_change.jinja", shown, status=status)
