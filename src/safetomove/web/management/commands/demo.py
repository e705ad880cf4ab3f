"""Add a person with twelve weeks of believable diary, and a clinic if wanted, to look around."""

from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from safetomove.services.demo import make_demo
from safetomove.services.demo_clinic import make_demo_clinic
from safetomove.web.management import site


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: list[str] = []  # noqa: RUF012 - Django's own name and type

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--clinic", action="store_true", help="and a clinic with its staff")

    def handle(self, *, clinic: bool, **_: Any) -> None:
        site.make_folders()
        try:
            site.make_keys()
        except site.KeyUnreadable as error:
            raise CommandError(str(error)) from None
        site.migrate()
        demo = make_demo(now=timezone.now())
        self.stdout.write(f"Sign in at /account/login/ as {demo.username}")
        self.stdout.write(f"with the password {demo.password} (shown this once).")
        self.stdout.write("The person is made up, and so is every day of the diary.")
        if clinic:
            self._make_clinic(demo.person)

    def _make_clinic(self, person: UUID) -> None:
        made = make_demo_clinic(now=timezone.now(), person=person)
        self.stdout.write("There is a clinic too, as made up as the person. Its staff:")
        for username, password in made.passwords.items():
            self.stdout.write(f"  {username} with the password {password}")
