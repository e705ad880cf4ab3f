"""Cards for paper: one for each station, and one circuit card for each person."""

from base64 import b64encode
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from safetomove.content import figures
from safetomove.core.figures import draw
from safetomove.services.clinic import runs
from safetomove.services.clinic.room_safety import May
from safetomove.services.clinic.staff import Desk
from safetomove.web import who
from safetomove.web.clinic import run_page

PICTURES_TOP = 300  # data addresses kept drawn


@require_safe
def stations(request: HttpRequest, at: Desk, session: int) -> HttpResponse:
    """Show a card for each station, for the wall."""
    return _cards(request, at, session, "clinic/cards_stations.jinja")


@require_safe
def people(request: HttpRequest, at: Desk, session: int) -> HttpResponse:
    """Show a circuit card for each person who may do the circuit."""
    return _cards(request, at, session, "clinic/cards_people.jinja")


def _cards(request: HttpRequest, at: Desk, session: int, template: str) -> HttpResponse:
    now = who.now(request)
    room = runs.room(at, session, now=now)
    about: dict[str, Any] = {
        **run_page.about(room, now=now),
        "at": at,
        "strip": lambda id, level: _picture(id, level, strip=True),
        "still": lambda id, level: _picture(id, level, strip=False),
        "ready": [each for each in room.people if each.may is May.READY],
        "unready": [each for each in room.people if each.may is not May.READY],
    }
    return render(request, template, about)


@lru_cache(maxsize=PICTURES_TOP)
def _picture(id: str, level: int, *, strip: bool) -> str:
    """Return a drawing as an address of its own: a card's pictures go with the page.

    A picture asked for by address would be weighed against the body of whoever is signed in.
    """
    known = figures.load().get(id)
    if known is None or level not in known.levels:
        return ""
    if strip:
        drawn = draw.strip(known, level, theme=draw.Theme.LIGHT)
    else:
        drawn = draw.still(known, level, theme=draw.Theme.LIGHT)
    return f"data:image/svg+xml;base64,{b64encode(drawn.encode()).decode()}"
