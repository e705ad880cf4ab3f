"""Today, and what was done today."""

import datetime as dt
from dataclasses import dataclass
from functools import partial
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from safetomove.core.pacing import ActivityPlan
from safetomove.services import check_in, measures, safety_check
from safetomove.services.check_in import Saved
from safetomove.services.clinic import my_messages
from safetomove.services.refusals import BadKey, DayTooOld, FutureDay, KeyReused, NoSuchPerson
from safetomove.services.today import Today
from safetomove.web import who
from safetomove.web.going import SeeOther
from safetomove.web.patient import felt_page, forms, presenters
from safetomove.web.patient.clinics import plan_page
from safetomove.web.patient.flare_story import look_back_due
from safetomove.web.patient.keeping import forget, see, todays
from safetomove.web.patient.learn.to_dos import to_dos
from safetomove.web.patient.move import progress_page, week_page
from safetomove.web.patient.patterns.asking import with_patterns
from safetomove.web.patient.words import origin, page


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """Show the day: what to do, why, and how it is going."""
    known = todays(request, who.now(request))
    if known is None:
        return _page(request, presenters.nobodys_page(who.today_of(request)))
    shown = presenters.today_page(known, request.GET.get("far", ""))
    shown["changes"] = plan_page.changes(who.person_of(request), known)
    shown["paused"] = plan_page.paused(known)
    shown["my_plan"] = page("my_plan")
    shown["to_dos"] = to_dos(request, known.choices)
    shown |= with_patterns(request, known)
    shown["look_back"] = look_back_due(request, known)
    shown["flare_plan"] = page("flare_plan")
    shown["progress_go"] = page("progress")["hub"]["go"]
    shown["week"] = week_page.offer(known)
    shown["partner"] = progress_page.partner(known)
    shown["chips"] = progress_page.chips(known)
    shown["morning"] = felt_page.morning(known)
    shown["felt"] = page("felt")
    shown["boom"] = progress_page.boom(request, known)
    shown["asked"], shown["m"] = _measures_asked(request), page("measures")["page"]
    shown["mail"] = _something_new(request) and page("clinic_messages")["mine"]["today"]
    if asked := request.GET.get("saved"):
        shown["saved"] = presenters.just_saved(known, asked, again="again" in request.GET)
    return _page(request, shown)


def _measures_asked(request: HttpRequest) -> int:
    person = who.person_of(request)
    return 0 if person is None else measures.waiting(person)


def _something_new(request: HttpRequest) -> bool:
    person = who.person_of(request)
    return person is not None and my_messages.something_new(person)


@require_POST
def something_different(request: HttpRequest) -> SeeOther:
    """Note that something has changed, and lead to the safety questions."""
    if person := who.person_of(request):
        try:
            safety_check.say_something_is_different(person=person, now=who.now(request))
        except NoSuchPerson:
            forget(request)
    return see("safe")


@require_http_methods(["GET", "HEAD", "POST"])
def did(request: HttpRequest, activity: str) -> HttpResponse:
    """Note how much of an activity was done; without a number, ask for it."""
    if request.method != "POST":
        return _ask(request, activity)
    sent = _read_deed(request)
    if sent.done == "some":
        return see("did", activity)
    if sent.amount is None or sent.day is None:
        return _ask(request, activity, wrong=page("today")["did"]["wrong"], value=sent.typed)
    try:
        _record(request, activity, sent)
    except (KeyReused, BadKey):
        return _ask(request, activity, wrong=page("today")["errors"]["key"], value=sent.typed)
    except FutureDay:
        return _ask(request, activity, wrong=page("today")["errors"]["future"], value=sent.typed)
    except DayTooOld:
        return _ask(request, activity, wrong=page("today")["errors"]["old"], value=sent.typed)
    return see("today", place=f"dose-{quote(activity)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Deed:
    done: str
    typed: str
    amount: float | None
    planned: float | None
    day: dt.date | None
    key: str


def _read_deed(request: HttpRequest) -> _Deed:
    sent = request.POST
    done, typed = sent.get("done", ""), sent.get("amount", "")
    planned = forms.parse_amount(sent.get("planned", ""))
    given = {"all": planned, "none": 0.0}.get(done, forms.parse_amount(typed))
    key = f"{sent.get('key', '')}-{done}" if done else sent.get("key", "")
    day = forms.day_or_none(sent.get("day", ""))
    return _Deed(done=done, typed=typed, amount=given, planned=planned, day=day, key=key)


def _record(request: HttpRequest, activity: str, sent: _Deed) -> Saved:
    person, now = who.person_of(request), who.now(request)
    if person is None or sent.amount is None or sent.day is None:
        raise Http404
    record = partial(check_in.record_done, person=person, now=now, client_key=sent.key)
    return record(activity=activity, amount=sent.amount, day=sent.day, planned=sent.planned)


def _ask(
    request: HttpRequest, activity: str, *, wrong: str = "", value: str | None = None
) -> HttpResponse:
    known = todays(request, who.now(request))
    if known is None:
        raise Http404
    plan = _plan(known, activity)
    row = presenters.amount_row(plan, known)
    row["value"] = row["value"] if value is None else value.replace("\x00", "\ufffd")
    shown = {"w": page("today"), "row": row, "wrong": wrong}
    return render(request, "patient/did.jinja", shown, status=422 if wrong else 200)


def _plan(known: Today, activity: str) -> ActivityPlan:
    for plan in known.record.plans:
        if plan.id == activity:
            return plan
    raise Http404


def _page(request: HttpRequest, shown: dict[str, object]) -> HttpResponse:
    return render(
        request, "patient/today.jinja", {"w": page("today"), "origin": origin("today"), **shown}
    )
