"""Who has a place in a group: enrol, give a place, withdraw."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from safetomove.core.errors import BadInput
from safetomove.services.clinic import enrolment, finding, groups, members
from safetomove.services.clinic.staff import Desk
from safetomove.web import who
from safetomove.web.clinic import people_form
from safetomove.web.clinic.groups_views import BOTH, show
from safetomove.web.clinic.people_views import page_number, uuid_or_new
from safetomove.web.going import see

WORDS_TOP = 2000  # letters of a reason that are shown again


@require_http_methods(BOTH)
def enrol(request: HttpRequest, at: Desk, group: UUID) -> HttpResponse:
    """Find somebody on the clinic's list and give them a place or a turn."""
    found = groups.group(at.held, group)
    errors: dict[str, str] = {}
    if request.method == "POST":
        member = uuid_or_new(request.POST.get("member", ""))
        try:
            enrolment.enrol(at, group=group, member=member, now=who.now(request))
            return see("clinic_group", at.held.clinic, group)
        except BadInput as refused:
            errors["q"] = str(refused)
    words = people_form.printable(request.GET.get("q", "").strip())[: finding.WORDS_TOP]
    number = page_number(request)
    listing = (
        finding.found(at.held, words, page=number)
        if words
        else finding.listed(at.held, page=number)
    )
    people = enrolment.of_group(at.held, group)
    there = {each.member.id for each in people if each.state not in enrolment.GONE}
    about = {"group": found, "listing": listing, "sought": words, "there": there}
    return show(request, at, "clinic/group_enrol.jinja", errors=errors, **about)


@require_POST
def place(request: HttpRequest, at: Desk, group: UUID, member: UUID) -> HttpResponse:
    """Give a free place to somebody who waits, or note that they were told of theirs."""
    groups.group(at.held, group)
    if request.POST.get("deed") == "told":
        enrolment.told(at, group=group, member=member)
    else:
        enrolment.give_place(at, group=group, member=member, now=who.now(request))
    return see("clinic_group", at.held.clinic, group)


@require_http_methods(BOTH)
def withdraw(request: HttpRequest, at: Desk, group: UUID, member: UUID) -> HttpResponse:
    """Ask why, then take somebody off a group or its waiting list."""
    found, one = groups.group(at.held, group), members.member(at.held, member)
    errors: dict[str, str] = {}
    reason = ""
    if request.method == "POST":
        reason = request.POST.get("reason", "").replace("\r\n", "\n")
        try:
            now = who.now(request)
            enrolment.withdraw(at, group=group, member=member, reason=reason, now=now)
            return see("clinic_group", at.held.clinic, group)
        except BadInput as refused:
            errors["reason"] = str(refused)
            reason = people_form.printable(reason)[:WORDS_TOP]
    about = {"group": found, "member": one, "reason": reason}
    return show(request, at, "clinic/group_withdraw.jinja", errors=errors, **about)
