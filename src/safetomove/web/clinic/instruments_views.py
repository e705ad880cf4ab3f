"""The instruments of a site: which there are, load one after a look at it, remove one."""

from base64 import b64decode, b64encode
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from safetomove.content.instrument_files import BYTES_TOP
from safetomove.content.instrument_rules import BadInstrument, all_rules
from safetomove.services import instruments
from safetomove.services.clinic.staff import Desk, names_of
from safetomove.web import who
from safetomove.web.clinic import instruments_page
from safetomove.web.clinic.people_form import printable
from safetomove.web.going import SeeOther, see
from safetomove.web.words import origin, page

NAME_TOP: Final = 80  # letters of a file's name that are said again


@require_safe
def all_instruments(request: HttpRequest, at: Desk) -> HttpResponse:
    """Show what can be filled in here, and what could be loaded."""
    return _list(request, at, saved=request.GET.get("saved", ""))


@require_POST
def load(request: HttpRequest, at: Desk) -> HttpResponse:
    """Show a file's words first; load it once the licence box is ticked."""
    if request.POST.get("deed") == "load":
        return _load(request, at)
    file, said = request.FILES.get("file"), page("clinic_measures")["errors"]
    if file is None:
        return _list(request, at, wrong=said["file"])
    if file.size is None or file.size > BYTES_TOP:
        return _list(request, at, wrong=said["size"])
    return _look(request, at, file.read(), _named(file.name or ""), rules=_rules(request))


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, at: Desk, instrument: str) -> HttpResponse:
    """Ask, then take the words of a loaded instrument away."""
    found = [one.instrument for one in instruments.loaded() if one.instrument.id == instrument]
    if not found:
        return see("clinic_instruments", at.held.clinic)
    if request.method != "POST":
        return _page(request, at, "instruments_remove", instrument=found[-1])
    instruments.remove(instrument)
    return SeeOther(f"{see('clinic_instruments', at.held.clinic).url}?saved=removed")


def _look(
    request: HttpRequest, at: Desk, data: bytes, name: str, *, rules: str, wrong: str = ""
) -> HttpResponse:
    try:
        found = instruments.preview(data, name=name, rules=rules)
    except BadInstrument as refused:
        return _list(request, at, wrong=str(refused))
    packed = b64encode(data).decode("ascii")
    about = {"file": name, "rules": rules, "packed": packed, "errors": _errors("licence", wrong)}
    return _page(request, at, "instruments_look", one=instruments_page.preview(found), **about)


def _load(request: HttpRequest, at: Desk) -> HttpResponse:
    said, rules = page("clinic_measures")["errors"], _rules(request)
    name = _named(request.POST.get("name", ""))
    try:
        data = b64decode(request.POST.get("packed", ""), validate=True)
    except ValueError:
        return _list(request, at, wrong=said["lost"])
    if not data or len(data) > BYTES_TOP:
        return _list(request, at, wrong=said["lost"])
    if request.POST.get("licence") != "yes":
        return _look(request, at, data, name, rules=rules, wrong=said["licence"])
    try:
        instruments.load(data, name=name, now=who.now(request), rules=rules, by=at.staff.actor)
    except BadInstrument as refused:
        return _list(request, at, wrong=str(refused))
    return SeeOther(f"{see('clinic_instruments', at.held.clinic).url}?saved=loaded")


def _named(name: str) -> str:
    """Return a file's name fit to be said again; its end says what kind of file it is."""
    return printable(name)[-NAME_TOP:].casefold()


def _rules(request: HttpRequest) -> str:
    wanted = request.POST.get("rules", "")
    return wanted if wanted in all_rules() else ""


def _list(request: HttpRequest, at: Desk, *, wrong: str = "", saved: str = "") -> HttpResponse:
    shown = instruments_page.listed(names_of(at.held.clinic))
    errors = _errors("file", printable(wrong))
    return _page(request, at, "instruments", saved=saved, errors=errors, **shown)


def _errors(place: str, wrong: str) -> dict[str, str]:
    return {place: wrong} if wrong else {}


def _page(request: HttpRequest, at: Desk, name: str, **about: Any) -> HttpResponse:
    shown = {"at": at, "w": page("clinic_measures"), "origin": origin("clinic_measures"), **about}
    status = 422 if about.get("errors") else 200
    return render(request, f"clinic/{name}.jinja", shown, status=status)
