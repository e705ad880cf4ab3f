"""The check-in: six taps for a day, today's or one of the last weeks."""

import datetime as dt
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from safetomove.services.check_in import Saved, save_check_in
from safetomove.services.refusals import BadKey, DayTooOld, FutureDay, KeyReused
from safetomove.services.today import Today
from safetomove.web import who
from safetomove.web.patient import check_in_page, forms
from safetomove.web.patient.keeping import follow_zone, saving, see, todays
from safetomove.web.patient.patterns.asking import todays_questions, todays_test
from safetomove.web.patient.words import page

NEAREST = dt.timedelta(days=check_in_page.DAYS_BY_HAND)


@require_http_methods(["GET", "HEAD", "POST"])
def check_in(request: HttpRequest, day: str = "") -> HttpResponse:
    """Ask how a day was, or keep what was answered."""
    return _save(request) if request.method == "POST" else _open(request, day)


def _open(request: HttpRequest, day: str) -> HttpResponse:
    known = todays(request, who.now(request))
    today = _today(request, known)
    shown = forms.day_or_none(day) if day else today
    if shown is None or not today - NEAREST <= shown <= today:
        raise Http404
    there = known.record.diary.on(shown) if known else None
    asked = todays_questions(request, known, shown)
    filled = check_in_page.form(shown, there, change=True, asked=asked)
    return _page(request, filled, today, known)


def _save(request: HttpRequest) -> HttpResponse:
    sent = forms.parse_check_in(request.POST)
    if sent.check_in is None:
        return _again(request, sent, sent.errors)
    now = who.now(request)
    write = partial(
        save_check_in,
        check_in=sent.check_in,
        client_key=request.POST.get("key", ""),
        clear=sent.clear,
        now=now,
    )
    try:
        follow_zone(request, request.POST.get("zone", ""), now)
        saved = saving(request, now, lambda person: write(person=person))
    except (KeyReused, BadKey):
        return _again(request, sent, [_problem("key")])
    except FutureDay:
        return _again(request, sent, [_problem("future")])
    except DayTooOld:
        return _again(request, sent, [_problem("old")])
    return see("today", query=_news(saved, request.POST.get("had", "")))


def _again(request: HttpRequest, sent: forms.TypedCheckIn, errors: forms.Errors) -> HttpResponse:
    known = todays(request, who.now(request))
    today = _today(request, known)
    had = request.POST.get("had", "")
    asked = todays_questions(request, known, sent.day or today)
    filled = check_in_page.typed_form(sent, sent.day or today, errors, had, asked)
    return _page(request, filled, today, known, status=422)


def _page(
    request: HttpRequest,
    filled: dict[str, object],
    today: dt.date,
    known: Today | None,
    status: int = 200,
) -> HttpResponse:
    noted = {each.day: each for each in known.record.diary.check_ins} if known else {}
    shown = {
        "w": page("today"),
        "form": filled,
        "today": today,
        "zone": known.zone if known else "",
        "days": check_in_page.other_days(today, noted),
        "test": todays_test(request, known) if filled["day"] == today else None,
        "tests": page("experiments"),
    }
    return render(request, "patient/check_in.jinja", shown, status=status)


def _today(request: HttpRequest, known: Today | None) -> dt.date:
    return known.local_day if known else who.today_of(request)


def _news(saved: Saved, had: str) -> str:
    """Say which day was saved, and whether it held answers that the sender had not seen."""
    again = check_in_page.answered(saved.was) and saved.was != saved.check_in and not had
    return f"saved={saved.check_in.day}" + ("&again=1" if again else "")


def _problem(name: str) -> tuple[str, str]:
    return ("form", page("today")["errors"][name])
