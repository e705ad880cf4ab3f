"""The plan for a flare-up: write it, print it, say how one goes, and look back once it is over."""

import datetime as dt
from functools import partial
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from safetomove.content.doses import plain
from safetomove.core.flare import BadFlare, Before, Clue, FlarePlan, Going
from safetomove.core.pacing import ActivityPlan
from safetomove.services import flare_plan as service
from safetomove.services.flare_plan import Flare, LookBack
from safetomove.services.refusals import BadKey, KeyReused, NoSuchPerson
from safetomove.services.today import Today
from safetomove.web import who
from safetomove.web.going import SeeOther
from safetomove.web.patient import flare_story, forms
from safetomove.web.patient.keeping import saving, see
from safetomove.web.patient.move import flare_plan_forms
from safetomove.web.patient.move.flare_plan_forms import SMALL, TypedLookBack, TypedPlan
from safetomove.web.patient.move.reaching import looking
from safetomove.web.patient.presenters import plain_number
from safetomove.web.patient.safety_keeping import Keeping, try_to_keep
from safetomove.web.patient.words import amount_of, unit_word
from safetomove.web.words import origin, page

OVER = "over"


@require_safe
def plan(request: HttpRequest) -> HttpResponse:
    """Show the plan, or how to begin one."""
    return _plan(request, "flare_plan")


@require_safe
def plan_print(request: HttpRequest) -> HttpResponse:
    """Show the plan as a page for paper."""
    return _plan(request, "flare_plan_print")


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest) -> HttpResponse:
    """Ask what belongs in the plan, or keep it."""
    looker = looking(request)
    keeping, kept = try_to_keep(request, lambda person, _: service.plan_of(person=person))
    was, asked = kept or FlarePlan(), _asked(looker.today)
    if request.method != "POST":
        out_of_reach = keeping is Keeping.OUT_OF_REACH
        typed = _typed_of(was, looker.today)
        return _form(request, typed, asked, looker.today, out_of_reach=out_of_reach)
    sent = flare_plan_forms.read_plan(request.POST, asked, was=was)
    if sent.plan is None:
        return _form(request, sent, asked, looker.today)
    now = who.now(request)
    write = partial(service.save_plan, plan=sent.plan, now=now)
    saving(request, now, lambda person: write(person=person))
    return see("flare_plan", query="saved=plan")


@require_POST
def how_it_goes(request: HttpRequest) -> SeeOther:
    """Keep one tap; worse leads to the safety questions, and over to a look back."""
    person, said = who.person_of(request), request.POST.get("going", "")
    now, key = who.now(request), f"{request.POST.get('key', '')}-{said}"
    if person is None or said not in {*Going, OVER}:
        return see("flare_now")
    try:
        if said == OVER:
            service.say_it_is_over(person=person, client_key=key, now=now)
            return see("today")
        service.say_how_it_goes(person=person, going=Going(said), client_key=key, now=now)
    except (BadFlare, BadKey, KeyReused, NoSuchPerson):
        return see("flare_now")
    return see("flare") if said == Going.WORSE else see("flare_now", place="going")


@require_http_methods(["GET", "HEAD", "POST"])
def look_back(request: HttpRequest, day: str) -> HttpResponse:
    """Show what the diary says went before a flare-up; keep what the person says."""
    began, person = forms.day_or_none(day), who.person_of(request)
    if began is None or person is None:
        raise Http404
    now = who.now(request)
    try:
        found = service.look_back(person=person, began=began, now=now)
    except (BadFlare, NoSuchPerson):
        raise Http404 from None
    if request.method != "POST":
        return _look_back(request, found, None)
    sent = flare_plan_forms.read_look_back(request.POST)
    if sent.errors:
        return _look_back(request, found, sent)
    service.save_look_back(
        person=person, began=began, before=sent.before, words=sent.words, now=now
    )
    return see("flare_look_back", day, query="saved=1")


def _plan(request: HttpRequest, template: str) -> HttpResponse:
    looker = looking(request)
    keeping, flare = try_to_keep(
        request, lambda person, now: service.flare_of(person=person, now=now)
    )
    shown = {
        "plan": flare_story.own_plan(flare.plan if flare else FlarePlan(), looker.today),
        "saved": "saved" in request.GET and flare is not None and not flare.plan.empty,
        "out_of_reach": keeping is Keeping.OUT_OF_REACH,
        "settling": flare_story.settling_card(flare) if flare else None,
        "stairs": flare_story.stairs_of(looker.today),
        "due": _due(flare),
    }
    return _render(request, template, shown)


