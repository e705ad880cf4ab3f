"""Make sense: the shelf, the lessons, the living picture, and what a person keeps of them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from safetomove.content.lesson_shapes import Lesson
from safetomove.services import lessons
from safetomove.services.learner import Learner, learner_of
from safetomove.services.lessons import Notes
from safetomove.web import words
from safetomove.web.jinja_env import csrf_field
from safetomove.web.patient.learn import beliefs_page, buffer, lesson_page, shelf, strangers_page
from safetomove.web.patient.learn.hints import hints_for
from safetomove.web.patient.safety_keeping import Keeping, try_to_keep

FORETOLD = ("prefetch", "prerender")  # what a browser fetches before anybody asks for it


@require_safe
def learn(request: HttpRequest) -> HttpResponse:
    """Show every lesson, and one to begin or go on with."""
    _, known = try_to_keep(request, lambda person, now: learner_of(person=person, now=now))
    learner = known or Learner()
    shown = shelf.shelves(learner.notes, hints_for(learner)) | {"due": beliefs_page.due(learner)}
    return render(request, "learn/index.jinja", shown)


@require_safe
def lesson(request: HttpRequest, lesson: str) -> HttpResponse:
    """Show a lesson; for somebody who has a record, note that it was opened."""
    found = find(lesson)
    asked = {name: request.GET[name] for name in request.GET}
    notes = _notes(request) if _only_fetched(request) else _noted(request, found)
    if not (asked or notes):
        return strangers_page.answer(request, found)
    about = lesson_page.shown(found, asked, notes) | {"token": csrf_field(request)}
    return render(request, "learn/lesson.jinja", about)


@require_safe
def kept(request: HttpRequest) -> HttpResponse:
    """Show the sentences that a person keeps."""
    keeping, notes = try_to_keep(request, lambda person, _: lessons.notes_of(person))
    about = {
        "w": words.page("learn"),
        "rows": shelf.kept(notes or {}),
        "out_of_reach": keeping is Keeping.OUT_OF_REACH,
    }
    return render(request, "learn/kept.jinja", about)


@require_safe
def differences(request: HttpRequest) -> HttpResponse:
    """Say where we differ from the booklet we began with, and why."""
    if "differences" not in words.spoken().layers[-1]:
        raise Http404
    front = words.front_of("differences")
    rows = words.page("differences")["difference"]
    about = {
        "w": words.page("learn"),
        "rows": [(row, words.cited(tuple(row["sources"]), front)) for row in rows],
        "origin": words.origin("differences"),
    }
    return render(request, "learn/differences.jinja", about)


@require_safe
def rail(request: HttpRequest) -> HttpResponse:
    """Show the rail on the hill as the address sets it."""
    asked = {name: request.GET[name] for name in request.GET}
    about = {
        "w": words.page("learn"),
        "shown": buffer.picture(asked),
        "origin": words.origin("learn"),
    }
    return render(request, "learn/buffer.jinja", about)


def find(id: str) -> Lesson:
    """Return a lesson, or answer that there is no such page."""
    if id not in shelf.library().lessons:
        raise Http404
    return shelf.library().lessons[id]


def _notes(request: HttpRequest) -> Notes:
    """Return what is kept, or nothing where nobody is known or records are out of reach."""
    _, notes = try_to_keep(request, lambda person, _: lessons.notes_of(person))
    return notes or {}


def _noted(request: HttpRequest, lesson: Lesson) -> Notes:
    _, notes = try_to_keep(
        request, lambda person, now: lessons.note_read(person=person, lesson=lesson.id, now=now)
    )
    return notes or {}


def _only_fetched(request: HttpRequest) -> bool:
    asked_for = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    return request.method == "HEAD" or any(each in asked_for for each in FORETOLD)
