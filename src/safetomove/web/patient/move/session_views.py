"""A session: choose how long, go through it, and say how it was.

The player's page is one form. Each press sends the version that it saw, so that a second
press, an old tab or a page opened again never does anything twice.
"""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from safetomove.content import movements as library
from safetomove.content.movements import Movement
from safetomove.core.doing import SHAPES, Felt, NotCleared, NothingFits
from safetomove.services import move_sessions
from safetomove.services.move_sessions import Deed, NoSession, Open
from safetomove.services.refusals import BadKey, DayTooOld
from safetomove.services.today import Today
from safetomove.web import who
from safetomove.web.going import SeeOther
from safetomove.web.patient.forms import Errors
from safetomove.web.patient.keeping import see, todays
from safetomove.web.patient.move import session_page
from safetomove.web.patient.move.reaching import Looking, looking
from safetomove.web.words import page


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """Ask how long there is, and put a session together."""
    if request.method != "POST":
        return _choose(request)
    said, sent = page("move")["session"], request.POST.get("minutes", "")
    minutes = {str(each): each for each in SHAPES}.get(sent)
    person, now = who.person_of(request), who.now(request)
    if person is None:
        return see("session")
    if minutes is None:
        return _choose(request, wrong=said["wrong"])
    key, first = request.POST.get("key", ""), request.POST.get("first", "")
    try:
        move_sessions.start(person=person, client_key=key, minutes=minutes, now=now, first=first)
    except NotCleared:
        return see("session")
    except NothingFits:
        return _choose(request, wrong=said["none_fit"], chosen=sent)
    except BadKey:
        return _choose(request, wrong=page("today")["errors"]["key"], chosen=sent)
    return see("session_now")


@require_http_methods(["GET", "HEAD", "POST"])
def now(request: HttpRequest) -> HttpResponse:
    """Show the movement that is next, or do what was pressed with it."""
    if request.method == "POST":
        return _do(request)
    known, kept = _known(request)
    if known is None or kept is None or not known.review.cleared:
        return see("session")
    if kept.session.over:
        return see("session_end")
    said, moving = request.GET.get("said", ""), "moving" in request.GET
    shown = session_page.player(kept, looking(request), moving=moving, said=said)
    return render(request, "move/player.jinja", {"w": page("move"), **shown})


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest) -> HttpResponse:
    """Show what was done; keep how it felt, and what it counts towards."""
    known, kept = _known(request)
    if known is None or kept is None:
        return see("session")
    if not kept.session.over:
        return see("session_now")
    if request.method != "POST":
        return _end(request, kept, known)
    errors: Errors = []
    if request.POST.get("part") == "felt":
        _keep_felt(request, errors)
    else:
        _keep_count(request, errors)
    return _end(request, kept, known, errors) if errors else see("session_end")


def _do(request: HttpRequest) -> SeeOther:
    sent, person = request.POST, who.person_of(request)
    deed, seen = sent.get("deed", ""), _number(sent.get("seen", ""))
    if person is None or seen is None or deed not in set(Deed):
        return see("session_now")
    try:
        kept = move_sessions.do(
            person=person,
            id=sent.get("id", ""),
            seen=seen,
            deed=Deed(deed),
            seconds=_number(sent.get("seconds", "")),
            now=who.now(request),
        )
    except (NotCleared, NoSession):
        return see("session")
    stuck = deed == Deed.SWAP and kept.seen == seen
    return see("session_end") if kept.session.over else see("session_now", query=_said(stuck))


def _said(stuck: bool) -> str:
    return "said=no_swap" if stuck else ""


def _keep_felt(request: HttpRequest, errors: Errors) -> None:
    said = request.POST.get("felt", "")
    if said not in set(Felt):
        errors.append(("felt", page("move")["end"]["felt_wrong"]))
        return
    move_sessions.say_how_it_felt(
        person=_person(request),
        id=request.POST.get("id", ""),
        felt=Felt(said),
        now=who.now(request),
    )


def _keep_count(request: HttpRequest, errors: Errors) -> None:
    said, words = request.POST.get("count", ""), page("move")["end"]
    known = todays(request, who.now(request))
    mine = {plan.id for plan in move_sessions.in_minutes(known)} if known else set()
    if said != session_page.APART and said not in mine:
        errors.append(("count", words["count_wrong"]))
        return
    try:
        _count(request, "" if said == session_page.APART else said)
    except DayTooOld:
        _count(request, "")
        errors.append(("count", words["count_old"]))


def _count(request: HttpRequest, activity: str) -> None:
    id = request.POST.get("id", "")
    person = _person(request)
    move_sessions.count(person=person, id=id, activity=activity, now=who.now(request))


def _choose(request: HttpRequest, *, wrong: str = "", chosen: str = "") -> HttpResponse:
    looker = looking(request)
    first = _first(request, looker)
    shown = session_page.choose(looker, wrong=wrong, chosen=chosen, first=first)
    shown["resume"] = None if shown["safe"] else session_page.resume(request, looker)
    about = {"w": page("move"), **shown}
    return render(request, "move/session.jinja", about, status=422 if shown["wrong"] else 200)


def _first(request: HttpRequest, looker: Looking) -> Movement | None:
    """Return the movement asked for to begin with, where a session may hold it."""
    named = request.POST.get("first", "") or request.GET.get("first", "")
    found, person = library.load().get(named), who.person_of(request)
    if found is None or person is None or looker.today is None:
        return None
    fits = move_sessions.can_begin_with(person=person, movement=found.id, today=looker.today)
    return found if fits else None


def _end(
    request: HttpRequest, kept: Open, known: Today, errors: Errors | None = None
) -> HttpResponse:
    shown = session_page.end(kept, known, errors=errors or [])
    status = 422 if errors else 200
    return render(request, "move/end.jinja", {"w": page("move"), **shown}, status=status)


def _known(request: HttpRequest) -> tuple[Today | None, Open | None]:
    known = todays(request, who.now(request))
    person = who.person_of(request)
    if known is None or person is None:
        return None, None
    return known, move_sessions.latest(person=person)


def _person(request: HttpRequest) -> UUID:
    person = who.person_of(request)
    if person is None:
        raise Http404
    return person


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else None
