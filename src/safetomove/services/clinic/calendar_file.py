"""A group's sessions as a calendar file that people's calendars follow.

Each meeting keeps its UID for good, and its SEQUENCE rises with every change, so that a moved
session moves and one that was called off is struck out. The words are neutral: a calendar is
seen by families and at work. The same values always make the same bytes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard

from safetomove.core.course import Meeting, Schedule, State
from safetomove.core.errors import BadInput

PRODUCT: Final = "-//Safe to Move//Course//EN"
ASK_AGAIN: Final = timedelta(hours=6)  # how often a calendar that follows should look
STEP: Final = timedelta(days=1)  # no zone changes its clock twice within a day


class BadCalendar(BadInput):
    """What no calendar file can be made from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupCalendar:
    """What the file holds. `group` and `site` make the UIDs and must never change.

    `changed_at` is when anything in it last changed; `summary` and `called_off` are the neutral
    words of an event, and `url` leads to a video call.
    """

    group: str
    site: str
    schedule: Schedule
    place: str
    summary: str
    called_off: str
    changed_at: datetime
    url: str = ""

    def __post_init__(self) -> None:
        if self.changed_at.tzinfo is None:
            raise BadCalendar("the time of the last change needs its zone")
        if not self.group or not self.site or not self.schedule.meetings:
            raise BadCalendar("a calendar needs a group, a site and a meeting")


def calendar_file(of: GroupCalendar) -> bytes:
    """Return the file, in UTF-8, cancelled meetings included."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    meetings = sorted(of.schedule.meetings, key=lambda each: each.id)
    calendar.add_component(_zone(of.schedule.timetable.zone, meetings))
    for meeting in meetings:
        calendar.add_component(_event(of, meeting))
    made: bytes = calendar.to_ical()
    return made


def _event(of: GroupCalendar, meeting: Meeting) -> Event:
    event = Event()
    off = meeting.state is State.CANCELLED
    event.add("uid", f"{of.group}-{meeting.id}@{of.site}")
    event.add("sequence", meeting.changes)
    event.add("dtstamp", of.changed_at.astimezone(UTC))
    event.add("dtstart", meeting.starts)
    event.add("dtend", meeting.ends)
    event.add("summary", of.called_off if off else of.summary)
    event.add("status", "CANCELLED" if off else "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT" if off else "OPAQUE")
    if of.place:
        event.add("location", of.place)
    if of.url and not off:
        event.add("url", of.url)
    return event


def _zone(zone: ZoneInfo, meetings: Sequence[Meeting]) -> Timezone:
    """Tell the zone's clock changes, from the year before the first meeting to that after."""
    first = datetime(min(each.utc for each in meetings).year - 1, 1, 1, tzinfo=UTC)
    last = datetime(max(each.utc for each in meetings).year + 2, 1, 1, tzinfo=UTC)
    described = Timezone()
    described.add("tzid", zone.key)
    described.add_component(_part(zone, first, first))
    for before, after in _changes(zone, first, last):
        described.add_component(_part(zone, before, after))
    return described


def _part(zone: ZoneInfo, before: datetime, after: datetime) -> TimezoneStandard | TimezoneDaylight:
    """Make one rule, whose start is told on the clock as it stood before."""
    old, new = before.astimezone(zone), after.astimezone(zone)
    part = TimezoneDaylight() if new.dst() else TimezoneStandard()
    offset = old.utcoffset() or timedelta()
    part.add("dtstart", (after + offset).replace(tzinfo=None))
    part.add("tzoffsetfrom", offset)
    part.add("tzoffsetto", new.utcoffset() or timedelta())
    part.add("tzname", new.tzname() or zone.key)
    return part


def _changes(
    zone: ZoneInfo, first: datetime, last: datetime
) -> Iterator[tuple[datetime, datetime]]:
    """Yield the last second on the old clock and the first on the new, for each change."""
    days = (first + STEP * n for n in range((last - first) // STEP + 1))
    for before, after in pairwise(days):
        if before.astimezone(zone).utcoffset() != after.astimezone(zone).utcoffset():
            yield _narrowed(zone, before, after)


def _narrowed(zone: ZoneInfo, before: datetime, after: datetime) -> tuple[datetime, datetime]:
    """Halve the time between until a second is left."""
    old = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        if middle.astimezone(zone).utcoffset() == old:
            before = middle
        else:
            after = middle
    return before, after
