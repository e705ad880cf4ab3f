"""The weekly look back: two minutes, one thing, and goals that still fit."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from safetomove.core.errors import BadInput
from safetomove.services import week_review
from safetomove.services.week_review import LookBack
from safetomove.web import who
from safetomove.web.patient.keeping import see
from safetomove.web.patient.move import week_page
from safetomove.web.patient.move.week_page import TypedWeek
from safetomove.web.patient.safety_keeping import Keeping, try_to_keep
from safetomove.web.words import origin, page


@require_http_methods(["GET", "HEAD", "POST"])
def week(request: HttpRequest) -> HttpResponse:
    """Show the week that was; keep what the person says of it."""
    keeping, found = try_to_keep(
        request, lambda person, now: week_review.week_of(person=person, now=now)
    )
    if request.method == "POST" and found is not None:
        return _save(request, found)
    if request.method == "POST" and keeping is Keeping.NOBODY_YET:
        return see("start")
    shown: dict[str, Any] = {"out_of_reach": keeping is Keeping.OUT_OF_REACH, "empty": True}
    if found is not None and found.done:
        asking = found.review is None or "change" in request.GET
        shown |= week_page.fill(found, week_page.typed_of(found), asking=asking)
        shown["saved"] = "saved" in request.GET and found.review is not None
    return _render(request, shown)


def _save(request: HttpRequest, found: LookBack) -> HttpResponse:
    sent = week_page.read(request.POST, found)
    if request.POST.get("monday") != found.monday.isoformat():
        sent.errors.append(("well", page("week_review")["page"]["new_week"]))
    person = who.person_of(request)
    if sent.errors or sent.review is None or person is None:
        return _render(request, week_page.fill(found, sent, asking=True), status=422)
    _keep(person, found.monday, sent, who.now(request))
    return see("week_review", query="saved=1")


def _keep(person: Any, monday: dt.date, sent: TypedWeek, now: dt.datetime) -> None:
    if sent.review is None:
        raise BadInput("a week with errors can't be kept")
    week_review.save_review(
        person=person, monday_shown=monday, review=sent.review, goals=sent.goals, now=now
    )


def _render(request: HttpRequest, shown: dict[str, Any], status: int = 200) -> HttpResponse:
    about = {"w": page("week_review"), "origin": origin("week_review"), **shown}
    return render(request, "move/week.jinja", about, status=status)
