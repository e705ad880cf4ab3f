"""Reports on courses: choose, read, print, and take away as a file."""

import csv
import io
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from safetomove.core.course import COLUMNS, rows
from safetomove.services.clinic import reports
from safetomove.services.clinic.reports import Reported
from safetomove.services.clinic.staff import Desk
from safetomove.web import who
from safetomove.web.clinic import report_page
from safetomove.web.words import origin, page

LEAVES = "out"


@require_safe
def choose(request: HttpRequest, at: Desk) -> HttpResponse:
    """List the clinic's courses to choose from."""
    return _choose(request, at, error="")


@require_safe
def show(request: HttpRequest, at: Desk) -> HttpResponse:
    """Show the report on the chosen courses."""
    made = _made(request, at)
    if made is None:
        return _choose(request, at, error=page("clinic_report")["list"]["choose_one"])
    shown = {
        "at": at,
        "w": page("clinic_report"),
        "said": page("course")["report"],
        "origin": origin("course"),
        "leaves": made.report.outside,
        "query": _query(request),
        **report_page.fill(made),
    }
    return render(request, "clinic/report.jinja", shown)


@require_safe
def as_csv(request: HttpRequest, at: Desk) -> HttpResponse:
    """Give the numbers of the report as a file."""
    made = _made(request, at)
    if made is None:
        return _choose(request, at, error=page("clinic_report")["list"]["choose_one"])
    text = io.StringIO()
    csv.writer(text).writerows([COLUMNS, *rows(made.report)])
    response = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="course-report.csv"'
    return response


def _made(request: HttpRequest, at: Desk) -> Reported | None:
    ids = [id for text in request.GET.getlist("course") if (id := _id(text))]
    if not 1 <= len(ids) <= reports.TOGETHER_TOP:
        return None
    leaves = request.GET.get("for") == LEAVES
    return reports.report(at, ids, leaves=leaves, now=who.now(request))


def _choose(request: HttpRequest, at: Desk, *, error: str) -> HttpResponse:
    number = request.GET.get("page", "1")
    listed = reports.courses(
        at.held, page=int(number) if number.isdecimal() and len(number) < 6 else 1
    )
    shown: dict[str, Any] = {
        "at": at,
        "w": page("clinic_report"),
        "listed": listed,
        "rows": [report_page.row(course) for course in listed.courses],
        "errors": [("course", error)] if error else [],
        "error": error,
    }
    return render(request, "clinic/reports.jinja", shown, status=422 if error else 200)


def _query(request: HttpRequest) -> str:
    """Return the chosen courses as they stand in the address, without for whom it is."""
    chosen = request.GET.copy()
    chosen.pop("for", None)
    return str(chosen.urlencode())


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
