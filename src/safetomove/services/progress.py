"""Gather how doing goes: weeks and months, the ladder, and whether the goals are held."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from safetomove.core.diary import Diary
from safetomove.core.ladder import Compared, compared
from safetomove.core.pacing import ActivityPlan, Climb, climb_through
from safetomove.core.pacing.rounding import round_down
from safetomove.core.progress.boom import LOOKED_AT, USUAL_DAYS, Boom, boom_to_tell
from safetomove.core.progress.felt import Felt, Moment, felt_counts
from safetomove.core.progress.held import Held as HeldGoal
from safetomove.core.progress.held import goal_held, goals_held
from safetomove.core.progress.kept import StayWell
from safetomove.core.progress.stretches import Lived, Stretch, firsts, lived, mondays, months, weeks
from safetomove.core.record import Recheck, RecheckReason
from safetomove.core.safety import scan_note
from safetomove.services import audit, documents
from safetomove.services.audit import Verb
from safetomove.services.checkpoint import needed_after, starts_before
from safetomove.services.documents import Kind
from safetomove.services.holding import Held, days_kept, hold, keep, look
from safetomove.services.ladder import ladder_of
from safetomove.services.people import local_day
from safetomove.services.rechecks import both

WEEKS_SHOWN: Final = 12
MONTHS_SHOWN: Final = 12
BOOM_DAYS_READ: Final = LOOKED_AT + USUAL_DAYS + 1  # days
DAYS_READ: Final = 400  # days: a year of months, and what the first of them needs
PAIN_SHOWN: Final = "progress_pain"  # the choice to see pain beside doing
ALONE: Final = "goes_alone"  # what Today needs to know of the stay-well plan without reading it
YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Doing:
    """One activity against its start and its goal, all in its own unit."""

    plan: ActivityPlan
    start: float | None  # the baseline; None while it is being found
    weeks: tuple[Stretch, ...]
    months: tuple[Stretch, ...]
    held: HeldGoal
    felt: Mapping[Moment, Mapping[Felt, int]]  # days, over the weeks shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """All that the progress page shows. `pain` says whether pain is wanted beside doing."""

    today: date
    doing: tuple[Doing, ...]
    lived_weeks: tuple[Lived, ...]
    lived_months: tuple[Lived, ...]
    rungs_tried: int
    tries: Compared | None
    pain: bool
    goals_held: bool
    stay_well: StayWell


def progress_of(*, person: UUID, now: datetime) -> Progress:
    """Return how doing goes: four queries, however long the diary."""
    held = look(person)
    today = local_day(now=now, zone=held.file.zone)
    diary, starts = _diary(held, today), starts_before(held.file, today)
    kept = ladder_of(person)
    plans = held.file.plans
    ids = [plan.id for plan in plans]
    return Progress(
        today=today,
        doing=tuple(_doing(plan, diary, starts, today) for plan in plans),
        lived_weeks=lived(diary, ids, mondays(today, WEEKS_SHOWN), today=today),
        lived_months=lived(diary, ids, firsts(today, MONTHS_SHOWN), today=today),
        rungs_tried=len({one.rung for one in kept.tries if one.outcome is not None}),
        tries=compared(kept.tries),
        pain=held.file.choices.get(PAIN_SHOWN) == YES,
        goals_held=goals_held(
            diary,
            {plan.id: plan.goal for plan in plans},
            today=today,
            lowered={plan.id: plan.goal_lowered for plan in plans},
        ),
        stay_well=_stay_well(held),
    )


def boom_told(*, person: UUID, today: date) -> Boom | None:
    """Return the boom and bust to tell of today, if any: two queries."""
    held = look(person)
    diary = Diary(days_kept(held, after=today - timedelta(days=BOOM_DAYS_READ), until=today))
    return boom_to_tell(diary, [plan.id for plan in held.file.plans], today=today)


def began_with(
    plan: ActivityPlan, diary: Diary, starts: Mapping[str, Climb], *, today: date
) -> float | None:
    """Return the baseline as it is shown everywhere; None while there is no try."""
    begun = climb_through(plan, diary, until=today, start=starts.get(plan.id)).baseline
    return None if begun is None else round_down(begun, plan.unit) or begun


def stay_well_of(person: UUID) -> StayWell:
    """Return the plan for staying well, empty if there is none: two queries."""
    return _stay_well(look(person))


def save_stay_well(*, person: UUID, plan: StayWell, now: datetime) -> None:
    """Keep the words of the plan; whether the person goes on alone stays as it was.

    Words that sound like a warning sign hold back every dose until they are looked at.
    """
    with transaction.atomic():
        held = hold(person)
        was = _stay_well(held)
        _put(held, replace(plan, since=was.since), was, now=now)
        hold_back(held, plan.words, was=was.words, now=now)


def go_on_alone(*, person: UUID, now: datetime) -> None:
    """Note from today that the person goes on alone: nothing is offered by the week."""
    with transaction.atomic():
        held = hold(person)
        was = _stay_well(held)
        since = was.since or local_day(now=now, zone=held.file.zone)
        held = keep(held, choices={**held.file.choices, ALONE: YES})
        _put(held, replace(was, since=since), was, now=now)


def come_back(*, person: UUID, now: datetime) -> None:
    """Take up the weeks again; nothing that was kept is lost."""
    with transaction.atomic():
        held = hold(person)
        was = _stay_well(held)
        held = keep(held, choices={**held.file.choices, ALONE: NO})
        _put(held, replace(was, since=None), was, now=now)


def hold_back(held: Held, words: tuple[str, ...], *, was: tuple[str, ...], now: datetime) -> Held:
    """Call for the safety questions where new words sound like a warning sign."""
    fresh = [text for text in words if text and text not in was]
    cards = tuple(dict.fromkeys(card for text in fresh for card in scan_note(text)))
    if not cards:
        return held
    since = local_day(now=now, zone=held.file.zone)
    told = Recheck(reason=RecheckReason.WORRYING_NOTE, since=since, cards=cards)
    return keep(held, recheck=both(held.file.recheck, told))


def _doing(plan: ActivityPlan, diary: Diary, starts: Mapping[str, Climb], today: date) -> Doing:
    return Doing(
        plan=plan,
        start=began_with(plan, diary, starts, today=today),
        weeks=weeks(diary, plan.id, today=today, count=WEEKS_SHOWN),
        months=months(diary, plan.id, today=today, count=MONTHS_SHOWN),
        held=goal_held(diary, plan.id, plan.goal, today=today, lowered=plan.goal_lowered),
        felt=felt_counts(diary, plan.id, since=mondays(today, WEEKS_SHOWN)[0], until=today),
    )


def _diary(held: Held, today: date) -> Diary:
    """Read a year, or further back where a climb must be folded from there."""
    needed = needed_after(held.file, starts_before(held.file, today))
    after = min(needed, today - timedelta(days=DAYS_READ))
    return Diary(days_kept(held, after=after, until=today))


def _stay_well(held: Held) -> StayWell:
    kept = documents.read(held, Kind.STAY_WELL)
    return StayWell() if kept is None else StayWell.from_json(kept.data)


def _put(held: Held, plan: StayWell, was: StayWell, *, now: datetime) -> None:
    if plan != was:
        documents.put(held, Kind.STAY_WELL, plan.to_json(), now=now)
        audit.note(held.person, Verb.STAY_WELL_CHANGED, now=now)
