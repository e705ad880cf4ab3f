"""The worker, what it keeps, and the page that tells of both."""

import json
from functools import cache

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from safetomove.web.patient.move.offline import movement_pack
from safetomove.web.pwa import packs
from safetomove.web.words import page, spoken


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """Hand out the worker, told which edition this is and what to look after."""
    told = {
        "edition": packs.edition(),
        "help": packs.help_urls(),
        "offline": reverse("offline"),
        "pack": reverse("offline_pack"),
        "mine": packs.own_pages(),
        "later": [reverse("check_in"), "/did/"],
        "leave": [reverse("account_logout"), reverse("erase")],
    }
    script = f"const TOLD = {json.dumps(told)};\n{_script()}"
    answer = HttpResponse(script, content_type="text/javascript; charset=utf-8")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    """Say how the site looks on a home screen."""
    words = page("offline")["manifest"]
    told = {
        "id": "/",
        "name": words["name"],
        "short_name": words["short"],
        "description": words["about"],
        "lang": "en-GB",
        "start_url": reverse("today"),
        "scope": "/",
        "display": "standalone",
        "background_color": "#f1f3ec",
        "theme_color": "#f1f3ec",
        "icons": [{"src": static("icon.svg"), "sizes": "any", "type": "image/svg+xml"}],
        "shortcuts": [
            {"name": words["flare"], "url": reverse("flare")},
            {"name": words["help"], "url": reverse("help_now")},
        ],
    }
    answer = JsonResponse(told, content_type="application/manifest+json")
    answer.headers["Cache-Control"] = "public, max-age=3600"
    return answer


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """Say what works with no network, what waits to be sent, and whom to call meanwhile."""
    calls = [spoken().call(id) for id in ("emergency", "nhs_111", "samaritans") if _has(id)]
    shown = {"w": page("offline"), "calls": calls}
    return render(request, "pwa/offline.jinja", shown)


@require_safe
def pack(request: HttpRequest) -> JsonResponse:
    """List what this person's device is to keep; movements that don't suit them are not on it."""
    fitting = movement_pack(request, edition=packs.edition())
    told = {
        "edition": packs.edition(),
        "urls": packs.common_pack(),
        "movements": {
            "token": fitting.token,
            "until": fitting.until.isoformat(),
            "urls": list(fitting.urls),
        },
        "mine": packs.own_pages(),
        "mine_files": packs.own_files(),
    }
    return JsonResponse(told)


def _has(id: str) -> bool:
    return id in spoken().numbers


@cache
def _script() -> str:
    return "\n".join(map(_read, ("js/keeping.js", "js/worker.js")))


def _read(name: str) -> str:
    path = finders.find(name)
    assert isinstance(path, str)
    with open(path, encoding="utf-8") as file:
        return file.read()
