"""Keep what a person does with a lesson: its sentence, their lists, one thing to do."""

from collections.abc import Iterable
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_POST

from safetomove.content.lesson_shapes import Lesson, Lists, Plan
from safetomove.services import lessons
from safetomove.services.lesson_notes import IDEAS_TOP, WORDS_TOP
from safetomove.web import who
from safetomove.web.jinja_env import csrf_field
from safetomove.web.patient.forms import fault_of, showable, tidy
from safetomove.web.patient.keeping import saving, see
from safetomove.web.patient.learn import lesson_page
from safetomove.web.patient.learn.lesson_page import Typed
from safetomove.web.patient.learn.views import find
from safetomove.web.words import page


@require_POST
def keep(request: HttpRequest, lesson: str) -> HttpResponse:
    """Keep the lesson's sentence, or let it go."""
    found, wanted = find(lesson), request.POST.get("wanted") != "no"
    write = partial(lessons.keep_sentence, lesson=found.id, wanted=wanted, now=who.now(request))
    if wanted:
        saving(request, who.now(request), lambda person: write(person=person))
    elif person := who.person_of(request):
        write(person=person)
    if request.POST.get("from") == "kept":
        return see("learn_kept")
    if wanted:
        return see("lesson", found.id, query="saved=sentence", place="said")
    return see("lesson", found.id, place="keep")


@require_POST
def lists(request: HttpRequest, lesson: str) -> HttpResponse:
    """Keep both lists as ticked and typed."""
    found = find(lesson)
    if not isinstance(found.trial, Lists):
        raise Http404
    sent = _read_lists(request.POST)
    if sent.errors:
        return _again(request, found, sent)
    now = who.now(request)
    left = (*sent.left, *_lines(sent.left_own))
    right = (*sent.right, *_lines(sent.right_own))
    write = partial(lessons.save_lists, lesson=found.id, left=left, right=right, now=now)
    saving(request, now, lambda person: write(person=person))
    return see("lesson", found.id, query="saved=lists", place="said")


@require_POST
def to_do(request: HttpRequest, lesson: str) -> HttpResponse:
    """Choose one thing to do, call it done, or let it go."""
    found, now, deed = find(lesson), who.now(request), request.POST.get("deed", "")
    if not isinstance(found.trial, Plan):
        raise Http404
    if deed in ("done", "drop"):
        if person := who.person_of(request):
            lessons.end_to_do(person=person, lesson=found.id, done=deed == "done", now=now)
        return see("today") if request.POST.get("from") == "today" else _back(found, deed)
    sent = _read_to_do(request.POST, found.trial)
    if sent.errors:
        return _again(request, found, sent)
    what = sent.own or sent.chosen
    write = partial(lessons.choose_to_do, lesson=found.id, what=what, when=sent.when, now=now)
    saving(request, now, lambda person: write(person=person))
    return _back(found, "to_do")


def _back(lesson: Lesson, saved: str) -> HttpResponse:
    place = "try" if saved == "drop" else "said"
    return see("lesson", lesson.id, query=f"saved={saved}", place=place)


def _again(request: HttpRequest, lesson: Lesson, typed: Typed) -> HttpResponse:
    """Show the lesson again with what was typed, and what is wrong with it."""
    about = lesson_page.shown(lesson, {}, {}, typed=typed) | {"token": csrf_field(request)}
    return render(request, "learn/lesson.jinja", about, status=422)


def _read_lists(sent: QueryDict) -> Typed:
    sides = ("left", "right")
    own = {side: tidy(sent.get(f"{side}_own", "")) for side in sides}
    ticked = {side: _ticked(sent, side) for side in sides}
    words = page("learn")["lists"]
    found = {side: _wrong((*ticked[side], *_lines(own[side]))) for side in sides}
    errors = [(f"{side}_own", words[wrong]) for side, wrong in found.items() if wrong]
    if not any((*ticked.values(), *own.values())):
        errors = [("left_own", words["wrong_none"])]
    return Typed(
        left=tuple(map(showable, ticked["left"])),
        right=tuple(map(showable, ticked["right"])),
        left_own=showable(own["left"]),
        right_own=showable(own["right"]),
        errors=tuple(errors),
    )


def _wrong(rows: Iterable[str]) -> str:
    fault = fault_of(rows, longest=WORDS_TOP, most=IDEAS_TOP)
    return f"wrong_{fault}" if fault else ""


def _read_to_do(sent: QueryDict, plan: Plan) -> Typed:
    chosen, own, when = (tidy(sent.get(name, "")) for name in ("what", "own", "when"))
    words, errors = page("learn"), []
    if wrong := _wrong([own]):
        errors.append(("own", words["lists"][wrong]))
    elif not own and chosen not in plan.ideas:
        errors.append(("what", words["plan"]["wrong"]))
    return Typed(
        chosen=chosen if chosen in plan.ideas else "",
        own=showable(own),
        when=when if when in plan.when else "",
        errors=tuple(errors),
    )


def _ticked(sent: QueryDict, side: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.strip() for each in sent.getlist(side) if each.strip()))


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.split("\n") if line.strip())
