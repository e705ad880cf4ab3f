"""A day's check-in: every answer may be missing, and missing is never nought."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from operator import attrgetter
from types import MappingProxyType
from typing import Any

from safetomove.core.errors import BadInput

SCALES = (
    "pain",
    "pain_worst",
    "interference",
    "sleep_quality",
    "stress",
    "mood",
    "worry",
    "guarding",
    "social",
)
"""Columns rated 0 to 10. A file may hold the mean of a day's ratings, so any decimal counts."""

SCALE_TOP = 10.0
HOURS_IN_A_DAY = 24.0
STEPS_TOP = 200_000.0  # nobody has walked more in a day; above it a counter or a cell is broken
DOSE_TOP = 100_000.0
NOTE_CHARACTERS_TOP = 10_000
FIRST_YEAR, LAST_YEAR = 1900, 2200  # outside it a date is a slip of the keyboard

LIMITS = {
    **dict.fromkeys(SCALES, SCALE_TOP),
    "sleep_hours": HOURS_IN_A_DAY,
    "steps": STEPS_TOP,
}
"""Every number column with its highest value; the lowest is 0."""

_NUMBERS = attrgetter(*LIMITS)
_HALF_A_LETTER = re.compile("[\ud800-\udfff]")

NO_DOSES: Mapping[str, float] = MappingProxyType({})
NO_EXTRA: Mapping[str, str] = MappingProxyType({})


class BadCheckIn(BadInput):
    """A value that no day can hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIn:
    """One local day. `done` and `planned` are in each activity's own unit."""

    day: date
    pain: float | None = None
    pain_worst: float | None = None
    interference: float | None = None
    flare: bool | None = None
    sleep_quality: float | None = None
    sleep_hours: float | None = None
    stress: float | None = None
    mood: float | None = None
    worry: float | None = None
    guarding: float | None = None
    social: float | None = None
    steps: float | None = None
    note: str = ""
    done: Mapping[str, float] = field(default_factory=lambda: NO_DOSES)
    planned: Mapping[str, float] = field(default_factory=lambda: NO_DOSES)
    extra: Mapping[str, str] = field(default_factory=lambda: NO_EXTRA)

    def __post_init__(self) -> None:
        check_day(self.day)
        for value, (name, top) in zip(_NUMBERS(self), LIMITS.items(), strict=True):
            if value is not None and not 0 <= value <= top:
                check_number(value, top=top, name=name)
        for doses in (self.done, self.planned):
            for activity, dose in doses.items():
                check_number(dose, top=DOSE_TOP, name=activity)
        if self.note:
            check_note(self.note)

    @property
    def empty(self) -> bool:
        """Say whether nothing at all was answered."""
        answered = any(getattr(self, name) is not None for name in (*LIMITS, "flare"))
        return not (answered or self.note or self.done or self.planned or self.extra)

    @property
    def observed(self) -> bool:
        """Say whether the person told us anything about how the day was."""
        told = self.flare is not None or self.pain is not None or bool(self.done)
        return told or any(value is not None for value in _NUMBERS(self))


_SLOTS = tuple(getattr(CheckIn, each.name).__set__ for each in fields(CheckIn))


def of_checked(values: Iterable[Any]) -> CheckIn:
    """Build a day from values in the order of its fields, each checked when it was read.

    For files only: they hold years of days, and to check every value a second time takes as
    long as reading it.
    """
    day = object.__new__(CheckIn)
    for put, value in zip(_SLOTS, values, strict=True):
        put(day, value)
    return day


def check_day(day: date) -> None:
    """Refuse a date that nobody alive could have lived or planned."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise BadCheckIn(f"the year must be between {FIRST_YEAR} and {LAST_YEAR}, not {day.year}")


def check_number(value: float, *, top: float, name: str) -> None:
    """Refuse a number outside 0 to `top`; NaN and infinity fall outside too."""
    if not 0 <= value <= top:
        raise BadCheckIn(f"{name} must be a number from 0 to {top:g}, not {value:g}")


def check_note(note: str) -> None:
    """Refuse a note that can't be stored whole."""
    if len(note) > NOTE_CHARACTERS_TOP:
        raise BadCheckIn(
            f"the note is {len(note):,} characters long; the most is {NOTE_CHARACTERS_TOP:,}"
        )
    if "\x00" in note:
        raise BadCheckIn("the note holds a character that can't be stored (NUL)")
    if _HALF_A_LETTER.search(note):
        raise BadCheckIn("the note holds half a character (a lone surrogate)")
