"""Open a clinic, and print the link by which its first administrator comes in."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse
from django.utils import timezone

from safetomove.core.errors import BadInput
from safetomove.services.clinic import clinics, invitations, staff
from safetomove.services.clinic.staff import Role
from safetomove.web.management import site


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: list[str] = []  # noqa: RUF012 - Django's own name and type

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="the clinic's name, as patients will see it")
        parser.add_argument("--zone", default=settings.HOME_ZONE, help="such as Europe/London")
        parser.add_argument("--hours", default="", help="when somebody reads what people share")

    def handle(self, *, name: str, zone: str, hours: str, **_: Any) -> None:
        site.make_folders()
        try:
            site.make_keys()
        except site.KeyUnreadable as error:
            raise CommandError(str(error)) from None
        site.migrate()
        now = timezone.now()
        try:
            clinic = clinics.clinic_named(name)
            if clinic is not None and staff.has_administrator(clinic):
                raise CommandError(f"{name} is open; its administrators let others in")
            clinic = clinic or clinics.open_clinic(
                name=name, zone=zone, reading_hours=hours, now=now
            )
        except BadInput as error:
            raise CommandError(str(error)) from None
        code = invitations.invite(clinic=clinic, role=Role.ADMINISTRATOR, now=now, by=None)
        self.stdout.write("Open this once, within 28 days, at the address of this site:")
        self.stdout.write(f"{_origin()}{reverse('clinic_join')}?code={code}")
        self.stdout.write("Whoever does signs in or makes an account, and is the administrator.")


def _origin() -> str:
    """Return how the site is called, as far as its settings say."""
    return f"https://{settings.ALLOWED_HOSTS[0]}" if settings.HTTPS else ""
