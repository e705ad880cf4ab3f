"""No paragraph of the booklet is lost: each has a place, and each place named is really there."""

import re
from functools import cache
from typing import NamedTuple

import pytest
from django.urls import Resolver404, resolve

from safetomove.content import lessons
from tests.guards.project import ROOT

PAGE = ROOT / "docs" / "reference" / "booklet.md"
ROW = re.compile(
    r"^\| `(?P<id>[a-z0-9-]+)` \|(?P<gist>[^|]*)\|(?P<lessons>[^|]*)\|(?P<places>[^|]*)\|$"
)
ADDRESS = re.compile(r"`(/[a-z0-9/-]*)`")
PARAGRAPHS = 120  # counted in the edition of April 2023, headings and pictures left out


class Paragraph(NamedTuple):
    """One row: a paragraph, the lessons that teach it, and the built addresses that do it."""

    id: str
    lessons: frozenset[str]
    addresses: tuple[str, ...]
    places: str


@cache
def paragraphs() -> tuple[Paragraph, ...]:
    """Read the rows of the table."""
    found = (ROW.match(line) for line in PAGE.read_text("utf-8").splitlines())
    return tuple(
        Paragraph(
            id=row["id"],
            lessons=frozenset(re.findall(r"[a-z-]+", row["lessons"])),
            addresses=tuple(ADDRESS.findall(row["places"])),
            places=row["places"].strip(),
        )
        for row in found
        if row
    )


def test_every_paragraph_stands_in_the_table_once() -> None:
    ids = [each.id for each in paragraphs()]
    assert len(set(ids)) == len(ids) == PARAGRAPHS


def test_every_paragraph_has_a_place() -> None:
    assert [each.id for each in paragraphs() if not (each.lessons or each.places)] == []


def test_the_table_and_the_lessons_say_the_same() -> None:
    taught: dict[str, set[str]] = {each.id: set() for each in paragraphs()}
    for id, lesson in lessons.load().lessons.items():
        for paragraph in lesson.booklet:
            taught[paragraph].add(id)
    assert {each.id: set(each.lessons) for each in paragraphs()} == taught


def test_every_lesson_comes_from_a_paragraph() -> None:
    assert [id for id, each in lessons.load().lessons.items() if not each.booklet] == []


@pytest.mark.parametrize("address", sorted({a for each in paragraphs() for a in each.addresses}))
def test_a_place_that_is_not_marked_as_planned_is_there(address: str) -> None:
    assert resolve(address).url_name != "lesson"  # the lessons' address would take any word


def test_no_lesson_hides_behind_another_page() -> None:
    hidden = [id for id in lessons.load().lessons if resolve(f"/learn/{id}/").url_name != "lesson"]
    assert hidden == []


def test_a_place_that_does_not_exist_is_seen() -> None:
    with pytest.raises(Resolver404):
        resolve("/no-such-place/")
