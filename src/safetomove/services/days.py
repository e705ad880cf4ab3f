"""Write one day's row: merge, keep what it said before, and say what the news calls for."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, TypeVar

from safetomove.core.diary import CheckIn
from safetomove.core.diary.check_in import LIMITS
from safetomove.core.errors import BadInput
from safetomove.core.progress.felt import FELT
from safetomove.core.progress.passive import TREATMENT
from safetomove.records import statements
from safetomove.records.mappers import open_check_in, seal_check_in
from safetomove.records.models import CheckInHistory, CheckInRow
from safetomove.services.holding import Held

T = TypeVar("T")

_ANSWERS = (*LIMITS, "flare")
_DOSES = {"dose": "done", "planned": "planned"}
_SITE_S_OWN = (FELT, TREATMENT)  # other columns that a page writes, and so may empty


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A day as it stands in the records; `before` is the last day noted before it."""

    check_in: CheckIn | None = None
    version: int = 0
    written_at: datetime | None = None
    before: CheckIn | None = None


def find_day(held: Held, day: date) -> Kept:
    """Return the day and the one noted before it: one query."""
    latest = statements.last_two_days(held.person, day)
    days = [
        open_check_in(sealed, seal=held.seal, day=on, version=version)
        for on, version, sealed, _ in latest
    ]
    if not days or days[0].day < day:
        return Kept(before=days[0] if days else None)
    return Kept(
        check_in=days[0],
        version=latest[0][1],
        written_at=latest[0][3],
        before=days[1] if len(days) > 1 else None,
    )


def merged(old: CheckIn | None, new: CheckIn, *, clear: Collection[str] = ()) -> CheckIn:
    """Lay the answers given over those kept; then empty the columns named in `clear`."""
    if old is not None:
        given = {name: value for name in _ANSWERS if (value := getattr(new, name)) is not None}
        new = replace(
            old,
            **given,
            note=new.note or old.note,
            done={**old.done, **new.done},
            planned={**old.planned, **new.planned},
            extra={**old.extra, **new.extra},
        )
    return _emptied(new, clear) if clear else new


def write_day(held: Held, kept: Kept, check_in: CheckIn, *, now: datetime) -> int:
    """Write the day if it says anything new; return its version."""
    if kept.check_in == check_in:
        return kept.version
    version = kept.version + 1
    sealed = seal_check_in(check_in, seal=held.seal, version=version)
    if kept.check_in is None:
        statements.add_day(held.person, check_in.day, sealed, now=now)
    else:
        put_in_history(held, kept.check_in, version=kept.version, now=kept.written_at or now)
        statements.change_day(held.person, check_in.day, sealed, version=version, now=now)
    return version


def write_new_days(held: Held, check_ins: Iterable[CheckIn], *, now: datetime) -> None:
    """Write days that have no row yet, many at a time."""
    CheckInRow.objects.bulk_create(
        (_row(held, one.day, seal_check_in(one, seal=held.seal, version=1), now=now)
         for one in check_ins),
        batch_size=500,
    )  # fmt: skip


def write_changed_days(held: Held, check_ins: Iterable[CheckIn], *, now: datetime) -> None:
    """Write days that have a row, many at a time; what each said goes to its history."""
    told = {one.day: one for one in check_ins}
    rows = [row for row in CheckInRow.objects.filter(person_id=held.person)
            if row.local_day in told]  # fmt: skip
    CheckInHistory.objects.bulk_create(map(_as_history, rows), batch_size=500)
    CheckInRow.objects.bulk_create(
        (_row_anew(row, told[row.local_day], held, now=now) for row in rows),
        batch_size=500,
        update_conflicts=True,
        unique_fields=("person", "local_day"),
        update_fields=("version", "sealed", "written_at"),
    )


def put_in_history(held: Held, check_in: CheckIn, *, version: int, now: datetime) -> None:
    """Keep a version of a day that is not the one that counts."""
    sealed = seal_check_in(check_in, seal=held.seal, version=version)
    statements.add_history(held.person, check_in.day, sealed, version=version, now=now)


def _as_history(row: CheckInRow) -> CheckInHistory:
    """Move a row as it is sealed: day and version, which the seal holds it to, stay the same."""
    return CheckInHistory(
        person_id=row.person_id,
        local_day=row.local_day,
        version=row.version,
        sealed=row.sealed,
        written_at=row.written_at,
    )


def _row(held: Held, day: date, sealed: bytes, *, now: datetime) -> CheckInRow:
    return CheckInRow(person_id=held.person, local_day=day, sealed=sealed, written_at=now)


def _row_anew(old: CheckInRow, check_in: CheckIn, held: Held, *, now: datetime) -> CheckInRow:
    version = old.version + 1
    sealed = seal_check_in(check_in, seal=held.seal, version=version)
    row = _row(held, old.local_day, sealed, now=now)
    row.version = version
    return row


def _emptied(check_in: CheckIn, columns: Collection[str]) -> CheckIn:
    changes: dict[str, Any] = {}
    for column in columns:
        kind, _, activity = column.partition(":")
        if activity and kind in _DOSES:
            name = _DOSES[kind]
            changes[name] = _less(changes.get(name, getattr(check_in, name)), activity)
        elif column in _ANSWERS:
            changes[column] = None
        elif column == "note":
            changes["note"] = ""
        elif column.startswith(_SITE_S_OWN):
            changes["extra"] = _less(changes.get("extra", check_in.extra), column)
        else:
            raise BadInput(f"a day has no column named {column[:60]!r}")
    return replace(check_in, **changes)


def _less(cells: Mapping[str, T], column: str) -> dict[str, T]:
    return {name: value for name, value in cells.items() if name != column}
