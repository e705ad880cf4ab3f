"""Things people told me: pick one or type it. What is typed is not kept."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from safetomove.content import told
from safetomove.content.told import LETTERS_TOP
from safetomove.web import words
from safetomove.web.patient.forms import fault_of, showable, tidy
from safetomove.web.patient.learn.told_page import answer, origin, shelves


@require_http_methods(["GET", "HEAD", "POST"])
def things_told(request: HttpRequest) -> HttpResponse:
    """List what people are told, and answer what was typed."""
    if request.method != "POST":
        return _page(request)
    typed = " ".join(tidy(request.POST.get("words", "")).split())
    if wrong := _wrong(typed):
        said = words.page("told")["page"]["errors"][wrong].format(most=LETTERS_TOP)
        shown = showable(typed, blanks="")
        return _page(request, status=422, typed=shown, problem=said)
    found = answer(typed)
    if found.message is None:
        return _page(request, typed=typed, found=found)
    return _said(request, found.message, found=found)


@require_safe
def one_told(request: HttpRequest, id: str) -> HttpResponse:
    """Answer one that was picked."""
    message = told.message(id)
    if message is None:
        raise Http404
    return _said(request, message)


def _said(request: HttpRequest, message: told.Message, **more: Any) -> HttpResponse:
    about = {"t": words.page("told"), "message": message, "origin": origin(message), **more}
    return render(request, "learn/told_said.jinja", about)


def _page(request: HttpRequest, *, status: int = 200, **more: Any) -> HttpResponse:
    about = {"t": words.page("told"), "shelves": shelves(), "origin": origin(None), **more}
    return render(request, "learn/told.jinja", about, status=status)


def _wrong(typed: str) -> str:
    return fault_of([typed], longest=LETTERS_TOP) if typed else "empty"
