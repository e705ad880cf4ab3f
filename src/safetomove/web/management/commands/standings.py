"""Work out where everybody on the clinics' lists stands, so that the morning's list is whole.

Meant for the small hours, once a night. Lists are right without it: then the first who look
in the morning wait for a few lines at a time.
"""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from safetomove.services.clinic import standing


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: list[str] = []  # noqa: RUF012 - Django's own name and type

    def handle(self, **_: Any) -> None:
        done = standing.refresh_all(now=timezone.now())
        self.stdout.write(f"{done} {'line' if done == 1 else 'lines'} worked out again.")
