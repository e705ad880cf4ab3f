"""Search: a danger question meets its card before anything else."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from safetomove.content import search as shelves
from safetomove.content.search import Entry, Found, Kind
from safetomove.content.search.terms import QUERY_CHARACTERS
from safetomove.web.patient.learn.shelf import address
from safetomove.web.patient.move.reaching import listed_ids
from safetomove.web.words import card, page, spoken

SHOWN_TOP = 12


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what a question meets. Nothing of it is kept, and no log holds it."""
    typed = request.GET.get("q", "").replace("\x00", " ").strip()
    query = typed[:QUERY_CHARACTERS]
    found = shelves.find(query)
    words = page("search")["words"]
    fitting = _fitting(request, found)
    rows = [row for one in fitting if (row := _row(one, words))][:SHOWN_TOP]
    shown = {
        "w": words,
        "query": query,
        "cut": words["long"].format(most=QUERY_CHARACTERS) if typed != query else "",
        "cards": [card(spoken().note_card(one)) for one in found.danger],
        "rows": rows,
        "counted": _counted(words, query, len(rows)),
    }
    return render(request, "learn/search.jinja", shown)


def _fitting(request: HttpRequest, found: Found) -> tuple[Entry, ...]:
    """Leave out movements that don't suit this person, and all of them behind a danger card."""
    if all(one.kind is not Kind.MOVEMENT for one in found.results):
        return found.results
    listed = frozenset() if found.danger else listed_ids(request)
    return tuple(one for one in found.results if one.kind is not Kind.MOVEMENT or one.id in listed)


def _counted(words: dict[str, str], query: str, count: int) -> str:
    name = {0: "nothing", 1: "one"}.get(count, "results")
    return words[name].format(count=count, query=query)


def _row(one: Entry, words: dict[str, str]) -> dict[str, Any] | None:
    href = _href(one)
    kind = words[f"kinds_{one.kind.value}"]
    return {"title": one.title, "about": one.about, "kind": kind, "href": href} if href else None


def _href(one: Entry) -> str:
    match one.kind:
        case Kind.LESSON:
            return reverse("lesson", args=[one.id])
        case Kind.MOVEMENT:
            return reverse("movement", args=[one.id]) if address("movements") else ""
        case Kind.ANSWER:
            return reverse("told_one", args=[one.id])
        case Kind.PAGE:
            return address(one.place)
