"""What a clinic says of itself: its name, its zone, and when somebody reads."""

from functools import cache
from zoneinfo import available_timezones

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from safetomove.services.clinic import clinics
from safetomove.services.clinic.clinics import HOURS_TOP
from safetomove.services.clinic.refusals import BadClinic
from safetomove.services.clinic.staff import Desk, tidy_name
from safetomove.web.clinic.people_form import printable
from safetomove.web.going import see
from safetomove.web.words import page

FIELDS = ("name", "zone", "hours")


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest, at: Desk) -> HttpResponse:
    """Change the clinic's settings."""
    held = at.held
    typed = {"name": held.name, "zone": held.zone, "hours": held.reading_hours}
    if request.method != "POST":
        return _page(request, at, typed, {})
    typed = {name: request.POST.get(name, "").strip() for name in FIELDS}
    if errors := _errors(typed):
        shown = {name: printable(text) for name, text in typed.items()}
        return _page(request, at, shown, errors)
    clinics.change_clinic(at, name=typed["name"], zone=typed["zone"], reading_hours=typed["hours"])
    return see("clinic_settings", held.clinic)


def _errors(typed: dict[str, str]) -> dict[str, str]:
    words, errors = page("clinic_people")["errors"], {}
    try:
        tidy_name(typed["name"])
    except BadClinic:
        errors["name"] = words["clinic_name"]
    if typed["zone"] not in zones():
        errors["zone"] = words["zone"]
    hours = " ".join(typed["hours"].split())
    if len(hours) > HOURS_TOP or not hours.isprintable():
        errors["hours"] = words["hours"]
    return errors


@cache
def zones() -> tuple[str, ...]:
    """Return the time zones to choose from: places, not abbreviations."""
    return tuple(sorted(zone for zone in available_timezones() if "/" in zone or zone == "UTC"))


def _page(
    request: HttpRequest, at: Desk, typed: dict[str, str], errors: dict[str, str]
) -> HttpResponse:
    about = {"at": at, "w": page("clinic_people"), "typed": typed, "errors": errors}
    status = 422 if errors else 200
    return render(request, "clinic/settings.jinja", about | {"zones": zones()}, status=status)
