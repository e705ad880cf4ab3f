"""The register of one session, that of a whole group, and making up what was missed."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from safetomove.core.course import Attendance
from safetomove.core.errors import BadInput
from safetomove.services.clinic import enrolment, group_dates, groups, make_up, members, register
from safetomove.services.clinic.enrolment import Enrolment
from safetomove.services.clinic.groups import Group, Session
from safetomove.services.clinic.members import Member
from safetomove.services.clinic.refusals import NoPlace
from safetomove.services.clinic.staff import Desk, names_of
from safetomove.services.refusals import BadKey, KeyReused
from safetomove.web import who
from safetomove.web.clinic import groups_form
from safetomove.web.clinic.groups_views import BOTH, show, with_sessions
from safetomove.web.clinic.people_views import uuid_or_new
from safetomove.web.going import SeeOther, see
from safetomove.web.words import page

TAPS = {"present": Attendance.PRESENT, "absent": Attendance.ABSENT,
        "one_to_one": Attendance.ONE_TO_ONE, "": None}  # fmt: skip


@require_http_methods(BOTH)
def of_session(request: HttpRequest, at: Desk, session: int) -> HttpResponse:
    """Show a session's register; write one mark, close it or open it again."""
    group, found = group_dates.session(at.held, session)
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            errors = _write(request, at, session)
            if not errors:
                place = uuid_or_new(request.POST.get("member", ""))
                return SeeOther(f"{see('clinic_register', at.held.clinic, session).url}#m-{place}")
        except BadInput as refused:
            errors = {"register": str(refused)}
    lines = register.lines(at.held, found)
    about = {
        **with_sessions(at, group),
        "session": found,
        "lines": lines,
        "blank": sum(each.mark is None for each in lines),
        "names": names_of(at.held.clinic),
        "said": page("course")["attendance"],
    }
    return show(request, at, "clinic/register.jinja", errors=errors, **about)


@require_safe
def of_group(request: HttpRequest, at: Desk, group: UUID) -> HttpResponse:
    """Show who came to what, and who has something to make up."""
    found, now = groups.group(at.held, group), who.now(request)
    meetings = groups.sessions(found)
    whole = register.of_group(at.held, found, meetings)
    people = {each.member.id: each for each in enrolment.of_group(at.held, group)}
    placed = [each for id, each in people.items() if str(id) in whole.people]
    needed = make_up.needed(whole, meetings, now=now)
    about = {
        **with_sessions(at, found),
        "register": whole,
        "people": sorted(placed, key=lambda each: each.member.name.casefold()),
        "needed": needed,
        "booked": {(each.member, each.missed): each for each in make_up.booked(at.held, found)},
        "by_number": {each.number: each for each in meetings if each.number is not None},
        "said": page("course")["attendance"],
    }
    return show(request, at, "clinic/register_group.jinja", **about)


@require_http_methods(BOTH)
def making_up(request: HttpRequest, at: Desk, session: int, member: UUID) -> HttpResponse:
    """Show where a missed session runs next, and book it there or one to one."""
    group, lost = group_dates.session(at.held, session)
    one = members.member(at.held, member)
    if lost.number is None:
        raise Http404
    errors: dict[str, str] = {}
    names = ("day", "starts", "venue")
    typed = {"day": "", "starts": "", "venue": group.about.venue}
    if request.method == "POST":
        typed = {name: groups_form.text_of(request.POST, name) for name in names}
        errors = _book(request, at, lost, one, typed)
        if not errors:
            return see("clinic_group_register", at.held.clinic, group.id)
    return _making_up_page(request, at, group, lost, one, errors, typed)


@require_safe
def past(request: HttpRequest, at: Desk, session: int, member: UUID) -> HttpResponse:
    """Show what the register said before of one person at one session."""
    group, found = group_dates.session(at.held, session)
    one = members.member(at.held, member)
    about = {
        **with_sessions(at, group),
        "session": found,
        "member": one,
        "marks": register.history(at.held, session, member),
        "names": names_of(at.held.clinic),
        "said": page("course")["attendance"],
    }
    return show(request, at, "clinic/register_past.jinja", **about)


