"""A person's messages with one clinic. A card that their words raise comes before all else."""

import logging
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from safetomove.core.safety import scan_note
from safetomove.services.clinic import my_messages, staff
from safetomove.services.clinic.my_messages import MyThread
from safetomove.services.clinic.refusals import NoSuchClinic
from safetomove.services.clinic.threads import ThreadClosed
from safetomove.services.refusals import KeyReused
from safetomove.web import errors, message_form, who, words
from safetomove.web.logs import what_and_where
from safetomove.web.patient.forms import showable
from safetomove.web.patient.keeping import see
from safetomove.web.patient.words import page

log = logging.getLogger(__name__)


@require_http_methods(["GET", "HEAD", "POST"])
def thread(request: HttpRequest, member: UUID) -> HttpResponse:
    """Show the thread, or send what was typed."""
    if request.method != "POST":
        return _page(request, member, sent=request.GET.get("sent", ""))
    said, wrong = message_form.typed(request.POST)
    try:
        if not wrong:
            key = request.POST.get("key", "")
            sent = _send(request, member, said, key)
            return see("my_clinic_messages", str(member), query=f"sent={sent}")
    except KeyReused:
        wrong = page("clinic_messages")["errors"]["again"]
    except ThreadClosed:
        return _page(request, member, typed=said, status=422)
    except Exception as error:
        if not (errors.records_gone(error) and scan_note(said)):
            raise
        log.error("not kept: %s", what_and_where(error))
        return _out_of_reach(request, said)
    return _page(request, member, typed=said, wrong=wrong, status=422)


def _send(request: HttpRequest, member: UUID, said: str, key: str) -> str:
    person = who.person_of(request)
    if person is None:
        raise Http404
    try:
        return my_messages.send(
            person=person, member=member, words=said, client_key=key, now=who.now(request)
        ).name
    except NoSuchClinic:
        raise Http404 from None


def _page(
    request: HttpRequest,
    member: UUID,
    *,
    typed: str = "",
    wrong: str = "",
    sent: str = "",
    status: int = 200,
) -> HttpResponse:
    one = _own(request, member)
    new = next((each for each in one.messages if each.name == sent), None)
    about = {
        "thread": one,
        "names": staff.names_of(one.clinic),
        "sent": new,
        "cards": _cards(new.words if new else typed),
        "typed": showable(typed),
        "wrong": wrong,
        "key": uuid4(),
        "zone": ZoneInfo(who.zone_of(request)),
    }
    return _render(request, about, status)


def _out_of_reach(request: HttpRequest, said: str) -> HttpResponse:
    about = {"thread": None, "cards": _cards(said), "typed": showable(said), "gone": True}
    return _render(request, about, 503)


def _own(request: HttpRequest, member: UUID) -> MyThread:
    person = who.person_of(request)
    if person is None:
        raise Http404
    try:
        return my_messages.my_thread(person=person, member=member)
    except NoSuchClinic:
        raise Http404 from None


def _cards(text: str) -> list[dict[str, Any]]:
    return [words.card(words.spoken().note_card(one)) for one in scan_note(text)]


def _render(request: HttpRequest, about: dict[str, Any], status: int) -> HttpResponse:
    known = {"w": page("my_clinics"), "m": page("clinic_messages"), **about}
    return render(request, "patient_clinics/messages.jinja", known, status=status)
