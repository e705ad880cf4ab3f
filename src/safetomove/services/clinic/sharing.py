"""What a person lets a clinic see, item by item: theirs to change at any time.

Everything is off until the person turns it on, and notes can only be turned on by name.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import transaction

from safetomove.records.models import MemberRow, SharingRow
from safetomove.services import audit
from safetomove.services.audit import Verb
from safetomove.services.clinic.refusals import NoSuchClinic


class Item(StrEnum):
    """What can be shared, each by itself."""

    PLAN = "plan"  # activities, doses, what was done, the safety answers behind them
    MEASURES = "measures"
    CHECK_INS = "check_ins"
    MAP = "map"
    NOTES = "notes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """A clinic as the person sees it."""

    member: UUID
    clinic: UUID
    name: str
    reading_hours: str
    shares: frozenset[Item]
    joined_at: datetime | None
    discharged: bool


def clinics_of_person(person: UUID) -> tuple[Membership, ...]:
    """Return the clinics that a person belongs to and has not left, by name: one query."""
    rows = MemberRow.objects.filter(person_id=person, left_at=None).select_related("clinic")
    return tuple(_membership(row) for row in rows.order_by("clinic__name", "pk"))


def share(*, person: UUID, member: UUID, items: frozenset[Item], now: datetime) -> None:
    """Let a clinic see exactly these items from now on."""
    with transaction.atomic():
        row = _own(person, member)
        if row.left_at is not None:
            raise NoSuchClinic("you have left this clinic")
        before = {Item(name) for name in row.shares}
        row.shares = sorted(items)
        row.save(update_fields=["shares"])
        SharingRow.objects.bulk_create(
            SharingRow(member=row, item=item, shares=item in items, at=now)
            for item in sorted(before ^ items)
        )
        if before != items:
            audit.note(person, Verb.SHARING_CHANGED, now=now)


def leave(*, person: UUID, member: UUID, now: datetime) -> None:
    """End it: the clinic sees nothing of the person's from this moment; again is harmless."""
    with transaction.atomic():
        if _own(person, member).left_at is not None:
            return
        share(person=person, member=member, items=frozenset(), now=now)
        MemberRow.objects.filter(pk=member).update(left_at=now)
        audit.note(person, Verb.LEFT_CLINIC, now=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch:
    """One time that a person turned an item on or off."""

    clinic: str
    item: Item
    shares: bool
    at: datetime


def switches(person: UUID, *, member: UUID | None = None) -> tuple[Switch, ...]:
    """Return what a person said about items, newest first, at one clinic or all: one query."""
    rows = SharingRow.objects.filter(member__person_id=person)
    rows = rows if member is None else rows.filter(member_id=member)
    said = rows.values_list("member__clinic__name", "item", "shares", "at").order_by("-at", "item")
    return tuple(
        Switch(clinic=clinic, item=Item(item), shares=shares, at=at)
        for clinic, item, shares, at in said
    )


def move_memberships(*, guest: UUID, account: UUID, now: datetime) -> None:
    """Take a guest's clinics into an account.

    Where both have a place on one clinic's list, the account's stands as it is and the
    guest's is left: nothing is shared that was not turned on there. A place that the
    account had left gives way to the guest's.
    """
    with transaction.atomic():
        rows = MemberRow.objects.select_for_update().filter(person_id=guest)
        clinics = list(rows.filter(left_at=None).values_list("clinic_id", flat=True))
        own = MemberRow.objects.filter(person_id=account)
        own.filter(clinic_id__in=clinics).exclude(left_at=None).update(person_id=None)
        kept = list(own.values_list("clinic_id", flat=True))
        for member in rows.filter(clinic_id__in=kept, left_at=None).values_list("pk", flat=True):
            leave(person=guest, member=member, now=now)
        rows.exclude(clinic_id__in=kept).update(person_id=account)


def _own(person: UUID, member: UUID) -> MemberRow:
    row = MemberRow.objects.select_for_update().filter(pk=member, person_id=person).first()
    if row is None:
        raise NoSuchClinic("you have not joined this clinic")
    return row


def _membership(row: MemberRow) -> Membership:
    return Membership(
        member=row.pk,
        clinic=row.clinic_id,
        name=row.clinic.name,
        reading_hours=row.clinic.reading_hours,
        shares=frozenset(Item(name) for name in row.shares),
        joined_at=row.joined_at,
        discharged=row.discharged_at is not None,
    )
