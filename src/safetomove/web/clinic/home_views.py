"""The first page of a clinic: what is on today, and where everything is."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from safetomove.services.clinic import follow_up, follow_up_dates, inbox, overview
from safetomove.services.clinic.staff import Desk, Role
from safetomove.web import who
from safetomove.web.words import page


@require_safe
def home(request: HttpRequest, at: Desk) -> HttpResponse:
    """Show the clinic's day."""
    now = who.now(request)
    follow_up_dates.plan(at.held, now=now)
    about = {
        "at": at,
        "day": overview.day(at.held, now=now),
        "waiting": inbox.waiting(at.held) if at.staff.role is not Role.ADMINISTRATOR else 0,
        "due": follow_up.due(at.held, now=now),
        "w": page("clinic_groups"),
        "f": page("clinic_follow_up"),
        "now": now,
    }
    return render(request, "clinic/home.jinja", about)
