"""What a device needs to read every lesson with no network."""

from django.templatetags.static import static
from django.urls import reverse

from safetomove.web.patient.learn import shelf

FILES = ("css/site.css", "css/learn.css", "js/site.js", "js/learn.js", "art.svg", "icon.svg",
         "fonts/atkinson-hyperlegible-next.woff2")  # fmt: skip
PAGES = ("learn", "learn_buffer")


def offline_pages() -> tuple[str, ...]:
    """List the pages: the shelf, the living picture, every lesson. None needs to know who asks."""
    lessons = (reverse("lesson", args=[id]) for id in shelf.library().lessons)
    return (*(reverse(name) for name in PAGES), *lessons)


def offline_urls() -> tuple[str, ...]:
    """List every address to keep on the device, the files that the pages use first."""
    return (*(static(name) for name in FILES), *offline_pages())
