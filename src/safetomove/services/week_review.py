"""Look back on a week and choose one thing for the next: once a week, never asked for twice."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from safetomove.core.diary import Diary
from safetomove.core.pacing import ActivityPlan
from safetomove.core.progress.kept import WeekReview
from safetomove.core.progress.stretches import Lived, Stretch, lived, monday, weeks
from safetomove.services import audit, documents, plans
from safetomove.services.audit import Verb
from safetomove.services.documents import Kind
from safetomove.services.holding import Held, days_kept, hold, keep, look
from safetomove.services.people import local_day
from safetomove.services.progress import ALONE, YES, hold_back
from safetomove.services.today import Today

WEEK: Final = timedelta(days=7)
LOOKED_BACK: Final = "week_looked_back"  # the Monday of the last review, for Today


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneLastWeek:
    """One activity in the week that is looked back on, and in the week before it."""

    plan: ActivityPlan
    week: Stretch
    before: Stretch


@dataclass(frozen=True, slots=True, kw_only=True)
class LookBack:
    """The week before `monday`, what is kept of it, and what was chosen for it back then."""

    monday: date
    done: tuple[DoneLastWeek, ...]
    lived: Lived
    review: WeekReview | None
    earlier: WeekReview | None


def week_of(*, person: UUID, now: datetime) -> LookBack:
    """Return the last whole week and this week's review: four queries."""
    held = look(person)
    start = monday(local_day(now=now, zone=held.file.zone))
    ended = start - timedelta(days=1)
    diary = Diary(days_kept(held, after=start - 2 * WEEK - timedelta(days=1), until=ended))
    found = held.file.plans
    return LookBack(
        monday=start,
        done=tuple(_done(plan, diary, ended) for plan in found),
        lived=lived(diary, [plan.id for plan in found], (start - WEEK,), today=ended)[0],
        review=_review(held, start),
        earlier=_review(held, start - WEEK),
    )


def is_due(today: Today) -> bool:
    """Say whether to offer this week's review, from what Today has read already.

    Not once it is kept, nor to who goes on alone, nor where last week has nothing noted.
    """
    start = monday(today.local_day)
    if today.choices.get(LOOKED_BACK) == start.isoformat() or today.choices.get(ALONE) == YES:
        return False
    return bool(today.record.diary.between(start - WEEK, start - timedelta(days=1)))


def save_review(
    *,
    person: UUID,
    monday_shown: date,
    review: WeekReview,
    goals: Mapping[str, float],
    now: datetime,
) -> None:
    """Keep a week's review and its goals; a second tap or a correction takes its place.

    Goals of activities that were left meanwhile are passed over.
    """
    with transaction.atomic():
        held = hold(person)
        was = _review(held, monday_shown)
        if review != was:
            name = monday_shown.isoformat()
            documents.put(held, Kind.WEEK_REVIEW, review.to_json(), now=now, name=name)
            audit.note(person, Verb.WEEK_REVIEWED, now=now)
        old = () if was is None else (was.well, was.own)
        held = hold_back(held, (review.well, review.own), was=old, now=now)
        keep(held, choices={**held.file.choices, LOOKED_BACK: monday_shown.isoformat()})
        for plan in held.file.plans:
            if goals.get(plan.id, plan.goal) != plan.goal:
                changed = replace(plan, goal=goals[plan.id])
                plans.change_plan(person=person, plan=changed, now=now)


def _done(plan: ActivityPlan, diary: Diary, ended: date) -> DoneLastWeek:
    before, week = weeks(diary, plan.id, today=ended, count=2)
    return DoneLastWeek(plan=plan, week=week, before=before)


def _review(held: Held, start: date) -> WeekReview | None:
    kept = documents.read(held, Kind.WEEK_REVIEW, start.isoformat())
    return None if kept is None else WeekReview.from_json(kept.data, monday=start)
