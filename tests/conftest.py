"""Give the tests a site of their own: its own folder, keys and database."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings

# No test may depend on how fast the machine is, and a failure must come back when it is run again.
hypothesis.settings.register_profile("house", deadline=None, derandomize=True, print_blob=True)
hypothesis.settings.load_profile("house")

_DATA = Path(tempfile.mkdtemp(prefix="safetomove-tests-"))
atexit.register(shutil.rmtree, _DATA, ignore_errors=True)

os.environ["SAFETOMOVE_DATA"] = str(_DATA)
os.environ["SAFETOMOVE_SITE_KEY"] = "a site key that only the tests ever use"
os.environ["SAFETOMOVE_SECRET_KEY"] = "a secret key that only the tests ever use, long enough"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the browser's driver runs a loop of its own

# pytest-django has read the settings by now: say there what the environment says.
settings.SITE_KEY = os.environ["SAFETOMOVE_SITE_KEY"]
settings.SECRET_KEY = os.environ["SAFETOMOVE_SECRET_KEY"]
settings.DATA_FOLDER = _DATA
settings.STATIC_ROOT = _DATA / "static"
# Argon2 takes a tenth of a second by design; accounts made by the hundred need none of it. The
# sites that browsers are sent to keep it.
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Test on a database file as the site has, not on SQLite in memory."""
    from django.db import connection

    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(_DATA / "tests.sqlite3")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """Let Django empty the tables between tests although SQLite's audit rows refuse to go."""
    from django.db import connection

    if connection.vendor != "sqlite":
        yield
        return
    operations = type(connection.ops)
    flush = operations.sql_flush
    audit = import_module("safetomove.records.migrations.0002_audit_is_append_only")

    def without_triggers(*args: object, **kwargs: object) -> list[str]:
        statements = flush(*args, **kwargs)
        return [*audit.UNDO_SQLITE, *statements, *audit.SQLITE] if statements else []

    operations.sql_flush = without_triggers
    yield
    operations.sql_flush = flush
