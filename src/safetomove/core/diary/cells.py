"""From the text of one cell to a value, or a reason why not."""

import re
from datetime import date

from safetomove.core.diary.check_in import (
    DOSE_TOP,
    LIMITS,
    BadCheckIn,
    check_day,
    check_note,
)

DOSE, PLANNED = "dose:", "planned:"
KNOWN = frozenset({"date", "flare", "note", *LIMITS})

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_NUMBER = re.compile(r"\+?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
_ACTIVITY = re.compile(r"\w[\w '’-]{0,59}")
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_FLARE = {"yes": True, "no": False}


def parse_day(text: str) -> date:
    """Read a date written year-month-day."""
    if not _DAY.fullmatch(text):
        raise BadCheckIn("write the date as year-month-day, like 2026-11-22")
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise BadCheckIn("there is no such day in the calendar") from None
    check_day(day)
    return day


def parse_number(text: str, *, top: float) -> float:
    """Read a plain decimal from 0 to `top`."""
    if not _NUMBER.fullmatch(text):
        raise BadCheckIn(f"write a number from 0 to {top:g}")
    value = float(text)
    if value > top:
        raise BadCheckIn(f"the number must be from 0 to {top:g}")
    return value


def parse_flare(text: str) -> bool:
    """Read yes or no, in any case."""
    try:
        return _FLARE[text.lower()]
    except KeyError:
        raise BadCheckIn("write yes or no") from None


def parse_cell(column: str, text: str) -> float | bool | str | date:
    """Read one cell of a known column; `text` is not empty."""
    if column == "date":
        return parse_day(text)
    if column == "flare":
        return parse_flare(text)
    if column == "note":
        check_note(text)
        return text
    return parse_number(text, top=LIMITS.get(column, DOSE_TOP))


def is_dose(column: str) -> bool:
    """Say whether a column holds an activity's doses."""
    return column.startswith((DOSE, PLANNED))


def check_activity(column: str) -> str:
    """Return the activity named by a dose column, or refuse the name."""
    activity = column.split(":", 1)[1]
    if not _ACTIVITY.fullmatch(activity):
        raise BadCheckIn("name an activity with letters, digits, spaces, - or _, at most 60")
    return activity


def is_known(column: str) -> bool:
    """Say whether the diary gives this column a meaning."""
    return column in KNOWN or is_dose(column)


def guard_formula(text: str) -> str:
    """Quote words that a spreadsheet would run as a formula."""
    return "'" + text if _FORMULA.match(text) else text


def unguard_formula(text: str) -> str:
    """Undo `guard_formula`."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text
