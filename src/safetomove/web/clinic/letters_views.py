"""Letters about one person: written from what is known, put right, printed."""

from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from safetomove.core.errors import BadInput
from safetomove.services.clinic import letters
from safetomove.services.clinic.letters import Letter, Reader, Words
from safetomove.services.clinic.members import Member
from safetomove.services.clinic.members import member as member_of
from safetomove.services.clinic.staff import Desk
from safetomove.services.refusals import BadKey, KeyReused, WrittenMeanwhile
from safetomove.web import who
from safetomove.web.clinic import letters_page
from safetomove.web.clinic.days import time_of
from safetomove.web.clinic.people_form import printable
from safetomove.web.clinic.person_plan_form import said
from safetomove.web.going import SeeOther, see
from safetomove.web.printed import as_download, pdf
from safetomove.web.words import origin, page


@require_http_methods(["GET", "HEAD", "POST"])
def letters_of(request: HttpRequest, at: Desk, member: UUID) -> HttpResponse:
    """List the letters; begin one, filled from what is known, or put one right."""
    one = member_of(at.held, member)
    if request.method == "POST":
        return _kept(request, at, one)
    if id := request.GET.get("letter", ""):
        old = letters.letter(at.held, member, id)
        return _page(request, at, one, typed=letters_page.typed_of(old), old=old)
    if request.GET.get("new") in set(Reader):
        reader = Reader(request.GET["new"])
        return _page(request, at, one, typed=letters_page.begun(request, at, one, reader))
    return _page(request, at, one)


@require_safe
def paper(request: HttpRequest, at: Desk, member: UUID) -> HttpResponse:
    """Give one letter for paper; where none is named, lead to those there are."""
    one, id = member_of(at.held, member), request.GET.get("letter", "")
    if not id:
        return see("clinic_letters", at.held.clinic, one.id)
    found = letters.letter(at.held, member, id)
    return as_download(pdf("letter", letters_page.sheet(at, one, found)), name="letter")


def _kept(request: HttpRequest, at: Desk, one: Member) -> HttpResponse:
    sent = request.POST
    typed = {name: printable(sent.get(name, "")) for name in ("reader", "to", "text")}
    id = sent.get("letter", "")
    old = letters.letter(at.held, one.id, id) if id else None
    try:
        return _write(request, at, one, old)
    except (BadKey, KeyReused):
        wrong = page("clinic_letters")["errors"]["key"]
    except WrittenMeanwhile:
        wrong = page("clinic_letters")["errors"]["meanwhile"]
    except BadInput as refused:
        wrong = said(refused)
    typed = {name: text[: letters.TEXT_TOP * 2] for name, text in typed.items()}
    return _page(request, at, one, typed=typed, old=old, wrong=wrong)


def _write(request: HttpRequest, at: Desk, one: Member, old: Letter | None) -> SeeOther:
    sent, now = request.POST, who.now(request)
    reader = sent.get("reader", "")
    if reader not in set(Reader):
        raise BadInput(page("clinic_letters")["errors"]["reader"])
    words = Words(reader=Reader(reader), to=sent.get("to", ""), text=sent.get("text", ""))
    if old is None:
        letters.write(at, one, words, client_key=sent.get("key", ""), now=now)
    else:
        version = sent.get("version", "")
        number = int(version) if version.isascii() and version.isdecimal() else 0
        letters.change(at, one, old.id, words, version=number, now=now)
    return see("clinic_letters", at.held.clinic, one.id)


def _page(
    request: HttpRequest,
    at: Desk,
    one: Member,
    *,
    typed: dict[str, str] | None = None,
    old: Letter | None = None,
    wrong: str = "",
) -> HttpResponse:
    shown = {
        "at": at,
        "w": page("clinic_letters"),
        "origin": origin("clinic_letters"),
        "member": one,
        "letters": letters.letters_of(at.held, one.id),
        "typed": typed,
        "old": old,
        "wrong": wrong,
        "key": uuid4().hex,
        "when": lambda moment: time_of(moment, at.held.zone),
    }
    return render(request, "clinic/letters.jinja", shown, status=422 if wrong else 200)
