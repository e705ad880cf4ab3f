"""Make this machine ready to serve: folders, keys, tables, files. Each step may be repeated."""

import os
import secrets
from hashlib import blake2b
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from safetomove.core.errors import CoreError
from safetomove.web import configuration

KEYS = ("SECRET_KEY", "SITE_KEY")
_STAMP = "made-from"


class KeyUnreadable(CoreError):
    """A key file is there without a key; a new key would not open the records."""


def make_folders() -> None:
    """Make the data folder; nobody else on this machine may look in."""
    for folder in (settings.DATA_FOLDER, configuration.key_file(KEYS[0]).parent):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def make_keys() -> list[Path]:
    """Draw the secrets that this site lacks, and return the files they were put in."""
    return [made for name in KEYS if (made := _make_key(name))]


def migrate() -> bool:
    """Bring the tables up to date; say whether anything had to be done."""
    executor = MigrationExecutor(connection)
    behind = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if behind:
        call_command("migrate", verbosity=0, interactive=False)
    return behind


def people_kept() -> int:
    """Count the people in the records; none where there are no tables yet."""
    from safetomove.records.models import Person

    if Person._meta.db_table not in connection.introspection.table_names():
        return 0
    return Person.objects.count()


def collect_static() -> bool:
    """Collect the static files if they differ from those collected last."""
    stamp, now = settings.STATIC_ROOT / _STAMP, _static_state()
    if stamp.is_file() and stamp.read_text(encoding="ascii") == now:
        return False
    call_command("collectstatic", verbosity=0, interactive=False)
    stamp.write_text(now, encoding="ascii")
    return True


def _make_key(name: str) -> Path | None:
    if configuration.key(name):
        return None
    path, key = configuration.key_file(name), secrets.token_urlsafe(48)
    # Never over a key that is there: the records sealed with it could not be read again.
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise KeyUnreadable(f"the key file {path} is empty: put its copy back") from None
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(key + "\n")
        file.flush()
        os.fsync(file.fileno())
    setattr(settings, name, key)
    return path


def _static_state() -> str:
    digest = blake2b(digest_size=16)
    for finder in get_finders():
        for name, storage in finder.list([]):
            path = Path(storage.path(name))
            digest.update(f"{path}:{path.stat().st_size}:{path.stat().st_mtime_ns}\n".encode())
    return digest.hexdigest()
