"""Hand one person's file on to another record system."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from safetomove.services.clinic import fhir, members
from safetomove.services.clinic.staff import Desk
from safetomove.web import who

FHIR = "application/fhir+json; charset=utf-8"


@require_safe
def handed_on(request: HttpRequest, at: Desk, member: UUID) -> HttpResponse:
    """Hand over what somebody shares with the clinic, as FHIR R4."""
    found = fhir.for_clinic(at, members.member(at.held, member), now=who.now(request))
    headers = {"Content-Disposition": 'attachment; filename="person-fhir-r4.json"'}
    return HttpResponse(fhir.as_text(found), content_type=FHIR, headers=headers)
