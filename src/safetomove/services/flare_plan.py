"""Keep a person's plan for a flare-up, how each one goes, and the look back afterwards."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from safetomove.core.diary import Diary
from safetomove.core.flare import (
    BadFlare,
    Before,
    Clue,
    FlarePlan,
    Going,
    Spell,
    Story,
    clues_before,
    last_spell,
    was_noted,
)
from safetomove.core.pacing import DoseDecision
from safetomove.core.pacing.rounding import round_down, round_up
from safetomove.services import audit, check_in, documents
from safetomove.services.audit import Verb
from safetomove.services.days import find_day
from safetomove.services.documents import Kind
from safetomove.services.holding import Held, days_kept, hold, look
from safetomove.services.people import local_day
from safetomove.services.today import Today

DAYS_READ: Final = 120  # days of diary that hold a flare-up and the weeks before it
LOOK_BACK_DAYS: Final = 14  # days after its end for which a look back is offered
SMALLEST_SHARE: Final = 0.5  # of today's dose: what a plan offers for the first days (own-rule)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flare:
    """All that is known of flare-ups: the plan, the last one, and what was told of it."""

    plan: FlarePlan
    today: date
    spell: Spell | None
    story: Story | None

    @property
    def on(self) -> bool:
        """Say whether one is on now."""
        return self.spell is not None and self.spell.ended is None

    @property
    def not_settling(self) -> bool:
        """Say whether it has gone on for so long that somebody should look at it."""
        return self.spell is not None and self.spell.not_settling(self.today)

    @property
    def look_back_due(self) -> bool:
        """Say whether one ended lately that was not looked back on."""
        if self.spell is None or not just_over(self.spell, today=self.today):
            return False
        return self.story is None or self.story.looked_back is None


@dataclass(frozen=True, slots=True, kw_only=True)
class LookBack:
    """What the diary says went before a flare-up; `noted` is whether it could have said it all."""

    story: Story
    ended: date | None
    clues: tuple[Clue, ...]
    noted: bool


def just_over(spell: Spell, *, today: date) -> bool:
    """Say whether a flare-up ended within the days in which a look back is offered."""
    return spell.ended is not None and (today - spell.ended).days <= LOOK_BACK_DAYS


def flare_of(*, person: UUID, now: datetime) -> Flare:
    """Return the plan and the last flare-up: three queries, or four."""
    return _flare(look(person), now=now)


def plan_of(*, person: UUID) -> FlarePlan:
    """Return the plan as it stands, empty if there is none: two queries."""
    return _plan(look(person))


def is_looked_back(*, person: UUID, spell: Spell) -> bool:
    """Say whether a look back at this flare-up is kept: two queries."""
    story = _story(look(person), spell.began)
    return story is not None and story.looked_back is not None


def save_plan(*, person: UUID, plan: FlarePlan, now: datetime) -> None:
    """Put a plan in the place of the one before, which stays in history."""
    with transaction.atomic():
        held = hold(person)
        if plan != _plan(held):
            documents.put(held, Kind.FLARE_PLAN, plan.to_json(), now=now)
            audit.note(person, Verb.FLARE_PLAN_CHANGED, now=now)


def say_how_it_goes(*, person: UUID, going: Going, client_key: str, now: datetime) -> None:
    """Keep how a flare-up goes today, once a day: a second tap takes the first one's place.

    The day is noted as a flare-up day unless the person said otherwise already. Refuses with
    BadFlare where no flare-up is on.
    """
    with transaction.atomic():
        held = hold(person)
        known = _flare(held, now=now)
        if known.spell is None or not known.on:
            raise BadFlare("no flare-up is on")
        told = find_day(held, known.today).check_in
        if told is None or told.flare is None:
            check_in.start_flare(person=person, client_key=client_key, now=now)
        story = known.story or Story(began=known.spell.began)
        changed = replace(story, going={**story.going, known.today: going})
        _put_story(held, changed, now=now)


def say_it_is_over(*, person: UUID, client_key: str, now: datetime) -> None:
    """Note today as a day with no flare-up: what a check-in would say."""
    check_in.end_flare(person=person, client_key=client_key, now=now)


def look_back(*, person: UUID, began: date, now: datetime) -> LookBack:
    """Return what the diary says of the days before a flare-up that began on `began`.

    Refuses with BadFlare where none began on that day.
    """
    held = look(person)
    today = local_day(now=now, zone=held.file.zone)
    diary = _diary(held, until=today, after=min(began, today) - timedelta(days=DAYS_READ))
    day = diary.on(began)
    if day is None or not day.flare:
        raise BadFlare("no flare-up began on that day")
    spell = last_spell(diary, today=today)
    return LookBack(
        story=_story(held, began) or Story(began=began),
        ended=spell.ended if spell is not None and spell.began == began else None,
        clues=clues_before(diary, began),
        noted=was_noted(diary, began),
    )


def save_look_back(
    *, person: UUID, began: date, before: frozenset[Before], words: str, now: datetime
) -> None:
    """Keep what the person says went before a flare-up; it may be said again."""

    def change(story: Story, today: date) -> Story:
        looked = story.looked_back or today
        return replace(story, before=before, words=words.strip(), looked_back=looked)

    _change(person, began, change, now=now)


def smallest(dose: DoseDecision) -> float:
    """Return half of a dose as a person can do it: never more than the dose, never nothing."""
    half = dose.dose * SMALLEST_SHARE
    return round_down(half, dose.unit) or min(dose.dose, round_up(half, dose.unit))


def smallest_doses(today: Today) -> Mapping[str, float]:
    """Return what a plan offers for each activity that has a dose today."""
    return {each.activity: smallest(each) for each in today.review.doses}


def _change(
    person: UUID, began: date, change: Callable[[Story, date], Story], *, now: datetime
) -> None:
    with transaction.atomic():
        held = hold(person)
        day = find_day(held, began).check_in
        if day is None or not day.flare:
            raise BadFlare("no flare-up began on that day")
        today = local_day(now=now, zone=held.file.zone)
        _put_story(held, change(_story(held, began) or Story(began=began), today), now=now)


def _flare(held: Held, *, now: datetime) -> Flare:
    today = local_day(now=now, zone=held.file.zone)
    diary = _diary(held, until=today, after=today - timedelta(days=DAYS_READ))
    spell = last_spell(diary, today=today)
    story = None if spell is None else _story(held, spell.began)
    return Flare(plan=_plan(held), today=today, spell=spell, story=story)


def _diary(held: Held, *, after: date, until: date) -> Diary:
    return Diary(days_kept(held, after=after, until=until))


def _plan(held: Held) -> FlarePlan:
    kept = documents.read(held, Kind.FLARE_PLAN)
    return FlarePlan() if kept is None else FlarePlan.from_json(kept.data)


def _story(held: Held, began: date) -> Story | None:
    kept = documents.read(held, Kind.FLARE_LOOK_BACK, began.isoformat())
    return None if kept is None else Story.from_json(kept.data, began=began)


def _put_story(held: Held, story: Story, *, now: datetime) -> None:
    name = story.began.isoformat()
    documents.put(held, Kind.FLARE_LOOK_BACK, story.to_json(), now=now, name=name)
    audit.note(held.person, Verb.FLARE_TOLD, now=now)
