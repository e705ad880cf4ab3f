"""Who works here: roles, invitations, and their ends."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from safetomove.services.clinic import invitations
from safetomove.services.clinic import staff as roles
from safetomove.services.clinic.refusals import LastAdministrator
from safetomove.services.clinic.staff import Desk, Role, Staff
from safetomove.web import who
from safetomove.web.clinic import door
from safetomove.web.clinic.link import link_of
from safetomove.web.going import see
from safetomove.web.words import page

BOTH = ["GET", "HEAD", "POST"]


@require_safe
def staff(request: HttpRequest, at: Desk) -> HttpResponse:
    """Show who works here, and to administrators the invitations that are open."""
    runs = at.staff.role is Role.ADMINISTRATOR
    pending = invitations.open_invitations(at, now=who.now(request)) if runs else ()
    about = {"people": roles.staff_of(at.held), "pending": pending, "runs": runs}
    return _page(request, at, "clinic/staff.jinja", passkey=door.has_passkey(request), **about)


@require_http_methods(BOTH)
def invite(request: HttpRequest, at: Desk) -> HttpResponse:
    """Make an invitation into a role, and show it once."""
    if request.method != "POST":
        return _page(request, at, "clinic/staff_invite.jinja")
    role = role_sent(request)
    if role is None:
        errors = {"role": page("clinic_people")["errors"]["role"]}
        return _page(request, at, "clinic/staff_invite.jinja", errors=errors)
    now = who.now(request)
    code = invitations.invite(clinic=at.held.clinic, role=role, now=now, by=at)
    about = link_of(request, "clinic_join", code) | {"expires": now + invitations.OPEN_FOR}
    return _page(request, at, "clinic/staff_invited.jinja", role=role, **about)


@require_http_methods(BOTH)
def change(request: HttpRequest, at: Desk, staff: int) -> HttpResponse:
    """Change what somebody may do, or end it."""
    one = roles.one_of_staff(at.held, staff)
    if request.method != "POST":
        return _page(request, at, "clinic/staff_change.jinja", one=one)
    words = page("clinic_people")["errors"]
    role, ends = role_sent(request), request.POST.get("deed") == "end"
    if role is None and not ends:
        return _change_page(request, at, one, words["role"])
    try:
        if ends or role is None:
            roles.end_role(at, staff=one.id, now=who.now(request))
        else:
            roles.change_role(at, staff=one.id, role=role, now=who.now(request))
    except LastAdministrator:
        return _change_page(request, at, one, words["last"])
    gone = ends and one.id == at.staff.id
    return see("my_clinics") if gone else see("clinic_staff", at.held.clinic)


@require_POST
def withdraw(request: HttpRequest, at: Desk, invitation: UUID) -> HttpResponse:
    """Close an invitation that nobody used."""
    invitations.withdraw(at, invitation=invitation, now=who.now(request))
    return see("clinic_staff", at.held.clinic)


def role_sent(request: HttpRequest) -> Role | None:
    """Return the role that was chosen."""
    sent = request.POST.get("role", "")
    return Role(sent) if sent in set(Role) else None


def _change_page(request: HttpRequest, at: Desk, one: Staff, problem: str) -> HttpResponse:
    return _page(request, at, "clinic/staff_change.jinja", one=one, errors={"role": problem})


def _page(request: HttpRequest, at: Desk, template: str, **about: Any) -> HttpResponse:
    words = page("clinic_people")
    options = [(role, words["roles"][role], words["roles_may"][role]) for role in reversed(Role)]
    status = 422 if about.get("errors") else 200
    known = {"at": at, "w": words, "options": options, **about}
    return render(request, template, known, status=status)
