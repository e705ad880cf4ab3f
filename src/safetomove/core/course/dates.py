"""When a course meets: local times that stay right across clock changes, and what was changed.

A meeting is an event in people's calendars and keeps its id for good; `session` is what is
done there. So a cancelled meeting can pass its session on to the next one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import combinations, islice
from typing import Any, Final
from zoneinfo import ZoneInfo

from safetomove.core.course.timetable import BadDates, Meeting, NoSuchTime, State, Timetable

SHAPE: Final = 1  # of the JSON
LOOK_AHEAD: Final = 3 * 366  # days in which all meetings must fall


class Later(StrEnum):
    """What becomes of the meetings after one that moves."""

    STAY = "stay"
    FOLLOW = "follow"  # they are put on the next days of the timetable


class Content(StrEnum):
    """What becomes of the session of a meeting that is cancelled."""

    LEFT_OUT = "left_out"  # whoever needs it makes it up elsewhere
    PASSED_ON = "passed_on"  # all sessions from here on come one meeting later


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """A group's meetings in the order in which they were made, cancelled ones included."""

    timetable: Timetable
    meetings: tuple[Meeting, ...]

    def __post_init__(self) -> None:
        if len({each.id for each in self.meetings}) < len(self.meetings):
            raise BadDates("two meetings have the same id")

    @property
    def held(self) -> tuple[Meeting, ...]:
        """Return what takes place, by time."""
        return tuple(
            sorted((each for each in self.meetings if each.held), key=lambda each: each.utc)
        )

    def meeting(self, id: int) -> Meeting:
        """Return one meeting; refuse an id that isn't there."""
        found = next((each for each in self.meetings if each.id == id), None)
        if found is None:
            raise BadDates(f"there is no meeting {id}")
        return found

    def moved(self, id: int, to: datetime, *, later: Later = Later.STAY) -> "Schedule":
        """Put one meeting at another local time, and perhaps those after it on later days.

        Raises
        ------
        BadDates
            If it was cancelled, would no longer stand between its neighbours, or the time is
            skipped by the clocks.
        """
        meeting = self._on(id)
        starts = local(to.replace(tzinfo=None), self.timetable.zone)
        moved = _changed(meeting, starts=starts, state=State.MOVED)
        following = [each for each in self.held if each.utc > meeting.utc]
        if later is Later.STAY:
            return self._with((moved,))
        free = (each for each in _slots(self.timetable, starts.date()) if each > starts)
        pushed = [
            _changed(each, starts=slot, state=State.MOVED)
            for each, slot in zip(following, islice(free, len(following)), strict=True)
        ]
        return self._with((moved, *pushed))

    def cancelled(self, id: int, *, content: Content) -> "Schedule":
        """Call one meeting off; its session is left out, or passed on with a meeting more."""
        meeting = self._on(id)
        off = _changed(meeting, state=State.CANCELLED)
        if content is Content.LEFT_OUT:
            return self._with((off,))
        after = [each for each in self.held if each.utc > meeting.utc]
        sessions = [meeting.session, *(each.session for each in after)]
        passed = [
            _changed(each, session=session)
            for each, session in zip(after, sessions[:-1], strict=True)
        ]
        last = after[-1] if after else meeting
        free = _slots(self.timetable, last.starts.date())
        extra = Meeting(
            id=max(each.id for each in self.meetings) + 1,
            session=sessions[-1],
            starts=next(slot for slot in free if slot > last.starts),
            minutes=self.timetable.minutes,
        )
        return self._with((replace(off, session=None), *passed, extra))

    def to_json(self) -> dict[str, Any]:
        """Return plain values that JSON can hold; times are local, beside their zone."""
        table = self.timetable
        return {
            "shape": SHAPE,
            "first_day": table.first_day.isoformat(),
            "weekdays": sorted(table.weekdays),
            "starts": table.starts.isoformat(),
            "zone": table.zone.key,
            "minutes": table.minutes,
            "count": table.count,
            "days_off": sorted(day.isoformat() for day in table.days_off),
            "meetings": [_meeting_json(each) for each in self.meetings],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Schedule":
        """Read what `to_json` wrote; a shape that we don't know is refused."""
        if not isinstance(data, Mapping) or data.get("shape") != SHAPE:
            raise BadDates(f"the dates are not written in shape {SHAPE}")
        try:
            table = _read_timetable(data)
            meetings = tuple(_read_meeting(each, table.zone) for each in data["meetings"])
        except (KeyError, TypeError, ValueError) as wrong:
            raise BadDates(f"the dates can't be read: {wrong}") from None
        return cls(timetable=table, meetings=meetings)

    @property
    def _turned_round(self) -> int:
        """Count pairs of meetings whose sessions come the wrong way round, as extra ones may."""
        order = [each.session for each in self.held if each.session is not None]
        return sum(one > two for one, two in combinations(order, 2))

    def _on(self, id: int) -> Meeting:
        meeting = self.meeting(id)
        if not meeting.held:
            raise BadDates(f"meeting {id} was called off")
        return meeting

    def _with(self, changed: tuple[Meeting, ...]) -> "Schedule":
        new = {each.id: each for each in (*self.meetings, *changed)}
        whole = replace(self, meetings=tuple(new[id] for id in sorted(new)))
        times = [each.utc for each in whole.held]
        if whole._turned_round > self._turned_round or len(set(times)) < len(times):
            raise BadDates("that would put the sessions out of their order")
        return whole


def schedule(timetable: Timetable) -> Schedule:
    """Lay a course out on its days, days off left out."""
    slots = list(islice(_slots(timetable, timetable.first_day), timetable.count))
    meetings = (
        Meeting(id=n, session=n, starts=slot, minutes=timetable.minutes)
        for n, slot in enumerate(slots, 1)
    )
    return Schedule(timetable=timetable, meetings=tuple(meetings))


def local(wall: datetime, zone: ZoneInfo) -> datetime:
    """Give a time on the clock its zone: the first where the clock shows it twice.

    Raises
    ------
    NoSuchTime
        Where the clocks jump over it.
    """
    here = wall.replace(tzinfo=zone, fold=0)
    back = here.astimezone(UTC).astimezone(zone)
    if back.replace(tzinfo=None) != wall.replace(fold=0):
        raise NoSuchTime(f"on {wall:%d %B %Y} the clocks jump over {wall:%H:%M}")
    return here


def _slots(timetable: Timetable, from_day: date) -> Iterator[datetime]:
    for days in range(LOOK_AHEAD):
        day = from_day + timedelta(days=days)
        if day.weekday() in timetable.weekdays and day not in timetable.days_off:
            yield local(datetime.combine(day, timetable.starts), timetable.zone)
    raise BadDates("there are too many days off to lay the course out")


def _changed(meeting: Meeting, **what: Any) -> Meeting:
    """Change a meeting and count it, unless all is as it was."""
    new = replace(meeting, **what)
    return new if new == meeting else replace(new, changes=meeting.changes + 1)


def _meeting_json(meeting: Meeting) -> dict[str, Any]:
    return {
        "id": meeting.id,
        "session": meeting.session,
        "starts": meeting.starts.replace(tzinfo=None).isoformat(),
        "minutes": meeting.minutes,
        "state": str(meeting.state),
        "changes": meeting.changes,
    }


def _read_meeting(data: Mapping[str, Any], zone: ZoneInfo) -> Meeting:
    starts = local(datetime.fromisoformat(data["starts"]), zone)
    return Meeting(**{**data, "starts": starts, "state": State(data["state"])})


def _read_timetable(data: Mapping[str, Any]) -> Timetable:
    return Timetable(
        first_day=date.fromisoformat(data["first_day"]),
        weekdays=frozenset(data["weekdays"]),
        starts=time.fromisoformat(data["starts"]),
        zone=ZoneInfo(data["zone"]),
        minutes=data["minutes"],
        count=data["count"],
        days_off=frozenset(date.fromisoformat(day) for day in data["days_off"]),
    )
