"""Load the words of a questionnaire that this site has a licence for."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from safetomove.core.errors import CoreError
from safetomove.services import instruments


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: list[str] = []  # noqa: RUF012 - Django's own name and type

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path)
        parser.add_argument("--rules", default="", help="whose rules it follows")

    def handle(self, *, path: Path, rules: str, **_: Any) -> None:
        try:
            data = path.read_bytes()
            made = instruments.load(data, name=path.name, rules=rules, now=timezone.now())
        except (CoreError, OSError) as error:
            raise CommandError(str(error), returncode=2) from error
        self.stdout.write(
            f"{made.title} ({made.id}), version {made.version}, can be filled in here."
        )
        if any(one.self_harm for one in made.items) and not instruments.self_harm_reader():
            self.stdout.write(
                "Its question about self-harm is left out: nobody is named to read it."
            )
