"""The shipped course: read once, put together, and held against lessons and movements.

A session that a language lacks comes from English; its front matter says so. Words may hold
`{emergency}` and other numbers by id; `spoken` puts a site's own in.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any, Final

from safetomove.content import files, lessons, movements
from safetomove.content.files import BadContent, WordFile, text, texts
from safetomove.content.words import Call, FrontMatter
from safetomove.core.course import (
    BadSyllabus,
    Library,
    MovementFacts,
    Session,
    Syllabus,
    problems,
    read_session,
)

FOLDER: Final = "course"
ID: Final = "twelve-sessions"
VERSION: Final = 1  # of the shipped course: one more at each change of its content


def syllabus(language: str = files.FALLBACK) -> Syllabus:
    """Return the shipped course, read once; BadContent names the first place that is wrong."""
    return _syllabus(language)


def fronts(language: str = files.FALLBACK) -> Mapping[str, FrontMatter]:
    """Return the sources and dates of each session by its id."""
    return MappingProxyType({file.front.id: file.front for file in _files(language)})


def overdue(language: str = files.FALLBACK, *, today: date) -> tuple[str, ...]:
    """Name the sessions that should have been read again by now; BadContent if any can't be run."""
    syllabus(language)
    return tuple(id for id, front in fronts(language).items() if front.review_by < today)


def words(language: str = files.FALLBACK) -> Mapping[str, Any]:
    """Return the words around a course: notes of a report, marks of a register, calendar."""
    return _common(language).body


@cache
def library(language: str = files.FALLBACK) -> Library:
    """Return what any syllabus may name, a site's own copy too."""
    every = movements.load(language).values()
    facts = {
        each.id: MovementFacts(levels=len(each.levels), tags=each.tags, needs=each.needs)
        for each in every
    }
    parts = {id: len(each.parts) for id, each in lessons.load(language).lessons.items()}
    return Library(movements=facts, lessons=parts)


def spoken(words: str, numbers: Mapping[str, Call]) -> str:
    """Put a site's telephone numbers into words."""
    for id, call in numbers.items():
        words = words.replace(f"{{{id}}}", call.number)
    return words


def for_people(session: Session) -> Iterator[str]:
    """Yield what people in the group hear or read."""
    yield from (session.title, session.topic, *session.questions, *session.say_this)
    yield from session.stop_if
    handout = session.handout
    yield from (handout.title, handout.keep, *handout.tries, handout.net)
    yield from (station.say for station in session.circuit.stations)
    yield from (*session.circuit.warm_up.words, *session.circuit.rest.words)


def for_staff(session: Session) -> Iterator[str]:
    """Yield what only who runs the session reads."""
    yield from (*session.aims, *session.bring)
    for step in session.education:
        yield from (step.title, *step.words, *step.listen_for)
    yield from (station.watch for station in session.circuit.stations)
    if session.opt_in_words:
        yield session.opt_in_words


@cache
def _syllabus(language: str) -> Syllabus:
    common = _common(language)
    sessions = sorted((_session(file) for file in _files(language)), key=lambda one: one.number)
    safety = files.section(common.body, "safety")
    try:
        made = Syllabus(
            id=ID,
            version=VERSION,
            title=text(common.body, "course_title"),
            ask_first=texts(safety, "ask_first"),
            stop_if=texts(safety, "stop_if"),
            sessions=tuple(sessions),
        )
    except BadSyllabus as wrong:
        raise BadContent(f"the course can't be put together: {wrong}") from None
    if found := problems(made, library(language)):
        raise BadContent(f"the course can't be run: {found[0]}")
    return made


def _session(file: WordFile) -> Session:
    front = file.front
    body = {"id": front.id, "title": front.title, **file.body}
    try:
        return read_session(body, place=f"session {front.id}")
    except BadSyllabus as wrong:
        raise BadContent(str(wrong)) from None


def _common(language: str) -> WordFile:
    found = files.read(language, FOLDER) or files.read(files.FALLBACK, FOLDER)
    if found is None:
        raise BadContent("the words of the course are missing")
    return found


def _files(language: str) -> tuple[WordFile, ...]:
    found: dict[str, WordFile] = {}
    for layer in dict.fromkeys((files.FALLBACK, language)):
        here = files.root() / layer / FOLDER
        if not layer.replace("-", "").isalnum() or not here.is_dir():
            continue
        for each in here.iterdir():
            if each.name.endswith(".toml"):
                file = files.parse(each.read_text("utf-8"), f"{layer}/{FOLDER}/{each.name}")
                if each.name != f"{file.front.id}.toml":
                    raise BadContent(f"session {each.name} calls itself {file.front.id!r}")
                found[each.name] = file
    return tuple(found[name] for name in sorted(found))
