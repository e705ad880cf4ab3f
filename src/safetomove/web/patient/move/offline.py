"""Which movements a device keeps: those that this person is shown, and no others."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse

from safetomove.content import figures, movements
from safetomove.web.patient.move.reaching import looking

FILES = ("css/move.css",)
KINDS = ("still", "moving")
PAGES = ("move", "movements", "breathe")


def movement_urls(request: HttpRequest) -> tuple[str, ...]:
    """List the pages and the figures of every movement that may stand in a list for them."""
    shown = movements.listed(looking(request).about)
    pages = (reverse("movement", args=[each.movement.id]) for each in shown)
    pictures = (url for each in shown for url in _pictures(each.movement.id))
    return (
        *(static(file) for file in FILES),
        *(reverse(name) for name in PAGES),
        *pages,
        *pictures,
    )


def _pictures(id: str) -> tuple[str, ...]:
    """List the pictures of the first level, which is what the page shows until asked for more."""
    known = figures.load().get(id)
    first = known.levels[:1] if known else ()
    return tuple(reverse("figure", args=[id, level, kind]) for level in first for kind in KINDS)
