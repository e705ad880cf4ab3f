"""The calendar file gives the right local times in two readers that know nothing of each other."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from dateutil.tz import tzical

from safetomove.core.course import Content, Schedule, Timetable, schedule
from safetomove.services.clinic.calendar_file import BadCalendar, GroupCalendar, calendar_file

LONDON = ZoneInfo("Europe/London")
ROOM = "Room 4, first floor; ring the bell\nNo lift"
TOLD = datetime(2026, 3, 1, 9, tzinfo=UTC)


def course(first: date) -> Schedule:
    """Lay out a course on Tuesdays and Fridays at half past ten."""
    return schedule(
        Timetable(first_day=first, weekdays=frozenset({1, 4}), starts=time(10, 30), zone=LONDON)
    )


def wall(clock: str) -> datetime:
    return datetime.fromisoformat(clock)


SPRING = course(date(2026, 3, 10)).moved(5, wall("2026-03-25 18:15"))
SPRING = SPRING.cancelled(8, content=Content.PASSED_ON)
AUTUMN = course(date(2026, 10, 13)).moved(5, wall("2026-10-28 08:00"))
AUTUMN = AUTUMN.cancelled(3, content=Content.LEFT_OUT)
BOTH = pytest.mark.parametrize("of", [SPRING, AUTUMN], ids=["March", "October"])


def file(of: Schedule, **what: Any) -> bytes:
    usual = {
        "group": "8c1f", "site": "clinic.example", "place": ROOM, "summary": "Group session",
        "called_off": "Called off: group session", "changed_at": TOLD,
    }  # fmt: skip
    return calendar_file(GroupCalendar(schedule=of, **{**usual, **what}))


def events(made: bytes) -> dict[str, Any]:
    """Read with icalendar, which takes zones from the zone's name."""
    return {str(each["uid"]): each for each in icalendar.Calendar.from_ical(made).walk("VEVENT")}


def seen_by_vobject(made: bytes) -> dict[str, Any]:
    """Read with vobject, which takes zones from the rules inside the file."""
    whole = vobject.readOne(made.decode())
    return {each.uid.value: each for each in whole.vevent_list}


@BOTH
def test_both_readers_find_every_meeting_at_its_moment(of: Schedule) -> None:
    made = file(of)
    one, two = events(made), seen_by_vobject(made)
    for meeting in of.meetings:
        uid = f"8c1f-{meeting.id}@clinic.example"
        for start, end in (
            (one[uid].decoded("dtstart"), one[uid].decoded("dtend")),
            (two[uid].dtstart.value, two[uid].dtend.value),
        ):
            assert start.astimezone(UTC) == meeting.utc
            assert start.replace(tzinfo=None) == meeting.starts.replace(tzinfo=None)
            assert end.astimezone(UTC) - start.astimezone(UTC) == timedelta(hours=1)
    assert len(one) == len(two) == len(of.meetings)


@BOTH
def test_the_clock_shows_half_past_ten_before_and_after_the_change(of: Schedule) -> None:
    usual = [each for each in of.meetings if each.starts.time() == time(10, 30)]
    assert {each.utc.hour for each in usual} == {9, 10}
    shown = seen_by_vobject(file(of))
    assert {
        shown[f"8c1f-{each.id}@clinic.example"].dtstart.value.strftime("%H:%M") for each in usual
    } == {"10:30"}


@pytest.mark.parametrize(
    "clock",
    ["2026-03-29 00:59", "2026-03-29 02:00", "2026-03-29 02:30", "2026-10-25 00:30",
     "2026-10-25 02:00", "2027-03-28 02:30", "2026-01-15 12:00", "2026-07-15 12:00"],
)  # fmt: skip
def test_the_zone_inside_the_file_is_right_to_the_minute(clock: str, tmp_path: Any) -> None:
    """Read the zone's rules with a third reader, since others may know the zone by name."""
    path = tmp_path / "group.ics"
    path.write_bytes(file(AUTUMN))
    inside = tzical(str(path)).get("Europe/London")
    assert wall(clock).replace(tzinfo=inside).astimezone(UTC) == wall(clock).replace(
        tzinfo=LONDON
    ).astimezone(UTC)


def test_a_moved_session_keeps_its_uid_and_its_sequence_rises() -> None:
    plain = course(date(2026, 10, 13))
    moved = plain.moved(5, wall("2026-10-28 08:00"))
    again = moved.moved(5, wall("2026-10-28 09:00"))
    uid = "8c1f-5@clinic.example"
    read = [events(file(each))[uid] for each in (plain, moved, again)]
    assert [each["sequence"] for each in read] == [0, 1, 2]
    assert f"{read[2].decoded('dtstart'):%d %b %H:%M}" == "28 Oct 09:00"
    others = [events(file(each)) for each in (plain, again)]
    assert all(others[0][id] == others[1][id] for id in others[0] if id != uid)


def test_a_session_that_was_called_off_is_struck_out_and_not_left_out() -> None:
    off = events(file(AUTUMN))["8c1f-3@clinic.example"]
    assert (off["status"], off["sequence"], off["transp"]) == ("CANCELLED", 1, "TRANSPARENT")
    on = events(file(AUTUMN))["8c1f-4@clinic.example"]
    assert (on["status"], on["sequence"]) == ("CONFIRMED", 0)


def test_a_calendar_seen_by_others_tells_nothing_of_health() -> None:
    made = file(AUTUMN).decode().lower()
    for word in ("pain", "back", "physio", "exercise", "health", "patient", "nhs"):
        assert word not in made
    assert {str(each["class"]) for each in events(file(AUTUMN)).values()} == {"PRIVATE"}


def test_the_place_arrives_as_it_was_written_and_can_add_nothing_to_the_file() -> None:
    evil = "Room 4\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:free money"
    made = file(AUTUMN, place=evil)
    assert len(events(made)) == 12
    assert str(events(file(AUTUMN))["8c1f-1@clinic.example"]["location"]) == ROOM
    assert seen_by_vobject(file(AUTUMN))["8c1f-1@clinic.example"].location.value == ROOM


def test_lines_are_as_long_as_calendars_take_and_end_as_they_should() -> None:
    made = file(AUTUMN, place="Größe " * 40)
    assert made.endswith(b"\r\n")
    assert max(len(line) for line in made.split(b"\r\n")) <= 75
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT6H" in made


def test_the_same_values_make_the_same_bytes() -> None:
    assert file(SPRING) == file(SPRING)


@pytest.mark.parametrize("zone", ["America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"])
def test_other_zones_are_told_as_well(zone: str, tmp_path: Any) -> None:
    place = ZoneInfo(zone)
    table = Timetable(
        first_day=date(2026, 3, 2), weekdays=frozenset({0, 3}), starts=time(9), zone=place, count=24
    )
    of = schedule(table)
    made = file(of)
    path = tmp_path / "group.ics"
    path.write_bytes(made)
    inside = tzical(str(path)).get(zone)
    for each in of.meetings:
        naive = each.starts.replace(tzinfo=None)
        assert naive.replace(tzinfo=inside).astimezone(UTC) == each.utc


@pytest.mark.parametrize(
    "wrong", [{"changed_at": TOLD.replace(tzinfo=None)}, {"group": ""}, {"site": ""}]
)
def test_what_makes_no_calendar_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(BadCalendar):
        file(SPRING, **wrong)
