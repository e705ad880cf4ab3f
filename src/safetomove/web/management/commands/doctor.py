"""Say whether this site is well, and what to do about what is not."""

import json
import stat
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from safetomove.content import catalogue, course, lessons
from safetomove.core import safety
from safetomove.core.errors import CoreError
from safetomove.services import health
from safetomove.web import configuration


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    what: str
    well: bool
    say: str


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: list[str] = []  # noqa: RUF012 - Django's own name and type

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true")

    def handle(self, *, json: bool, **_: Any) -> None:
        findings = list(_look())
        self.stdout.write(_as_json(findings) if json else _as_words(findings))
        if not all(finding.well for finding in findings):
            raise SystemExit(1)


def _look() -> Iterator[Finding]:
    yield _folder()
    yield from (_key(name) for name in ("SECRET_KEY", "SITE_KEY"))
    database = _database()
    yield database
    if database.well:
        yield _tables()
        yield _seals()
    yield _rules()
    yield _words()
    yield _static()


def _folder() -> Finding:
    folder = settings.DATA_FOLDER
    if not folder.is_dir():
        return Finding(what="data folder", well=False, say=f"{folder} is not there: run serve once")
    private = not folder.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)
    say = str(folder) if private else f"others may look into {folder}: chmod 700 it"
    return Finding(what="data folder", well=private, say=say)


def _key(name: str) -> Finding:
    what = name.lower().replace("_", " ")
    if not configuration.key(name):
        return Finding(what=what, well=False, say=f"set SAFETOMOVE_{name} or run serve once")
    path = configuration.key_file(name)
    shared = path.is_file() and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)
    say = f"others may read {path}: chmod 600 it" if shared else "present"
    return Finding(what=what, well=not shared, say=say)


def _database() -> Finding:
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        return Finding(what="database", well=False, say=f"can't be reached: {error}")
    return Finding(what="database", well=True, say=connection.vendor)


def _tables() -> Finding:
    executor = MigrationExecutor(connection)
    behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
    say = f"{len(behind)} steps behind: run serve" if behind else "up to date"
    return Finding(what="tables", well=not behind, say=say)


def _seals() -> Finding:
    try:
        people = health.open_every_seal()
    except (CoreError, DatabaseError) as error:
        return Finding(what="sealed records", well=False, say=str(error))
    return Finding(what="sealed records", well=True, say=f"{people} people, every one opens")


def _rules() -> Finding:
    try:
        rules = safety.rules_in_force(timezone.localdate())
    except CoreError as error:
        return Finding(what="safety rules", well=False, say=f"{error}: is the clock right?")
    return Finding(what="safety rules", well=True, say=f"version {rules.version}")


def _words() -> Finding:
    today = timezone.localdate()
    try:
        late = (
            *catalogue.overdue(catalogue.load(), today=today),
            *lessons.overdue(lessons.load(), today=today),
            *course.overdue(today=today),
        )
    except CoreError as error:
        return Finding(what="words", well=False, say=str(error))
    say = f"to be read again by now: {', '.join(late)}" if late else "none is overdue"
    return Finding(what="words", well=not late, say=say)


def _static() -> Finding:
    made = (settings.STATIC_ROOT / "staticfiles.json").is_file()
    return Finding(what="page files", well=made, say="in place" if made else "run serve once")


def _as_json(findings: list[Finding]) -> str:
    return json.dumps({"findings": [asdict(one) for one in findings]}, indent=2)


def _as_words(findings: list[Finding]) -> str:
    return "\n".join(
        f"{'well   ' if one.well else 'PROBLEM'}  {one.what}: {one.say}" for one in findings
    )
