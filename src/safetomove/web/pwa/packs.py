"""Which pages a device keeps: help for everybody, lessons, and movements that suit the person."""

import hashlib
from functools import cache

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.templatetags.static import static
from django.urls import reverse

from safetomove import __version__
from safetomove.web.patient.learn.offline import offline_urls as lesson_urls
from safetomove.web.patient.move import offline as move

FILES = ("css/site.css", "js/site.js", "js/keeping.js", "js/offline.js", "art.svg", "icon.svg",
         "fonts/atkinson-hyperlegible-next.woff2")  # fmt: skip
HELP_PAGES = ("offline", "help_now")
OWN_PAGES = ("today", "flare_now")


def help_urls() -> list[str]:
    """List what every device keeps that keeps anything: help, and what it is drawn with."""
    return [*(static(name) for name in FILES), *(reverse(name) for name in HELP_PAGES)]


def common_pack() -> list[str]:
    """List help and lessons, which are the same for everybody, each address once."""
    return list(dict.fromkeys((*help_urls(), *lesson_urls())))


def own_pages() -> list[str]:
    """List the person's own pages, which a device keeps only where they asked for it."""
    return [*map(reverse, OWN_PAGES), *move.own_urls()]


def own_files() -> list[str]:
    """List what those pages are drawn with, beside what every device keeps."""
    return list(map(static, move.OWN_FILES))


@cache
def edition() -> str:
    """Name this edition of the site's files: a device drops what an older one kept."""
    hashed = getattr(staticfiles_storage, "hashed_files", {})
    told = "\n".join((__version__, settings.LANGUAGE_CODE, *sorted(map(str, hashed.values()))))
    return hashlib.sha256(told.encode()).hexdigest()[:12]
