"""One session of a group: move it, call it off, book one more; and the group's calendar."""

from datetime import datetime
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from safetomove.core.course import Content, Later
from safetomove.core.errors import BadInput
from safetomove.services.clinic import calendars, group_dates, groups
from safetomove.services.clinic.groups import Group, Session
from safetomove.services.clinic.staff import Desk
from safetomove.services.refusals import KeyReused
from safetomove.web import who
from safetomove.web.clinic import groups_form
from safetomove.web.clinic.groups_views import BOTH, show, with_sessions
from safetomove.web.going import see
from safetomove.web.words import page

CALENDAR = "text/calendar; charset=utf-8"
DATE_FIELDS = ("day", "starts", "minutes")


@require_http_methods(BOTH)
def session(request: HttpRequest, at: Desk, session: int) -> HttpResponse:
    """Show one session; move it or call it off."""
    group, found = group_dates.session(at.held, session)
    errors: dict[str, str] = {}
    typed = {
        "day": found.meeting.starts.date().isoformat(),
        "starts": f"{found.meeting.starts:%H:%M}",
        "minutes": str(found.meeting.minutes),
    }
    if request.method == "POST":
        try:
            if request.POST.get("deed") == "cancel":
                errors = _cancel(request, at, found)
            else:
                typed = {name: groups_form.text_of(request.POST, name) for name in DATE_FIELDS}
                errors = _move(request, at, found, typed)
            if not errors:
                return see("clinic_group", at.held.clinic, group.id)
        except BadInput as refused:
            errors = {"day": str(refused)}
    about = {**with_sessions(at, group), "session": found, "typed": typed}
    return show(request, at, "clinic/group_session.jinja", errors=errors, **about)


@require_http_methods(BOTH)
def add(request: HttpRequest, at: Desk, group: UUID) -> HttpResponse:
    """Book one more session, one to one or for all."""
    found = groups.group(at.held, group)
    errors: dict[str, str] = {}
    names = ("number", "day", "starts")
    typed = dict.fromkeys(names, "")
    if request.method == "POST":
        typed = {name: groups_form.text_of(request.POST, name) for name in names}
        errors = _add(request, at, found, typed)
        if not errors:
            return see("clinic_group", at.held.clinic, group)
    about = {**with_sessions(at, found), "typed": typed, "key": str(uuid4())}
    return show(request, at, "clinic/group_add.jinja", errors=errors, **about)


@require_safe
def calendar(request: HttpRequest, at: Desk, group: UUID) -> HttpResponse:
    """Hand out the group's calendar file."""
    file = calendars.file_of(groups.group(at.held, group))
    headers = {"Content-Disposition": 'attachment; filename="group-sessions.ics"'}
    return HttpResponse(file, content_type=CALENDAR, headers=headers)


def _cancel(request: HttpRequest, at: Desk, session: Session) -> dict[str, str]:
    try:
        content = Content(request.POST.get("content", ""))
    except ValueError:
        return {"content": page("clinic_groups")["errors"]["content"]}
    group_dates.cancel(at, session=session.id, content=content, now=who.now(request))
    return {}


def _move(
    request: HttpRequest, at: Desk, session: Session, typed: dict[str, str]
) -> dict[str, str]:
    errors: dict[str, str] = {}
    day = groups_form.day(typed["day"], errors, "day")
    starts = groups_form.clock(typed["starts"], errors)
    minutes = groups_form.number(typed["minutes"], errors, "minutes")
    if day is None or starts is None or errors:
        return errors
    later = Later.FOLLOW if request.POST.get("later") == Later.FOLLOW else Later.STAY
    to, now = datetime.combine(day, starts), who.now(request)
    group_dates.move(at, session=session.id, to=to, minutes=minutes, later=later, now=now)
    return {}


def _add(request: HttpRequest, at: Desk, group: Group, typed: dict[str, str]) -> dict[str, str]:
    errors: dict[str, str] = {}
    number = groups_form.number(typed["number"], errors, "number")
    day = groups_form.day(typed["day"], errors, "day")
    starts = groups_form.clock(typed["starts"], errors)
    if day is None or starts is None or errors:
        return errors
    to, key = datetime.combine(day, starts), request.POST.get("key", "")
    try:
        now = who.now(request)
        group_dates.add(at, group=group.id, number=number, starts=to, client_key=key, now=now)
    except (BadInput, KeyReused) as refused:
        errors["day"] = str(refused)
    return errors
