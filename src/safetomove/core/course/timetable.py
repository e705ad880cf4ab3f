"""A course's days and hours as planned, and one meeting of it."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from safetomove.core.errors import BadInput

LONGEST: Final = 240  # minutes
MEETINGS_TOP: Final = 60


class BadDates(BadInput):
    """Dates on which no course could meet; the sentence says which."""


class NoSuchTime(BadDates):
    """The clocks jump over this time."""


class State(StrEnum):
    """Whether a meeting takes place, and whether where it was first put."""

    PLANNED = "planned"
    MOVED = "moved"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Timetable:
    """Weekdays count from Monday, 0. The course starts on the first fitting day from `first_day`.

    `days_off` are local days on which nobody meets: bank holidays and the site's own.
    """

    first_day: date
    weekdays: frozenset[int]
    starts: time
    zone: ZoneInfo
    minutes: int = 60
    count: int = 12
    days_off: frozenset[date] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        if not self.weekdays or not self.weekdays <= set(range(7)):
            raise BadDates("choose at least one day of the week")
        if self.starts.tzinfo is not None:
            raise BadDates("the time of day is a local one, with no zone of its own")
        if not 1 <= self.minutes <= LONGEST:
            raise BadDates(f"a meeting lasts 1 to {LONGEST} minutes, not {self.minutes}")
        if not 1 <= self.count <= MEETINGS_TOP:
            raise BadDates(f"a course has 1 to {MEETINGS_TOP} meetings, not {self.count}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """One event. `changes` counts what was changed since it was first told to anybody.

    `twice` says that the clock shows this time twice that day; the first one is meant.
    """

    id: int
    session: int | None
    starts: datetime
    minutes: int
    state: State = State.PLANNED
    changes: int = 0

    def __post_init__(self) -> None:
        if not isinstance(self.starts.tzinfo, ZoneInfo):
            raise BadDates("a meeting needs a local time with its zone")
        if self.id < 1 or not 1 <= self.minutes <= LONGEST:
            raise BadDates(f"meeting {self.id} of {self.minutes} minutes can't be")

    @property
    def utc(self) -> datetime:
        """Return the moment it starts."""
        return self.starts.astimezone(UTC)

    @property
    def ends(self) -> datetime:
        """Return the local time at which it ends: minutes that pass, whatever the clocks do."""
        return (self.utc + timedelta(minutes=self.minutes)).astimezone(self.starts.tzinfo)

    @property
    def twice(self) -> bool:
        """Say whether the clock shows its local time twice."""
        return self.starts.replace(fold=0).utcoffset() != self.starts.replace(fold=1).utcoffset()

    @property
    def held(self) -> bool:
        """Say whether it takes place."""
        return self.state is not State.CANCELLED
