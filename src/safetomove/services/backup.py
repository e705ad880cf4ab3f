"""Copy the records while they are in use, and put a copy back.

The keys of people and clinics never go into a copy. They go into one key file beside the
copies, written anew each time: whoever was erased is no longer in it, and is noise in every
older copy.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection, connections

from safetomove.core.errors import CoreError

KEY_FILE = "people.keys"
_TABLE = "records_personkey"
_CLINICS = "records_clinickey"


class BackupRefused(CoreError):
    """The copy can't be made or put back; nothing was changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """Two files that are only of use together: the sealed records and the keys to them."""

    records: Path
    keys: Path


def backup(path: Path) -> Backup:
    """Copy the records to `path`, and the keys to the one key file beside it."""
    _only_sqlite()
    keys = path.with_name(KEY_FILE)
    with _written_whole(path) as draft, closing(sqlite3.connect(draft)) as copy:
        connection.ensure_connection()
        connection.connection.backup(copy)
        wrapped = copy.execute(
            f"SELECT person_id, wrapped FROM {_TABLE} "
            f"UNION ALL SELECT clinic_id, wrapped FROM {_CLINICS}"
        ).fetchall()
        copy.execute("PRAGMA journal_mode=DELETE")
        copy.execute("PRAGMA secure_delete=ON")
        copy.execute(f"DELETE FROM {_TABLE}")
        copy.execute(f"DELETE FROM {_CLINICS}")
        copy.commit()
        copy.execute("VACUUM")
    with _written_whole(keys) as draft:
        draft.write_text("".join(f"{person} {bytes(key).hex()}\n" for person, key in wrapped))
    return Backup(records=path, keys=keys)


def restore(path: Path) -> int:
    """Put a copy back with the newest keys; return how many people can be read.

    Records whose key is gone were erased since the copy was made, and are dropped.
    """
    _only_sqlite()
    keys = _read_keys(path.with_name(KEY_FILE))
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as copy:
        if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise BackupRefused(f"{path.name} is damaged; try an older copy")
        connection.ensure_connection()
        copy.backup(connection.connection)
    connections.close_all()
    return _give_keys(keys)


def _give_keys(keys: dict[str, bytes]) -> int:
    from safetomove.records.models import Clinic, ClinicKey, Person, PersonKey

    _keep(Clinic, ClinicKey, "clinic_id", keys)
    return _keep(Person, PersonKey, "person_id", keys)


def _keep(whose: Any, key_of: Any, field: str, keys: dict[str, bytes]) -> int:
    """Give back the keys of one table's rows; rows without a key can't be read, and go."""
    kept = [one for one in whose.objects.values_list("pk", flat=True) if one.hex in keys]
    key_of.objects.bulk_create(key_of(**{field: one, "wrapped": keys[one.hex]}) for one in kept)
    whose.objects.exclude(pk__in=kept).delete()
    return len(kept)


def _read_keys(path: Path) -> dict[str, bytes]:
    try:
        lines = [line.split() for line in path.read_text().splitlines()]
        return {person: bytes.fromhex(key) for person, key in lines}
    except (OSError, ValueError):
        raise BackupRefused(f"the key file {path} is missing or can't be read") from None


@contextmanager
def _written_whole(path: Path) -> Iterator[Path]:
    """Write beside `path`, readable by the owner alone, and put in place when it is whole."""
    draft = path.with_name(path.name + ".part")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600)
    try:
        yield draft
        with draft.open("rb") as whole:
            os.fsync(whole.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _only_sqlite() -> None:
    if connection.vendor != "sqlite":
        raise BackupRefused(
            f"on PostgreSQL use pg_dump --exclude-table-data={_TABLE} "
            f"--exclude-table-data={_CLINICS}, and "
            f"pg_dump --table={_TABLE} --table={_CLINICS} --data-only "
            "into one file that is overwritten each time"
        )
