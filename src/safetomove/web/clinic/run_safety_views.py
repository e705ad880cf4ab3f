"""Safety in the room: the questions asked there, what suits a person, and letting them back in."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from safetomove.core.course.happened import BadRun
from safetomove.core.course.run import why as why_of
from safetomove.core.doing import ABILITIES, Abilities
from safetomove.core.safety import Answer, SafetyAnswers
from safetomove.services.clinic import members, register, room_safety
from safetomove.services.clinic.group_dates import session as session_of
from safetomove.services.clinic.members import Member
from safetomove.services.clinic.refusals import NoSuchSession
from safetomove.services.clinic.room_safety import RoomSafety
from safetomove.services.clinic.staff import Desk, names_of
from safetomove.web import safety_flow, who
from safetomove.web.clinic.groups_views import BOTH
from safetomove.web.going import see
from safetomove.web.safety_cards import card_page, screen_page
from safetomove.web.safety_flow import FIRST, FLARE, Done, Flow, Leave, Show, Stop, Told
from safetomove.web.words import page

FLOWS = {"all": FIRST, "new": FLARE}


@require_http_methods(BOTH)
def person(request: HttpRequest, at: Desk, session: int, member: UUID) -> HttpResponse:
    """Show what is known of one person's safety; ask the questions one screen at a time."""
    one = _expected(at, session, member)
    if request.method == "POST":
        return _write(request, at, session, one)
    asked = FLOWS.get(request.GET.get("ask", ""))
    if asked is not None:
        told = safety_flow.read({}, today=room_safety.local_day(at.held, who.now(request)))
        first = Show(screen=asked.screens(None)[0], problems={})
        return _ask(request, at, session, one, asked, told, first)
    return _show(request, at, session, one)


@require_http_methods(BOTH)
def clear(request: HttpRequest, at: Desk, session: int, member: UUID) -> HttpResponse:
    """Let somebody back into the circuit, with a physiotherapist's reason."""
    one = _expected(at, session, member)
    if request.method != "POST":
        return _show(request, at, session, one)
    reason = request.POST.get("reason", "")
    try:
        key = request.POST.get("key", "")
        room_safety.clear(
            at, session=session, member=member, reason=reason, client_key=key,
            now=who.now(request),
        )  # fmt: skip
    except BadRun:
        wrong = {"reason": page("clinic_run")["safety"]["clear_short"]}
        return _show(request, at, session, one, errors=wrong, typed=reason)
    return see("clinic_run_safety", at.held.clinic, session, member)


def _expected(at: Desk, session: int, member: UUID) -> Member:
    """Return somebody who is expected at this session; 404 for anybody else."""
    one = members.member(at.held, member)
    _, found = session_of(at.held, session)
    if found.number is None:
        raise NoSuchSession("this session was called off")
    if member not in {line.member.id for line in register.lines(at.held, found)}:
        raise Http404
    return one


def _write(request: HttpRequest, at: Desk, session: int, one: Member) -> HttpResponse:
    now, form = who.now(request), request.POST
    back = see("clinic_run_safety", at.held.clinic, session, one.id)
    match form.get("mode", ""):
        case "fit":
            given = {tag: Answer(form[tag]) for tag in ABILITIES if form.get(tag) in set(Answer)}
            abilities = Abilities(trouble=given)
            room_safety.keep_abilities(at, member=one.id, abilities=abilities, now=now)
            return back
        case "home":
            answers = room_safety.from_home(at, one, now=now)
            if answers is not None:
                _keep(request, at, session, one, answers, home=True)
            return back
        case mode:
            return _next(request, at, session, one, FLOWS.get(mode, FIRST))


def _next(request: HttpRequest, at: Desk, session: int, one: Member, flow: Flow) -> HttpResponse:
    today = room_safety.local_day(at.held, who.now(request))
    told = safety_flow.read(request.POST, today=today)
    deed = safety_flow.deed_of(request.POST)
    back = see("clinic_run_safety", at.held.clinic, session, one.id)
    match safety_flow.step(flow, told, screen=request.POST.get("screen", ""), deed=deed):
        case Show() as show:
            return _ask(request, at, session, one, flow, told, show)
        case Leave():
            return back
        case Stop() | Done():  # an emergency can't wait for the questions that are left
            known = room_safety.of_member(at.held, one.id).answers
            _keep(request, at, session, one, _laid_over(known, told, flow))
            return back


def _laid_over(known: SafetyAnswers | None, told: Told, flow: Flow) -> SafetyAnswers:
    """Put the short questions over the last full answers; the long ones stand alone."""
    if flow is FIRST or known is None:
        return told.answers
    return known.updated(told.answers.answers, given_on=told.answers.given_on)


def _keep(
    request: HttpRequest,
    at: Desk,
    session: int,
    one: Member,
    answers: SafetyAnswers,
    *,
    home: bool = False,
) -> None:
    now, sent = who.now(request), request.POST.get("key", "")
    key = sent[:64] if sent.isascii() and sent.isalnum() else uuid4().hex  # never in a card's way
    room_safety.keep_answers(
        at, session=session, member=one.id, answers=answers, client_key=key, now=now, home=home
    )


def _ask(
    request: HttpRequest,
    at: Desk,
    session: int,
    one: Member,
    flow: Flow,
    told: Told,
    show: Show,
) -> HttpResponse:
    mode = next(name for name, each in FLOWS.items() if each is flow)
    about = {
        "at": at,
        "member": one,
        "session": session,
        "page": screen_page(flow, told, show.screen, show.problems),
        "extra": {"mode": mode, "key": request.POST.get("key") or uuid4().hex},
        "w": page("clinic_run"),
    }
    status = 422 if show.problems else 200
    return render(request, "clinic/run_questions.jinja", about, status=status)


def _show(
    request: HttpRequest,
    at: Desk,
    session: int,
    one: Member,
    *,
    errors: dict[str, str] | None = None,
    typed: str = "",
) -> HttpResponse:
    now = who.now(request)
    known = room_safety.of_member(at.held, one.id)
    about = {
        "at": at,
        "member": one,
        "session": session,
        "errors": errors or {},
        "typed": typed,
        "key": lambda: uuid4().hex,
        "w": page("clinic_run"),
        **_standing(at, known, now),
        **_home(at, one, now),
    }
    return render(request, "clinic/run_safety.jinja", about, status=422 if errors else 200)


def _standing(at: Desk, known: RoomSafety, now: datetime) -> dict[str, Any]:
    today = room_safety.local_day(at.held, now)
    result = None if known.answers is None else room_safety.triaged(known.answers, today)
    stale = result is not None and result.answers_stale
    return {
        "known": known,
        "may": known.may(today),
        "stale": stale,
        "card": None if result is None or stale else card_page(result),
        "stops": [(each, why_of(each)) for each in known.stops],
        "names": names_of(at.held.clinic),
        "abilities": [(tag, known.abilities.trouble.get(tag, "")) for tag in ABILITIES],
    }


def _home(at: Desk, one: Member, now: datetime) -> dict[str, Any]:
    answers = room_safety.from_home(at, one, now=now)
    if answers is None:
        return {"home": None, "home_card": None}
    today = room_safety.local_day(at.held, now)
    return {"home": answers, "home_card": card_page(room_safety.triaged(answers, today))}
