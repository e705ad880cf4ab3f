"""The page of a running session, and what its devices send and ask."""

import json
from datetime import datetime
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from safetomove.core.course.happened import BadRun, Deed, Event
from safetomove.core.course.run_clock import Phase
from safetomove.core.errors import BadInput
from safetomove.services.clinic import runs
from safetomove.services.clinic.group_dates import session as session_of
from safetomove.services.clinic.runs import Refused, Room
from safetomove.services.clinic.staff import Desk
from safetomove.web import who
from safetomove.web.clinic import run_page
from safetomove.web.clinic.groups_views import BOTH
from safetomove.web.going import SeeOther, see

BYTES_TOP = 400_000  # of what a device sends at once


@require_http_methods(BOTH)
def run(request: HttpRequest, at: Desk, session: int) -> HttpResponse:
    """Show a session as it runs; without script, each tap is a form that comes here."""
    now, wrong = who.now(request), ""
    room = runs.room(at, session, now=now)
    if request.method == "POST":
        wrong = _tap(request, at, room, now)
        if not wrong:
            anchor = "register" if request.POST.get("deed") in {"came", "new"} else "main"
            return SeeOther(f"{see('clinic_run', at.held.clinic, session).url}#{anchor}")
    about = {**run_page.about(room, now=now), "at": at, "wrong": wrong, "key": lambda: uuid4().hex}
    about["big"] = "room" in request.GET
    return render(request, "clinic/run.jinja", about, status=422 if wrong else 200)


@require_http_methods(BOTH)
def taps(request: HttpRequest, at: Desk, session: int) -> HttpResponse:
    """Take what a device sends, and tell it how things stand."""
    now = who.now(request)
    refused: tuple[Refused, ...] = ()
    if request.method == "POST":
        session_of(at.held, session)  # one that is not here is 404, whatever was sent
        try:
            events, unread = _events(request)
            refused = (*unread, *runs.take(at, session=session, events=events, now=now))
        except BadInput as wrong:
            return JsonResponse({"wrong": str(wrong)}, status=422)
    told = run_page.state(runs.room(at, session, now=now), now=now)
    return JsonResponse({**told, "refused": [_refused(each) for each in refused]})


def _refused(each: Refused) -> dict[str, str]:
    return {"key": each.key, "why": each.why}


def _events(request: HttpRequest) -> tuple[list[Event], list[Refused]]:
    """Read what a device sent; one event that can't be read never holds up the others."""
    try:
        length = int(request.headers.get("Content-Length") or 0)
    except ValueError:
        length = BYTES_TOP + 1
    if length > BYTES_TOP:
        raise BadRun("this is too much at once")
    try:
        told = json.loads(request.body)
    except (ValueError, RecursionError):
        raise BadRun("this is not JSON") from None
    events = told.get("events") if isinstance(told, dict) else None
    if not isinstance(events, list):
        raise BadRun("there are no events in it")
    read: list[Event] = []
    unread: list[Refused] = []
    for each in events:
        try:
            read.append(Event.from_json(each))
        except BadRun as wrong:
            if not isinstance(each, dict) or not isinstance(each.get("key"), str):
                raise
            unread.append(Refused(key=each["key"][:64], why=str(wrong)))
    return read, unread


def _tap(request: HttpRequest, at: Desk, room: Room, now: datetime) -> str:
    """Take one form as an event; return what is wrong with it, or nothing."""
    try:
        event = _from_form(request, room, now)
        refused = runs.take(at, session=room.session.id, events=[event], now=now)
    except BadInput as wrong:
        return str(wrong)
    return refused[0].why if refused else ""


def _from_form(request: HttpRequest, room: Room, now: datetime) -> Event:
    form = request.POST
    number = form.get("to", "0")
    deed = form.get("deed", "")
    if deed not in set(Deed) or not (number.isascii() and number.isdecimal() and len(number) <= 3):
        raise BadRun("this can't be read as meant")
    to = int(number)
    stations = [each.index for each in room.parts if each.phase is Phase.STATIONS]
    return Event(
        key=form.get("key", ""),
        at=now,
        deed=Deed(deed),
        to=to,
        member=form.get("member", ""),
        value=form.get("value", ""),
        movement=form.get("movement", ""),
        text=form.get("text", ""),
        order=room.order if deed == Deed.STEP and to in stations else (),
    )
