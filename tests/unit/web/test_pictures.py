"""Drawings tell the truth about the numbers: gaps stay gaps, and nothing is overdrawn."""

import re

import pytest

from safetomove.web.pictures import (
    HILL_FOOT,
    HILL_GOAL,
    HILL_TOP,
    ROOM_LEFT,
    ROOM_RIGHT,
    CannotDraw,
    Week,
    hill_picture,
    room_picture,
)


def weeks_of(*values: float | None, flares: tuple[int, ...] = ()) -> list[Week]:
    return [Week(label=str(n), value=value, flare=n in flares) for n, value in enumerate(values, 1)]


def heights(line: str) -> list[float]:
    return [float(y) for _, y in re.findall(r"(-?[\d.]+) (-?[\d.]+)", line)]


def test_a_week_without_notes_leaves_a_gap_and_not_a_dip() -> None:
    hill = hill_picture(weeks_of(6, 8, None, 10, 12), goal=30)
    assert len(hill.lines) == 2
    assert max(y for line in hill.lines for y in heights(line)) < HILL_FOOT


def test_a_week_between_two_gaps_is_a_dot() -> None:
    hill = hill_picture(weeks_of(6, 7, None, 8, None, 9, 10))
    assert len(hill.lone) == 1


def test_the_line_never_rises_above_its_highest_week() -> None:
    values = (10, 24, 18, 27, 22, 30)
    (line,) = hill_picture(weeks_of(*values), goal=30).lines
    assert min(heights(line)) == HILL_TOP
    assert heights(line)[0] == max(heights(line))


def test_the_way_on_is_drawn_until_the_goal_is_met() -> None:
    before, after = (hill_picture(weeks_of(10, last), goal=30) for last in (29, 30))
    assert before.way_on
    assert before.here.x < HILL_GOAL
    assert not after.way_on
    assert (after.here.x, after.here.y) == (HILL_GOAL, HILL_TOP)


def test_flare_ups_are_huts_and_their_words_do_not_meet() -> None:
    hill = hill_picture(weeks_of(*range(6, 18), flares=(3, 4, 9)), goal=30)
    assert len(hill.huts) == 3
    assert [hut.words is not None for hut in hill.huts] == [True, False, True]


def test_a_hillside_of_nothing_is_refused() -> None:
    with pytest.raises(CannotDraw, match="at least one week"):
        hill_picture(weeks_of(None, None))


@pytest.mark.parametrize(("aim", "share"), [(11, 0.0), (16, 1.0), (14, 0.6)])
def test_the_aim_stands_at_its_true_place_between_least_and_most(aim: float, share: float) -> None:
    assert room_picture(11, aim, 16).aim == ROOM_LEFT + share * (ROOM_RIGHT - ROOM_LEFT)


def test_an_aim_outside_what_counts_is_refused() -> None:
    with pytest.raises(CannotDraw, match="outside 11 to 16"):
        room_picture(11, 17, 16)
