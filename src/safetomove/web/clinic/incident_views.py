"""Incidents: the form, the list, and one of them with its corrections, made to be printed."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from safetomove.core.course.happened import BadRun, tidy_words
from safetomove.core.errors import BadInput
from safetomove.services.clinic import incidents
from safetomove.services.clinic.incidents import TEXT_TOP, Told
from safetomove.services.clinic.staff import Desk, names_of
from safetomove.web import who
from safetomove.web.clinic.groups_views import BOTH
from safetomove.web.clinic.people_views import uuid_or_new
from safetomove.web.going import see
from safetomove.web.words import page

TEXTS = ("what", "who", "done", "told")


@require_safe
def every(request: HttpRequest, at: Desk) -> HttpResponse:
    """List what was written down, the latest first."""
    return _show(request, at, "clinic/incidents.jinja", incidents=incidents.listed(at.held))


@require_http_methods(BOTH)
def new(request: HttpRequest, at: Desk) -> HttpResponse:
    """Ask what happened, and write it down."""
    now = who.now(request)
    local = now.astimezone(ZoneInfo(at.held.zone))
    typed = {"day": local.date().isoformat(), "time": local.strftime("%H:%M")}
    errors: dict[str, str] = {}
    key = str(uuid4())
    if request.method == "POST":
        typed = {name: request.POST.get(name, "") for name in (*TEXTS, "day", "time")}
        key = str(uuid_or_new(request.POST.get("key", "")))
        happened = _happened(typed, at.held.zone)
        errors = _errors(typed, happened)
        if not errors and happened is not None:
            told = Told(happened=happened, **{name: typed[name] for name in TEXTS})
            incidents.write(at, id=UUID(key), told=told, now=now)
            return see("clinic_incident", at.held.clinic, key)
    return _show(request, at, "clinic/incident_new.jinja", errors=errors, typed=typed, key=key)


@require_http_methods(BOTH)
def one(request: HttpRequest, at: Desk, incident: UUID) -> HttpResponse:
    """Show one incident; add a correction below it."""
    found, errors, typed = incidents.incident(at.held, incident), {}, ""
    if request.method == "POST":
        typed = request.POST.get("text", "")
        try:
            incidents.correct(at, id=incident, text=typed, now=who.now(request))
            return see("clinic_incident", at.held.clinic, incident)
        except BadInput:
            errors = {"text": _wrong(typed)}
    return _show(request, at, "clinic/incident.jinja", errors=errors, incident=found, typed=typed)


def _happened(typed: dict[str, str], zone: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(f"{typed['day']}T{typed['time']}")
    except ValueError:
        return None
    return moment.replace(tzinfo=ZoneInfo(zone)) if moment.tzinfo is None else None


def _errors(typed: dict[str, str], happened: datetime | None) -> dict[str, str]:
    found = {name: _wrong(typed[name]) for name in TEXTS if _wrong(typed[name])}
    return found if happened else {**found, "day": page("clinic_run")["incident"]["time"]}


def _wrong(text: str) -> str:
    words = page("clinic_run")["incident"]
    try:
        return "" if tidy_words(text, top=TEXT_TOP) else str(words["missing"])
    except BadRun:
        return str(words["long"])


def _show(
    request: HttpRequest,
    at: Desk,
    template: str,
    *,
    errors: dict[str, str] | None = None,
    **about: Any,
) -> HttpResponse:
    zone = ZoneInfo(at.held.zone)
    words = {
        "at": at,
        "w": page("clinic_run"),
        "errors": errors or {},
        "names": names_of(at.held.clinic),
        "here": lambda moment: moment.astimezone(zone),
    }
    return render(request, template, words | about, status=422 if errors else 200)
