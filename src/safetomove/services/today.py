"""Gather one person's day: the record, the review and the weeks behind it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from safetomove.core import safety
from safetomove.core.diary import CheckIn, Diary
from safetomove.core.record import PatientRecord
from safetomove.core.review import DayReview, review_day
from safetomove.records.person_file import PersonFile
from safetomove.services.checkpoint import (
    WEEKS_SHOWN,
    flare_weeks,
    monday,
    needed_after,
    starts_before,
    weeks_of,
)
from safetomove.services.holding import days_kept, look
from safetomove.services.people import local_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """The typical amount done on the days of one week that had any; None is a gap."""

    monday: date
    typical: float | None
    flare: bool = False  # one of its days was a flare-up day


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """All that the Today page shows. `record.diary` holds only the last weeks."""

    record: PatientRecord
    review: DayReview
    check_in: CheckIn | None
    zone: str
    local_day: date
    weekly: Mapping[str, tuple[Week, ...]]  # by plan id, oldest first, always 12
    choices: Mapping[str, str]


def review_today(*, person: UUID, now: datetime) -> Today:
    """Return what the person should be shown today: two queries, however long the diary."""
    held = look(person)
    file = held.file
    today = local_day(now=now, zone=file.zone)
    starts = starts_before(file, today)
    diary = Diary(days_kept(held, after=needed_after(file, starts), until=today))
    record = PatientRecord(
        safety=file.safety, recheck=file.recheck, plans=file.plans, diary=diary, climbs=starts
    )
    return Today(
        record=record,
        review=review_day(record, today=today, rules=safety.rules_in_force(today)),
        check_in=diary.on(today),
        zone=file.zone,
        local_day=today,
        weekly=_weekly(file, diary, today=today),
        choices=file.choices,
    )


def _weekly(file: PersonFile, diary: Diary, *, today: date) -> dict[str, tuple[Week, ...]]:
    point = file.checkpoint
    days = [one for one in diary.check_ins if one.day > point.through]
    fresh, flares = weeks_of(days), point.flares | flare_weeks(days)
    mondays = [monday(today) - timedelta(weeks=n) for n in reversed(range(WEEKS_SHOWN))]
    return {
        plan.id: tuple(
            Week(monday=week, typical=typical.get(week), flare=week in flares) for week in mondays
        )
        for plan in file.plans
        for typical in [{**point.weeks.get(plan.id, {}), **fresh.get(plan.id, {})}]
    }
