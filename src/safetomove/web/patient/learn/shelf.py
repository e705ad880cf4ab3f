"""Fill the pages that list lessons: all of them, and the sentences that a person keeps."""

from collections.abc import Mapping
from typing import Any

from django.urls import NoReverseMatch, reverse

from safetomove.content import lessons
from safetomove.content.lesson_shapes import Lesson, Theme
from safetomove.content.lessons import Library
from safetomove.services.lesson_notes import LessonNotes
from safetomove.services.lessons import Notes
from safetomove.services.next_lesson import Hint, Suggestion, next_for_you
from safetomove.web.words import page


def library() -> Library:
    """Return every lesson in the site's language."""
    return lessons.load()


def shelves(notes: Notes, hints: tuple[Hint, ...] = ()) -> dict[str, Any]:
    """List the lessons by shelf, with what has been read, and what to offer next."""
    return {
        "w": page("learn"),
        "shelves": [(theme.value, _rows(theme, notes)) for theme in Theme if library().on(theme)],
        "next": offer(notes, hints=hints),
        "fresh": not read_ids(notes),
        "places": [row for each in page("learn")["index"]["places"] if (row := _place(each))],
        "search": address("search"),
    }


def offer(notes: Notes, *, last: str = "", hints: tuple[Hint, ...] = ()) -> dict[str, Any] | None:
    """Say which lesson comes next for this person, and why; None once all are read."""
    found = next_for_you(library(), read_ids(notes), last=last or _last(notes), hints=hints)
    return None if found is None else _offered(found)


def read_ids(notes: Notes) -> frozenset[str]:
    """Return the lessons that were opened."""
    return frozenset(id for id, each in notes.items() if each.read)


def kept(notes: Notes) -> list[dict[str, Any]]:
    """List the sentences kept, newest first; a lesson that is gone is left out."""
    found = [
        {"lesson": library().lessons[id], "on": each.kept}
        for id, each in notes.items()
        if each.kept and id in library().lessons
    ]
    return sorted(found, key=lambda row: row["on"], reverse=True)


def address(name: str) -> str:
    """Return a page's address; empty where this site has no such page."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _rows(theme: Theme, notes: Notes) -> list[tuple[Lesson, bool]]:
    none = LessonNotes()
    return [(each, notes.get(each.id, none).read is not None) for each in library().on(theme)]


def _last(notes: Notes) -> str:
    read = [(each.read, id) for id, each in notes.items() if each.read]
    return max(read)[1] if read else ""


def _offered(found: Suggestion) -> dict[str, Any]:
    lesson = library().lessons[found.lesson]
    words = page("learn")["index"]
    why: str = words["why"][found.why.value]
    if found.about:
        why = words["why_about"].format(why=why.rstrip("."), about=found.about.rstrip("."))
    return {"lesson": lesson, "why": why}


def _place(row: Mapping[str, str]) -> dict[str, str] | None:
    href = address(row["to"])
    return {**row, "href": href} if href else None
