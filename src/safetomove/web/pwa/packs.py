"""Which pages a device keeps: help for everybody, lessons, and movements that suit the person."""

import hashlib
from functools import cache

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.templatetags.static import static
from django.urls import reverse

from safetomove import __version__
from safetomove.web.patient.learn.offline import offline_urls as lesson_urls

FILES = ("css/site.css", "js/site.js", "js/offline.js", "art.svg", "icon.svg",
         "fonts/atkinson-hyperlegible-next.woff2")  # fmt: skip
HELP_PAGES = ("offline", "help_now")


def help_urls() -> list[str]:
    """List what every device keeps that keeps anything: help, and what it is drawn with."""
    return [*(static(name) for name in FILES), *(reverse(name) for name in HELP_PAGES)]


def common_pack() -> list[str]:
    """List help and lessons, which are the same for everybody, each address once."""
    return list(dict.fromkeys((*help_urls(), *lesson_urls())))


@cache
def edition() -> str:
    """Name this edition of the site's files: a device drops what an older one kept."""
    hashed = getattr(staticfiles_storage, "hashed_files", {})
    told = "\n".join((__version__, settings.LANGUAGE_CODE, *sorted(map(str, hashed.values()))))
    return hashlib.sha256(told.encode()).hexdigest()[:12]
