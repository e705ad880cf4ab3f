"""The words of every movement: plain, relaxed, with a net beside each answer, and no bracing."""

import re
from importlib.resources import files

import pytest
import textstat

from safetomove.content import movements
from safetomove.content.files import parse, read, read_evidence
from safetomove.content.movements import BadContent, Movement, read_movement
from safetomove.core.doing import Part
from tests.guards import test_content as rules

EVERY = movements.load()
# What teaches people to protect a back rather than to use it.
PROTECTIVE = (
    r"\bbrac(e|ing) (your|the)\b",
    r"\b(tighten|clench|engage|switch on|activate) (your|the)\b",
    r"\b(keep|hold) your (back|spine) straight\b",
    r"\bneutral spine\b",
    r"\bbe careful\b",
    r"\bno pain\b",
    r"\bstop if it hurts\b",
    r"\bpull (in )?your (tummy|belly|stomach) in\b",
)
WORDS = pytest.mark.parametrize("id", EVERY)


def texts(movement: Movement) -> list[str]:
    """Return all that a person reads of a movement."""
    levels = [text for level in movement.levels for text in (level.name, level.how)]
    worries = [text for worry in movement.worries for text in (worry.ask, worry.answer)]
    own = (movement.title, movement.purpose, movement.feel, movement.relaxed)
    return [*own, *movement.steps, *levels, *worries]


@WORDS
def test_the_words_are_plain_and_keep_to_what_no_page_may_say(id: str) -> None:
    said = texts(EVERY[id])
    sentences = [part for text in said for part in re.split(r"(?<=[.?!:])\s+", text)]
    whole = " ".join(each for each in sentences if each.endswith((".", "?")))
    assert textstat.flesch_kincaid_grade(whole) <= rules.HIGHEST_GRADE
    assert [each for each in sentences if len(each.split()) > rules.MOST_WORDS] == []
    for pattern in (*rules.FORBIDDEN, *rules.DOSING):
        assert [each for each in said if re.search(pattern, each, re.IGNORECASE)] == []


@WORDS
def test_nobody_is_taught_to_brace_or_to_guard(id: str) -> None:
    movement = EVERY[id]
    told = [*movement.steps, movement.relaxed, *(level.how for level in movement.levels)]
    answers = [worry.answer for worry in movement.worries]
    for pattern in PROTECTIVE:
        assert [each for each in (*told, *answers) if re.search(pattern, each, re.I)] == []


@WORDS
def test_each_has_steps_three_levels_two_worries_a_swap_and_known_sources(id: str) -> None:
    movement = EVERY[id]
    assert len(movement.steps) >= 3
    assert len({level.how for level in movement.levels}) == len(movement.levels) >= 3
    assert len(movement.worries) >= 2
    assert movement.parts
    assert movement.swap in EVERY
    assert set(movement.front.sources) <= set(read_evidence())
    assert movement.front.clinical_review == "none yet"
    assert movement.front.written < movement.front.review_by
    assert movement.front.id == id


def test_there_are_movements_enough_for_every_part_and_family() -> None:
    assert len(EVERY) >= 48
    for family in movements.FAMILIES:
        assert any(each.family == family for each in EVERY.values())
    for part in Part:
        assert sum(part in each.parts for each in EVERY.values()) >= 4


def test_every_net_that_an_answer_names_has_its_words() -> None:
    move = read("en", "move")
    assert move is not None
    assert set(movements.NETS) == set(move.body["nets"])  # type: ignore[call-overload]


def test_every_activity_that_a_movement_helps_with_is_one_that_can_be_chosen() -> None:
    start = read("en", "start")
    assert start is not None
    offered = {row["id"] for row in start.body["activity"]}  # type: ignore[attr-defined]
    assert {each for movement in EVERY.values() for each in movement.helps} <= offered


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('family = "bending"', 'family = "bouncing"'),
        ('osteoporosis = "swap"', 'osteoporosis = "perhaps"'),
        ('osteoporosis = "swap"', 'moon = "swap"'),
        ('net = "leg"', 'net = "none"'),
        ('name = "To your toes"', 'title = "To your toes"'),
        ('parts = ["main"]', 'parts = ["lunch"]'),
    ],
)
def test_a_movement_that_lacks_what_it_must_have_is_refused_by_name(old: str, new: str) -> None:
    path = files("safetomove.content") / "en" / "movements" / "easy-fold.toml"
    text = path.read_text("utf-8")
    assert old in text
    with pytest.raises(BadContent, match="easy-fold"):
        read_movement(parse(text.replace(old, new), "easy-fold"))
