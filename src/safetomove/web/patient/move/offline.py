"""Which movements a device keeps: those that this person is shown, and no others.

The pages are kept as this person meets them, so the pack has a name made of all that decides
how they look. Another answer makes another name, and a device that sees it drops what it had.
"""

import datetime as dt
import hashlib
from dataclasses import dataclass

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse

from safetomove.content import figures, movements
from safetomove.content.movements import Shown
from safetomove.core.safety.answers import ANSWERS_LAST_DAYS
from safetomove.web import who
from safetomove.web.patient.move.library_page import safe_first
from safetomove.web.patient.move.reaching import Looking, looking

FILES = ("css/move.css", "js/move.js", "js/breathe.js")
KINDS = ("still", "moving")
PAGES = ("move", "movements", "breathe")
OWN_PAGES = ("flare_plan", "flare_plan_print")
OWN_FILES = ("css/ladder.css",)


@dataclass(frozen=True, slots=True, kw_only=True)
class MovementPack:
    """What a device keeps of the movements, until when, and the name it goes by."""

    token: str
    until: dt.date
    urls: tuple[str, ...]


def movement_pack(request: HttpRequest, *, edition: str) -> MovementPack:
    """Gather the pages and the figures of every movement that may stand in a list for them."""
    looker = looking(request)
    shown = movements.listed(looker.about)
    pages = (reverse("movement", args=[each.movement.id]) for each in shown)
    pictures = (url for each in shown for url in _pictures(each.movement.id))
    return MovementPack(
        token=_token(edition, looker, shown),
        until=_until(looker, today=who.today_of(request)),
        urls=(*map(static, FILES), *map(reverse, PAGES), *pages, *pictures),
    )


def own_urls() -> tuple[str, ...]:
    """List what Move adds to a person's own pages: their plan for a flare-up."""
    return tuple(map(reverse, OWN_PAGES))


def _token(edition: str, looker: Looking, shown: tuple[Shown, ...]) -> str:
    """Name all that the pages are made of: this edition, what fits and why, and what waits."""
    fits = "\n".join(f"{each.movement.id} {each.suits}" for each in shown)
    told = "\n".join((edition, fits, repr(safe_first(looker))))
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def _until(looker: Looking, *, today: dt.date) -> dt.date:
    """Return the last day on which what the person told may still be gone by."""
    lasts = dt.timedelta(days=ANSWERS_LAST_DAYS)
    told = looker.today.record.safety if looker.today else None
    end = (told.full_check_on or told.given_on) + lasts if told else today + lasts
    return end if end >= today else today + lasts


def _pictures(id: str) -> tuple[str, ...]:
    """List the pictures of the first level, which is what the page shows until asked for more."""
    known = figures.load().get(id)
    first = known.levels[:1] if known else ()
    return tuple(reverse("figure", args=[id, level, kind]) for level in first for kind in KINDS)
