"""A running session is the same on every device, however its events come in."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safetomove.content import course
from safetomove.core.course.happened import BadRun, Deed, Event, How, Why
from safetomove.core.course.run import fold
from safetomove.core.course.run_clock import Phase, parts, where

START = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
WHO = ("amina", "brian", "carol")
PARTS = parts(course.syllabus().session(1))
TURNS = [each.index for each in PARTS if each.phase is Phase.STATIONS]


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def event(deed: Deed, seconds: float, key: str = "", **more: object) -> Event:
    return Event(key=key or f"{deed}-{seconds:g}", at=at(seconds), deed=deed, **more)


VALUES = {Deed.CAME: ("present", "absent", ""), Deed.SWAP: ("swap", "plan"),
          Deed.NEW: ("no", "yes"), Deed.STOP: tuple(Why), Deed.CLEAR: tuple(How)}  # fmt: skip


@st.composite
def events(draw: st.DrawFn) -> Event:
    deed = draw(st.sampled_from(Deed))
    return Event(
        key=draw(st.sampled_from("abcdefgh")) + draw(st.sampled_from("123")),
        at=at(draw(st.integers(0, 60))),
        deed=deed,
        member=draw(st.sampled_from(WHO)),
        to=draw(st.integers(0, 12)),
        value=draw(st.sampled_from(VALUES.get(deed, ("",)))),
        movement="step-up" if deed is Deed.LEVEL else "",
        text="Knee felt odd" if deed is Deed.NOTE else "",
        clears=tuple(draw(st.lists(st.sampled_from(["a1", "b1", "c2"]), max_size=2))),
    )


@given(st.lists(events(), max_size=30), st.randoms(use_true_random=False))
def test_any_order_of_delivery_and_any_repeats_give_the_same_state(told, random) -> None:
    again = told + [each for each in told if random.random() < 0.5]
    random.shuffle(again)
    assert fold(again) == fold(told)
    assert fold(Event.from_json(each.to_json()) for each in again) == fold(told)


@given(st.lists(events(), max_size=30), events())
def test_nothing_but_a_clear_that_names_it_ever_settles_a_stop(told, late) -> None:
    before, after = fold(told), fold([*told, late])
    if late.deed is not Deed.CLEAR and late.key not in {each.key for each in told}:
        assert set(before.stops) <= set(after.stops)


@given(st.lists(st.integers(0, 3000), max_size=6))
def test_however_long_the_pauses_a_part_gives_its_whole_time(stamps: list[int]) -> None:
    told = [event(Deed.STEP, 0, to=0)]
    stopped = 0
    for n, (one, two) in enumerate(zip(stamps[::2], stamps[1::2], strict=False)):
        begin = n * 10_000 + 10
        told += [event(Deed.PAUSE, begin + one), event(Deed.RESUME, begin + one + two)]
        stopped += two
    now = at(100_000)
    found = where(fold(told), PARTS, now)
    assert found is not None
    assert found.left == pytest.approx(60 * PARTS[0].minutes - (100_000 - stopped))


def test_the_hour_is_cut_into_the_talk_the_warm_up_the_turns_and_the_rest() -> None:
    for session in course.syllabus().sessions:
        hour = parts(session)
        assert sum(each.minutes for each in hour) == 60
        assert [each.index for each in hour] == [*range(len(hour))]
        assert len([each for each in hour if each.phase is Phase.STATIONS]) == session.circuit.turns


def test_turns_follow_by_themselves_and_all_else_waits_for_a_tap() -> None:
    minutes = PARTS[TURNS[0]].minutes
    begun = fold([event(Deed.STEP, 0, to=TURNS[0])])
    second = where(begun, PARTS, at(60 * minutes + 5))
    assert second is not None
    assert (second.part.index, second.left) == (TURNS[1], 60 * minutes - 5)
    last = where(begun, PARTS, at(60 * minutes * (len(TURNS) + 5)))
    assert last is not None
    assert last.part.index == TURNS[-1]  # the rest begins when somebody says so
    assert last.left < 0
    talk = where(fold([event(Deed.STEP, 0, to=0)]), PARTS, at(10_000))
    assert talk is not None
    assert talk.part.index == 0


def test_a_minute_more_is_for_that_turn_alone() -> None:
    first, minutes = TURNS[0], PARTS[TURNS[0]].minutes
    run = fold([event(Deed.STEP, 0, to=first), event(Deed.MORE, 30, to=first)])
    still = where(run, PARTS, at(60 * minutes + 30))
    assert still is not None
    assert (still.part.index, still.left) == (first, 30)
    then = where(run, PARTS, at(60 * minutes + 60))
    assert then is not None
    assert (then.part.index, then.left) == (first + 1, 60 * minutes)


def test_two_who_press_change_at_once_go_on_by_one() -> None:
    run = fold([event(Deed.STEP, 0, to=3), event(Deed.STEP, 9, "a", to=4),
                event(Deed.STEP, 10, "b", to=4)])  # fmt: skip
    assert run.part == 4


def test_a_later_no_or_answers_settle_only_what_they_may() -> None:
    new = event(Deed.NEW, 1, "n", member="amina", value="yes")
    sign = event(Deed.STOP, 2, "s", member="amina", value=Why.SIGN)
    room = event(Deed.STOP, 3, "r", member="amina", value=Why.ROOM)
    no = event(Deed.NEW, 9, "no", member="amina", value="no")
    asked = event(Deed.CLEAR, 10, "q", member="amina", value=How.QUESTIONS, clears=("n", "s", "r"))
    assert set(fold([new, no]).stops) == {"n"}
    assert set(fold([new, sign, room, asked]).stops) == {"s", "r"}
    seen = replace(asked, key="c", value=How.CLINICIAN, clears=("s",))
    assert set(fold([new, sign, room, asked, seen]).stops) == {"r"}


def test_a_stop_from_a_slow_clock_is_not_cleared_by_a_clear_that_did_not_know_it() -> None:
    early = event(Deed.STOP, -3600, "slow", member="amina", value=Why.ROOM)
    clear = event(Deed.CLEAR, 5, "c", member="amina", value=How.CLINICIAN, clears=("other",))
    assert fold([clear, early]).stopped("amina") == (early,)


@pytest.mark.parametrize(
    "wrong",
    [
        {"key": "a b"}, {"key": ""}, {"deed": "dance"}, {"at": "soon"}, {"at": "2026-11-24T10:00"},
        {"to": -1}, {"to": "3"}, {"to": True}, {"deed": "came", "value": "late", "member": "x"},
        {"deed": "new", "value": "no"}, {"deed": "note"}, {"deed": "note", "text": "x" * 1001},
        {"deed": "note", "text": "a\x00b"}, {"order": "amina"}, {"clears": [1]}, {"value": 3},
    ],
)  # fmt: skip
def test_what_can_not_be_read_as_meant_is_refused(wrong: dict[str, object]) -> None:
    fine = {"key": "k", "at": "2026-11-24T10:00:00+00:00", "deed": "pause"}
    assert Event.from_json(fine).deed is Deed.PAUSE
    with pytest.raises(BadRun):
        Event.from_json(fine | wrong)


def test_only_an_object_is_an_event() -> None:
    for wrong in (None, [], "step", 4):
        with pytest.raises(BadRun):
            Event.from_json(wrong)
