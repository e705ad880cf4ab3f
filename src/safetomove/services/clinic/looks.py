"""Who at a clinic looked at what of a person's, and when: for that person alone."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from safetomove.records.models import AuditRow, StaffRow
from safetomove.services.audit import Verb

PAGE: Final = 25
LOOKS: Final = (
    Verb.SEEN_IN_LIST,
    Verb.SEEN_PLAN,
    Verb.SEEN_MEASURES,
    Verb.SEEN_CHECK_INS,
    Verb.SEEN_MAP,
    Verb.SEEN_NOTES,
    Verb.CHANGED_BY_CLINIC,
    Verb.MESSAGES_READ,
    Verb.MESSAGE_WRITTEN,
    Verb.HANDED_ON,
)
_BY_STAFF = "staff:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One time that somebody looked at, or changed, something of the person's."""

    who: str
    clinic: str
    verb: Verb
    at: datetime


def looks(person: UUID, *, page: int = 1) -> tuple[tuple[Look, ...], int]:
    """Return one page of looks, newest first, and how many there are: three queries."""
    rows = AuditRow.objects.filter(person=person, actor__startswith=_BY_STAFF)
    rows = rows.filter(verb__in=LOOKS)
    start = (max(1, page) - 1) * PAGE
    return _named(list(rows.order_by("-at", "-pk")[start : start + PAGE])), rows.count()


def every_look(person: UUID) -> tuple[Look, ...]:
    """Return all looks, oldest first: two queries."""
    rows = AuditRow.objects.filter(person=person, actor__startswith=_BY_STAFF, verb__in=LOOKS)
    return _named(list(rows.order_by("at", "pk")))


def move_looks(*, guest: UUID, account: UUID) -> None:
    """Let an account see who looked while its diary was a guest's: the rows are said again."""
    rows = AuditRow.objects.filter(person=guest, actor__startswith=_BY_STAFF, verb__in=LOOKS)
    AuditRow.objects.bulk_create(
        AuditRow(person=account, actor=row.actor, verb=row.verb, at=row.at)
        for row in rows.order_by("at", "pk")
    )


def _named(rows: list[AuditRow]) -> tuple[Look, ...]:
    ids = {int(row.actor.removeprefix(_BY_STAFF)) for row in rows}
    named = StaffRow.objects.filter(pk__in=ids).values_list("pk", "name", "clinic__name")
    who = {f"{_BY_STAFF}{id}": (name, clinic) for id, name, clinic in named}
    return tuple(
        Look(
            who=who.get(row.actor, ("", ""))[0],
            clinic=who.get(row.actor, ("", ""))[1],
            verb=Verb(row.verb),
            at=row.at,
        )
        for row in rows
    )
