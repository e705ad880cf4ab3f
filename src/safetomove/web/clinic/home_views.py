"""The first page of a clinic: what is on today, and where everything is."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from safetomove.services.clinic import overview
from safetomove.services.clinic.staff import Desk
from safetomove.web import who
from safetomove.web.words import page


@require_safe
def home(request: HttpRequest, at: Desk) -> HttpResponse:
    """Show the clinic's day."""
    day = overview.day(at.held, now=who.now(request))
    about = {"at": at, "day": day, "w": page("clinic_groups"), "now": who.now(request)}
    return render(request, "clinic/home.jinja", about)
