"""The events of running sessions: sealed rows, written once for each key and never changed."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from safetomove.core.course.happened import Event
from safetomove.records.mappers import open_json, seal_json
from safetomove.records.models import RunEventRow
from safetomove.services.clinic.holding import HeldClinic
from safetomove.services.clinic.staff import Desk

LEEWAY: Final = timedelta(minutes=2)  # a device's clock may run ahead by so much


def read(held: HeldClinic, session: int) -> tuple[Event, ...]:
    """Return all events of a session of this clinic: one query."""
    rows = RunEventRow.objects.filter(session_id=session, session__group__clinic_id=held.clinic)
    return tuple(_opened(held, row) for row in rows.order_by("at", "client_key"))


def known(session: int, keys: Iterable[str]) -> frozenset[str]:
    """Return which of these keys came before: one query."""
    rows = RunEventRow.objects.filter(session_id=session, client_key__in=list(keys))
    return frozenset(rows.values_list("client_key", flat=True))


def count(session: int) -> int:
    """Return how many events a session has: one query."""
    return RunEventRow.objects.filter(session_id=session).count()


def write(at: Desk, session: int, event: Event, *, now: datetime) -> Event:
    """Write one event as this desk's; what is said to happen well after now happens now.

    Call it in a transaction. Returns the event as it was kept.
    """
    happened = event.at if event.at <= now + LEEWAY else now
    kept = replace(event, by=at.staff.actor, at=happened)
    RunEventRow.objects.bulk_create(
        [
            RunEventRow(
                session_id=session,
                client_key=kept.key,
                by_id=at.staff.id,
                sealed=seal_json(kept.to_json(), seal=at.held.seal, what=_bound(session, kept.key)),
                at=kept.at,
            )
        ],
        ignore_conflicts=True,
    )
    return kept


def _opened(held: HeldClinic, row: RunEventRow) -> Event:
    what = _bound(row.session_id, row.client_key)
    return Event.from_json(open_json(row.sealed, seal=held.seal, what=what))


def _bound(session: int, key: str) -> str:
    return f"run {session} {key}"
