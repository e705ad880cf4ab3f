"""Somebody's plan, and a change of it for a time."""

from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from safetomove.core.errors import BadInput
from safetomove.services.clinic.members import Member
from safetomove.services.clinic.members import member as member_of
from safetomove.services.clinic.plan_changes import Plan, change_plan, plan_of, take_back
from safetomove.services.clinic.staff import Desk
from safetomove.services.refusals import BadKey, KeyReused
from safetomove.web import who
from safetomove.web.clinic import person_plan_form, person_plan_page
from safetomove.web.going import see
from safetomove.web.words import origin, page


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, at: Desk, member: UUID) -> HttpResponse:
    """Show the plan and what was changed in it; take one change, or one back."""
    one, now = member_of(at.held, member), who.now(request)
    found = plan_of(at, one, now=now)
    if request.method != "POST":
        return _page(request, at, one, found)
    if change := request.POST.get("take_back", ""):
        take_back(at, one, change, now=now)
        return see("clinic_person_plan", at.held.clinic, one.id)
    return _change(request, at, one, found)


def _change(request: HttpRequest, at: Desk, one: Member, found: Plan) -> HttpResponse:
    typed = person_plan_form.typed_in(request.POST)
    asked = person_plan_form.asked_for(typed, found)
    if isinstance(asked, dict):
        return _page(request, at, one, found, typed=typed, errors=asked)
    key = request.POST.get("key", "")
    try:
        change_plan(at, one, asked, client_key=key, now=who.now(request))
    except (BadKey, KeyReused):
        errors = {"reason": page("clinic_plan")["errors"]["key"]}
        return _page(request, at, one, found, typed=typed, errors=errors)
    except BadInput as refused:
        errors = {"amount": person_plan_form.said(refused)}
        return _page(request, at, one, found, typed=typed, errors=errors)
    return see("clinic_person_plan", at.held.clinic, one.id)


def _page(
    request: HttpRequest,
    at: Desk,
    one: Member,
    found: Plan,
    *,
    typed: dict[str, str] | None = None,
    errors: dict[str, str] | None = None,
) -> HttpResponse:
    shown = {
        "at": at,
        "w": page("clinic_plan"),
        "origin": origin("clinic_plan"),
        "member": one,
        "typed": typed or {},
        "errors": errors or {},
        "key": uuid4().hex,
        **person_plan_page.fill(found, at.held.zone),
    }
    return render(request, "clinic/person_plan.jinja", shown, status=422 if errors else 200)
