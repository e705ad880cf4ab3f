"""Weeks and months of doing: the typical amount of each stretch, and on how many days."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import TypeVar

from safetomove.core.diary import CheckIn, Diary
from safetomove.core.errors import BadInput

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A week or a month of one activity; `typical` None is a gap, in the activity's unit.

    `typical` is the median of what was noted, noughts among it; `days` had more than nought.
    """

    begins: date
    typical: float | None
    days: int = 0
    flare: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Lived:
    """A stretch of life: days with something loved in it, of the days noted at all."""

    begins: date
    loved: int
    noted: int
    pain: float | None = None  # median of the days that noted it, 0 to 10


def monday(day: date) -> date:
    """Return the Monday of the day's week."""
    return day - timedelta(days=day.weekday())


def mondays(today: date, count: int) -> tuple[date, ...]:
    """List the Mondays of the last `count` weeks, this one last."""
    _check(count)
    return tuple(monday(today) - timedelta(weeks=n) for n in reversed(range(count)))


def firsts(today: date, count: int) -> tuple[date, ...]:
    """List the first days of the last `count` months, this one last."""
    _check(count)
    months = today.year * 12 + today.month - 1
    return tuple(date(n // 12, n % 12 + 1, 1) for n in range(months - count + 1, months + 1))


def weeks(diary: Diary, activity: str, *, today: date, count: int) -> tuple[Stretch, ...]:
    """Return the last weeks of an activity, this one last."""
    return _stretches(diary, activity, mondays(today, count), today)


def months(diary: Diary, activity: str, *, today: date, count: int) -> tuple[Stretch, ...]:
    """Return the last months of an activity, this one last."""
    return _stretches(diary, activity, firsts(today, count), today)


def lived(
    diary: Diary, activities: Collection[str], begins: tuple[date, ...], *, today: date
) -> tuple[Lived, ...]:
    """Say for each stretch on how many of its noted days something loved was done."""
    wanted = frozenset(activities)

    def one(first: date, days: tuple[CheckIn, ...]) -> Lived:
        return Lived(
            begins=first,
            loved=sum(any(day.done.get(each) for each in wanted) for day in days),
            noted=sum(not day.empty for day in days),
            pain=_median(day.pain for day in days if day.pain is not None),
        )

    return _each(diary, begins, today, one)


def _stretches(
    diary: Diary, activity: str, begins: tuple[date, ...], today: date
) -> tuple[Stretch, ...]:
    def one(first: date, days: tuple[CheckIn, ...]) -> Stretch:
        amounts = [day.done[activity] for day in days if activity in day.done]
        return Stretch(
            begins=first,
            typical=_median(amounts),
            days=sum(amount > 0 for amount in amounts),
            flare=any(day.flare for day in days),
        )

    return _each(diary, begins, today, one)


def _each(
    diary: Diary,
    begins: tuple[date, ...],
    today: date,
    make: Callable[[date, tuple[CheckIn, ...]], T],
) -> tuple[T, ...]:
    ends = [*(each - timedelta(days=1) for each in begins[1:]), today]
    pairs = zip(begins, ends, strict=True)
    return tuple(make(first, diary.between(first, last)) for first, last in pairs)


def _median(values: Iterable[float]) -> float | None:
    listed = list(values)
    return median(listed) if listed else None


def _check(count: int) -> None:
    if count < 1:
        raise BadInput("a picture of progress holds at least one stretch")
