"""Bars for lessons: python -m bench.lesson_page

A lesson against a page of the same layout with nothing on it, in one process and by turns, all
the site's own middleware included; and all lessons together, as a device would keep them.
"""

import gzip
import io
import os
import secrets
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

MOST = 1.3  # times the cost of the empty page
MOST_OFFLINE = 400_000  # bytes, the pages and what they load, compressed
ROUNDS, REQUESTS = 31, 60
CSRF = "c" * 32
EMPTY = (
    '{% extends "layout.jinja" %}{% block title %}Empty{% endblock %}'
    "{% block main %}<h1>Empty</h1>{% endblock %}"
)

Answer = tuple[str, bytes]


def main() -> int:
    """Print the ratio and the size; exit 1 where a bar is missed."""
    with tempfile.TemporaryDirectory(prefix="bench-lesson-") as folder:
        _set_up(Path(folder))
        ask = _site()
        ratio, known = _ratio(ask, "/learn/the-buffer/"), _ratio(ask, "/learn/sleep/")
        size, count = _offline(ask)
    passed = max(ratio, known) <= MOST and size <= MOST_OFFLINE
    print(f"a lesson {ratio:.2f}, one with a form {known:.2f} times an empty page, at most {MOST}")
    print(f"offline: {count} pages and their files, {size:,} bytes, at most {MOST_OFFLINE:,}")
    print("PASS" if passed else "FAIL")
    return 0 if passed else 1


def _set_up(folder: Path) -> None:
    for name in ("SECRET_KEY", "SITE_KEY"):
        os.environ[f"SAFETOMOVE_{name}"] = secrets.token_hex(32)
    os.environ["SAFETOMOVE_DATA"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "safetomove.web.settings"
    import django
    from django.conf import settings
    from django.core.management import call_command

    settings.ROOT_URLCONF = __name__
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)


def _site() -> Callable[[str], Answer]:
    from django.core.handlers.wsgi import WSGIHandler
    from django.http import HttpRequest, HttpResponse
    from django.template import engines
    from django.urls import path

    from safetomove.web import urls

    template = engines["jinja2"].from_string(EMPTY)

    def empty(request: HttpRequest) -> HttpResponse:
        return HttpResponse(template.render({}, request))

    globals()["urlpatterns"] = [*urls.urlpatterns, path("empty/", empty)]
    handler = WSGIHandler()

    def ask(path: str) -> Answer:
        said: list[str] = []
        answer = handler(_environ(path), lambda status, *_: said.append(status))
        return said[0], b"".join(answer)

    return ask


def _environ(path: str) -> dict[str, Any]:
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "HTTP_HOST": "localhost",
        "HTTP_COOKIE": f"csrf={CSRF}",  # as a browser that has been here before
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.url_scheme": "http",
    }


def _ratio(ask: Callable[[str], Answer], path: str) -> float:
    """Return the median over rounds of the lesson's time against the empty page's."""
    assert {ask(each)[0] for each in (path, "/empty/")} == {"200 OK"}
    ratios = [_time(ask, path) / _time(ask, "/empty/") for _ in range(ROUNDS)]
    return statistics.median(ratios)


def _time(ask: Callable[[str], Answer], path: str) -> float:
    begun = time.process_time()
    for _ in range(REQUESTS):
        ask(path)
    return time.process_time() - begun


def _offline(ask: Callable[[str], Answer]) -> tuple[int, int]:
    from django.contrib.staticfiles import finders

    from safetomove.web.patient.learn.offline import FILES, offline_pages

    pages = [ask(path)[1] for path in offline_pages()]
    files = [Path(found).read_bytes() for name in FILES if (found := finders.find(name))]
    assert len(files) == len(FILES)
    return sum(len(gzip.compress(each)) for each in (*pages, *files)), len(pages)


if __name__ == "__main__":
    sys.exit(main())
