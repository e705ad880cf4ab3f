"""The clinic's list: find, add, change, invite, discharge, take back."""

from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from safetomove.services.clinic import finding, invitations, members
from safetomove.services.clinic.members import Known, Member
from safetomove.services.clinic.staff import Desk
from safetomove.services.refusals import WrittenMeanwhile
from safetomove.web import who
from safetomove.web.clinic import people_form
from safetomove.web.clinic.link import link_of
from safetomove.web.clinic.people_form import Typed
from safetomove.web.going import see
from safetomove.web.words import page

BOTH = ["GET", "HEAD", "POST"]
PAGE_DIGITS = 6


@require_safe
def people(request: HttpRequest, at: Desk) -> HttpResponse:
    """Show one page of the list, or of those who are sought."""
    words = people_form.printable(request.GET.get("q", "").strip())[: finding.WORDS_TOP]
    gone = request.GET.get("show") == "discharged"
    number = page_number(request)
    if words:
        born = people_form.day_typed(words)
        sought = born.isoformat() if born else words
        listing = finding.found(at.held, sought, page=number)
    else:
        listing = finding.listed(at.held, page=number, discharged=gone)
    about = {"at": at, "w": page("clinic_people"), "listing": listing, "sought": words}
    return render(request, "clinic/people.jinja", about | {"gone": gone})


@require_http_methods(BOTH)
def add(request: HttpRequest, at: Desk) -> HttpResponse:
    """Write somebody onto the list; the hidden id makes a second tap harmless."""
    if request.method != "POST":
        return _add_page(request, at, Typed(typed={}), key=uuid4())
    typed = people_form.parse(request.POST, today=who.today_of(request), about={})
    key = uuid_or_new(request.POST.get("key", ""))
    if typed.known is None:
        return _add_page(request, at, typed, key=key)
    like = [each for each in finding.alike(at.held, typed.known) if each.id != key]
    known, sure = typed.known, request.POST.get("other") == "yes"
    if problem := _taken(known, like, sure=sure):
        typed = Typed(typed=typed.typed, errors=problem)
        return _add_page(request, at, typed, key=key, like=like)
    id = members.add_member(at, known=known, now=who.now(request), id=key)
    return see("clinic_person", at.held.clinic, id)


@require_safe
def person(request: HttpRequest, at: Desk, member: UUID) -> HttpResponse:
    """Show what the clinic knows of somebody, and what they share."""
    one = members.member(at.held, member)
    pending = invitations.open_invitations(at, now=who.now(request), member=member)
    return _page(request, at, "clinic/person.jinja", member=one, pending=pending)


@require_http_methods(BOTH)
def change(request: HttpRequest, at: Desk, member: UUID) -> HttpResponse:
    """Change what the clinic knows of somebody."""
    one = members.member(at.held, member)
    if request.method != "POST":
        typed = Typed(typed=people_form.as_typed(one.known))
        return _change_page(request, at, one, typed)
    typed = people_form.parse(request.POST, today=who.today_of(request), about=one.known.about)
    if typed.known is None:
        return _change_page(request, at, one, typed)
    like = [each for each in finding.alike(at.held, typed.known) if each.id != one.id]
    if problem := _taken(typed.known, like, sure=True):
        return _change_page(request, at, one, Typed(typed=typed.typed, errors=problem))
    try:
        version = _version(request, one)
        members.change_member(at, member=one.id, known=typed.known, version=version)
    except WrittenMeanwhile:
        problem = {"name": page("clinic_people")["errors"]["meanwhile"]}
        return _change_page(request, at, one, Typed(typed=typed.typed, errors=problem))
    return see("clinic_person", at.held.clinic, one.id)


@require_http_methods(BOTH)
def invite(request: HttpRequest, at: Desk, member: UUID) -> HttpResponse:
    """Make a code for somebody and show it once, or close the open one."""
    one, now = members.member(at.held, member), who.now(request)
    pending = invitations.open_invitations(at, now=now, member=member)
    if request.method != "POST" or one.discharged_at is not None:
        return _page(request, at, "clinic/person_invite.jinja", member=one, pending=pending)
    if request.POST.get("deed") == "withdraw":
        for each in pending:
            invitations.withdraw(at, invitation=each.id, now=now)
        return see("clinic_person", at.held.clinic, one.id)
    code = invitations.invite(clinic=at.held.clinic, role=None, now=now, by=at, member=one.id)
    about = link_of(request, "my_clinics_join", code) | {"expires": now + invitations.OPEN_FOR}
    return _page(request, at, "clinic/person_invited.jinja", member=one, **about)


@require_http_methods(BOTH)
def discharge(request: HttpRequest, at: Desk, member: UUID) -> HttpResponse:
    """Ask, then end somebody's time here, or take them back."""
    one = members.member(at.held, member)
    if request.method != "POST":
        return _page(request, at, "clinic/person_discharge.jinja", member=one)
    if request.POST.get("deed") == "take_back":
        members.take_back(at, member=one.id)
    else:
        members.discharge(at, member=one.id, now=who.now(request))
    return see("clinic_person", at.held.clinic, one.id)


def page_number(request: HttpRequest) -> int:
    """Return the page that an address asks for; the first where it asks for none."""
    text = request.GET.get("page", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < PAGE_DIGITS else 1


def uuid_or_new(text: str) -> UUID:
    """Return the id that a page brought, or a new one where it was lost."""
    try:
        return UUID(text)
    except ValueError:
        return uuid4()


def _taken(known: Known, like: list[Member], *, sure: bool) -> dict[str, str]:
    words = page("clinic_people")["errors"]
    if any(known.number and each.known.number == known.number for each in like):
        return {"number": words["number_taken"]}
    return {"other": words["alike"]} if like and not sure else {}


def _version(request: HttpRequest, one: Member) -> int:
    """Return which version the page showed; one that can't be read was never shown."""
    return one.version if request.POST.get("version") == str(one.version) else 0


def _add_page(
    request: HttpRequest, at: Desk, typed: Typed, *, key: UUID, like: list[Member] | None = None
) -> HttpResponse:
    about = {"typed": typed.typed, "errors": typed.errors, "key": key, "like": like or []}
    return _page(request, at, "clinic/person_add.jinja", **about)


def _change_page(request: HttpRequest, at: Desk, one: Member, typed: Typed) -> HttpResponse:
    about = {"typed": typed.typed, "errors": typed.errors, "member": one}
    return _page(request, at, "clinic/person_change.jinja", **about)


def _page(request: HttpRequest, at: Desk, template: str, **about: Any) -> HttpResponse:
    status = 422 if about.get("errors") else 200
    return render(request, template, {"at": at, "w": page("clinic_people"), **about}, status=status)
