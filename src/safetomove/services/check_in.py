"""Write a day, once, however often it is sent."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from safetomove.core.diary import CheckIn
from safetomove.core.record import Recheck
from safetomove.records.mappers import check_in_from_json, check_in_to_json
from safetomove.records.person_file import recheck_from_json, recheck_to_json
from safetomove.services import audit, once
from safetomove.services.audit import Verb
from safetomove.services.checkpoint import moved_up, rebuilt
from safetomove.services.days import find_day, merged, write_day
from safetomove.services.holding import Held, hold, keep
from safetomove.services.people import local_day
from safetomove.services.rechecks import both, recheck_for_news
from safetomove.services.refusals import DayTooOld, FutureDay

DAYS_BY_HAND = 28  # days: a phone that was out of reach for a four-week holiday loses nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What is now kept for the day. `recheck` is what this save called for, if anything."""

    check_in: CheckIn
    version: int
    recheck: Recheck | None
    repeated: bool
    was: CheckIn | None = field(default=None, compare=False)  # what this save took the place of


def save_check_in(
    *,
    person: UUID,
    check_in: CheckIn,
    client_key: str,
    now: datetime,
    clear: Collection[str] = (),
) -> Saved:
    """Write what was answered into its day: answers given replace, the rest stays.

    `clear` names columns to empty ("pain", "note", "dose:walk").
    Refuses with FutureDay, DayTooOld, BadKey, KeyReused or NoSuchPerson.
    """
    day = {"day": check_in.day.isoformat(), **check_in_to_json(check_in)}
    body = {"check_in": day, "clear": sorted(clear)}
    return _save(person, client_key, body, lambda _: check_in, now=now, clear=clear)


def record_done(
    *,
    person: UUID,
    activity: str,
    amount: float,
    day: date,
    planned: float | None,
    client_key: str,
    now: datetime,
) -> Saved:
    """Note how much of an activity was done on a day, and what the plan was."""
    plans = {} if planned is None else {activity: planned}
    check_in = CheckIn(day=day, done={activity: amount}, planned=plans)
    return save_check_in(person=person, check_in=check_in, client_key=client_key, now=now)


def start_flare(*, person: UUID, client_key: str, now: datetime) -> Saved:
    """Note today as a flare-up day."""
    return _save(person, client_key, {"flare": True}, _flare(began=True), now=now)


def end_flare(*, person: UUID, client_key: str, now: datetime) -> Saved:
    """Note today as a day with no flare-up."""
    return _save(person, client_key, {"flare": False}, _flare(began=False), now=now)


def _flare(*, began: bool) -> Callable[[date], CheckIn]:
    return lambda today: CheckIn(day=today, flare=began)


def _save(
    person: UUID,
    client_key: str,
    body: once.Body,
    on: Callable[[date], CheckIn],
    *,
    now: datetime,
    clear: Collection[str] = (),
) -> Saved:
    with transaction.atomic():
        held = hold(person)
        answer = once.answered_before(held, client_key, body)
        if answer is not None:
            return _saved_from_json(answer)
        today = local_day(now=now, zone=held.file.zone)
        saved = _write(held, on(today), clear, today=today, now=now)
        once.remember(held, client_key, body, _saved_to_json(saved), now=now)
        audit.note(person, Verb.CHECKED_IN, now=now)
    return saved


def _write(
    held: Held, given: CheckIn, clear: Collection[str], *, today: date, now: datetime
) -> Saved:
    _refuse_day(given.day, today)
    kept = find_day(held, given.day)
    check_in = merged(kept.check_in, given, clear=clear)
    version = write_day(held, kept, check_in, now=now)
    recheck = recheck_for_news(
        check_in, was=kept.check_in, before=kept.before, safety=held.file.safety
    )
    behind = given.day <= held.file.checkpoint.through
    point = rebuilt(held, today=today) if behind else moved_up(held, today=today)
    keep(held, recheck=both(held.file.recheck, recheck), checkpoint=point)
    return Saved(
        check_in=check_in, version=version, recheck=recheck, repeated=False, was=kept.check_in
    )


def _refuse_day(day: date, today: date) -> None:
    if day > today:
        raise FutureDay(f"{day} has not begun yet")
    if day <= today - timedelta(days=DAYS_BY_HAND):
        raise DayTooOld(f"{day} is more than {DAYS_BY_HAND - 1} days ago; bring it in from a file")


def _saved_to_json(saved: Saved) -> dict[str, Any]:
    return {
        "day": saved.check_in.day.isoformat(),
        "check_in": check_in_to_json(saved.check_in),
        "version": saved.version,
        "recheck": None if saved.recheck is None else recheck_to_json(saved.recheck),
    }


def _saved_from_json(data: Mapping[str, Any]) -> Saved:
    day = date.fromisoformat(data["day"])
    return Saved(
        check_in=check_in_from_json(data["check_in"], day=day),
        version=data["version"],
        recheck=None if data["recheck"] is None else recheck_from_json(data["recheck"]),
        repeated=True,
    )
