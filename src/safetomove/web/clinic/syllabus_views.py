"""Courses: the list, one course, one session's plan and handout, and a clinic's own copy."""

from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from safetomove.content import course, movements
from safetomove.content import lessons as library
from safetomove.core.course import BadSyllabus, Syllabus
from safetomove.core.errors import BadInput
from safetomove.services.clinic import syllabuses
from safetomove.services.clinic.refusals import NoSuchSyllabus
from safetomove.services.clinic.staff import Desk
from safetomove.services.refusals import KeyReused, WrittenMeanwhile
from safetomove.web import who
from safetomove.web.clinic import syllabus_form
from safetomove.web.clinic.groups_form import text_of
from safetomove.web.clinic.groups_views import BOTH, show
from safetomove.web.going import see
from safetomove.web.words import page, spoken

TITLE_TOP = 80  # letters of a copy's name


@require_safe
def all_courses(request: HttpRequest, at: Desk) -> HttpResponse:
    """List the courses that the clinic may run."""
    return show(request, at, "clinic/syllabuses.jinja", listed=syllabuses.listed(at.held))


@require_safe
def one(request: HttpRequest, at: Desk, syllabus: str, version: int) -> HttpResponse:
    """Show a course with its sessions and versions."""
    return _course_page(request, at, syllabus, version, {}, "")


@require_POST
def copy(request: HttpRequest, at: Desk, syllabus: str, version: int) -> HttpResponse:
    """Make the clinic's own copy of a course."""
    title, key = text_of(request.POST, "title"), request.POST.get("key", "")
    wrong = page("clinic_groups")["errors"]["name"]
    try:
        if title:
            made = syllabuses.copy(
                at,
                id=syllabus,
                version=version,
                title=title[:TITLE_TOP],
                client_key=key,
                now=who.now(request),
            )
            return see("clinic_syllabus", at.held.clinic, made.id, made.version)
    except NoSuchSyllabus:
        raise Http404 from None
    except (BadInput, KeyReused) as refused:
        wrong = str(refused)
    return _course_page(request, at, syllabus, version, {"title": wrong}, title)


@require_safe
def session(
    request: HttpRequest, at: Desk, syllabus: str, version: int, number: int
) -> HttpResponse:
    """Show the plan of one session, made to be printed."""
    about = _session(at, syllabus, version, number)
    return show(request, at, "clinic/syllabus_session.jinja", **about)


@require_safe
def handout(
    request: HttpRequest, at: Desk, syllabus: str, version: int, number: int
) -> HttpResponse:
    """Show the handout of one session, made to be printed."""
    about = _session(at, syllabus, version, number)
    return show(request, at, "clinic/syllabus_handout.jinja", **about)


@require_http_methods(BOTH)
def change(
    request: HttpRequest, at: Desk, syllabus: str, version: int, number: int
) -> HttpResponse:
    """Change one session of the clinic's own copy: a new version of the course."""
    about = _session(at, syllabus, version, number)
    if syllabus == course.ID:
        raise Http404
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            wanted = syllabus_form.parse(request.POST, about["session"])
            made = syllabuses.change(
                at, id=syllabus, version=version, session=wanted, now=who.now(request)
            )
            return see("clinic_syllabus_session", at.held.clinic, syllabus, made.version, number)
        except BadSyllabus as refused:
            errors["form"] = str(refused)
        except WrittenMeanwhile:
            errors["form"] = page("clinic_groups")["errors"]["meanwhile"]
    typed = request.POST if request.method == "POST" else None
    more = {"typed": typed, "kinds": syllabus_form.NEW_KINDS}
    return show(request, at, "clinic/syllabus_change.jinja", errors=errors, **about, **more)


def _course_page(
    request: HttpRequest,
    at: Desk,
    syllabus: str,
    version: int,
    errors: dict[str, str],
    title: str,
) -> HttpResponse:
    found = _found(at, syllabus, version)
    about = {
        "course": found,
        "own": syllabus != course.ID,
        "versions": syllabuses.versions(at.held, syllabus),
        "title": title,
        "key": str(uuid4()),
    }
    return show(request, at, "clinic/syllabus.jinja", errors=errors, **about)


def _session(at: Desk, syllabus: str, version: int, number: int) -> dict[str, Any]:
    found = _found(at, syllabus, version)
    try:
        session = found.session(number)
    except BadSyllabus:
        raise Http404 from None
    numbers = spoken().numbers
    return {
        "course": found,
        "session": session,
        "stops": found.stops(number),
        "own": syllabus != course.ID,
        "newest": version == syllabuses.newest(at.held, syllabus).version,
        "movements": movements.load(),
        "lessons": library.load().lessons,
        "words": page("course"),
        "told": lambda text: course.spoken(text, numbers),
    }


def _found(at: Desk, syllabus: str, version: int) -> Syllabus:
    try:
        return syllabuses.at_version(at.held, syllabus, version)
    except NoSuchSyllabus:
        raise Http404 from None
