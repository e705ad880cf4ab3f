"""Copy the records while the site runs."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from safetomove.core.errors import CoreError
from safetomove.services.backup import backup


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: list[str] = []  # noqa: RUF012 - Django's own name and type

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path)

    def handle(self, *, path: Path, **_: Any) -> None:
        try:
            made = backup(path)
        except (CoreError, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"The records were copied to {made.records}")
        self.stdout.write(f"Their keys are in {made.keys}. Keep the two apart.")
