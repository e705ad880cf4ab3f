"""A course meets at the same time of day through both clock changes, and changes are told once."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.easter import easter
from hypothesis import given, settings
from hypothesis import strategies as st

from safetomove.core.course import (
    BadDates,
    Content,
    Later,
    NoSuchTime,
    Schedule,
    State,
    Timetable,
    bank_holidays,
    schedule,
)
from safetomove.core.course.holidays import easter_sunday
from safetomove.core.errors import BadInput

LONDON = ZoneInfo("Europe/London")
TUESDAY, FRIDAY, SUNDAY = 1, 4, 6
HALF_TEN = time(10, 30)


def timetable(first: date, **what: object) -> Timetable:
    usual = {"weekdays": frozenset({TUESDAY, FRIDAY}), "starts": HALF_TEN, "zone": LONDON}
    return Timetable(first_day=first, **{**usual, **what})  # type: ignore[arg-type]


def wall(clock: str) -> datetime:
    """Read what a clock on the wall shows."""
    return datetime.fromisoformat(clock)


def days(of: Schedule) -> list[str]:
    return [f"{each.starts:%a %d %b}" for each in of.held]


AUTUMN = schedule(timetable(date(2026, 10, 12)))
SPRING = schedule(timetable(date(2026, 3, 10)))

# As published for England and Wales; 2028 to 2030 by the same rule, counted on a calendar.
PUBLISHED = {
    2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
    2027: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
    2028: "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26",
    2029: "01-01 03-30 04-02 05-07 05-28 08-27 12-25 12-26",
    2030: "01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26",
}


@pytest.mark.parametrize("year", PUBLISHED)
def test_bank_holidays_are_those_of_the_calendar(year: int) -> None:
    assert " ".join(f"{day:%m-%d}" for day in sorted(bank_holidays(year))) == PUBLISHED[year]


def test_easter_is_that_of_another_reckoning_for_every_year_we_answer_for() -> None:
    assert all(easter_sunday(year) == easter(year) for year in range(1978, 2100))


@pytest.mark.parametrize("year", [1977, 2100])
def test_a_year_outside_the_rule_is_refused(year: int) -> None:
    with pytest.raises(BadInput, match="1978 to 2099"):
        bank_holidays(year)


def test_two_a_week_for_six_weeks_are_twelve() -> None:
    assert days(AUTUMN)[:3] == ["Tue 13 Oct", "Fri 16 Oct", "Tue 20 Oct"]
    assert days(AUTUMN)[-1] == "Fri 20 Nov"
    assert [each.session for each in AUTUMN.meetings] == [*range(1, 13)]


@pytest.mark.parametrize(
    ("course", "before", "after"),
    [
        (AUTUMN, date(2026, 10, 23), date(2026, 10, 27)),
        (SPRING, date(2026, 3, 27), date(2026, 3, 31)),
    ],
)
def test_the_clock_on_the_wall_stays_the_same_when_the_clocks_change(
    course: Schedule, before: date, after: date
) -> None:
    on = {each.starts.date(): each for each in course.meetings}
    assert on[before].starts.time() == on[after].starts.time() == HALF_TEN
    gap = on[after].utc.hour - on[before].utc.hour
    assert gap == (1 if course is AUTUMN else -1)
    assert on[after].ends - on[after].starts == timedelta(hours=1)


def test_days_off_are_left_out_and_the_course_runs_on_after_them() -> None:
    off = bank_holidays(2026) | {date(2026, 4, 7)}
    spring = schedule(timetable(date(2026, 3, 24), days_off=off))
    assert date(2026, 4, 3) not in {each.starts.date() for each in spring.meetings}  # Good Friday
    assert days(spring)[3] == "Fri 10 Apr"
    assert len(spring.held) == 12


def test_a_time_that_the_clocks_jump_over_is_refused() -> None:
    with pytest.raises(NoSuchTime, match="29 March 2026 the clocks jump over 01:30"):
        schedule(timetable(date(2026, 3, 29), weekdays=frozenset({SUNDAY}), starts=time(1, 30)))


def test_of_a_time_that_comes_twice_the_first_is_meant_and_it_is_said() -> None:
    nights = schedule(
        timetable(date(2026, 10, 25), weekdays=frozenset({SUNDAY}), starts=time(1, 30), count=2)
    )
    assert nights.meetings[0].twice
    assert nights.meetings[0].utc == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert not nights.meetings[1].twice


def test_a_meeting_over_a_clock_change_lasts_the_minutes_that_pass() -> None:
    night = schedule(
        timetable(date(2026, 10, 25), weekdays=frozenset({SUNDAY}), starts=time(0, 30),
                  minutes=120, count=1)
    )  # fmt: skip
    assert f"{night.meetings[0].ends:%H:%M}" == "01:30"


def test_moving_one_leaves_the_others_alone() -> None:
    moved = AUTUMN.moved(5, wall("2026-10-28 14:00"))
    assert (moved.meeting(5).state, moved.meeting(5).changes) == (State.MOVED, 1)
    assert moved.meeting(5).utc == datetime(2026, 10, 28, 14, 0, tzinfo=UTC)
    assert [each for each in moved.meetings if each.id != 5] == [
        each for each in AUTUMN.meetings if each.id != 5
    ]


def test_moving_past_the_next_one_is_refused_unless_the_others_follow() -> None:
    late = wall("2026-10-30 16:00")
    with pytest.raises(BadDates, match="out of their order"):
        AUTUMN.moved(5, late)
    moved = AUTUMN.moved(5, late, later=Later.FOLLOW)
    assert days(moved)[4:7] == ["Fri 30 Oct", "Tue 03 Nov", "Fri 06 Nov"]
    assert days(moved)[-1] == "Tue 24 Nov"
    assert [each.session for each in moved.held] == [*range(1, 13)]


def test_two_meetings_cannot_be_at_the_same_time() -> None:
    with pytest.raises(BadDates):
        AUTUMN.moved(5, wall("2026-10-30 10:30"))


def test_a_session_that_is_left_out_is_gone_and_nothing_else_changes() -> None:
    off = AUTUMN.cancelled(3, content=Content.LEFT_OUT)
    assert off.meeting(3).state is State.CANCELLED
    assert [each.session for each in off.held] == [1, 2, *range(4, 13)]
    assert sum(each.changes for each in off.meetings) == 1


def test_a_session_that_is_passed_on_comes_next_and_a_meeting_is_added() -> None:
    on = AUTUMN.cancelled(3, content=Content.PASSED_ON)
    assert [each.session for each in on.held] == [*range(1, 13)]
    assert (on.meeting(4).session, on.meeting(13).session) == (3, 12)
    assert days(on)[-1] == "Tue 24 Nov"
    assert on.meeting(3).session is None


def test_calling_off_the_last_one_adds_one_after_it() -> None:
    on = AUTUMN.cancelled(12, content=Content.PASSED_ON)
    assert (days(on)[-1], on.held[-1].session) == ("Tue 24 Nov", 12)


def test_what_was_called_off_cannot_be_changed_again() -> None:
    off = AUTUMN.cancelled(3, content=Content.LEFT_OUT)
    with pytest.raises(BadDates, match="called off"):
        off.moved(3, wall("2026-10-21 09:00"))
    with pytest.raises(BadDates, match="no meeting 99"):
        off.cancelled(99, content=Content.LEFT_OUT)


def test_moving_to_where_it_is_and_back_counts_each_change_that_people_must_hear_of() -> None:
    there = AUTUMN.moved(5, wall("2026-10-28 14:00"))
    back = there.moved(5, wall("2026-10-27 10:30"))
    assert (back.meeting(5).changes, back.moved(5, wall("2026-10-27 10:30"))) == (2, back)


@given(
    st.dates(date(2026, 1, 1), date(2029, 12, 31)),
    st.sets(st.integers(0, 6), min_size=1),
    st.builds(time, st.integers(6, 21), st.integers(0, 59)),
    st.integers(1, 24),
    st.sampled_from(["Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"]),
)  # fmt: skip
@settings(max_examples=80)
def test_every_course_keeps_its_weekdays_its_time_and_its_days_off(
    first: date, weekdays: set[int], starts: time, count: int, zone: str
) -> None:
    off = frozenset().union(*(bank_holidays(year) for year in range(2026, 2034)))
    made = schedule(
        Timetable(first_day=first, weekdays=frozenset(weekdays), starts=starts, count=count,
                  zone=ZoneInfo(zone), days_off=off)
    )  # fmt: skip
    assert len(made.meetings) == count
    for each in made.meetings:
        assert each.starts.weekday() in weekdays
        assert each.starts.date() not in off
        assert each.utc.astimezone(ZoneInfo(zone)).time().replace(tzinfo=None) == starts
    assert Schedule.from_json(made.to_json()) == made


def test_dates_come_back_from_json_with_what_was_changed() -> None:
    changed = AUTUMN.cancelled(3, content=Content.PASSED_ON).moved(6, wall("2026-10-29 09:00"))
    assert Schedule.from_json(changed.to_json()) == changed


@pytest.mark.parametrize(
    "spoil", [{"shape": 2}, {"zone": "Europe/Nowhere"}, {"starts": "25:00"}, {"meetings": [{}]}]
)
def test_dates_that_cannot_be_read_are_refused(spoil: dict[str, object]) -> None:
    with pytest.raises(BadDates):
        Schedule.from_json({**AUTUMN.to_json(), **spoil})


@pytest.mark.parametrize(
    "wrong",
    [{"weekdays": frozenset()}, {"weekdays": frozenset({7})}, {"minutes": 0}, {"count": 0},
     {"starts": time(10, 30, tzinfo=UTC)}],
)  # fmt: skip
def test_a_timetable_that_cannot_be_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(BadDates):
        timetable(date(2026, 10, 12), **wrong)


def test_an_extra_session_out_of_its_order_does_not_stop_later_changes() -> None:
    extra = replace(AUTUMN.meeting(2), id=13, starts=AUTUMN.meeting(9).starts + timedelta(hours=3))
    extra_too = replace(AUTUMN, meetings=(*AUTUMN.meetings, extra))
    moved = extra_too.moved(5, wall("2026-10-28 14:00"))
    assert moved.meeting(5).starts == wall("2026-10-28 14:00").replace(tzinfo=LONDON)
    with pytest.raises(BadDates, match="out of their order"):
        extra_too.moved(5, wall("2026-10-31 14:00"))


def test_two_meetings_with_one_id_are_refused() -> None:
    with pytest.raises(BadDates, match="same id"):
        replace(AUTUMN, meetings=AUTUMN.meetings[:1] * 2)
    with pytest.raises(BadDates, match="can't be"):
        replace(AUTUMN.meeting(1), minutes=0)


def test_a_year_of_days_off_ends_in_a_refusal_and_not_in_a_search_without_end() -> None:
    every = frozenset(date(2026, 1, 1) + timedelta(days=n) for n in range(2000))
    with pytest.raises(BadDates, match="too many days off"):
        schedule(timetable(date(2026, 1, 5), days_off=every))
