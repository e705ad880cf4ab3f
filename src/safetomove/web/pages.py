"""Pages that are the same for everybody. None of them asks who is there, or the database."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_safe

from safetomove import __version__
from safetomove.core.safety import newest_rules
from safetomove.web import words
from safetomove.web.safety_file import hazards


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the signpost: is it safe, a flare-up, start."""
    said = words.page("home")
    signs = [{**sign, "href": href} for sign in said["signs"] if (href := _address(sign["to"]))]
    return render(request, "home.jinja", {"words": said, "signs": signs})


@require_safe
def help_now(request: HttpRequest) -> HttpResponse:
    """Say whom to call, for every kind of trouble."""
    page = words.spoken().page("help_now")
    return render(
        request,
        "help_now.jinja",
        {
            "words": page,
            "cards": [_help_card(number, part) for number, part in enumerate(page.sections)],
            "sources": words.cited(page.sources, words.front_of("help")),
        },
    )


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Say what this is for, what it is not, and how far it has come."""
    said = words.page("about")
    own = {
        "version": __version__,
        "rules": newest_rules().version,
        "runner": said["state"]["own"]["runner"],
    }
    facts = [(fact["name"], fact["value"].format(**own)) for fact in said["state"]["facts"]]
    return render(request, "about.jinja", {"words": said, "facts": facts})


@require_safe
def evidence(request: HttpRequest) -> HttpResponse:
    """List every source with what it found and where it falls short."""
    sources = words.spoken().evidence.values()
    about = {"words": words.page("evidence_page")["page"], "sources": sources}
    return render(request, "evidence.jinja", about)


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what is kept, who can read it and how to be rid of it."""
    return render(request, "plain.jinja", {"words": words.page("privacy")})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say what works, what is not known, and what is weak."""
    return render(request, "plain.jinja", {"words": words.page("accessibility")})


@require_safe
def more_help(request: HttpRequest) -> HttpResponse:
    """Show who else can help, near here and elsewhere, and a part for the people around."""
    said = words.page("more_help")
    shown = {
        "w": said,
        "groups": [{**group, "href": _inside(group.get("inside"))} for group in said["group"]],
        "local": settings.LOCAL_HELP,
        "origin": words.origin("more_help"),
    }
    return render(request, "more_help.jinja", shown)


@require_safe
def safety_record(request: HttpRequest) -> HttpResponse:
    """Show what could go wrong, and which safeguards are still open."""
    found = hazards()
    controls = [control for hazard in found for control in hazard.get("control", [])]
    built = sum(control.get("status") == "built" for control in controls)
    counts = {"built": built, "all": len(controls), "open": len(controls) - built}
    about = {
        "words": words.page("safety_record")["page"],
        "hazards": found,
        "counts": words.page("safety_record")["page"]["counts"].format(**counts),
    }
    return render(request, "safety_record.jinja", about)


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Tell a machine whether records can be reached; trouble becomes 503 on the way out."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")


def _help_card(number: int, part: Any) -> Mapping[str, Any]:
    """Make a help section a card; the first can't wait, and none is ever "not urgent"."""
    return {
        "kind": "same_day" if number else "emergency",
        "heading": part.heading,
        "do": list(part.body),
        "call": list(part.call),
    }


def _inside(place: Mapping[str, str] | None) -> str:
    if not place:
        return ""
    return reverse(place["to"], args=[place["id"]] if "id" in place else [])


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
