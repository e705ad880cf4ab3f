"""The lessons: read once, and refused where one lacks what it must have.

A lesson that a language lacks comes from English; its `front.language` says so.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources.abc import Traversable
from typing import Final

from safetomove.content import catalogue, files
from safetomove.content.files import BadContent, WordFile, as_table, text, texts
from safetomove.content.lesson_shapes import (
    Lesson,
    Part,
    SafetyNet,
    Statement,
    Theme,
    Truth,
)
from safetomove.content.lesson_tries import each, one_of, only, paragraphs, read_try, said, whole
from safetomove.content.words import Call, Evidence
from safetomove.core.beliefs import Belief

ID: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ID_CHARACTERS: Final = 64  # what is noted about a lesson is kept under its id
_KEYS: Final = (
    *("order", "theme", "booklet", "minutes", "question", "keep", "reassures", "grade_exception"),
    *("beliefs", "words", "next", "net", "part", "try_after", "try"),
)
_SILENT: Final = ("front", "theme", "booklet", "grade_exception", "beliefs", "words", "next")


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """Every lesson by id, in reading order."""

    language: str
    lessons: Mapping[str, Lesson]

    def on(self, theme: Theme) -> tuple[Lesson, ...]:
        """Return the lessons of a shelf."""
        return tuple(each for each in self.lessons.values() if each.theme is theme)


def load(language: str = files.FALLBACK, numbers: Mapping[str, Call] | None = None) -> Library:
    """Return the lessons of a language, read once; `numbers` replace the UK's by id."""
    return _loaded(language, tuple((numbers or {}).items()))


def assemble(
    language: str,
    layers: tuple[Mapping[str, WordFile], ...],
    *,
    evidence: Mapping[str, Evidence],
    numbers: Mapping[str, Call],
) -> Library:
    """Put read files together; BadContent names the first lesson that can't be shown, and why."""
    found: dict[str, WordFile] = {}
    for layer in layers:
        found = {**layer, **found}
    lessons = [read_lesson(file, numbers=numbers) for file in found.values()]
    ordered = sorted(lessons, key=lambda lesson: (lesson.order, lesson.id))
    library = Library(language=language, lessons={each.id: each for each in ordered})
    for lesson in ordered:
        _check(lesson, library, evidence)
    return library


def read_lesson(file: WordFile, *, numbers: Mapping[str, Call]) -> Lesson:
    """Read one lesson by itself."""
    try:
        return _lesson(file, as_table(_filled(file.body, numbers), "lesson"), numbers)
    except BadContent as error:
        raise BadContent(f"lesson {file.front.id}: {error}") from None


def overdue(library: Library, *, today: date) -> tuple[str, ...]:
    """Name the lessons that should have been read again by now."""
    return tuple(id for id, each in library.lessons.items() if each.front.review_by < today)


def strings(lesson: Lesson) -> Iterator[str]:
    """Yield every string of a lesson that a person reads."""
    yield from (lesson.front.title, *_strings(lesson))


def quoted(lesson: Lesson) -> frozenset[str]:
    """Return what a lesson quotes only to put it right: myths, and scary words."""
    return frozenset(_quoted(lesson.trial))


def _lesson(file: WordFile, body: Mapping[str, object], numbers: Mapping[str, Call]) -> Lesson:
    only(body, *_KEYS)
    if "try" not in body:
        raise BadContent("has nothing to try")
    parts = each(body, "part", _part, least=2)
    if len(parts) > 5:
        raise BadContent("has more than 5 parts")
    return Lesson(
        front=file.front,
        order=whole(body, "order", least=0, most=9999),
        theme=Theme(one_of(body, "theme", [str(each) for each in Theme])),
        booklet=texts(body, "booklet"),
        minutes=whole(body, "minutes", least=2, most=4),
        question=said(body, "question"),
        keep=said(body, "keep"),
        reassures=_yes_no(body, "reassures"),
        grade_exception=text(body, "grade_exception", ""),
        beliefs=tuple(_belief(each) for each in texts(body, "beliefs")),
        words=texts(body, "words"),
        next=texts(body, "next"),
        net=_net(body, numbers),
        parts=parts,
        try_after=whole(body, "try_after", least=0, most=len(parts), default=1),
        trial=read_try(as_table(body["try"], "try")),
    )


