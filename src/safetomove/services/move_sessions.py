"""Plan a session, keep each movement as it is done, and count its minutes once.

A session is a document under its own id; `latest` names the last one begun and holds the
level that each movement had reached. Every deed says which version it saw, so that a second
tap, or a second tab, changes nothing.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from safetomove.content import movements
from safetomove.core.doing import (
    AboutPerson,
    Candidate,
    Felt,
    MoveSession,
    NotCleared,
    Wish,
    in_its_place,
    levels_next,
    offered_minutes,
    plan_session,
)
from safetomove.core.errors import BadInput
from safetomove.core.ladder import HIGH_WORRY
from safetomove.core.pacing import ActivityPlan, Unit
from safetomove.services import audit, check_in, documents
from safetomove.services.audit import Verb
from safetomove.services.days import find_day
from safetomove.services.documents import Kind
from safetomove.services.holding import Held, hold, look
from safetomove.services.ladder import ladder_of
from safetomove.services.move_fit import about
from safetomove.services.refusals import BadKey
from safetomove.services.today import Today, review_today

LATEST: Final = "latest"
SHAPE: Final = 1  # version of what LATEST holds
SEED_TOP: Final = 2**31
_ID = re.compile(r"[A-Za-z0-9_-]{8,56}")  # leaves room for what is added to it


class Deed(StrEnum):
    """What a person can do with the movement that is next."""

    DONE = "done"
    SKIP = "skip"
    SWAP = "swap"
    EASIER = "easier"
    HARDER = "harder"
    END = "end"


class NoSession(BadInput):
    """There is no such session; it may have been erased."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """A session as it is kept; `seen` is what a deed must name."""

    session: MoveSession
    seen: int


def latest(*, person: UUID) -> Open | None:
    """Return the session last begun: three queries."""
    held = look(person)
    id = _latest(held).get("session", "")
    return _find(held, id) if id else None


def start(*, person: UUID, client_key: str, minutes: int, now: datetime, first: str = "") -> Open:
    """Begin a session under `client_key`; the same key again returns the one begun.

    `first` is the movement that the person asked to begin with: it opens the main part, if it
    surely fits. What stands on their ladder comes next; what they dread is left out, since a
    session puts movements before them unasked. Refuses with NotCleared, BadLength or
    NothingFits.
    """
    if not _ID.fullmatch(client_key):
        raise BadKey("a session's key is 8 to 56 letters, digits, - or _")
    with transaction.atomic():
        held = hold(person)
        if (begun := _find(held, client_key)) is not None:
            return begun
        known = review_today(person=person, now=now)
        was = _latest(held)
        wish = Wish(
            id=client_key,
            minutes=minutes,
            today=known.local_day,
            seed=person.int % SEED_TOP,
            levels=was.get("levels", {}),
            first=_on_the_ladder(person),
            liked=_liked(known),
            lead=first,
            eased=_in_a_flare(known),
        )
        clearance = known.review.triage.clearance if known.review.cleared else None
        session = plan_session(_pool(person, about(known)), wish, clearance=clearance)
        _put_latest(held, {**was, "session": session.id}, now=now)
        return _put(held, session, now=now)


def do(*, person: UUID, id: str, seen: int, deed: Deed, seconds: int | None, now: datetime) -> Open:
    """Do one thing with the movement that is next; an old `seen` changes nothing.

    Refuses with NotCleared once a warning sign came up, so that nobody is led on past it.
    """

    def change(session: MoveSession) -> MoveSession:
        if session.over:
            return session
        known = review_today(person=person, now=now)
        if not known.review.cleared and deed is not Deed.END:
            raise NotCleared("answer the safety questions before you go on")
        return _after(session, deed, seconds, person, about(known))

    return _change(person, id, seen, change, now=now)


def say_how_it_felt(*, person: UUID, id: str, felt: Felt, now: datetime) -> Open:
    """Keep how a session felt; it may be said again."""
    return _change(person, id, None, lambda session: replace(session, felt=felt), now=now)


def count(*, person: UUID, id: str, activity: str, now: datetime) -> Open:
    """Add a session's minutes to an activity of its day, once; "" keeps them apart.

    Refuses with BadInput for an activity that is not counted in minutes, and as
    `check_in.record_done` does for a day that is too long ago.
    """
    with transaction.atomic():
        held = hold(person)
        kept = _must_find(held, id)
        if kept.session.counted is not None:
            return kept
        if activity:
            _add_minutes(held, kept.session, activity, now=now)
        return _put(held, replace(kept.session, counted=activity), now=now)


def can_begin_with(*, person: UUID, movement: str, today: Today) -> bool:
    """Say whether a session of this person's may hold a movement: it surely fits, and no dread."""
    return any(each.id == movement for each in _pool(person, about(today)))


