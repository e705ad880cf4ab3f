"""My course: when and where, what was missed, the handouts so far, and the calendar."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from safetomove.content import course
from safetomove.services.clinic import calendars, my_courses
from safetomove.services.clinic.refusals import NoPlace, NoSuchGroup
from safetomove.web import who
from safetomove.web.patient.keeping import see
from safetomove.web.patient.words import page
from safetomove.web.words import spoken

CALENDAR = "text/calendar; charset=utf-8"


@require_safe
def my_course(request: HttpRequest) -> HttpResponse:
    """Show the person's courses; looking tells the clinic nothing."""
    person, now = who.person_of(request), who.now(request)
    found = my_courses.courses(person=person, now=now) if person else ()
    links = {
        each.group.id: request.build_absolute_uri(reverse("calendar_followed", args=[each.link]))
        for each in found
        if each.link
    }
    about = {"w": page("clinic_groups"), "courses": found, "now": now, "links": links}
    return render(request, "my_course/course.jinja", about)


@require_safe
def handout(request: HttpRequest, group: UUID, number: int) -> HttpResponse:
    """Show one handout, made to be printed."""
    person = _person(request)
    try:
        found = my_courses.handout(person=person, group=group, number=number, now=who.now(request))
    except NoSuchGroup:
        raise Http404 from None
    numbers = spoken().numbers
    about = {
        "w": page("clinic_groups"),
        "handout": found,
        "told": lambda text: course.spoken(text, numbers),
    }
    return render(request, "my_course/handout.jinja", about)


@require_safe
def calendar(request: HttpRequest, group: UUID) -> HttpResponse:
    """Hand out the dates of the person's group as a calendar file."""
    try:
        return _file(calendars.own_file(person=_person(request), group=group))
    except NoPlace:
        raise Http404 from None


@require_POST
def link(request: HttpRequest, group: UUID) -> HttpResponse:
    """Make the person's own link, or close it."""
    person = _person(request)
    try:
        if request.POST.get("deed") == "close":
            calendars.close_link(person=person, group=group)
        else:
            calendars.open_link(person=person, group=group)
    except NoPlace:
        raise Http404 from None
    return see("my_course", place=f"follow-{group}")


@require_safe
def followed(request: HttpRequest, token: str) -> HttpResponse:
    """Hand out the dates to a calendar that knows the secret link, and to nobody else."""
    try:
        return _file(calendars.by_link(token))
    except NoSuchGroup:
        raise Http404 from None


def _person(request: HttpRequest) -> UUID:
    person = who.person_of(request)
    if person is None:
        raise Http404
    return person


def _file(calendar: bytes) -> HttpResponse:
    headers = {"Content-Disposition": 'attachment; filename="group-sessions.ics"'}
    return HttpResponse(calendar, content_type=CALENDAR, headers=headers)