def _part(entry: Mapping[str, object]) -> Part:
    only(entry, "heading", "body", "list", "picture")
    body, points = paragraphs(entry, "body"), texts(entry, "list")
    if not (body or points):
        raise BadContent("a part has neither body nor list")
    heading, picture = said(entry, "heading"), text(entry, "picture", "")
    return Part(heading=heading, body=body, list=points, picture=picture)


def _net(body: Mapping[str, object], numbers: Mapping[str, Call]) -> SafetyNet | None:
    if "net" not in body:
        if _yes_no(body, "reassures"):
            raise BadContent("reassures, and has no safety net")
        return None
    entry = as_table(body["net"], "net")
    only(entry, "text", "call")
    unknown = [id for id in texts(entry, "call") if id not in numbers]
    if unknown:
        raise BadContent(f"no number is called {unknown[0]!r}")
    return SafetyNet(
        text=said(entry, "text"), call=tuple(numbers[id] for id in texts(entry, "call"))
    )


def _yes_no(body: Mapping[str, object], key: str) -> bool:
    value = body.get(key)
    if not isinstance(value, bool):
        raise BadContent(f"{key} must be true or false")
    return value


def _belief(id: str) -> Belief:
    if id not in set(Belief):
        raise BadContent(f"no belief is called {id!r}")
    return Belief(id)


def _check(lesson: Lesson, library: Library, evidence: Mapping[str, Evidence]) -> None:
    if not ID.fullmatch(lesson.id) or len(lesson.id) > ID_CHARACTERS:
        raise BadContent(f"lesson {lesson.id}: an id is lower-case words with - between")
    if not lesson.front.sources:
        raise BadContent(f"lesson {lesson.id}: has no sources")
    if unknown := [id for id in lesson.sources if id not in evidence]:
        raise BadContent(f"lesson {lesson.id}: no source is called {unknown[0]!r}")
    if lost := [id for id in lesson.next if id not in library.lessons or id == lesson.id]:
        raise BadContent(f"lesson {lesson.id}: next leads to no other lesson: {lost[0]!r}")


def _strings(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case tuple():
            for each in value:
                yield from _strings(each)
        case Call() | Truth() | None | bool() | int() | float():
            return
        case _:
            for name in getattr(type(value), "__dataclass_fields__", {}):
                if name not in _SILENT and name not in ("picture", "source", "unit", "kind"):
                    yield from _strings(getattr(value, name))


def _quoted(trial: object) -> Iterator[str]:
    for row in (*getattr(trial, "statements", ()), *getattr(trial, "pairs", ())):
        if not isinstance(row, Statement):
            yield row.scary
        elif row.truth is not Truth.TRUE:
            yield row.say


def _filled(value: object, numbers: Mapping[str, Call]) -> object:
    if isinstance(value, str):
        for id, call in numbers.items():
            value = value.replace(f"{{{id}}}", call.number)
        return value
    if isinstance(value, Mapping):
        return {key: _filled(each, numbers) for key, each in value.items()}
    return [_filled(each, numbers) for each in value] if isinstance(value, list) else value


@cache
def _loaded(language: str, numbers: tuple[tuple[str, Call], ...]) -> Library:
    words = catalogue.load(language, dict(numbers))
    order = dict.fromkeys((language, files.FALLBACK))
    layers = tuple(read_layer(files.root() / each / "lessons", each) for each in order)
    return assemble(language, layers, evidence=words.evidence, numbers=words.numbers)


def read_layer(folder: Traversable, language: str) -> Mapping[str, WordFile]:
    """Read every lesson file of a folder by id; the id must be the file's name."""
    if not folder.is_dir():
        return {}
    found: dict[str, WordFile] = {}
    for path in folder.iterdir():
        if path.name.endswith(".toml"):
            name = f"{language}/lessons/{path.name}"
            file = files.parse(path.read_text("utf-8"), name)
            if f"{file.front.id}.toml" != path.name:
                raise BadContent(f"{name} calls itself {file.front.id!r}")
            found[file.front.id] = file
    return found
