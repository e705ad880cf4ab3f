"""Is it safe? Answers travel in the form, so this works signed out and without a database."""

from django.db import Error as DatabaseGone
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from safetomove.core.safety import Disposition, SafetyAnswers, TriageResult, rules_in_force, triage
from safetomove.services import safety_check
from safetomove.web import safety_flow, who, words
from safetomove.web.going import see
from safetomove.web.patient.safety_keeping import Keeping, try_to_keep
from safetomove.web.safety_cards import card_page, screen_page
from safetomove.web.safety_flow import FIRST, Deed, Done, Leave, Show, Stop, Told


@require_safe
def safe(request: HttpRequest) -> HttpResponse:
    """Say what the questions are for, and what the answer can be."""
    shown = (Disposition.EMERGENCY, Disposition.SAME_DAY, Disposition.SOON, Disposition.PROCEED)
    about = {
        "words": words.page("safety")["intro"],
        "cards": [words.card(words.spoken().care_card(each)) for each in shown],
        "emergency": words.spoken().call("emergency"),
    }
    return render(request, "safety/start.jinja", about)


@require_http_methods(["GET", "HEAD", "POST"])
def questions(request: HttpRequest) -> HttpResponse:
    """Ask one screen, take its answers, and go on to the next or to the card."""
    told = safety_flow.read(request.POST, today=who.today_of(request))
    if request.method != "POST":
        return _ask(request, told, Show(screen=FIRST.screens(None)[0], problems={}))
    deed = safety_flow.deed_of(request.POST)
    match safety_flow.step(FIRST, told, screen=request.POST.get("screen", ""), deed=deed):
        case Show() as show:
            return _ask(request, told, show)
        case Stop(screen=screen):
            return _card(request, told, carry_on=screen.id)
        case Done() if deed is Deed.KEEP:
            return _keep_and_start(request, told.answers)
        case Done():
            return _card(request, told)
        case Leave():
            return see("safe")


def _ask(request: HttpRequest, told: Told, show: Show) -> HttpResponse:
    page = screen_page(FIRST, told, show.screen, show.problems)
    status = 422 if show.problems else 200
    response = render(request, "safety/questions.jinja", {"page": page}, status=status)
    return let_back_button_work(response)


def _card(request: HttpRequest, told: Told, *, carry_on: str = "") -> HttpResponse:
    """Show what to do. Whether it could be kept never decides whether it is shown."""
    result = triage_today(told.answers)
    keeping, _ = try_to_keep(
        request,
        lambda person, now: safety_check.save_answers(person=person, answers=told.answers, now=now),
    )
    about = {
        "page": card_page(result),
        "keeping": keeping,
        "offer": keeping is Keeping.NOBODY_YET and result.clearance is not None,
        "carry_on": carry_on,
        "carried": safety_flow.carried(told),
        "last": carry_on or FIRST.screens(told.answers)[-1].id,
    }
    return render(request, "safety/card.jinja", about)


def _keep_and_start(request: HttpRequest, answers: SafetyAnswers) -> HttpResponse:
    """Make a guest to keep the answers with, as was asked, and go on to choose an activity."""
    now = who.now(request)
    try:
        person = who.person_or_new_guest(request, now)
        safety_check.save_answers(person=person, answers=answers, now=now)
    except DatabaseGone:
        about = {"page": card_page(triage_today(answers)), "keeping": Keeping.OUT_OF_REACH}
        return render(request, "safety/card.jinja", about, status=503)
    return see("start")


def triage_today(answers: SafetyAnswers) -> TriageResult:
    """Say what answers mean on the day they are given."""
    today = answers.given_on
    return triage(answers, rules=rules_in_force(today), today=today)


def let_back_button_work(response: HttpResponse) -> HttpResponse:
    """Let this browser keep the screen: with no-store, its Back button asks to send again.

    A shared computer could show the answers to somebody who presses Back. The card at the
    end, which names them, is not kept.
    """
    response.headers["Cache-Control"] = "private, no-cache"
    return response