def _due(flare: Flare | None) -> str:
    """Return the first day of a flare-up that waits to be looked back on."""
    if flare is None or flare.spell is None or not flare.look_back_due:
        return ""
    return flare.spell.began.isoformat()


def _asked(today: Today | None) -> tuple[ActivityPlan, ...]:
    """Return the activities that have a dose today: no number is asked for without clearance."""
    if today is None:
        return ()
    dosed = {each.activity for each in today.review.doses}
    return tuple(plan for plan in today.record.plans if plan.id in dosed)


def _typed_of(plan: FlarePlan, today: Today | None) -> TypedPlan:
    """Return a kept plan as the form shows it; a first plan gets half of today's doses."""
    offered = dict(service.smallest_doses(today)) if today and not plan.small else {}
    amounts = {**offered, **plan.small}
    return TypedPlan(
        helps=frozenset(plan.helps),
        texts={"own": "\n".join(plan.own), "tell": "\n".join(plan.tell), "say": plan.say},
        amounts={id: plain_number(amount) for id, amount in amounts.items()},
        errors=[],
        plan=plan,
    )


def _form(
    request: HttpRequest,
    typed: TypedPlan,
    asked: tuple[ActivityPlan, ...],
    today: Today | None,
    *,
    out_of_reach: bool = False,
) -> HttpResponse:
    wrong = dict(typed.errors)
    shown = {
        "typed": typed,
        "errors": typed.errors,
        "wrong": wrong,
        "helps": list(page("flare_plan")["helps"].items()),
        "amounts": [
            {
                "field": f"{SMALL}{n}",
                "name": plan.name,
                "unit": unit_word(plan.unit),
                "value": typed.amounts.get(plan.id, ""),
                "error": wrong.get(f"{SMALL}{n}", ""),
            }
            for n, plan in enumerate(asked)
        ],
        "numbers_wait": not asked and today is not None and bool(today.record.plans),
        "out_of_reach": out_of_reach,
    }
    return _render(request, "flare_plan_change", shown, status=422 if typed.errors else 200)


def _look_back(request: HttpRequest, found: LookBack, sent: TypedLookBack | None) -> HttpResponse:
    said = page("flare_plan")
    story, errors = found.story, sent.errors if sent else []
    ticked = sent.before if sent else story.before
    if sent is None and story.looked_back is None:
        ticked = frozenset(each.what for each in found.clues)
    names = _plans(request)
    shown: dict[str, Any] = {
        "began": story.began,
        "ended": found.ended,
        "clues": [_clue(each, names) for each in found.clues],
        "nothing_found": said["look_back"]["clue_none" if found.noted else "clue_unknown"],
        "options": [(each.value, said["before"][each]) for each in Before],
        "ticked": [each.value for each in ticked],
        "words": sent.words if sent else story.words,
        "errors": errors,
        "wrong": dict(errors),
        "saved": "saved" in request.GET and story.looked_back is not None,
        "cards": flare_story.cards([story.words]),
    }
    return _render(request, "flare_look_back", shown, status=422 if errors else 200)


def _clue(clue: Clue, names: dict[str, ActivityPlan]) -> tuple[str, dt.date]:
    said, plan = page("flare_plan")["look_back"], names.get(clue.activity)
    numbers = {"value": plain(clue.value), "usual": plain(clue.usual)}
    if plan is not None:
        numbers = {
            "value": amount_of(clue.value, plan.unit),
            "usual": amount_of(clue.usual, plan.unit),
        }
    name = plan.name if plan else clue.activity
    return said[f"clue_{clue.what}"].format(day="{day}", name=name, **numbers), clue.day


def _plans(request: HttpRequest) -> dict[str, ActivityPlan]:
    today = looking(request).today
    return {plan.id: plan for plan in today.record.plans} if today else {}


def _render(
    request: HttpRequest, name: str, shown: dict[str, Any], status: int = 200
) -> HttpResponse:
    about = {
        "w": page("flare_plan"),
        "origin": origin("flare_plan"),
        "key": str(uuid4()),
        **shown,
    }
    return render(request, f"move/{name}.jinja", about, status=status)
