"""The forms of groups and dates as typed: kept as typed until every part can be used."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.http import QueryDict

from safetomove.core.course import BadDates, Timetable
from safetomove.services.clinic.days_off import DaysOff
from safetomove.services.clinic.groups import GroupKind
from safetomove.services.clinic.refusals import BadClinic
from safetomove.services.clinic.video import tidy_link
from safetomove.web.clinic.people_form import printable
from safetomove.web.words import page

SHOWN_TOP = 200  # letters of what was typed that are shown again
LINES_TOP = 20_000  # letters of the list of days off
FIELDS = ("name", "venue", "places", "first_day", "starts", "minutes", "syllabus", "kind")
DAYS = range(7)
DAY_FORMS = ("%Y-%m-%d", "%d/%m/%Y", "%d %B %Y", "%d %b %Y")

Errors = dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedGroup:
    """A new group as sent; `timetable` is there once all parts can be used."""

    typed: Mapping[str, str] = field(default_factory=dict)
    weekdays: tuple[str, ...] = ()
    kind: GroupKind = GroupKind.GROUP
    places: int = 0
    timetable: Timetable | None = None
    errors: Errors = field(default_factory=dict)


def parse_group(sent: QueryDict, *, zone: str, sessions: int) -> TypedGroup:
    """Read the form of a new group; `sessions` is how many its course has."""
    typed = {name: text_of(sent, name) for name in FIELDS}
    weekdays = tuple(each for each in sent.getlist("weekdays") if each in map(str, DAYS))
    kind = GroupKind.SINGLE if typed["kind"] == GroupKind.SINGLE else GroupKind.GROUP
    errors: Errors = {}
    _need(errors, typed, "name", "venue")
    places = 1 if kind is GroupKind.SINGLE else number(typed["places"], errors, "places")
    minutes = number(typed["minutes"], errors, "minutes")
    first, starts = day(typed["first_day"], errors), clock(typed["starts"], errors)
    if not weekdays:
        errors["weekdays"] = page("clinic_groups")["errors"]["weekdays"]
    timetable = None
    if first and starts and not errors:
        days = frozenset(map(int, weekdays))
        timetable = _timetable(first, days, starts, minutes, zone, sessions, errors)
    return TypedGroup(
        typed=typed,
        weekdays=weekdays,
        kind=kind,
        places=places,
        timetable=timetable,
        errors=errors,
    )


def text_of(sent: Mapping[str, Any], name: str) -> str:
    """Return one line as typed, cut to what is shown again."""
    return printable(str(sent.get(name, "")).strip())[:SHOWN_TOP]


def link_of(sent: Mapping[str, Any]) -> str:
    """Return a video link as typed; it is never cut short, for half of one leads elsewhere."""
    return printable(str(sent.get("video", "")).strip())


def fault_of_link(link: str) -> Errors:
    """Say what is wrong with a video link, or nothing."""
    try:
        tidy_link(link)
    except BadClinic:
        return {"video": page("clinic_groups")["errors"]["video"]}
    return {}


def number(text: str, errors: Errors, name: str) -> int:
    """Read a whole number; 0 with an error where it is none."""
    if text.isascii() and text.isdecimal() and 0 < len(text) < 4 and int(text) > 0:
        return int(text)
    errors[name] = page("clinic_groups")["errors"]["number"]
    return 0


def day(text: str, errors: Errors, name: str = "first_day") -> date | None:
    """Read a day."""
    found = _day(text)
    if found is None:
        errors[name] = page("clinic_groups")["errors"]["day"]
    return found


def clock(text: str, errors: Errors, name: str = "starts") -> time | None:
    """Read a time of day."""
    try:
        found = time.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is not None:
        errors[name] = page("clinic_groups")["errors"]["time"]
        return None
    return found.replace(second=0, microsecond=0)


def parse_days_off(sent: Mapping[str, Any]) -> tuple[str, DaysOff | None, str]:
    """Read one day to a line, a name after it; return what was typed, the days, what is wrong."""
    typed = str(sent.get("days", ""))[:LINES_TOP].replace("\r", "")
    own: dict[date, str] = {}
    for line in filter(None, (each.strip() for each in typed.split("\n"))):
        when, _, name = line.partition(",")
        found = _day(when.strip())
        if found is None:
            wrong = page("clinic_groups")["errors"]["line"].format(line=printable(line)[:60])
            return "\n".join(map(printable, typed.split("\n"))), None, wrong
        own[found] = printable(name.strip())
    return typed, DaysOff(own=own, bank=sent.get("bank") == "yes"), ""


def days_off_as_typed(days: DaysOff) -> str:
    """Write days off as they are typed."""
    lines = (f"{each:%d/%m/%Y}{', ' + name if name else ''}" for each, name in days.own.items())
    return "\n".join(lines)


def _timetable(
    first: date,
    weekdays: frozenset[int],
    starts: time,
    minutes: int,
    zone: str,
    sessions: int,
    errors: Errors,
) -> Timetable | None:
    try:
        return Timetable(
            first_day=first,
            weekdays=weekdays,
            starts=starts,
            zone=ZoneInfo(zone),
            minutes=minutes,
            count=sessions,
        )
    except BadDates as refused:
        errors["minutes"] = str(refused)
        return None


def _need(errors: Errors, typed: Mapping[str, str], *names: str) -> None:
    for name in names:
        if not typed[name]:
            errors[name] = page("clinic_groups")["errors"][name]


def _day(text: str) -> date | None:
    for form in DAY_FORMS:
        try:
            found = datetime.strptime(text, form).date()  # noqa: DTZ007
        except ValueError:
            continue
        return found if 2000 <= found.year < 2090 else None
    return None
