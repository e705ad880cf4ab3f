"""Fill a lesson's page: the lesson, what the address answers, and what is kept of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from safetomove.content.lesson_shapes import (
    Buffer,
    Compare,
    Guess,
    Guesses,
    Lesson,
    People,
    Pick,
    Sort,
    Steps,
    Truth,
)
from safetomove.services.lesson_notes import LessonNotes
from safetomove.services.lessons import Notes
from safetomove.web.patient.learn import buffer, shelf
from safetomove.web.words import cited, page, spoken

SCALE = 320.0  # how long a guess's line is drawn, in the picture's own units


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What was sent with a form that could not be kept, and why not."""

    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    left_own: str = ""
    right_own: str = ""
    chosen: str = ""
    own: str = ""
    when: str = ""
    errors: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mine:
    """What is kept of this lesson for this person, and what they have just typed."""

    notes: LessonNotes = field(default_factory=LessonNotes)
    typed: Typed = field(default_factory=Typed)
    saved: str = ""


def shown(
    lesson: Lesson, asked: Mapping[str, str], notes: Notes, *, typed: Typed | None = None
) -> dict[str, Any]:
    """Gather all that the page shows."""
    mine = Mine(
        notes=notes.get(lesson.id, LessonNotes()),
        typed=typed or Typed(),
        saved=asked.get("saved", ""),
    )
    offer = shelf.offer(notes, last=lesson.id) if notes else None
    return {
        "w": page("learn"),
        "lesson": lesson,
        "answers": answers(lesson, asked),
        "mine": mine,
        "more": [shelf.library().lessons[id] for id in lesson.next],
        "offer": offer if offer and offer["lesson"].id not in lesson.next else None,
        "origin": _origin(lesson.id),
        "rail": buffer.picture(asked) if isinstance(lesson.trial, Buffer) else None,
        "people": shelf.address("scans") if isinstance(lesson.trial, People) else "",
    }


def answers(lesson: Lesson, asked: Mapping[str, str]) -> dict[str, Any]:
    """Read from the address how the person answered; what was not on offer counts as nothing."""
    match lesson.trial:
        case Steps() | Pick() | Compare() as ask:
            known = {str(n) for n in range(len(ask.options))}
            return {"pick": asked["pick"]} if asked.get("pick") in known else {}
        case Sort(statements=statements):
            names = (f"s{n}" for n in range(len(statements)))
            return {name: asked[name] for name in names if asked.get(name) in set(Truth)}
        case Guesses(guesses=guesses):
            found = {f"g{n}": _guessed(each, asked.get(f"g{n}", "")) for n, each in
                     enumerate(guesses)}  # fmt: skip
            return {name: each for name, each in found.items() if each is not None}
        case Buffer():
            named = any(name in asked for name in (*buffer.DOWN, *buffer.UP))
            return {"buffer": buffer.picture(asked)} if named else {}
        case _:
            return {}


def on_line(guess: Guess, value: float) -> float:
    """Return where a value stands on the line from `low` to `high`."""
    return round(SCALE * (value - guess.low) / (guess.high - guess.low), 1)


def _guessed(guess: Guess, text: str) -> float | None:
    try:
        value = float(text[:20])
    except ValueError:
        return None
    return value if guess.low <= value <= guess.high else None


@cache
def _origin(id: str) -> Mapping[str, Any]:
    lesson = shelf.library().lessons[id]
    found = cited(lesson.sources, lesson.front)
    return {**found, "strengths": [spoken().source(each).strength for each in lesson.sources]}
