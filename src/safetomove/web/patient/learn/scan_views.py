"""Scans by age, and a scan report in plain words. Nothing is kept unless the person asks."""

import re
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from safetomove.core.scans import CHARACTERS_TOP
from safetomove.services import scans
from safetomove.services.scans import REPORTS_TOP, KeptReport
from safetomove.web import who, words
from safetomove.web.patient.forms import Errors, can_be_kept, fault_of, showable, tidy
from safetomove.web.patient.keeping import saving, see
from safetomove.web.patient.learn.scan_page import report_page
from safetomove.web.patient.learn.scan_people import by_age, findings, hundred
from safetomove.web.patient.safety_keeping import try_to_keep

_AGE = re.compile(r"[1-9][0-9]?|1[01][0-9]|120")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Typed:
    """A report as sent, and what is wrong with it."""

    text: str = ""
    age: str = ""
    errors: tuple[tuple[str, str], ...] = ()

    @property
    def years(self) -> int | None:
        """The age as a number, None where it was left out."""
        return int(self.age) if self.age else None


@require_safe
def scans_by_age(request: HttpRequest) -> HttpResponse:
    """Show how many people without pain have each finding, at an age and after a guess."""
    shown = by_age(request.GET)
    asked = shown is None and "age" in request.GET
    about = {
        "w": words.page("scans"),
        "shown": shown,
        "typed": {name: request.GET.get(name, "")[:8] for name in ("age", "guess")},
        "problem": words.page("scans")["report"]["errors"]["age"] if asked else "",
        "findings": findings(),
        "people": hundred(shown.chosen.percent) if shown and shown.chosen else [],
        "origin": words.origin("scans"),
    }
    return render(request, "learn/scans.jinja", about)


@require_http_methods(["GET", "HEAD", "POST"])
def scan_report(request: HttpRequest) -> HttpResponse:
    """Explain a report that is pasted or typed; forget it with the answer."""
    if request.method != "POST":
        return _form(request, _example() if "example" in request.GET else _Typed())
    typed = _read(request.POST)
    if typed.errors:
        return _form(request, typed, status=422)
    return _explain(request, typed.text, typed.years)


@require_POST
def keep_report(request: HttpRequest) -> HttpResponse:
    """Keep the report that the page before explained."""
    typed, key, now = _read(request.POST), request.POST.get("key", ""), who.now(request)
    if typed.errors:
        return _form(request, typed, status=422)
    write = partial(scans.keep_report, key=key, text=typed.text, age=typed.years, now=now)
    try:
        kept = saving(request, now, lambda person: write(person=person))
    except scans.TooManyReports:
        full = words.page("scans")["keep"]["full"].format(most=REPORTS_TOP)
        return _form(request, _Typed(text=typed.text, age=typed.age, errors=(("list", full),)), 422)
    return see("scan_report_kept", kept.id, query="saved=1")


@require_safe
def kept_report(request: HttpRequest, id: str) -> HttpResponse:
    """Explain a report that was kept, by what is known today."""
    person = who.person_of(request)
    kept = None if person is None else scans.kept_report(person=person, id=id)
    if kept is None:
        raise Http404
    return _explain(request, kept.text, kept.age, kept=kept)


@require_POST
def delete_report(request: HttpRequest, id: str) -> HttpResponse:
    """Delete a kept report."""
    if person := who.person_of(request):
        scans.delete_report(person=person, id=id, now=who.now(request))
    return see("scan_report", query="deleted=1")


def _explain(
    request: HttpRequest, text: str, age: int | None, *, kept: KeptReport | None = None
) -> HttpResponse:
    about = {
        "w": words.page("scans"),
        "page": report_page(text, age),
        "kept": kept,
        "saved": "saved" in request.GET,
        "key": str(uuid4()),
        "origin": words.origin("scans"),
    }
    return render(request, "learn/scan_report_said.jinja", about)


def _form(request: HttpRequest, typed: _Typed, status: int = 200) -> HttpResponse:
    _, kept = try_to_keep(request, lambda person, now: scans.kept_reports(person=person))
    about: dict[str, Any] = {
        "w": words.page("scans"),
        "typed": typed,
        "problems": dict(typed.errors),
        "kept": kept or (),
        "deleted": "deleted" in request.GET,
        "origin": words.origin("scans"),
    }
    return render(request, "learn/scan_report.jinja", about, status=status)


def _example() -> _Typed:
    sample = words.page("scans")["sample"]
    return _Typed(text=sample["text"].strip(), age=str(sample["age"]))


def _read(sent: QueryDict) -> _Typed:
    said, errors = words.page("scans")["report"]["errors"], []
    text, age = tidy(sent.get("report", "")), tidy(sent.get("age", ""))
    if wrong := _wrong(text):
        counts = {"count": f"{len(text):,}", "most": f"{CHARACTERS_TOP:,}"}
        errors.append(("report", said[wrong].format(**counts)))
    if age and not _AGE.fullmatch(age):
        errors.append(("age", said["age"]))
    found: Errors = errors
    shown = text if can_be_kept(text.replace("\n", " ")) else showable(text, blanks="\n\t")
    return _Typed(text=shown, age=showable(age, blanks="\n\t")[:20], errors=tuple(found))


def _wrong(text: str) -> str:
    plain = re.sub(r"[\n\t]", " ", text)
    return fault_of([plain], longest=CHARACTERS_TOP) if text else "empty"
