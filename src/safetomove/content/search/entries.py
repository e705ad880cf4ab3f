"""What can be found: each thing once, with its words by how much they say about it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from safetomove.content import catalogue, files, lessons, movements, told
from safetomove.content.files import as_table, text, texts
from safetomove.content.lesson_shapes import Lesson
from safetomove.content.movements import Movement
from safetomove.content.told import Message

FILE = "search"


class Kind(StrEnum):
    """What a result is."""

    LESSON = "lesson"
    MOVEMENT = "movement"
    ANSWER = "answer"
    PAGE = "page"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing to find. `asked` are what people type for it; `strong` and `weak` are its words.

    `place` is the name of a page's address; for the other kinds the id says where it is.
    """

    id: str
    kind: Kind
    title: str
    about: str
    asked: tuple[str, ...] = ()
    strong: str = ""
    weak: str = ""
    place: str = ""


@cache
def entries(language: str = files.FALLBACK) -> tuple[Entry, ...]:
    """Return everything that can be found, read once."""
    return (
        *(_lesson(one, language) for one in lessons.load(language).lessons.values()),
        *(_movement(one, language) for one in movements.load(language).values()),
        *map(_answer, told.messages()),
        *_pages(language),
    )


def _lesson(lesson: Lesson, language: str) -> Entry:
    return Entry(
        id=lesson.id,
        kind=Kind.LESSON,
        title=lesson.front.title,
        about=lesson.question,
        asked=(*lesson.words, *_phrases(language, "lessons", lesson.id)),
        strong=" ".join((lesson.question, lesson.keep, *(part.heading for part in lesson.parts))),
        weak=" ".join(lessons.strings(lesson)),
    )


def _movement(movement: Movement, language: str) -> Entry:
    worries = [worry.ask for worry in movement.worries]
    rest = (movement.feel, movement.relaxed, *movement.steps)
    return Entry(
        id=movement.id,
        kind=Kind.MOVEMENT,
        title=movement.title,
        about=movement.purpose,
        asked=(
            *_phrases(language, "families", movement.family),
            *_phrases(language, "movements", movement.id),
        ),
        strong=" ".join((movement.family, movement.purpose, *movement.helps, *worries)),
        weak=" ".join(rest),
    )


def _answer(message: Message) -> Entry:
    return Entry(
        id=message.id,
        kind=Kind.ANSWER,
        title=message.heard,
        about=message.instead,
        asked=told.wordings(message.id),
        weak=" ".join(message.says),
    )


def _pages(language: str) -> Iterator[Entry]:
    rows = body(language).get("page", [])
    for row in (as_table(row, "page") for row in (rows if isinstance(rows, list) else [])):
        yield Entry(
            id=text(row, "id"),
            kind=Kind.PAGE,
            title=text(row, "title"),
            about=text(row, "about"),
            asked=texts(row, "asked"),
            place=text(row, "place"),
        )


def _phrases(language: str, table: str, id: str) -> tuple[str, ...]:
    return texts(files.section(body(language), table), id)


def body(language: str) -> Mapping[str, object]:
    """Return search's own words: kin, danger, phrases and pages."""
    return next(layer[FILE].body for layer in catalogue.load(language).layers if FILE in layer)
