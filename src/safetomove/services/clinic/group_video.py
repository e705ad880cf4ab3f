"""Give a group, or a one-to-one course, the link of its video calls."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from safetomove.services.clinic.groups import held_group, put_about
from safetomove.services.clinic.staff import Desk
from safetomove.services.clinic.video import told_again


def put_link(at: Desk, *, group: UUID, link: str, now: datetime) -> None:
    """Keep the link, or take it away where it is empty; calendars are told. Again is harmless."""
    with transaction.atomic():
        old = held_group(at.held, group)
        about = replace(old.about, video=link)
        if about != old.about:
            told = replace(about, schedule=told_again(about.schedule), changed_at=now)
            put_about(at.held, old, told)
