"""How a go felt, told in one tap or on a page of its own; and a treatment that was had."""

import datetime as dt
from urllib.parse import quote
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from safetomove.core.pacing import ActivityPlan
from safetomove.core.progress.felt import Felt, Moment, felt_on
from safetomove.services import felt
from safetomove.services.refusals import BadKey, DayTooOld, FutureDay, KeyReused
from safetomove.services.today import Today
from safetomove.web import who
from safetomove.web.going import SeeOther
from safetomove.web.patient import felt_page, forms
from safetomove.web.patient.keeping import see, todays
from safetomove.web.patient.words import page

REFUSED = (BadKey, KeyReused, FutureDay, DayTooOld)
ALL = "all"  # sent by the page that shows every moment: what it leaves blank is emptied


@require_http_methods(["GET", "HEAD", "POST"])
def felt_of(request: HttpRequest, day: str, activity: str) -> HttpResponse:
    """Ask how a day's go felt before, during and the next morning, or keep what was said."""
    known, plan, on = _go(request, day, activity)
    if request.method != "POST":
        told: dict[Moment, str] = dict(felt_on(known.record.diary.on(on), activity))
        return _page(request, known, plan, on, told)
    sent = {moment: request.POST.get(moment.value, "") for moment in Moment}
    wrong = tuple(moment for moment, word in sent.items() if word not in {"", *Felt})
    if wrong:
        return _page(request, known, plan, on, {}, wrong)
    said = {moment: Felt(word) for moment, word in sent.items() if word}
    clear = [m for m in Moment if ALL in request.POST and m not in said]
    try:
        if said or clear:
            _keep(request, activity, on, said, clear)
    except REFUSED:
        return _page(request, known, plan, on, dict(said), problem=page("today")["errors"]["stale"])
    at_once = on == known.local_day
    return see("today", place=f"dose-{quote(activity)}" if at_once else "morning")


@require_POST
def treatment(request: HttpRequest) -> SeeOther:
    """Note that a treatment was had today, and lead to what goes well with it."""
    kinds = {kind["id"] for kind in page("progress")["passive"]["kinds"]}
    had, taken_back = request.POST.get("had", ""), request.POST.get("not_had", "")
    kind = had or taken_back
    if kind not in kinds:
        return see("today")
    try:
        felt.note_treatment(
            person=_person(request), kind=kind, had=bool(had),
            client_key=f"{request.POST.get('key', '')}-{bool(had):d}-{kind}", now=who.now(request),
        )  # fmt: skip
    except REFUSED:
        return see("today")
    return see("today", place="partner" if had else "treatments")


def _keep(
    request: HttpRequest,
    activity: str,
    day: dt.date,
    said: dict[Moment, Felt],
    clear: list[Moment],
) -> None:
    """Keep the words; each set of them under a key of its own, so that a second tap is none."""
    which = "".join(f"{moment.value[0]}{word.value[0]}" for moment, word in said.items())
    felt.say_how_it_felt(
        person=_person(request), activity=activity, day=day, felt=said, clear=clear,
        client_key=f"{request.POST.get('key', '')}-{which}", now=who.now(request),
    )  # fmt: skip


def _go(request: HttpRequest, day: str, activity: str) -> tuple[Today, ActivityPlan, dt.date]:
    """Find the go that is asked about: an activity that was done on one of the last days."""
    known, on = todays(request, who.now(request)), forms.day_or_none(day)
    if known is None or on is None or on > known.local_day:
        raise Http404
    plan = next((each for each in known.record.plans if each.id == activity), None)
    there = known.record.diary.on(on)
    if plan is None or there is None or not there.done.get(activity):
        raise Http404
    return known, plan, on


def _person(request: HttpRequest) -> UUID:
    person = who.person_of(request)
    if person is None:
        raise Http404
    return person


def _page(
    request: HttpRequest,
    known: Today,
    plan: ActivityPlan,
    day: dt.date,
    told: dict[Moment, str],
    wrong: tuple[Moment, ...] = (),
    problem: str = "",
) -> HttpResponse:
    form = felt_page.form(plan, day, told, wrong, today=known.local_day)
    form["errors"] += [(Moment.BEFORE.value, problem)] if problem else []
    shown = {"w": page("felt"), "form": form}
    status = 422 if form["errors"] else 200
    return render(request, "patient/felt.jinja", shown, status=status)