def in_minutes(today: Today) -> tuple[ActivityPlan, ...]:
    """Return the activities that a session's minutes could count towards."""
    return tuple(plan for plan in today.record.plans if plan.unit is Unit.MINUTES)


def offered(today: Today) -> int:
    """Return the length of session that goes with the person's day."""
    doses = [each.dose for each in today.review.doses if each.unit is Unit.MINUTES]
    return offered_minutes(doses, flare=_in_a_flare(today))


def _after(
    session: MoveSession, deed: Deed, seconds: int | None, person: UUID, told: AboutPerson
) -> MoveSession:
    match deed:
        case Deed.DONE:
            return session.done(seconds)
        case Deed.SKIP:
            return session.skipped()
        case Deed.EASIER:
            return session.levelled(-1)
        case Deed.HARDER:
            return session.levelled(1)
        case Deed.SWAP:
            return _swapped(session, person, told)
        case Deed.END:
            return session.ended()


def _swapped(session: MoveSession, person: UUID, told: AboutPerson) -> MoveSession:
    item = session.items[session.at or 0]
    shown = movements.meet(item.movement, told)
    named = shown.swap.id if shown and shown.swap else ""
    other = in_its_place(session, _pool(person, told), named=named)
    if other is None:
        return session
    level = min(item.level, other.levels)
    return session.swapped(other.id, level=level, levels=other.levels)


def _add_minutes(held: Held, session: MoveSession, activity: str, *, now: datetime) -> None:
    plans = {plan.id for plan in held.file.plans if plan.unit is Unit.MINUTES}
    if activity not in plans:
        raise BadInput("choose an activity of yours that is counted in minutes")
    day = find_day(held, session.day).check_in
    before = day.done.get(activity, 0.0) if day else 0.0
    check_in.record_done(
        person=held.person,
        activity=activity,
        amount=before + session.minutes_done,
        day=session.day,
        planned=None,
        client_key=f"{session.id}-count",
        now=now,
    )


def _change(
    person: UUID,
    id: str,
    seen: int | None,
    change: Callable[[MoveSession], MoveSession],
    *,
    now: datetime,
) -> Open:
    with transaction.atomic():
        held = hold(person)
        kept = _must_find(held, id)
        if seen is not None and kept.seen != seen:
            return kept
        session = change(kept.session)
        if session == kept.session:
            return kept
        was = _latest(held)
        _put_latest(held, {**was, "levels": levels_next(session, was.get("levels", {}))}, now=now)
        return _put(held, session, now=now)


def _put(held: Held, session: MoveSession, *, now: datetime) -> Open:
    seen = documents.put(held, Kind.MOVE_SESSION, session.to_json(), now=now, name=session.id)
    audit.note(held.person, Verb.MOVED, now=now)
    return Open(session=session, seen=seen)


def _put_latest(held: Held, says: Mapping[str, Any], *, now: datetime) -> None:
    documents.put(held, Kind.MOVE_SESSION, {**says, "version": SHAPE}, now=now, name=LATEST)


def _latest(held: Held) -> Mapping[str, Any]:
    kept = documents.read(held, Kind.MOVE_SESSION, LATEST)
    return kept.data if kept is not None and kept.data.get("version") == SHAPE else {}


def _find(held: Held, id: str) -> Open | None:
    if not _ID.fullmatch(id) or id == LATEST:
        return None
    kept = documents.read(held, Kind.MOVE_SESSION, id)
    if kept is None:
        return None
    return Open(session=MoveSession.from_json(kept.data), seen=kept.version)


def _must_find(held: Held, id: str) -> Open:
    kept = _find(held, id)
    if kept is None:
        raise NoSession("this session is no longer kept")
    return kept


def _in_a_flare(today: Today) -> bool:
    return today.check_in is not None and today.check_in.flare is True


def _pool(person: UUID, told: AboutPerson) -> tuple[Candidate, ...]:
    """Return what surely fits, without what the person dreads: that waits for a try of its own."""
    rungs = ladder_of(person).ladder.up
    dreaded = {rung.movement for rung in rungs if rung.worry >= HIGH_WORRY}
    return tuple(each for each in movements.candidates(told) if each.id not in dreaded)


def _on_the_ladder(person: UUID) -> tuple[str, ...]:
    return tuple(rung.movement for rung in ladder_of(person).ladder.up if rung.movement)


def _liked(today: Today) -> tuple[str, ...]:
    """Return the movements that help with what the person chose to get back to."""
    chosen = {plan.id for plan in today.record.plans}
    every = movements.load().values()
    return tuple(each.id for each in every if each.helps & chosen)
