"""The planned-missing design: little asked, nothing starved."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bench.invented_people import FIRST, World, person
from safetomove.core.diary import CheckIn, Diary
from safetomove.core.errors import BadInput
from safetomove.core.patterns import learn_most

EXTRAS = ("mood", "worry", "guarding", "social", "steps")
WEEKS = 5


def lived(skipped: frozenset[str]) -> list[tuple[str, ...]]:
    """Return what was asked on each day when each day tells only what was asked."""
    source = person(World(days=7 * WEEKS, missing=0.0), 2, 0).diary
    diary, asked = Diary(), []
    for full in source.check_ins:
        today = learn_most(diary, full.day, EXTRAS)
        asked.append(today)
        told = dict.fromkeys(one for one in EXTRAS if one not in today or one in skipped)
        diary = diary.with_check_in(replace(full, **told))
    return asked


@pytest.mark.parametrize("skipped", [frozenset(), frozenset({"mood", "worry"})])
def test_every_question_comes_round_even_beside_two_that_are_always_skipped(
    skipped: frozenset[str],
) -> None:
    asked = lived(skipped)
    assert {len(today) for today in asked} == {2}
    for name in EXTRAS:
        days = [n for n, today in enumerate(asked) if name in today]
        gaps = [later - sooner for sooner, later in zip([-1, *days], [*days, 7 * WEEKS])]  # noqa: B905
        assert max(gaps) <= 11, name  # seven days' wait, then its turn among five


def test_a_check_in_opened_twice_asks_the_same() -> None:
    diary = person(World(days=40), 2, 1).diary
    day = FIRST + timedelta(days=40)
    first = learn_most(diary, day, EXTRAS)
    assert learn_most(diary.with_check_in(CheckIn(day=day, mood=3.0)), day, EXTRAS) == first


def test_the_link_that_is_least_known_is_asked_first_of_those_that_waited_alike() -> None:
    world = World(
        days=90, missing=0.0, effect=(0.9, 1.0), inclusion=(0.0, 0.0, 0.0, 1.0, *[0.0] * 4)
    )
    diary = person(world, 3, 0).diary
    day = FIRST + timedelta(days=91)  # a Monday: all of it counts, and all waited two days
    assert "worry" not in learn_most(diary, day, ("worry", "mood", "guarding"), how_many=2)


def test_few_questions_are_all_asked_and_a_negative_number_is_refused() -> None:
    assert learn_most(Diary(), FIRST, ("mood",)) == ("mood",)
    assert learn_most(Diary(), FIRST, EXTRAS, how_many=0) == ()
    with pytest.raises(BadInput):
        learn_most(Diary(), FIRST, EXTRAS, how_many=-1)
