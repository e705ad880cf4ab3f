"""Calendar files of a group, and a secret link by which one person's calendar follows it.

The link reads and nothing else. Who has it sees when and where, in neutral words: no name,
and nothing of what the group is for. Its digest is looked up; the link itself lies sealed,
so that the person can see it again.
"""

import hashlib
import secrets
from typing import Final
from uuid import UUID

from django.db import transaction

from safetomove.content import course
from safetomove.content.files import section, text
from safetomove.records.models import EnrolmentRow, GroupRow
from safetomove.services.clinic.calendar_file import GroupCalendar, calendar_file
from safetomove.services.clinic.enrolment import State, open_about, seal_about
from safetomove.services.clinic.groups import Group, opened
from safetomove.services.clinic.holding import look
from safetomove.services.clinic.refusals import NoPlace, NoSuchGroup

LINK_BYTES: Final = 20  # 160 bits: nobody guesses one
SITE: Final = "safetomove"  # an event's id must stay even where the site's address changes
TOKEN_TOP: Final = 64  # letters of what is looked up


def file_of(group: Group) -> bytes:
    """Return a group's calendar file, called-off sessions included."""
    words = section(course.words(), "calendar")
    return calendar_file(
        GroupCalendar(
            group=str(group.id),
            site=SITE,
            schedule=group.about.schedule,
            place=group.about.venue,
            url=group.about.video,
            summary=text(words, "summary"),
            called_off=text(words, "cancelled"),
            changed_at=group.about.changed_at,
        )
    )


def by_link(token: str) -> bytes:
    """Return the calendar file that a secret link leads to; NoSuchGroup where it leads nowhere."""
    rows = EnrolmentRow.objects.filter(member__person__isnull=False, member__left_at=None)
    rows = rows.select_related("group")
    row = rows.filter(calendar=_digest(token[:TOKEN_TOP])).first()
    if row is None:
        raise NoSuchGroup("this calendar link leads nowhere")
    return file_of(opened(look(row.group.clinic_id), row.group))


def link(*, person: UUID, group: UUID) -> str:
    """Return the person's open link to a group's calendar, or nothing where none is open."""
    row = _own(person, group)
    return str(open_about(look(row.group.clinic_id), row).get("link") or "")


def open_link(*, person: UUID, group: UUID) -> str:
    """Make a new link; an older one leads nowhere from now on."""
    token = secrets.token_urlsafe(LINK_BYTES)
    _put(person, group, token)
    return token


def close_link(*, person: UUID, group: UUID) -> None:
    """Let the link lead nowhere; again is harmless."""
    _put(person, group, None)


def own_file(*, person: UUID, group: UUID) -> bytes:
    """Return the calendar file of a group in which the person has a place."""
    row = _own(person, group)
    return file_of(opened(look(row.group.clinic_id), row.group))


def _put(person: UUID, group: UUID, token: str | None) -> None:
    with transaction.atomic():
        GroupRow.objects.select_for_update().filter(pk=group).first()
        row = _own(person, group)
        held = look(row.group.clinic_id)
        data = open_about(held, row) | {"link": token}
        row.calendar = None if token is None else _digest(token)
        seal_about(held, row, data)
        row.save(update_fields=["calendar", "sealed", "version"])


def _own(person: UUID, group: UUID) -> EnrolmentRow:
    rows = EnrolmentRow.objects.filter(group_id=group, state=State.ENROLLED)
    rows = rows.filter(member__person_id=person, member__left_at=None)
    row = rows.select_related("group").first()
    if row is None:
        raise NoPlace("you have no place in this group")
    return row


def _digest(token: str) -> bytes:
    return hashlib.sha256(b"calendar " + token.encode("utf-8", "replace")).digest()
