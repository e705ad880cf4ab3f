"""What people type is written down for each lesson, movement and page, and for nothing else."""

from collections import Counter

import pytest

from safetomove.content import lessons, movements
from safetomove.content.files import section, texts
from safetomove.content.search import Kind, find
from safetomove.content.search.entries import body, entries
from safetomove.content.search.terms import terms

FIRST = 3
LEAST = {"lessons": 20, "movements": 3}
THERE = {"lessons": set(lessons.load().lessons), "movements": set(movements.load())}


@pytest.mark.parametrize("table", LEAST)
def test_each_one_has_its_phrases_and_no_phrase_leads_nowhere(table: str) -> None:
    phrases = section(body("en"), table)
    assert set(phrases) == THERE[table]
    assert [id for id in phrases if len(texts(phrases, id)) < LEAST[table]] == []


def test_each_family_named_is_one_that_movements_have() -> None:
    assert set(section(body("en"), "families")) == {one.family for one in movements.load().values()}


def test_no_phrase_is_written_twice_for_one_thing() -> None:
    doubled = {
        one.id: [phrase for phrase, times in Counter(one.asked).items() if times > 1]
        for one in entries()
    }
    assert {id: phrases for id, phrases in doubled.items() if phrases} == {}


def test_every_phrase_holds_a_word_that_can_be_looked_for() -> None:
    assert [phrase for one in entries() for phrase in one.asked if not terms(phrase)] == []


@pytest.mark.parametrize("one", [e for e in entries() if e.kind is Kind.PAGE], ids=lambda e: e.id)
def test_a_page_is_found_by_the_first_phrase_people_type_for_it(one: object) -> None:
    found = find(one.asked[0]).results[:FIRST]  # type: ignore[attr-defined]
    assert one in found
