"""I'm having a flare-up: first whether anything is new, then help for the next hour."""

import datetime as dt
from dataclasses import replace
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from safetomove.core.safety import Answer, Context, SafetyAnswers
from safetomove.core.safety.answers import ANSWERS_LAST_DAYS
from safetomove.services import check_in, flare_plan, safety_check
from safetomove.services.flare_plan import Flare
from safetomove.services.today import Today, review_today
from safetomove.web import safety_flow, who, words
from safetomove.web.going import see
from safetomove.web.patient import flare_story
from safetomove.web.patient.flare_page import eased
from safetomove.web.patient.safety_keeping import Keeping, try_to_keep
from safetomove.web.patient.safety_views import let_back_button_work, triage_today
from safetomove.web.safety_cards import card_page, screen_page
from safetomove.web.safety_flow import FLARE, Done, Leave, Show, Stop, Told


@require_http_methods(["GET", "HEAD", "POST"])
def flare(request: HttpRequest) -> HttpResponse:
    """Ask whether anything is new, on at most three pages; then a card, or help."""
    told = safety_flow.read(request.POST, today=who.today_of(request))
    if request.method != "POST":
        told = _with_known_risks(request, told)
        return _ask(request, told, Show(screen=FLARE.screens(told.answers)[0], problems={}))
    deed = safety_flow.deed_of(request.POST)
    match safety_flow.step(FLARE, told, screen=request.POST.get("screen", ""), deed=deed):
        case Show() as show:
            return _ask(request, told, show)
        case Stop(screen=screen):
            return _card(request, told, carry_on=screen.id)
        case Done():
            return _finish(request, told)
        case Leave():
            return see("flare")


@require_safe
def flare_now(request: HttpRequest) -> HttpResponse:
    """Show help for the next hour, with today's eased doses where there are any."""
    keeping, today = try_to_keep(request, lambda person, now: review_today(person=person, now=now))
    _, own = try_to_keep(request, lambda person, now: flare_plan.flare_of(person=person, now=now))
    return _help(request, keeping, today, own)


def _ask(request: HttpRequest, told: Told, show: Show) -> HttpResponse:
    about = {
        "page": screen_page(FLARE, told, show.screen, show.problems),
        "words": words.page("flare")["ask"],
        "emergency": words.spoken().call("emergency"),
        "key": _key(request),
    }
    status = 422 if show.problems else 200
    return let_back_button_work(render(request, "flare/ask.jinja", about, status=status))


def _finish(request: HttpRequest, told: Told) -> HttpResponse:
    if any(answer is not Answer.NO for answer in told.answers.answers.values()):
        return _card(request, told)
    keeping, _ = _keep(request, told)
    if keeping is Keeping.OUT_OF_REACH:
        return _help(request, keeping, None)
    return see("flare_now")


def _card(request: HttpRequest, told: Told, *, carry_on: str = "") -> HttpResponse:
    """Show what to do. Whether it could be kept never decides whether it is shown."""
    keeping, answers = _keep(request, told)
    about = {
        "page": card_page(triage_today(answers or told.answers)),
        "words": words.page("flare")["card"],
        "keeping": keeping,
        "carry_on": carry_on,
        "carried": safety_flow.carried(told),
        "key": _key(request),
    }
    return render(request, "flare/card.jinja", about)


def _keep(request: HttpRequest, told: Told) -> tuple[Keeping, SafetyAnswers | None]:
    key = _key(request)

    def keep(person: UUID, now: dt.datetime) -> SafetyAnswers:
        # The flare-up comes first: should the next step fail, there is still no dose.
        check_in.start_flare(person=person, client_key=key, now=now)
        before = safety_check.latest_answers(person=person)
        answers = _laid_over(before, told.answers)
        safety_check.save_answers(person=person, answers=answers, now=now)
        return answers

    return try_to_keep(request, keep)


def _laid_over(before: SafetyAnswers | None, new: SafetyAnswers) -> SafetyAnswers:
    if before is None:
        return new
    day = max(new.given_on, before.given_on)
    return before.updated(new.answers, given_on=day)


def _with_known_risks(request: HttpRequest, told: Told) -> Told:
    """Carry over the risks of a check that still counts, so that fewer questions apply."""
    _, known = try_to_keep(request, lambda person, now: safety_check.latest_answers(person=person))
    if known is None:
        return told
    checked_on = known.full_check_on or known.given_on
    fresh = 0 <= (told.answers.given_on - checked_on).days <= ANSWERS_LAST_DAYS
    context = known.context if fresh else Context()
    typed = "" if context.age is None else str(context.age)
    return replace(told, answers=replace(told.answers, context=context), age_typed=typed)


def _help(
    request: HttpRequest, keeping: Keeping, today: Today | None, own: Flare | None = None
) -> HttpResponse:
    about = {
        "own_words": words.page("flare_plan"),
        "own": flare_story.own_plan(own.plan, today) if own else None,
        "going": flare_story.going(own) if own else None,
        "settling": flare_story.settling_card(own) if own else None,
        "stairs": flare_story.stairs_of(today),
        "key": str(uuid4()),
        "words": words.page("flare"),
        "keeping": keeping,
        "today": None if today is None else eased(today),
        "calls": [words.spoken().call(id) for id in ("mental_health", "samaritans", "shout")],
        "emergency": words.spoken().call("emergency"),
        "sources": words.origin("flare"),
    }
    return render(request, "flare/now.jinja", about)


def _key(request: HttpRequest) -> str:
    return request.POST.get("key") or str(uuid4())
