"""One person's measures at the clinic: the list, a form from paper, and what it comes to."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from safetomove.content.instrument_rules import BadInstrument
from safetomove.core.errors import BadInput
from safetomove.core.measures import Instrument
from safetomove.services import instruments
from safetomove.services.clinic import measure_reading, members, paper_measures
from safetomove.services.clinic.measure_reading import NotTypedHere
from safetomove.services.clinic.members import Member
from safetomove.services.clinic.staff import Desk, names_of
from safetomove.services.measures import NoSuchMeasure, Taken
from safetomove.services.refusals import BadKey, KeyReused
from safetomove.web import measure_asking, who
from safetomove.web.clinic import measures_form, measures_page
from safetomove.web.clinic.measures_form import Typed
from safetomove.web.going import SeeOther, see
from safetomove.web.measure_forms import Sent
from safetomove.web.words import origin, page


@require_safe
def of_person(request: HttpRequest, at: Desk, member: UUID) -> HttpResponse:
    """Show what one person shares of their measures, and what the clinic typed in."""
    one, now = members.member(at.held, member), who.now(request)
    found = measure_reading.reading(at, one, now=now)
    shown = measures_page.listed(found, names_of(at.held.clinic))
    shown["withdrawn"] = request.GET.get("saved") == "withdrawn"
    shown["joins"] = paper_measures.lies_with_person(one)
    return _page(request, at, "measures", member=one, **shown)


@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: HttpRequest, at: Desk, member: UUID, instrument: str) -> HttpResponse:
    """Ask for what a paper form says, or keep it."""
    one, asked = members.member(at.held, member), offered(instrument)
    if request.method != "POST":
        typed = {
            "day": measures_form.day_written(_today(request, at)),
            "label": request.GET.get("label", ""),
            "key": str(uuid4()),
        }
        return _ask(request, at, one, asked, typed)
    sent = measures_form.parse(asked, request.POST.dict(), today=_today(request, at))
    if sent.errors or sent.label is None:
        return _ask_again(request, at, one, sent)
    try:
        kept = _keep(request, at, one, sent)
    except (KeyReused, BadKey):
        sent.errors.append(("form", page("clinic_measures")["errors"]["taken"]))
        return _ask_again(request, at, one, sent)
    except BadInput as refused:
        sent.errors.append(("form", str(refused)))
        return _ask_again(request, at, one, sent)
    place = see("clinic_measure_kept", at.held.clinic, one.id, kept.name)
    return SeeOther(f"{place.url}?saved=yes")


@require_safe
def kept(request: HttpRequest, at: Desk, member: UUID, kept: str) -> HttpResponse:
    """Show what one form comes to; a card that it raises stands before all else."""
    one, now = members.member(at.held, member), who.now(request)
    found = measure_reading.reading(at, one, now=now)
    try:
        shown = measures_page.kept(found.one(kept), found, names_of(at.held.clinic))
    except NoSuchMeasure:
        raise Http404("no such measure") from None
    shown["saved"] = request.GET.get("saved") == "yes"
    return _page(request, at, "measures_kept", member=one, **shown)


@require_POST
def withdraw(request: HttpRequest, at: Desk, member: UUID, kept: str) -> HttpResponse:
    """Take out what staff typed in by mistake."""
    one = members.member(at.held, member)
    try:
        measure_reading.withdraw(at, one, kept, now=who.now(request))
    except NoSuchMeasure:
        raise Http404("no such measure") from None
    except NotTypedHere:
        return see("clinic_measure_kept", at.held.clinic, one.id, kept)
    return SeeOther(f"{see('clinic_measures', at.held.clinic, one.id).url}?saved=withdrawn")


@require_safe
def blank(request: HttpRequest, at: Desk, instrument: str) -> HttpResponse:
    """Show an empty form to print."""
    asked = offered(instrument)
    reader = instruments.self_harm_reader()
    shown = measure_asking.asked(asked, {}, None, reader=reader) | {"reader_name": reader}
    shown["crisis_line"] = any(one.self_harm for one in asked.asked)
    return _page(request, at, "measures_blank", **shown)


def offered(instrument: str) -> Instrument:
    """Return an instrument that can be filled in here; 404 for any other."""
    try:
        return instruments.offered(instrument)
    except BadInstrument:
        raise Http404("no such measure") from None


def _today(request: HttpRequest, at: Desk) -> date:
    """Return the day it is at the clinic, wherever the browser is."""
    return who.now(request).astimezone(ZoneInfo(at.held.zone)).date()


def _keep(request: HttpRequest, at: Desk, member: Member, sent: Typed) -> Taken:
    assert sent.label is not None
    return paper_measures.record(
        at,
        member,
        instrument=sent.form.instrument.id,
        answers=sent.form.answers,
        label=sent.label,
        day=sent.day,
        client_key=request.POST.get("key", ""),
        now=who.now(request),
    )


def _ask_again(request: HttpRequest, at: Desk, member: Member, sent: Typed) -> HttpResponse:
    return _ask(
        request,
        at,
        member,
        sent.form.instrument,
        sent.form.typed,
        form=sent.form,
        wrong=sent.errors,
    )


def _ask(
    request: HttpRequest,
    at: Desk,
    member: Member,
    instrument: Instrument,
    typed: dict[str, str],
    *,
    form: Sent | None = None,
    wrong: list[tuple[str, str]] | None = None,
) -> HttpResponse:
    shown = measure_asking.asked(instrument, typed, form, reader=instruments.self_harm_reader())
    shown |= {
        "errors": wrong or [],
        "typed": typed,
        "theirs": paper_measures.lies_with_person(member),
        "m": page("measures"),
    }
    return _page(request, at, "measures_paper", member=member, **shown)


def _page(request: HttpRequest, at: Desk, name: str, **about: Any) -> HttpResponse:
    shown = {"at": at, "w": page("clinic_measures"), "origin": origin("clinic_measures"), **about}
    status = 422 if about.get("errors") else 200
    return render(request, f"clinic/{name}.jinja", shown, status=status)
