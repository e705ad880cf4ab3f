"""Pictures of movements: a stranger's may be kept by anybody; a person's are asked for each time.

A picture is a movement too, so it asks the one rule of what fits. Whoever told us of something
that a movement does not suit gets no picture of it, not even by its address.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from hashlib import sha256

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from safetomove.content import figures, movements
from safetomove.core.figures import Figure, draw
from safetomove.web.patient.move.reaching import about_whoever_looks

KEPT_FOR = 24 * 60 * 60  # seconds
FOR_STRANGERS = f"public, max-age={KEPT_FOR}"
FOR_PERSONS = "private, no-cache"  # kept, and asked again each time: answers may change
DRAWN_TOP = 1024  # pictures: every movement at every level, each way

KINDS: Mapping[str, Callable[[Figure, int], str]] = {
    "moving": draw.animated,
    "still": draw.still,
    "strip": draw.strip,
}


@require_safe
@vary_on_cookie
def figure(request: HttpRequest, id: str, level: int, kind: str) -> HttpResponseBase:
    """Draw one movement: moving, still, or as a strip of its steps; 404 where it does not fit."""
    known = figures.load().get(id)
    if known is None or kind not in KINDS or level not in known.levels:
        raise Http404
    about = about_whoever_looks(request)
    met = movements.meet(id, about) if about else None
    if met is not None and not met.suits.listed:
        raise Http404
    drawn = _drawn(id, level, kind)
    answer = HttpResponse(drawn, content_type="image/svg+xml")
    known_here = settings.SESSION_COOKIE_NAME in request.COOKIES
    answer.headers["Cache-Control"] = FOR_PERSONS if known_here else FOR_STRANGERS
    answer.headers["ETag"] = _name_of(drawn)
    return get_conditional_response(request, etag=_name_of(drawn), response=answer) or answer


def has_figure(id: str, level: int) -> bool:
    """Say whether there is a picture of this level."""
    known = figures.load().get(id)
    return known is not None and level in known.levels


@lru_cache(maxsize=DRAWN_TOP)
def _drawn(id: str, level: int, kind: str) -> str:
    return KINDS[kind](figures.load()[id], level)


@lru_cache(maxsize=DRAWN_TOP)
def _name_of(drawn: str) -> str:
    return f'"{sha256(drawn.encode()).hexdigest()[:16]}"'
