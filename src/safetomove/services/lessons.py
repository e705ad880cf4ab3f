"""Note what a person did with a lesson: read it, kept its sentence, made lists, chose a thing."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from safetomove.services import audit, documents
from safetomove.services.audit import Verb
from safetomove.services.documents import Kind
from safetomove.services.holding import Held, hold, keep, look
from safetomove.services.lesson_notes import LessonNotes, ToDo, notes_from_json
from safetomove.services.people import local_day

TO_DO_CHOICE = "lesson_to_do"  # set while a thing is open, so that Today asks no more than it must
OPEN = "open"

Notes = Mapping[str, LessonNotes]  # by lesson


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenToDo:
    """A thing to do, and the lesson that it comes from."""

    lesson: str
    to_do: ToDo


def notes_of(person: UUID) -> Notes:
    """Return what is kept about every lesson: two queries."""
    return _all(look(person))


def note_read(*, person: UUID, lesson: str, now: datetime) -> Notes:
    """Note once that a lesson was opened; return what is kept about every lesson."""
    found = notes_of(person)
    if found.get(lesson, LessonNotes()).read is not None:
        return found
    with transaction.atomic():
        held = hold(person)
        today = local_day(now=now, zone=held.file.zone)
        new = _change(held, lesson, lambda old: replace(old, read=old.read or today), now=now)
    return {**found, lesson: new}


def keep_sentence(*, person: UUID, lesson: str, wanted: bool, now: datetime) -> None:
    """Keep a lesson's sentence, or let it go again; twice is once."""
    with transaction.atomic():
        held = hold(person)
        today = local_day(now=now, zone=held.file.zone)

        def keeping(old: LessonNotes) -> LessonNotes:
            kept = (old.kept or today) if wanted else None
            return replace(old, kept=kept, read=old.read or today)

        _change(held, lesson, keeping, now=now)
        audit.note(person, Verb.LESSON_NOTED, now=now)


def save_lists(
    *, person: UUID, lesson: str, left: Iterable[str], right: Iterable[str], now: datetime
) -> None:
    """Keep both lists as they now stand; BadNote where one is too long or can't be kept."""
    with transaction.atomic():
        held = hold(person)
        one, other = tuple(dict.fromkeys(left)), tuple(dict.fromkeys(right))
        _change(held, lesson, lambda old: replace(old, left=one, right=other), now=now)
        audit.note(person, Verb.LESSON_NOTED, now=now)


def choose_to_do(*, person: UUID, lesson: str, what: str, when: str, now: datetime) -> None:
    """Keep one thing to do; it takes the place of the one before. BadNote as for lists."""
    with transaction.atomic():
        held = hold(person)
        today = local_day(now=now, zone=held.file.zone)
        to_do = ToDo(what=what, when=when, since=today)
        _change(held, lesson, lambda old: replace(old, to_do=to_do), now=now)
        _mark_open(held)
        audit.note(person, Verb.LESSON_NOTED, now=now)


def end_to_do(*, person: UUID, lesson: str, done: bool, now: datetime) -> None:
    """Call a thing done, or let it go without a word; a second tap changes nothing."""
    with transaction.atomic():
        held = hold(person)
        today = local_day(now=now, zone=held.file.zone)

        def ended(old: LessonNotes) -> LessonNotes:
            if old.open_to_do is None:
                return old
            return replace(old, to_do=replace(old.open_to_do, done=today) if done else None)

        _change(held, lesson, ended, now=now)
        _mark_open(held)
        audit.note(person, Verb.LESSON_NOTED, now=now)


def open_to_dos(person: UUID, choices: Mapping[str, str]) -> tuple[OpenToDo, ...]:
    """Return what Today shows; no query where `choices` say that nothing is open."""
    return open_ones(notes_of(person)) if choices.get(TO_DO_CHOICE) == OPEN else ()


def open_ones(notes: Notes) -> tuple[OpenToDo, ...]:
    """Pick out the things that are still to do, oldest first."""
    found = [OpenToDo(lesson=id, to_do=each.open_to_do) for id, each in notes.items()
             if each.open_to_do]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (one.to_do.since, one.lesson)))


def _all(held: Held) -> dict[str, LessonNotes]:
    return {one.name: notes_from_json(one.data) for one in documents.read_all(held, Kind.LESSONS)}


def _change(
    held: Held, lesson: str, change: Callable[[LessonNotes], LessonNotes], *, now: datetime
) -> LessonNotes:
    document = documents.read(held, Kind.LESSONS, lesson)
    old = notes_from_json(document.data) if document else LessonNotes()
    new = change(old)
    if new != old:
        documents.put(held, Kind.LESSONS, new.to_json(), now=now, name=lesson)
    return new


def _mark_open(held: Held) -> None:
    rest = {name: value for name, value in held.file.choices.items() if name != TO_DO_CHOICE}
    mark = {TO_DO_CHOICE: OPEN} if open_ones(_all(held)) else {}
    keep(held, choices={**rest, **mark})
