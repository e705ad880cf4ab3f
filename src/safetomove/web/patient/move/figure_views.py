"""Pictures of movements: the same for everybody, so a browser may keep them for a day."""

from collections.abc import Callable, Mapping
from functools import lru_cache

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from safetomove.content import figures
from safetomove.core.figures import Figure, draw

KEPT_FOR = 24 * 60 * 60  # seconds
DRAWN_TOP = 1024  # pictures: every movement at every level, each way

KINDS: Mapping[str, Callable[[Figure, int], str]] = {
    "moving": draw.animated,
    "still": draw.still,
    "strip": draw.strip,
}


@require_safe
def figure(request: HttpRequest, id: str, level: int, kind: str) -> HttpResponse:
    """Draw one movement: moving, still, or as a strip of its steps."""
    known = figures.load().get(id)
    if known is None or kind not in KINDS or level not in known.levels:
        raise Http404
    answer = HttpResponse(_drawn(id, level, kind), content_type="image/svg+xml")
    answer.headers["Cache-Control"] = f"public, max-age={KEPT_FOR}"
    return answer


def has_figure(id: str, level: int) -> bool:
    """Say whether there is a picture of this level."""
    known = figures.load().get(id)
    return known is not None and level in known.levels


@lru_cache(maxsize=DRAWN_TOP)
def _drawn(id: str, level: int, kind: str) -> str:
    return KINDS[kind](figures.load()[id], level)
