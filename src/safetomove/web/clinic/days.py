"""Days, as a clinic's pages write them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.dateformat import format as format_date


def day_of(day: date) -> str:
    """Write a day: 4 March 2026."""
    return str(format_date(day, "j F Y"))


def day_of_time(at: datetime, zone: str) -> str:
    """Write the day of an instant, where the clinic is."""
    return day_of(at.astimezone(ZoneInfo(zone)).date())


def time_of(at: datetime, zone: str) -> str:
    """Write an instant as the clock where the clinic is: 4 March 2026, 14:05."""
    return str(format_date(at.astimezone(ZoneInfo(zone)), "j F Y, H:i"))
