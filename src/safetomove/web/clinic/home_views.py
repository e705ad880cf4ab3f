"""The first page of a clinic: what is on today, and where everything is."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from safetomove.services.clinic.staff import Desk


@require_safe
def home(request: HttpRequest, at: Desk) -> HttpResponse:
    """Show the clinic's day."""
    return render(request, "clinic/home.jinja", {"at": at})
