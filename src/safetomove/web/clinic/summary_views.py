"""One person's page for the clinic."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from safetomove.services.clinic import standing
from safetomove.services.clinic.members import member as member_of
from safetomove.services.clinic.staff import Desk
from safetomove.services.clinic.summary import summary
from safetomove.web import who
from safetomove.web.clinic import summary_page
from safetomove.web.words import origin, page


@require_safe
def person(request: HttpRequest, at: Desk, member: UUID) -> HttpResponse:
    """Show what one person shares, why they stand where they stand, and what to ask."""
    about, now = member_of(at.held, member), who.now(request)
    stands = standing.of_member(at.held, member, now=now)
    found = summary(at, about, now=now)
    shown = {
        "at": at,
        "w": page("clinic_summary"),
        "reasons": page("clinic_caseload")["reasons"],
        "origin": origin("clinic_summary"),
        "member": about,
        "standing": stands,
        **summary_page.fill(found, stands),
    }
    return render(request, "clinic/summary.jinja", shown)
