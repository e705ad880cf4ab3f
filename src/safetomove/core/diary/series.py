"""A person's days in order, each at most once."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from operator import attrgetter

from safetomove.core.diary.check_in import BadCheckIn, CheckIn

_BY_DAY = attrgetter("day")


@dataclass(frozen=True, slots=True)
class Diary:
    """Check-ins sorted by day, unique per day. A day that is not here was not noted."""

    check_ins: tuple[CheckIn, ...] = ()

    def __post_init__(self) -> None:
        for earlier, later in zip(self.check_ins, self.check_ins[1:], strict=False):
            if earlier.day >= later.day:
                raise BadCheckIn(f"{later.day} stands twice or out of order in the diary")

    @classmethod
    def of(cls, *check_ins: CheckIn) -> "Diary":
        """Build a diary from check-ins in any order."""
        return cls(tuple(sorted(check_ins, key=_BY_DAY)))

    @property
    def first_day(self) -> date | None:
        return self.check_ins[0].day if self.check_ins else None

    @property
    def last_day(self) -> date | None:
        return self.check_ins[-1].day if self.check_ins else None

    def on(self, day: date) -> CheckIn | None:
        """Return that day's check-in, or None where the day is blank."""
        place = bisect_left(self.check_ins, day, key=_BY_DAY)
        found = self.check_ins[place] if place < len(self.check_ins) else None
        return found if found is not None and found.day == day else None

    def between(self, first: date, last: date) -> tuple[CheckIn, ...]:
        """Return the check-ins from `first` to `last`, both included."""
        start = bisect_left(self.check_ins, first, key=_BY_DAY)
        return self.check_ins[start : bisect_right(self.check_ins, last, key=_BY_DAY)]

    def with_check_in(self, check_in: CheckIn) -> "Diary":
        """Return the diary with that day written, in place of what stood there."""
        others = (one for one in self.check_ins if one.day != check_in.day)
        return Diary.of(*others, check_in)


def days_from(first: date, last: date) -> list[date]:
    """List every day from `first` to `last`, both included."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
