"""What I can do now, whether pain is shown beside it, and the plan for staying well."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from safetomove.core.progress.kept import StayWell
from safetomove.services import people, progress
from safetomove.services.progress import NO, PAIN_SHOWN, YES, Progress
from safetomove.services.refusals import NoSuchPerson
from safetomove.web import who
from safetomove.web.going import SeeOther
from safetomove.web.patient.forms import Errors, showable, tidy
from safetomove.web.patient.keeping import forget, saving, see
from safetomove.web.patient.move import progress_page
from safetomove.web.patient.move.progress_page import MONTHS, PARTS, WEEKS
from safetomove.web.patient.move.week_page import wrong_words
from safetomove.web.patient.safety_keeping import Keeping, try_to_keep
from safetomove.web.words import origin, page


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show weeks or months of doing against the start and the goal."""
    keeping, found = _progress(request)
    by = MONTHS if request.GET.get("by") == MONTHS else WEEKS
    shown: dict[str, Any] = {"out_of_reach": keeping is Keeping.OUT_OF_REACH, "doing": []}
    if found is not None:
        shown |= progress_page.fill(found, by=by)
    return _render(request, "progress", shown)


@require_POST
def pain(request: HttpRequest) -> SeeOther:
    """Keep whether pain is shown beside doing."""
    value = YES if request.POST.get("pain") == YES else NO
    if person := who.person_of(request):
        try:
            people.keep_choice(person=person, name=PAIN_SHOWN, value=value, now=who.now(request))
        except NoSuchPerson:
            forget(request)
    by = MONTHS if request.POST.get("by") == MONTHS else WEEKS
    return see("progress", query=f"by={by}", place="days")


@require_safe
def stay_well(request: HttpRequest) -> HttpResponse:
    """Show the plan for staying well, and what is held."""
    return _stay_well(request, "progress_stay_well")


@require_safe
def stay_well_print(request: HttpRequest) -> HttpResponse:
    """Show the plan as a page for paper."""
    return _stay_well(request, "progress_stay_well_print")


@require_http_methods(["GET", "HEAD", "POST"])
def stay_well_change(request: HttpRequest) -> HttpResponse:
    """Ask what belongs in the plan, or keep it."""
    keeping, kept = try_to_keep(request, lambda person, _: progress.stay_well_of(person))
    if request.method != "POST":
        typed = {name: getattr(kept or StayWell(), name) for name in PARTS}
        return _form(request, typed, [], out_of_reach=keeping is Keeping.OUT_OF_REACH)
    typed, errors = _read(request.POST)
    if errors:
        shown = {name: showable(text) for name, text in typed.items()}
        return _form(request, shown, errors)
    keep, signs, then, helper = (typed[name] for name in PARTS)
    plan, now = StayWell(keep=keep, signs=signs, then=then, who=helper), who.now(request)
    saving(request, now, lambda person: progress.save_stay_well(person=person, plan=plan, now=now))
    return see("stay_well", query="saved=1")


@require_POST
def stay_well_alone(request: HttpRequest) -> SeeOther:
    """Note that the person goes on alone, or comes back."""
    person, now = who.person_of(request), who.now(request)
    if person is not None:
        change = progress.come_back if request.POST.get("deed") == "back" else progress.go_on_alone
        try:
            change(person=person, now=now)
        except NoSuchPerson:
            forget(request)
    return see("stay_well", place="alone")


def _progress(request: HttpRequest) -> tuple[Keeping, Progress | None]:
    return try_to_keep(request, lambda person, now: progress.progress_of(person=person, now=now))


def _stay_well(request: HttpRequest, template: str) -> HttpResponse:
    keeping, found = _progress(request)
    plan = found.stay_well if found else StayWell()
    shown = {
        **progress_page.stay_well(found, plan),
        "known": found is not None,
        "saved": "saved" in request.GET and not plan.empty,
        "out_of_reach": keeping is Keeping.OUT_OF_REACH,
    }
    return _render(request, template, shown)


def _read(sent: QueryDict) -> tuple[dict[str, str], Errors]:
    typed = {name: tidy(sent.get(name, "")) for name in PARTS}
    said, errors = page("progress")["errors"], []
    for name, text in typed.items():
        if wrong := wrong_words(text):
            errors.append((name, said[wrong]))
    return typed, errors


def _form(
    request: HttpRequest, typed: dict[str, str], errors: Errors, *, out_of_reach: bool = False
) -> HttpResponse:
    shown = {
        "typed": typed,
        "errors": errors,
        "wrong": dict(errors),
        "parts": PARTS,
        "out_of_reach": out_of_reach,
    }
    return _render(request, "progress_stay_well_change", shown, status=422 if errors else 200)


def _render(
    request: HttpRequest, name: str, shown: dict[str, Any], status: int = 200
) -> HttpResponse:
    about = {"w": page("progress"), "origin": origin("progress"), **shown}
    return render(request, f"move/{name}.jinja", about, status=status)
