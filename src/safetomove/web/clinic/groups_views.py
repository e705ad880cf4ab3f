"""A clinic's groups: the list, a new one with its dates shown first, one group's page."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from safetomove.core.course import BadDates, Schedule, Syllabus, schedule
from safetomove.core.errors import BadInput
from safetomove.services.clinic import (
    days_off,
    enrolment,
    group_video,
    groups,
    overview,
    syllabuses,
)
from safetomove.services.clinic.enrolment import State
from safetomove.services.clinic.groups import Group
from safetomove.services.clinic.refusals import NoSuchSyllabus
from safetomove.services.clinic.staff import Desk
from safetomove.services.refusals import KeyReused, WrittenMeanwhile
from safetomove.web import who
from safetomove.web.clinic import groups_form
from safetomove.web.clinic.groups_form import TypedGroup
from safetomove.web.clinic.people_views import page_number
from safetomove.web.going import see
from safetomove.web.words import page

BOTH = ["GET", "HEAD", "POST"]


@require_safe
def all_groups(request: HttpRequest, at: Desk) -> HttpResponse:
    """Show one page of groups."""
    ended = request.GET.get("show") == "ended"
    number = page_number(request)
    listing = overview.listed(at.held, now=who.now(request), page=number, ended=ended)
    return show(request, at, "clinic/groups.jinja", listing=listing, ended=ended)


@require_http_methods(BOTH)
def new(request: HttpRequest, at: Desk) -> HttpResponse:
    """Ask for a group, show its dates, and begin it once they are right."""
    if request.method != "POST":
        kind = groups_form.text_of(request.GET, "kind")
        return _ask(request, at, TypedGroup(typed={"kind": kind, "minutes": "60"}))
    try:
        taught = syllabuses.newest(at.held, request.POST.get("syllabus", ""))
    except NoSuchSyllabus:
        typed = groups_form.parse_group(request.POST, zone=at.held.zone, sessions=1)
        wrong = page("clinic_groups")["errors"]["syllabus"]
        return _ask(request, at, typed, errors=typed.errors | {"syllabus": wrong})
    typed = groups_form.parse_group(request.POST, zone=at.held.zone, sessions=len(taught.sessions))
    if typed.timetable is None:
        return _ask(request, at, typed)
    return _begin(request, at, typed, taught)


@require_safe
def group(request: HttpRequest, at: Desk, group: UUID) -> HttpResponse:
    """Show one group: its sessions, its people, who waits."""
    found = groups.group(at.held, group)
    people = enrolment.of_group(at.held, group)
    about = {
        **with_sessions(at, found),
        "enrolled": [each for each in people if each.state is State.ENROLLED],
        "waiting": [each for each in people if each.state is State.WAITING],
        "gone": [each for each in people if each.state in enrolment.GONE],
        "now": who.now(request),
    }
    return show(request, at, "clinic/group.jinja", **about)


@require_http_methods(BOTH)
def change(request: HttpRequest, at: Desk, group: UUID) -> HttpResponse:
    """Change the name, the venue or the places."""
    found = groups.group(at.held, group)
    typed = {"name": found.name, "venue": found.about.venue, "places": str(found.places)}
    link = found.about.video
    errors: dict[str, str] = {}
    if request.method == "POST":
        typed = {name: groups_form.text_of(request.POST, name) for name in typed}
        link = groups_form.link_of(request.POST)
        errors = _changed(request, at, found, typed, link)
        if not errors:
            return see("clinic_group", at.held.clinic, group)
    typed |= {"video": link}
    return show(request, at, "clinic/group_change.jinja", errors=errors, group=found, typed=typed)


@require_POST
def end(request: HttpRequest, at: Desk, group: UUID) -> HttpResponse:
    """Close a group; its register stays."""
    groups.end(at, group=group, now=who.now(request))
    return see("clinic_group", at.held.clinic, group)


@require_http_methods(BOTH)
def free_days(request: HttpRequest, at: Desk) -> HttpResponse:
    """Show and change the days on which the clinic holds no course."""
    kept = days_off.read(at.held)
    typed, wrong, bank = groups_form.days_off_as_typed(kept), "", kept.bank
    if request.method == "POST":
        bank = request.POST.get("bank") == "yes"
        try:
            typed, days, wrong = groups_form.parse_days_off(request.POST)
            if days is not None:
                days_off.put(at, days, now=who.now(request))
                return see("clinic_groups", at.held.clinic)
        except BadInput as refused:
            typed, wrong = groups_form.text_of(request.POST, "days"), str(refused)
    errors = {"days": wrong} if wrong else {}
    return show(request, at, "clinic/groups_days_off.jinja", errors=errors, typed=typed, bank=bank)


def with_sessions(at: Desk, group: Group) -> dict[str, Any]:
    """Return a group with its sessions and the course they follow, for a page."""
    about = group.about
    course = syllabuses.at_version(at.held, about.syllabus, about.syllabus_version)
    return {"group": group, "sessions": groups.sessions(group), "course": course}


def show(
    request: HttpRequest,
    at: Desk,
    template: str,
    *,
    errors: dict[str, str] | None = None,
    **about: Any,
) -> HttpResponse:
    """Draw a page of groups; 422 where something typed can't be kept."""
    words = {"at": at, "w": page("clinic_groups"), "errors": errors or {}}
    return render(request, template, words | about, status=422 if errors else 200)