@require_safe
def of_person(request: HttpRequest, at: Desk, member: UUID) -> HttpResponse:
    """Show the courses of one person, what they came to and what there is to make up."""
    one, now = members.member(at.held, member), who.now(request)
    found = [_standing(at, each, now) for each in enrolment.of_member(at.held, member)]
    about = {
        "member": one,
        "courses": found,
        "booked": {each.missed: each for each in make_up.booked_for(at.held, member)},
        "said": page("course")["attendance"],
    }
    return show(request, at, "clinic/register_person.jinja", **about)


def _standing(at: Desk, enrolled: Enrolment, now: datetime) -> dict[str, Any]:
    found = groups.group(at.held, enrolled.group)
    about = with_sessions(at, found)
    whole = register.of_group(at.held, found, about["sessions"])
    who_it_is = str(enrolled.member.id)
    return about | {
        "enrolment": enrolled,
        "marks": whole.marks,
        "standing": whole.standing(who_it_is) if who_it_is in whole.people else None,
        "needed": make_up.needed(whole, about["sessions"], now=now).get(enrolled.member.id, ()),
    }


def _write(request: HttpRequest, at: Desk, session: int) -> dict[str, str]:
    now, deed = who.now(request), request.POST.get("deed", "")
    if deed == "open":
        register.reopen(at, session=session)
        return {}
    if deed == "close":
        anyway = request.POST.get("anyway") == "yes"
        blank = register.close(at, session=session, now=now, anyway=anyway)
        wrong = page("clinic_groups")["errors"]["blank"]
        return {} if anyway or not blank else {"anyway": wrong}
    state = request.POST.get("state", "?")
    if state not in TAPS:
        return {"register": page("clinic_groups")["errors"]["state"]}
    register.mark(
        at,
        session=session,
        member=uuid_or_new(request.POST.get("member", "")),
        state=TAPS[state],
        reason=request.POST.get("reason", ""),
        now=now,
    )
    return {}


def _book(
    request: HttpRequest, at: Desk, lost: Session, one: Member, typed: dict[str, str]
) -> dict[str, str]:
    now, into = who.now(request), request.POST.get("into", "")
    try:
        if request.POST.get("deed") == "cancel":
            make_up.cancel(at, missed=lost.id, member=one.id)
            return {}
        if request.POST.get("deed") == "alone":
            return _alone(request, at, lost, one, typed)
        if not (into.isascii() and into.isdecimal() and len(into) < 16):
            return {"into": page("clinic_groups")["errors"]["into"]}
        make_up.book(at, missed=lost.id, member=one.id, into=int(into), now=now)
    except (BadInput, NoPlace) as refused:
        return {"into": str(refused)}
    return {}


def _alone(
    request: HttpRequest, at: Desk, lost: Session, one: Member, typed: dict[str, str]
) -> dict[str, str]:
    errors: dict[str, str] = {}
    day = groups_form.day(typed["day"], errors, "day")
    starts = groups_form.clock(typed["starts"], errors)
    if day is None or starts is None:
        return errors
    try:
        make_up.book_alone(
            at,
            missed=lost.id,
            member=one.id,
            starts=datetime.combine(day, starts),
            venue=typed["venue"],
            client_key=request.POST.get("key", ""),
            now=who.now(request),
        )
    except (BadInput, BadKey, KeyReused) as refused:
        errors["day"] = str(refused)
    return errors


def _making_up_page(
    request: HttpRequest,
    at: Desk,
    group: Group,
    lost: Session,
    one: Member,
    errors: dict[str, str],
    typed: dict[str, str],
) -> HttpResponse:
    number = lost.number or 0
    kept = (each for each in make_up.booked_for(at.held, one.id) if each.missed == lost.id)
    about = {
        **with_sessions(at, group),
        "session": lost,
        "member": one,
        "offers": make_up.offers(at.held, group=group, number=number, now=who.now(request))[:10],
        "booked": next(kept, None),
        "typed": typed,
        "key": str(uuid4()),
    }
    return show(request, at, "clinic/register_make_up.jinja", errors=errors, **about)
