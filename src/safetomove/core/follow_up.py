"""When to ask again after a course: three, six and twelve months on, on the local calendar."""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Final, TypeVar

# Months after the last session. Own rule: the trials of such courses look again about then.
MONTHS: Final = (3, 6, 12)
NEAR_DAYS: Final = 42  # a measure so near a follow-up's day counts as taken then (own rule)
YEAR: Final = 12  # months

T = TypeVar("T")


class State(StrEnum):
    """Where one follow-up stands."""

    PLANNED = "planned"
    ASKED = "asked"
    DONE = "done"
    DROPPED = "dropped"


OPEN: Final = frozenset({State.PLANNED, State.ASKED})


def months_after(day: date, months: int) -> date:
    """Return the same day of a later month, or its last day where it has no such day.

    Parameters
    ----------
    day
        The local day to count from.
    months
        How many calendar months later; 1 or more.
    """
    total = day.month - 1 + months
    year, month = day.year + total // YEAR, total % YEAR + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def due_days(last: date) -> Mapping[int, date]:
    """Return the day of each follow-up, by months, after the day that a course ended."""
    return {months: months_after(last, months) for months in MONTHS}


def nearest(days: Iterable[tuple[date, T]], due: date) -> T | None:
    """Return what was taken nearest to a follow-up's day, or None where nothing was near it.

    Of two as near as each other, the later one counts.
    """
    near = [(abs((day - due).days), -day.toordinal(), one) for day, one in days]
    found = [each for each in near if each[0] <= NEAR_DAYS]
    return min(found, key=lambda each: each[:2])[2] if found else None