def _begin(request: HttpRequest, at: Desk, typed: TypedGroup, taught: Syllabus) -> HttpResponse:
    if typed.timetable is None:
        raise BadDates("the dates are missing")
    key = request.POST.get("key", "")
    try:
        timetable = groups.timetable_with_days_off(at.held, typed.timetable)
        dates = schedule(timetable)
        if request.POST.get("deed") != "begin":
            return _ask(request, at, typed, dates=dates, key=key)
        made = groups.create(
            at,
            kind=typed.kind,
            name=typed.typed["name"],
            venue=typed.typed["venue"],
            places=typed.places,
            timetable=timetable,
            syllabus=taught,
            client_key=key,
            now=who.now(request),
        )
    except KeyReused:
        return _ask(request, at, typed, dates=dates)
    except BadInput as refused:
        return _ask(request, at, typed, errors={"name": str(refused)})
    return see("clinic_group", at.held.clinic, made)


def _ask(
    request: HttpRequest,
    at: Desk,
    typed: TypedGroup,
    *,
    errors: dict[str, str] | None = None,
    dates: Schedule | None = None,
    key: str = "",
) -> HttpResponse:
    wrong = errors if errors is not None else typed.errors
    return show(
        request,
        at,
        "clinic/group_new.jinja",
        errors=wrong,
        typed=typed,
        courses=syllabuses.listed(at.held),
        dates=dates,
        skipped=_skipped(dates),
        clocks=_clocks(dates),
        key=key if dates is not None and key else str(uuid4()),
    )


def _skipped(dates: Schedule | None) -> list[datetime]:
    """Return the days between first and last session that were left out."""
    if dates is None:
        return []
    table, last = dates.timetable, dates.held[-1].starts.date()
    off = (each for each in table.days_off if each.weekday() in table.weekdays)
    between = sorted(each for each in off if table.first_day <= each <= last)
    return [datetime.combine(each, table.starts) for each in between]


def _clocks(dates: Schedule | None) -> bool:
    """Say whether the clocks change while the course runs."""
    return dates is not None and len({each.starts.utcoffset() for each in dates.held}) > 1


def _changed(
    request: HttpRequest, at: Desk, group: Group, typed: dict[str, str], link: str
) -> dict[str, str]:
    errors: dict[str, str] = groups_form.fault_of_link(link)
    places = groups_form.number(typed["places"], errors, "places")
    if errors:
        return errors
    version = group.version if request.POST.get("version") == str(group.version) else 0
    now, words = who.now(request), {"name": typed["name"], "venue": typed["venue"]}
    try:
        groups.change_about(at, group=group.id, **words, places=places, version=version, now=now)
        group_video.put_link(at, group=group.id, link=link, now=now)
        enrolment.fill_places(at, group=group.id, now=now)
    except (BadInput, WrittenMeanwhile) as refused:
        errors["name"] = str(refused)
    return errors
