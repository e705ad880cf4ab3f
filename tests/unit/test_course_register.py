"""Nine of twelve is a course done; a blank is neither here nor away."""

from datetime import UTC, datetime, timedelta

import pytest

from safetomove.core.course import (
    Attendance,
    BadRegister,
    Register,
    Running,
    complete_from,
    runs_next,
    to_make_up,
)

P, A, M, O = Attendance.PRESENT, Attendance.ABSENT, Attendance.MADE_UP, Attendance.ONE_TO_ONE  # noqa: E741
SIGNS = {"p": P, "a": A, "m": M, "o": O}


def register(**people: str) -> Register:
    """Read marks from letters, one for each session, with a dot for a blank."""
    marks = {
        (key, n): SIGNS[sign]
        for key, signs in people.items()
        for n, sign in enumerate(signs, 1)
        if sign != "."
    }
    return Register(sessions=12, people=tuple(people), marks=marks)


@pytest.mark.parametrize(
    ("marks", "came", "done"),
    [
        ("pppppppppaaa", 9, True),
        ("ppppppppaaaa", 8, False),
        ("ppppppppamaa", 9, True),
        ("ppppppppoaaa", 9, True),
        ("pppppppp....", 8, False),
        ("aaaaaaaaaaaa", 0, False),
    ],
)
def test_nine_of_twelve_is_done_and_what_was_made_up_counts(
    marks: str, came: int, done: bool
) -> None:
    stands = register(ann=marks).standing("ann")
    assert (len(stands.came), stands.completed, stands.still_to_come) == (
        came, done, max(9 - came, 0),
    )  # fmt: skip


def test_a_blank_mark_is_neither_here_nor_away() -> None:
    stands = register(ann="p.a.........").standing("ann")
    assert (stands.came, stands.missed) == ((1,), (3,))
    assert stands.not_noted == (2, 4, 5, 6, 7, 8, 9, 10, 11, 12)
    assert stands.started
    assert not register(bob="............").standing("bob").started


@pytest.mark.parametrize(("sessions", "least"), [(12, 9), (8, 6), (6, 5), (1, 1), (24, 18)])
def test_other_lengths_ask_for_the_same_share(sessions: int, least: int) -> None:
    assert complete_from(sessions) == least


def test_only_an_absence_that_was_noted_and_held_is_to_be_made_up() -> None:
    group = register(ann="pa.ma.......", bob="pppp........", cat="aaaa........")
    assert to_make_up(group, held={1, 2, 3, 4}) == {"ann": (2,), "cat": (1, 2, 3, 4)}


def test_a_make_up_takes_the_session_off_the_list() -> None:
    group = register(ann="pa..........").marked("ann", 2, M)
    assert to_make_up(group, held={1, 2}) == {}
    assert group.marked("ann", 2, None).standing("ann").not_noted[0] == 2


NOW = datetime(2026, 11, 3, 9, tzinfo=UTC)


def running(group: str, content: str, days: int, places: int = 2) -> Running:
    return Running(group=group, content=content, starts=NOW + timedelta(days=days), places=places)


def test_the_same_session_is_found_in_the_next_group_that_has_a_place() -> None:
    every = [
        running("late", "sleep-well", 9),
        running("full", "sleep-well", 2, places=0),
        running("past", "sleep-well", -1),
        running("other", "medicines", 1),
        running("own", "sleep-well", 3),
        running("soon", "sleep-well", 4),
    ]
    found = runs_next("sleep-well", every, after=NOW, not_in="own")
    assert [each.group for each in found] == ["soon", "late"]


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(BadRegister, match="zone"):
        Running(group="a", content="b", starts=NOW.replace(tzinfo=None), places=1)


def test_a_register_comes_back_from_json() -> None:
    group = register(ann="pamo........", bob="............")
    assert Register.from_json(group.to_json()) == group


@pytest.mark.parametrize(
    "data",
    [None, {}, {"shape": 1},
     {"shape": 1, "sessions": 12, "people": ["a"], "marks": [["a", 1, "x"]]},
     {"shape": 1, "sessions": 12, "people": ["a"], "marks": [["b", 1, "present"]]},
     {"shape": 1, "sessions": 12, "people": ["a", "a"], "marks": []}],
)  # fmt: skip
def test_a_register_that_cannot_be_is_refused(data: object) -> None:
    with pytest.raises(BadRegister):
        Register.from_json(data)  # type: ignore[arg-type]


def test_a_mark_for_a_session_that_is_not_there_is_refused() -> None:
    with pytest.raises(BadRegister, match="session 13"):
        register(ann="p...........").marked("ann", 13, P)
    with pytest.raises(BadRegister, match="nobody"):
        register(ann="p...........").standing("bob")
