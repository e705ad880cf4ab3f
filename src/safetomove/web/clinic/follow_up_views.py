"""Asking again after a course: what is due, and one person's follow-up."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from safetomove.core.errors import BadInput
from safetomove.services import instruments
from safetomove.services.clinic import follow_up, follow_up_dates
from safetomove.services.clinic.follow_up import FollowUp, Which
from safetomove.services.clinic.staff import Desk
from safetomove.web import who
from safetomove.web.clinic.people_form import day_typed
from safetomove.web.clinic.people_views import BOTH, page_number
from safetomove.web.going import see
from safetomove.web.typed import showable, tidy
from safetomove.web.words import page

REASON_SHOWN = 2000  # letters of a reason that are shown again


@require_safe
def listed(request: HttpRequest, at: Desk) -> HttpResponse:
    """Show one page of what is due, still to come, or over."""
    text, now = request.GET.get("show", ""), who.now(request)
    which = Which(text) if text in set(Which) else Which.DUE
    follow_up_dates.plan(at.held, now=now)
    found = follow_up.listed(at.held, now=now, page=page_number(request), which=which)
    about = {"listing": found, "which": which, "all": tuple(Which)}
    return _page(request, at, "follow_ups", **about)


@require_http_methods(BOTH)
def one(request: HttpRequest, at: Desk, follow: int) -> HttpResponse:
    """Show one follow-up; ask, move it, drop it, or note that it is done."""
    found = follow_up.one(at.held, follow)
    if request.method != "POST":
        return _one(request, at, found)
    deed = request.POST.get("deed", "")
    try:
        errors = _do(request, at, follow, deed, who.now(request))
    except BadInput as refused:
        errors = {_FIELDS.get(deed, "measures"): str(refused)}
    if not errors:
        return see("clinic_follow_up", at.held.clinic, follow)
    typed = {"to": showable(request.POST.get("to", ""))[:REASON_SHOWN]}
    typed |= {deed: showable(tidy(request.POST.get("reason", "")))[:REASON_SHOWN]}
    return _one(request, at, found, errors=errors, typed=typed)


_FIELDS = {"move": "move_reason", "drop": "drop_reason"}


def _do(request: HttpRequest, at: Desk, id: int, deed: str, now: datetime) -> dict[str, str]:
    said, reason = page("clinic_follow_up")["errors"], tidy(request.POST.get("reason", ""))
    match deed:
        case "ask":
            ids = [each for each in request.POST.getlist("measures") if each in instruments.every()]
            if not ids:
                return {"measures": said["measures"]}
            follow_up.ask(at, id=id, ids=ids, now=now)
        case "move":
            return _move(request, at, id, reason, now)
        case "drop":
            if not 0 < len(reason) <= follow_up.REASON_TOP:
                return {"drop_reason": said["reason"]}
            follow_up.drop(at, id=id, reason=reason, now=now)
        case "done":
            follow_up.done(at, id=id, now=now)
        case _:
            return {"measures": said["measures"]}
    return {}


def _move(request: HttpRequest, at: Desk, id: int, reason: str, now: datetime) -> dict[str, str]:
    said, today = page("clinic_follow_up")["errors"], follow_up.today_at(at.held, now)
    to, errors = day_typed(request.POST.get("to", "").strip()), {}
    if to is None or not today <= to <= today + follow_up.FURTHEST:
        errors["to"] = said["day"]
    if not 0 < len(reason) <= follow_up.REASON_TOP:
        errors["move_reason"] = said["reason"]
    if to is not None and not errors:
        follow_up.move(at, id=id, to=to, reason=reason, now=now)
    return errors


def _one(request: HttpRequest, at: Desk, found: FollowUp, **about: object) -> HttpResponse:
    known = {
        "one": found,
        "member": found.member,
        "measures": [(each.id, each.title or each.id) for each in instruments.every().values()],
        "others": follow_up.of_member(at.held, found.member.id),
        "typed": {},
    }
    return _page(request, at, "follow_up", **known | about)


def _page(request: HttpRequest, at: Desk, name: str, **about: object) -> HttpResponse:
    status = 422 if about.get("errors") else 200
    known = {"at": at, "w": page("clinic_follow_up"), "errors": {}, **about}
    return render(request, f"clinic/{name}.jinja", known, status=status)
