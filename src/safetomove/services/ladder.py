"""Keep the ladder of what a person holds back from, and each try of one of its rungs.

A try is a document of its own, named by its day and the key of the form that began it, so
that a second tap begins nothing new.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from safetomove.core.doing import NotCleared
from safetomove.core.ladder import BadLadder, Expected, Ladder, Outcome, Rung, Try
from safetomove.core.record import Recheck, RecheckReason
from safetomove.core.safety import scan_note
from safetomove.services import audit, documents
from safetomove.services.audit import Verb
from safetomove.services.documents import Kind
from safetomove.services.holding import Held, hold, keep, look
from safetomove.services.people import local_day
from safetomove.services.rechecks import both
from safetomove.services.refusals import BadKey
from safetomove.services.today import review_today

_KEY: Final = re.compile(r"[A-Za-z0-9_-]{8,50}")  # leaves room for the day before it


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """The ladder as it stands, and all tries, the first one first."""

    ladder: Ladder = field(default_factory=Ladder)
    tries: tuple[Try, ...] = ()

    def of(self, rung: str) -> tuple[Try, ...]:
        """Return the tries of one rung."""
        return tuple(one for one in self.tries if one.rung == rung)

    def open_try(self, rung: str) -> Try | None:
        """Return the try of a rung that has no outcome yet."""
        return next((one for one in self.of(rung) if one.outcome is None), None)


def ladder_of(person: UUID) -> Kept:
    """Return the ladder and its tries: two queries."""
    return _kept(look(person))


def put_up(
    *,
    person: UUID,
    client_key: str,
    worry: float,
    now: datetime,
    movement: str = "",
    words: str = "",
) -> Rung:
    """Put a rung up under `client_key`; the same key again changes nothing.

    Refuses with BadLadder for words or a worry that can't be kept, a twin, or too many.
    """
    with transaction.atomic():
        held = hold(person)
        ladder = _ladder(held)
        if (known := ladder.find(_checked(client_key))) is not None:
            return known
        day = local_day(now=now, zone=held.file.zone)
        rung = Rung(id=client_key, worry=worry, added=day, movement=movement, words=words.strip())
        _put(held, ladder.with_rung(rung), now=now)
        return rung


def rate(*, person: UUID, rung: str, worry: float, now: datetime) -> None:
    """Say how much worry a rung brings now."""
    _change(person, lambda ladder: ladder.rated(rung, worry), now=now)


def let_go(*, person: UUID, rung: str, now: datetime) -> None:
    """Take a rung down; what was tried on it stays, and it can be put up again."""
    with transaction.atomic():
        held = hold(person)
        day = local_day(now=now, zone=held.file.zone)
        _put(held, _ladder(held).without(rung, on=day), now=now)


def take_back(*, person: UUID, rung: str, now: datetime) -> None:
    """Put a rung up again."""
    _change(person, lambda ladder: ladder.taken_back(rung), now=now)


def begin_try(
    *, person: UUID, client_key: str, rung: str, expected: Expected, where: str, now: datetime
) -> Try:
    """Keep what is expected, before the doing; the same key again returns the try begun.

    A rung has one open try at a time. Refuses with NotCleared, as any dose would.
    """
    with transaction.atomic():
        held = hold(person)
        kept = _kept(held)
        begun = kept.open_try(rung) or _by_key(kept, _checked(client_key))
        if begun is not None:
            return begun
        known = review_today(person=person, now=now)
        if not known.review.cleared:
            raise NotCleared("answer the safety questions before you try this")
        standing = kept.ladder.find(rung)
        if standing is None or standing.let_go is not None:
            raise BadLadder("this rung is not on the ladder")
        name = f"{known.local_day.isoformat()}-{client_key}"
        fresh = Try(
            name=name,
            rung=rung,
            begun=known.local_day,
            expected=expected,
            worry=standing.worry,
            where=where.strip(),
        )
        return _put_try(held, fresh, now=now)


def finish_try(*, person: UUID, name: str, outcome: Outcome, now: datetime) -> Try:
    """Keep what came of a try, and the worry now; it may be put right later.

    Words that sound like a warning sign hold back every dose until they are looked at.
    """
    with transaction.atomic():
        held = hold(person)
        kept = _kept(held)
        old = next((one for one in kept.tries if one.name == name), None)
        if old is None:
            raise BadLadder("this try is no longer kept")
        if old.outcome is not None:
            outcome = replace(outcome, on=old.outcome.on)
        done = replace(old, outcome=outcome)
        if done == old:
            return old
        if kept.ladder.find(done.rung) is not None:
            _put(held, kept.ladder.rated(done.rung, outcome.worry), now=now)
        _hold_back(held, outcome)
        return _put_try(held, done, now=now)


def drop_try(*, person: UUID, name: str, now: datetime) -> None:
    """Take an open try away: it was not the day for it. Again is harmless."""
    with transaction.atomic():
        held = hold(person)
        old = next((one for one in _kept(held).tries if one.name == name), None)
        if old is not None and old.outcome is None:
            documents.drop(held, Kind.LADDER_TRY, name)
            audit.note(person, Verb.LADDER_CHANGED, now=now)


def _hold_back(held: Held, outcome: Outcome) -> None:
    cards = scan_note(outcome.learnt) if outcome.learnt else ()
    if cards:
        told = Recheck(reason=RecheckReason.WORRYING_NOTE, since=outcome.on, cards=cards)
        keep(held, recheck=both(held.file.recheck, told))


def _change(person: UUID, change: Callable[[Ladder], Ladder], *, now: datetime) -> None:
    with transaction.atomic():
        held = hold(person)
        _put(held, change(_ladder(held)), now=now)


def _put(held: Held, ladder: Ladder, *, now: datetime) -> None:
    documents.put(held, Kind.LADDER, ladder.to_json(), now=now)
    audit.note(held.person, Verb.LADDER_CHANGED, now=now)


def _put_try(held: Held, one: Try, *, now: datetime) -> Try:
    documents.put(held, Kind.LADDER_TRY, one.to_json(), now=now, name=one.name)
    audit.note(held.person, Verb.LADDER_TRIED, now=now)
    return one


def _ladder(held: Held) -> Ladder:
    kept = documents.read(held, Kind.LADDER)
    return Ladder() if kept is None else Ladder.from_json(kept.data)


def _kept(held: Held) -> Kept:
    found = documents.read_all(held, Kind.LADDER, Kind.LADDER_TRY)
    ladder = next((Ladder.from_json(one.data) for one in found if one.kind is Kind.LADDER), None)
    tries = [Try.from_json(one.data, name=one.name) for one in found if one.kind is Kind.LADDER_TRY]
    order = {one.name: one.written_at for one in found}
    tries.sort(key=lambda one: (one.begun, order[one.name]))
    return Kept(ladder=ladder or Ladder(), tries=tuple(tries))


def _by_key(kept: Kept, key: str) -> Try | None:
    return next((one for one in kept.tries if one.name.endswith(f"-{key}")), None)


def _checked(key: str) -> str:
    if not _KEY.fullmatch(key):
        raise BadKey("a key is 8 to 50 letters, digits, - or _")
    return key
