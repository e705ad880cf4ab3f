"""Messages: who waits, one thread, and one message to a whole group."""

from datetime import datetime
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from safetomove.core.errors import BadInput
from safetomove.services.clinic import groups, inbox, members, messages, staff
from safetomove.services.clinic.members import Member
from safetomove.services.clinic.staff import Desk
from safetomove.services.clinic.threads import Side, closed_of
from safetomove.services.refusals import KeyReused
from safetomove.web import message_form, who
from safetomove.web.clinic.people_views import BOTH, page_number
from safetomove.web.going import see
from safetomove.web.typed import showable
from safetomove.web.words import page


@require_safe
def waiting(request: HttpRequest, at: Desk) -> HttpResponse:
    """Show one page of threads that wait for an answer, or of those that don't."""
    answered = request.GET.get("show") == "answered"
    number = page_number(request)
    found = inbox.inbox(at.held, now=who.now(request), page=number, answered=answered)
    return _page(request, at, "messages", inbox=found, answered=answered)


@require_http_methods(BOTH)
def thread(request: HttpRequest, at: Desk, member: UUID) -> HttpResponse:
    """Show one person's thread; answer it, take it, or say what was done instead."""
    one, now = members.member(at.held, member), who.now(request)
    deed = request.POST.get("deed", "")
    if request.method == "POST" and deed in {"take", "let_go"}:
        messages.take(at, member=member, mine=deed == "take")
        return see("clinic_thread", at.held.clinic, member)
    if request.method != "POST":
        return _thread(request, at, one, now)
    words, wrong = message_form.typed(request.POST)
    if not wrong:
        try:
            _write(request, at, member, words, now)
            return see("clinic_thread", at.held.clinic, member)
        except KeyReused:
            wrong = page("clinic_messages")["errors"]["again"]
        except BadInput as refused:
            wrong = str(refused)
    field = "settle" if deed == "settle" else "words"
    return _thread(request, at, one, now, words=showable(words), errors={field: wrong})


@require_http_methods(BOTH)
def to_group(request: HttpRequest, at: Desk, group: UUID) -> HttpResponse:
    """Write the same to everybody in a group."""
    found = groups.group(at.held, group)
    if request.method != "POST":
        return _page(request, at, "messages_group", group=found, key=uuid4())
    words, wrong = message_form.typed(request.POST)
    if not wrong:
        key, now = request.POST.get("key", ""), who.now(request)
        try:
            missed = messages.send_to_group(at, group=group, words=words, client_key=key, now=now)
            return _page(request, at, "messages_group", group=found, missed=missed, sent=True)
        except KeyReused:
            wrong = page("clinic_messages")["errors"]["again"]
        except BadInput as refused:
            wrong = str(refused)
    about = {"words": showable(words), "errors": {"words": wrong}, "key": uuid4()}
    return _page(request, at, "messages_group", group=found, **about)


def _write(request: HttpRequest, at: Desk, member: UUID, words: str, now: datetime) -> None:
    seen, key = _seen(request.POST.get("seen", "")), request.POST.get("key", "")
    deed = messages.settle if request.POST.get("deed") == "settle" else messages.answer
    deed(at, member=member, words=words, seen=seen, client_key=key, now=now)


def _seen(text: str) -> datetime | None:
    """Read when the last message on the page was written; None where none was shown."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None


def _thread(
    request: HttpRequest, at: Desk, one: Member, now: datetime, **about: object
) -> HttpResponse:
    shown = messages.read(at, one, now=now)
    last = [each.at for each in shown if each.side is Side.PERSON]
    known = {
        "member": one,
        "said": shown,
        "names": staff.names_of(at.held.clinic),
        "stands": inbox.thread_of(at.held, one.id, now=now),
        "closed": closed_of(one),
        "seen": max(last).isoformat() if last else "",
        "key": uuid4(),
    }
    return _page(request, at, "thread", **known, **about)


def _page(request: HttpRequest, at: Desk, name: str, **about: object) -> HttpResponse:
    status = 422 if about.get("errors") else 200
    zone = ZoneInfo(at.held.zone)
    known = {"at": at, "w": page("clinic_messages"), "errors": {}, "zone": zone, **about}
    return render(request, f"clinic/{name}.jinja", known, status=status)
