"""One person's page for the clinic."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from safetomove.services.clinic import standing
from safetomove.services.clinic.members import Member
from safetomove.services.clinic.members import member as member_of
from safetomove.services.clinic.staff import Desk
from safetomove.services.clinic.standing import Standing
from safetomove.services.clinic.summary import summary
from safetomove.web import who
from safetomove.web.clinic import summary_page, summary_paper
from safetomove.web.printed import as_download, pdf
from safetomove.web.words import origin, page


@require_safe
def person(request: HttpRequest, at: Desk, member: UUID) -> HttpResponse:
    """Show what one person shares, why they stand where they stand, and what to ask."""
    about, stands, filled = _filled(request, at, member)
    shown = {
        "at": at,
        "w": page("clinic_summary"),
        "reasons": page("clinic_caseload")["reasons"],
        "origin": origin("clinic_summary"),
        "member": about,
        "standing": stands,
        **filled,
    }
    return render(request, "clinic/summary.jinja", shown)


@require_safe
def paper(request: HttpRequest, at: Desk, member: UUID) -> HttpResponse:
    """Give the same on one page for paper."""
    about, stands, filled = _filled(request, at, member)
    names = page("clinic_caseload")["reasons"]
    reasons = [names[why.reason]["name"] for why in stands.place.reasons] if stands else []
    data = summary_paper.sheet(at, about, filled, reasons, who.now(request))
    return as_download(pdf("summary", data), name="visit-summary")


def _filled(
    request: HttpRequest, at: Desk, member: UUID
) -> tuple[Member, Standing | None, dict[str, Any]]:
    about, now = member_of(at.held, member), who.now(request)
    stands = standing.of_member(at.held, member, now=now)
    return about, stands, summary_page.fill(summary(at, about, now=now), stands)
