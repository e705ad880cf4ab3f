"""The SQL of the two busiest pages, written out once.

Building and compiling a small query that never changes takes the ORM ten times as long as
SQLite takes to answer it, and saving a check-in makes eight of them. Everything else asks
through the models. What a person sends is only ever a parameter.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.timezone import is_naive, make_aware

from safetomove.records.sealing import Sealed

_PERSON = """SELECT p.file, p.file_version, k.wrapped FROM records_person p
    JOIN records_personkey k ON k.person_id = p.id WHERE p.id = %s"""
_PERSON_ALONE = f"{_PERSON} FOR UPDATE OF p"
_DAYS = """SELECT local_day, version, sealed FROM records_checkinrow
    WHERE person_id = %s AND local_day > %s AND local_day <= %s ORDER BY local_day"""
_LAST_TWO_DAYS = """SELECT local_day, version, sealed, written_at FROM records_checkinrow
    WHERE person_id = %s AND local_day <= %s ORDER BY local_day DESC LIMIT 2"""
_ADD_DAY = """INSERT INTO records_checkinrow (person_id, local_day, version, sealed, written_at)
    VALUES (%s, %s, %s, %s, %s)"""
_CHANGE_DAY = """UPDATE records_checkinrow SET version = %s, sealed = %s, written_at = %s
    WHERE person_id = %s AND local_day = %s"""
_ADD_HISTORY = """INSERT INTO records_checkinhistory
    (person_id, local_day, version, sealed, written_at) VALUES (%s, %s, %s, %s, %s)"""
_ANSWER = "SELECT digest, answer FROM records_writekey WHERE person_id = %s AND client_key = %s"
_ADD_ANSWER = """INSERT INTO records_writekey (person_id, client_key, digest, answer, written_at)
    VALUES (%s, %s, %s, %s, %s)"""
_ADD_AUDIT = "INSERT INTO records_auditrow (person, actor, verb, at) VALUES (%s, %s, %s, %s)"
_AGE_STANDING = "UPDATE records_memberrow SET standing_at = NULL WHERE person_id = %s"


def person_row(person: UUID, *, alone: bool = False) -> tuple[Sealed, int, Sealed] | None:
    """Return a person's sealed file, its version and the wrapped key; None if either is gone.

    `alone` locks the row where the database can (PostgreSQL), until the transaction ends.
    """
    locked = alone and connection.features.has_select_for_update
    if locked and not connection.in_atomic_block:
        raise transaction.TransactionManagementError("a row is held within a transaction only")
    row: tuple[Sealed, int, Sealed] | None
    row = _first(_PERSON_ALONE if locked else _PERSON, person)
    return row


def days(person: UUID, *, after: date, until: date) -> list[tuple[date, int, Sealed]]:
    """Return day, version and sealed bytes, later than `after` and not later than `until`."""
    return _all(_DAYS, person, after, until)


def last_two_days(person: UUID, until: date) -> list[tuple[date, int, Sealed, datetime]]:
    """Return the last two days noted up to `until`, the later first, with when each was written."""
    rows = _all(_LAST_TWO_DAYS, person, until)
    return [(day, version, sealed, _instant(at)) for day, version, sealed, at in rows]


def add_day(person: UUID, day: date, sealed: bytes, *, now: datetime) -> None:
    """Write a day that has no row; IntegrityError where it has one."""
    _write(_ADD_DAY, person, day, 1, sealed, now)


def change_day(person: UUID, day: date, sealed: bytes, *, version: int, now: datetime) -> None:
    """Write over a day's row."""
    _write(_CHANGE_DAY, version, sealed, now, person, day)


def add_history(person: UUID, day: date, sealed: bytes, *, version: int, now: datetime) -> None:
    """Keep what a day said before."""
    _write(_ADD_HISTORY, person, day, version, sealed, now)


def answer_row(person: UUID, client_key: str) -> tuple[Sealed, Sealed] | None:
    """Return the digest and the sealed answer of a request that was answered before."""
    row: tuple[Sealed, Sealed] | None = _first(_ANSWER, person, client_key)
    return row


def add_answer(person: UUID, client_key: str, digest: bytes, answer: bytes, now: datetime) -> None:
    """Keep an answer; IntegrityError where this key has one."""
    _write(_ADD_ANSWER, person, client_key, digest, answer, now)


def add_audit(person: UUID, actor: str, verb: str, *, now: datetime) -> None:
    """Add an audit row; nothing here changes one."""
    _write(_ADD_AUDIT, person, actor, verb, now)


def age_standing(person: UUID) -> None:
    """Mark where a person stands on clinics' lists as old; most people are on none."""
    _write(_AGE_STANDING, person)


def _first(statement: str, *values: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, _sent(values))
        return cursor.fetchone()


def _all(statement: str, *values: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, _sent(values))
        rows: list[Any] = cursor.fetchall()
        return rows


def _write(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, _sent(values))


def _sent(values: Iterable[Any]) -> list[Any]:
    """Put values as the database keeps them: SQLite has no ids, days or instants of its own."""
    return [_as_kept(value) for value in values]


def _as_kept(value: Any) -> Any:
    match value:
        case UUID():
            return value if connection.features.has_native_uuid_field else value.hex
        case datetime():  # before date, of which it is a kind
            return connection.ops.adapt_datetimefield_value(value)
        case date():
            return connection.ops.adapt_datefield_value(value)
        case _:
            return value


def _instant(value: datetime) -> datetime:
    return make_aware(value, connection.timezone) if is_naive(value) else value
