"""What each clinic may see, who looked, and the way out."""

from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateformat import format as format_date
from django.views.decorators.http import require_http_methods, require_safe

from safetomove.services.clinic import looks, my_messages, sharing, staff
from safetomove.services.clinic.sharing import Item, Membership
from safetomove.services.clinic.threads import Closed
from safetomove.web import who
from safetomove.web.patient.keeping import see
from safetomove.web.patient.words import page

PAGE_DIGITS = 6
BOTH = ["GET", "HEAD", "POST"]


@require_safe
def my_clinics(request: HttpRequest) -> HttpResponse:
    """List the clinics that a person belongs to, and those where they work."""
    person, user = who.person_of(request), request.user
    clinics = sharing.clinics_of_person(person) if person else ()
    works = staff.clinics_of_user(int(user.pk)) if user.is_authenticated else ()
    threads = {each.member: each for each in my_messages.mine(person)} if person else {}
    kept = [each for each in threads.values() if each.closed is Closed.LEFT]
    left = request.GET.get("left") == "yes"
    about = {"clinics": clinics, "works": works, "threads": threads, "kept": kept, "left": left}
    return _page(request, "patient_clinics/list.jinja", m=page("clinic_messages"), **about)


@require_http_methods(BOTH)
def clinic(request: HttpRequest, member: UUID) -> HttpResponse:
    """Turn items on and off for one clinic."""
    person, one = _own(request, member)
    if request.method == "POST":
        items = frozenset(item for item in Item if item in request.POST.getlist("items"))
        sharing.share(person=person, member=member, items=items, now=who.now(request))
        return see("my_clinic", str(member), query="saved=yes")
    said = sharing.switches(person, member=member)
    news = next((name for name in ("joined", "saved") if request.GET.get(name) == "yes"), "")
    about = {"one": one, "items": tuple(Item), "said": said, "news": news}
    return _page(request, "patient_clinics/clinic.jinja", **about)


@require_http_methods(BOTH)
def leave(request: HttpRequest, member: UUID) -> HttpResponse:
    """Ask once, then end it."""
    person, one = _own(request, member)
    if request.method != "POST":
        return _page(request, "patient_clinics/leave.jinja", one=one)
    sharing.leave(person=person, member=member, now=who.now(request))
    return see("my_clinics", query="left=yes")


@require_safe
def looked(request: HttpRequest) -> HttpResponse:
    """Show who looked at what, newest first."""
    person = who.person_of(request)
    text = request.GET.get("page", "")
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < PAGE_DIGITS else 1
    number = max(1, number)
    shown, count = looks.looks(person, page=number) if person else ((), 0)
    pages = max(1, -(-count // looks.PAGE))
    zone = ZoneInfo(who.zone_of(request))
    timed = [(each, _when(each.at.astimezone(zone))) for each in shown]
    about = {"looks": timed, "number": number, "pages": pages}
    return _page(request, "patient_clinics/looked.jinja", **about)


def _when(at: datetime) -> str:
    return str(format_date(at, "l j F Y, H:i"))


def _own(request: HttpRequest, member: UUID) -> tuple[UUID, Membership]:
    """Return the person and their membership; 404 for anybody else's."""
    person = who.person_of(request)
    for each in sharing.clinics_of_person(person) if person else ():
        if person is not None and each.member == member:
            return person, each
    raise Http404


def _page(request: HttpRequest, template: str, **about: Any) -> HttpResponse:
    known = {"w": page("my_clinics"), "signed_in": request.user.is_authenticated, **about}
    return render(request, template, known)
