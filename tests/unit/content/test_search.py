"""Search finds the right page in the first three, and a danger question meets its card first."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safetomove.content import lessons, movements
from safetomove.content.search import Kind, find, related
from safetomove.content.search.entries import entries
from safetomove.content.search.terms import terms
from safetomove.core.safety import NoteCard

CORPUS = Path(__file__).parents[2] / "corpus"
FIRST = 3  # what a person sees without scrolling on a phone
RIGHT_AT_LEAST = 0.9


def asked(half: str) -> list[tuple[str, set[str]]]:
    with (CORPUS / f"search_{half}.tsv").open(encoding="utf-8") as file:
        return [(question, set(right.split())) for question, right in csv.reader(file, "excel-tab")]


def ids(query: str) -> list[str]:
    return [one.id for one in find(query).results]


@pytest.mark.parametrize("half", ["learn", "report"])
def test_the_right_page_is_in_the_first_three_for_what_people_ask(half: str) -> None:
    questions = asked(half)
    missed = [q for q, right in questions if not right & set(ids(q)[:FIRST])]
    assert len(missed) <= (1 - RIGHT_AT_LEAST) * len(questions), missed


def test_every_page_that_a_question_leads_to_is_there() -> None:
    known = {one.id for one in entries()}
    wanted = set().union(*(right for half in ("learn", "report") for _, right in asked(half)))
    assert wanted <= known


@pytest.mark.parametrize(
    ("query", "card"),
    [
        ("numb between my legs", NoteCard.CAUDA_EQUINA),
        ("what is cauda equina", NoteCard.CAUDA_EQUINA),
        ("cant pee", NoteCard.CAUDA_EQUINA),
        ("I want to die", NoteCard.SUICIDALITY),
        ("suicide", NoteCard.SUICIDALITY),
        ("i cant cope any more", NoteCard.SUICIDALITY),
        ("I can't cope with this pain anymore", NoteCard.SUICIDALITY),
        ("is it cancer", NoteCard.CANCER),
        ("chest pain going down my arm", NoteCard.CARDIAC_OR_VASCULAR),
        ("took too many tablets", NoteCard.OVERDOSE_OR_MEDICINE),
        ("my foot drops when I walk", NoteCard.PROGRESSIVE_WEAKNESS),
        ("black poo", NoteCard.GI_BLEED),
    ],
)
def test_a_danger_question_meets_its_card(query: str, card: NoteCard) -> None:
    assert card in find(query).danger


@pytest.mark.parametrize(
    "query",
    ["should I have a scan", "is it safe to lift", "how long does a flare last", "can't sleep",
     "will I ever get better", "best chair", "tai chi"],
)  # fmt: skip
def test_an_ordinary_question_meets_no_card(query: str) -> None:
    assert find(query).danger == ()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("codiene", "codeine"), ("slepe", "sleep"), ("pain killers", "painkillers"),
     ("x-ray", "xray"), ("breathing excercise", "breathing exercise")],
)  # fmt: skip
def test_a_slip_of_the_finger_finds_what_was_meant(typed: str, meant: str) -> None:
    assert ids(typed)[0] == ids(meant)[0]


@pytest.mark.parametrize("query", ["sciatica", "what is sciatica", "pain down my leg"])
def test_leg_pain_leads_to_the_safety_questions_and_to_how_it_is_looked_into(query: str) -> None:
    assert {"is-it-safe", "how-serious-causes-are-found"} <= set(ids(query)[:FIRST])


@pytest.mark.parametrize(
    ("query", "first"),
    [("progress", "what-i-can-do-now"), ("weekly review", "my-week"),
     ("stay well", "staying-well"), ("look back on my week", "my-week")],
)  # fmt: skip
def test_the_pages_of_move_are_found_by_their_names(query: str, first: str) -> None:
    assert ids(query)[0] == first


def test_words_of_the_same_meaning_find_the_same_page() -> None:
    assert ids("osteopath")[0] == ids("massage")[0]


def test_nothing_is_found_for_what_is_no_word() -> None:
    assert ids("xyzzyq") == []
    assert ids("") == []


def test_only_small_words_are_still_looked_for() -> None:
    assert terms("who am I") == ("who", "am", "i")


def test_every_lesson_and_movement_can_be_found_by_its_title() -> None:
    titled = [one for one in entries() if one.kind in (Kind.LESSON, Kind.MOVEMENT)]
    lost = [one.id for one in titled if one.id not in ids(one.title)[:FIRST]]
    assert lost == []


def test_lessons_and_movements_are_all_there_once() -> None:
    known = [one.id for one in entries()]
    assert len(set(known)) == len(known)
    assert {*lessons.load().lessons, *movements.load()} <= set(known)


def test_results_can_be_of_one_kind() -> None:
    found = related("bending", Kind.MOVEMENT).results
    assert found
    assert {one.kind for one in found} == {Kind.MOVEMENT}


def test_behind_a_danger_there_is_no_movement_to_be_found() -> None:
    found = related("numb between my legs when I bend", Kind.MOVEMENT)
    assert NoteCard.CAUDA_EQUINA in found.danger
    assert found.results == ()


@given(st.text(max_size=300))
def test_anything_may_be_typed(query: str) -> None:
    assert len(find(query).results) <= 20
