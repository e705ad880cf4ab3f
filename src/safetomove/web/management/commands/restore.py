"""Put a copy of the records back, with the newest keys beside it. Stop the site first."""

from argparse import ArgumentParser
from pathlib import Path
from sqlite3 import DatabaseError as BadFile
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from safetomove.core.errors import CoreError
from safetomove.services import health
from safetomove.services.backup import restore
from safetomove.web import configuration
from safetomove.web.management import site


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: list[str] = []  # noqa: RUF012 - Django's own name and type

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help="the copy that `backup` made")
        parser.add_argument(
            "--replace", action="store_true", help="put it in the place of what is kept here now"
        )

    def handle(self, *, path: Path, replace: bool, **_: Any) -> None:
        site.make_folders()
        _refuse(path, replace=replace)
        try:
            people = restore(path)
            site.migrate()
        except (CoreError, DatabaseError, BadFile, OSError) as error:
            raise CommandError(f"the copy can't be put back: {error}") from None
        try:
            health.open_every_seal()
        except CoreError as error:
            raise CommandError(f"{error}. Put the site key of this copy back.") from None
        self.stdout.write(f"The copy is back: {people} people, and every record opens.")


def _refuse(path: Path, *, replace: bool) -> None:
    """Stop before anything is touched."""
    if not path.is_file():
        raise CommandError(f"there is no copy at {path}")
    if not configuration.key("SITE_KEY"):
        file = configuration.key_file("SITE_KEY")
        raise CommandError(f"put the site key of this copy into {file} first")
    if not replace and (kept := site.people_kept()):
        raise CommandError(f"{kept} people are kept here already; --replace puts the copy there")
