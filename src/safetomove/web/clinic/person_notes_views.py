"""The clinic's own notes about one person."""

from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from safetomove.core.errors import BadInput
from safetomove.services.clinic import notes
from safetomove.services.clinic.members import Member
from safetomove.services.clinic.members import member as member_of
from safetomove.services.clinic.staff import Desk
from safetomove.services.refusals import BadKey, KeyReused, WrittenMeanwhile
from safetomove.web import who
from safetomove.web.clinic.days import time_of
from safetomove.web.clinic.people_form import printable
from safetomove.web.clinic.people_views import page_number
from safetomove.web.clinic.person_plan_form import said
from safetomove.web.going import SeeOther, see
from safetomove.web.words import origin, page

PAGE = 25


@require_http_methods(["GET", "HEAD", "POST"])
def notes_of(request: HttpRequest, at: Desk, member: UUID) -> HttpResponse:
    """List the notes; take a new one, put one right, or strike one out."""
    one = member_of(at.held, member)
    if request.method != "POST":
        return _page(request, at, one)
    text = request.POST.get("text", "")
    try:
        return _done(request, at, one, text)
    except (BadKey, KeyReused):
        wrong = page("clinic_notes")["errors"]["key"]
    except WrittenMeanwhile:
        wrong = page("clinic_notes")["errors"]["meanwhile"]
    except BadInput as refused:
        wrong = said(refused)
    return _page(request, at, one, text=printable(text)[: notes.TEXT_TOP * 2], wrong=wrong)


def _done(request: HttpRequest, at: Desk, one: Member, text: str) -> SeeOther:
    sent, now = request.POST, who.now(request)
    id = sent.get("note", "")
    match sent.get("deed"):
        case "change":
            version = sent.get("version", "")
            number = int(version) if version.isascii() and version.isdecimal() else 0
            notes.change(at, one, id, text, version=number, now=now)
        case "strike":
            notes.strike(at, one, id, text, now=now)
        case _:
            notes.write(at, one, text, client_key=sent.get("key", ""), now=now)
    return see("clinic_person_notes", at.held.clinic, one.id)


def _page(
    request: HttpRequest, at: Desk, one: Member, *, text: str = "", wrong: str = ""
) -> HttpResponse:
    """Show the notes, and the form: for a new one, or for the one that is put right."""
    every, asked = notes.notes_of(at.held, one.id), request.POST or request.GET
    open_one = next((each for each in every if each.id == asked.get("note", "")), None)
    deed = asked.get("deed", "")
    deed = deed if open_one is not None and deed in {"change", "strike"} else ""
    pages = max(1, -(-len(every) // PAGE))
    number = min(page_number(request), pages)
    shown = {
        "at": at,
        "w": page("clinic_notes"),
        "origin": origin("clinic_notes"),
        "member": one,
        "notes": every[(number - 1) * PAGE : number * PAGE],
        "number": number,
        "pages": pages,
        "open": open_one if deed else None,
        "deed": deed,
        "text": text or (open_one.said.text if open_one and deed == "change" else ""),
        "wrong": wrong,
        "key": uuid4().hex,
        "when": lambda moment: time_of(moment, at.held.zone),
    }
    return render(request, "clinic/person_notes.jinja", shown, status=422 if wrong else 200)
