"""The list of people in the order in which they should be seen."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from safetomove.core.caseload import Reason
from safetomove.services.clinic import standing
from safetomove.services.clinic.caseload import caseload
from safetomove.services.clinic.sharing import Item
from safetomove.services.clinic.staff import Desk
from safetomove.web import who
from safetomove.web.going import SeeOther, see
from safetomove.web.words import origin, page

CAUGHT_UP_AT_ONCE = 200  # lines: about two seconds of work


@require_safe
def people_first(request: HttpRequest, at: Desk) -> HttpResponse:
    """Show one page of the list."""
    reason, group = _reason(request.GET.get("why", "")), _id(request.GET.get("group", ""))
    number = request.GET.get("page", "1")
    found = caseload(
        at,
        now=who.now(request),
        page=int(number) if number.isdecimal() and len(number) < 6 else 1,
        reason=reason,
        group=group,
    )
    shown = {
        "at": at,
        "w": page("clinic_caseload"),
        "origin": origin("clinic_caseload"),
        "found": found,
        "reason": reason,
        "group": group,
        "Item": Item,
    }
    return render(request, "clinic/caseload.jinja", shown)


@require_POST
def catch_up(request: HttpRequest, at: Desk) -> SeeOther:
    """Work out old lines again, and show the list."""
    standing.refresh(at.held, now=who.now(request), most=CAUGHT_UP_AT_ONCE)
    return see("clinic_caseload", str(at.held.clinic))


def _reason(text: str) -> Reason | None:
    return Reason(text) if text in set(Reason) else None


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
