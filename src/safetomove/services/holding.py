"""Open a person's file to read it, or hold it alone to change it."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from safetomove.core.diary import CheckIn, Diary
from safetomove.records import statements
from safetomove.records.mappers import open_check_in, open_file, seal_file, seal_json
from safetomove.records.models import CheckInRow, FileHistory, Person
from safetomove.records.person_file import PersonFile
from safetomove.records.sealing import Seal, Sealed, unwrap
from safetomove.services.refusals import NoSuchPerson, WrittenMeanwhile

FILE_HISTORY = "file history"


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One person, opened. `version` is that of the file as it was read."""

    person: UUID
    seal: Seal = field(repr=False)
    file: PersonFile = field(repr=False)  # what a traceback shows may end up in a log
    version: int


def look(person: UUID) -> Held:
    """Open a person's file to read it: one query."""
    return _opened(person, statements.person_row(person))


def hold(person: UUID) -> Held:
    """Open a person's file to change it; others wait until this transaction ends.

    PostgreSQL locks the row. SQLite already let only this transaction write.
    """
    return _opened(person, statements.person_row(person, alone=True))


def keep(held: Held, **changes: Any) -> Held:
    """Write the changed file, if anything changed; nothing is ever written over unseen."""
    file = replace(held.file, **changes)
    if file == held.file:
        return held
    after = held.version + 1
    sealed = seal_file(file, seal=held.seal, version=after)
    rows = Person.objects.filter(pk=held.person, file_version=held.version)
    if not rows.update(file=sealed, file_version=after):
        raise WrittenMeanwhile("the record was changed meanwhile; please try again")
    return replace(held, file=file, version=after)


def put_by(held: Held, kind: str, data: dict[str, Any], *, now: datetime) -> None:
    """Keep, for the person's own history, what the file held or came to."""
    sealed = seal_json({"kind": kind, **data}, seal=held.seal, what=FILE_HISTORY)
    FileHistory.objects.create(person_id=held.person, sealed=sealed, written_at=now)


def days_kept(
    held: Held, *, after: date | None = None, until: date | None = None
) -> tuple[CheckIn, ...]:
    """Return the days noted later than `after` and not later than `until`: one query."""
    rows = statements.days(held.person, after=after or date.min, until=until or date.max)
    return tuple(opened(held, rows))


def whole_diary(held: Held) -> Diary:
    """Return every day that the person noted."""
    return Diary(days_kept(held))


def versions_kept(held: Held) -> dict[date, int]:
    """Return each noted day's version."""
    rows = CheckInRow.objects.filter(person_id=held.person)
    return dict(rows.values_list("local_day", "version"))


def opened(held: Held, rows: Iterable[tuple[date, int, Sealed]]) -> Iterable[CheckIn]:
    """Open rows of day, version and sealed bytes."""
    for day, version, sealed in rows:
        yield open_check_in(sealed, seal=held.seal, day=day, version=version)


def _opened(person: UUID, row: tuple[Sealed, int, Sealed] | None) -> Held:
    if row is None:
        raise NoSuchPerson("there is no record here any more")
    sealed, version, wrapped = row
    seal = unwrap(wrapped, person=person)
    file = open_file(sealed, seal=seal, version=version)
    return Held(person=person, seal=seal, file=file, version=version)
