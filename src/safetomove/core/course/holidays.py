"""The usual bank holidays of England and Wales, worked out by rule.

Rules in force since 1978: New Year's Day, Good Friday, Easter Monday, the first and last Monday
of May, the last Monday of August, Christmas Day and Boxing Day, with the next free weekday for
one that falls on a weekend. A holiday of one year only, such as for a coronation, is told by
proclamation: a site adds it to its own days off. Scotland and Northern Ireland differ.
"""

from datetime import date, timedelta
from typing import Final

from safetomove.core.errors import BadInput

FIRST_YEAR: Final = 1978  # from when the early May holiday was kept
LAST_YEAR: Final = 2099
MONDAY: Final = 0
SATURDAY: Final = 5


def bank_holidays(year: int) -> frozenset[date]:
    """Return the eight usual bank holidays of England and Wales in a year.

    Raises
    ------
    BadInput
        Outside 1978 to 2099, where these rules aren't known to hold.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise BadInput(f"bank holidays are known for {FIRST_YEAR} to {LAST_YEAR}, not {year}")
    easter = easter_sunday(year)
    moving = {
        easter - timedelta(days=2),
        easter + timedelta(days=1),
        _monday_from(date(year, 5, 1)),
        _monday_from(date(year, 5, 25)),
        _monday_from(date(year, 8, 25)),
    }
    fixed: set[date] = set()
    for day in (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)):
        fixed.add(_weekday_from(day, taken=fixed))
    return frozenset(moving | fixed)


def easter_sunday(year: int) -> date:
    """Return Easter Sunday in the Gregorian calendar (Meeus, Jones and Butcher's rule)."""
    golden = year % 19
    century, of_century = divmod(year, 100)
    leaps, rest = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - leaps - correction + 15) % 30
    four, one = divmod(of_century, 4)
    sunday = (32 + 2 * rest + 2 * four - moon - one) % 7
    shift = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def _monday_from(day: date) -> date:
    return day + timedelta(days=(MONDAY - day.weekday()) % 7)


def _weekday_from(day: date, *, taken: set[date]) -> date:
    while day.weekday() >= SATURDAY or day in taken:
        day += timedelta(days=1)
    return day
