"""Let people in by a code that opens once: staff into a role, a person onto the list.

The code is shown once, to whoever makes it, and only its digest is kept. Accepting is the
other side's own act: nobody joins, and nothing is shared, by being invited.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from safetomove.records.models import InvitationRow, MemberRow
from safetomove.services import audit
from safetomove.services.audit import Verb
from safetomove.services.clinic import staff
from safetomove.services.clinic.refusals import BadInvitation, NoSuchMember
from safetomove.services.clinic.staff import Desk, Role

PATIENT: Final = "patient"
OPEN_FOR = timedelta(days=28)
# No 0 or O, 1 or I or L: it may be read out over the telephone.
_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_LENGTH = 12  # of 31 signs: 59 bits, for a code that lives four weeks behind a limit of tries


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """An open invitation, as the one who holds its code may see it."""

    id: UUID
    clinic: UUID
    clinic_name: str
    reading_hours: str
    role: Role | None  # None: as somebody on the list
    member: UUID | None
    expires_at: datetime


def invite(
    *, clinic: UUID, role: Role | None, now: datetime, by: Desk | None, member: UUID | None = None
) -> str:
    """Make an invitation and return its code; an older open one for the same member closes."""
    code = "".join(secrets.choice(_SIGNS) for _ in range(_LENGTH))
    with transaction.atomic():
        if member is not None:
            _open(InvitationRow.objects.filter(member_id=member), now).update(withdrawn_at=now)
        InvitationRow.objects.create(
            clinic_id=clinic,
            digest=_digest(code),
            role=role or PATIENT,
            member_id=member,
            made_by_id=by.staff.id if by else None,
            made_at=now,
            expires_at=now + OPEN_FOR,
        )
    return "-".join(code[at : at + 4] for at in range(0, _LENGTH, 4))


def open_invitation(code: str, *, now: datetime) -> Invitation:
    """Return what a code opens; BadInvitation where it opens nothing."""
    return _invitation(_row(code, now))


def accept_as_staff(code: str, *, user_id: int, name: str, now: datetime) -> UUID:
    """Take a role at a clinic; return the clinic."""
    with transaction.atomic():
        row = _row(code, now, alone=True)
        if row.role == PATIENT:
            raise BadInvitation("this code is for a patient, not for staff")
        if row.clinic_id in {clinic for clinic, _, _ in staff.clinics_of_user(user_id)}:
            raise BadInvitation("you work at this clinic already; an administrator changes roles")
        staff.begin_role(
            clinic=row.clinic_id, user_id=user_id, name=name, role=Role(row.role), now=now
        )
        _use(row, now)
        return row.clinic_id


def accept_as_patient(code: str, *, person: UUID, now: datetime) -> UUID:
    """Join a clinic, sharing nothing yet; return the membership's id.

    Somebody who is on the list already keeps that place: nobody is there twice.
    """
    with transaction.atomic():
        row = _row(code, now, alone=True)
        if row.role != PATIENT or row.member_id is None:
            raise BadInvitation("this code is for staff, not for a patient")
        here = MemberRow.objects.filter(clinic_id=row.clinic_id, person_id=person)
        if here.exclude(pk=row.member_id).exists():
            raise BadInvitation("you are on this clinic's list already")
        _join(row.member_id, person, now)
        _use(row, now)
        audit.note(person, Verb.JOINED_CLINIC, now=now)
        return row.member_id


def withdraw(at: Desk, *, invitation: UUID, now: datetime) -> None:
    """Close an invitation that nobody used; again is harmless."""
    rows = InvitationRow.objects.filter(pk=invitation, clinic_id=at.held.clinic)
    if not rows.exists():
        raise NoSuchMember("this clinic made no such invitation")
    _open(rows, now).update(withdrawn_at=now)


def open_invitations(
    at: Desk, *, now: datetime, member: UUID | None = None
) -> tuple[Invitation, ...]:
    """Return a clinic's open invitations to staff, or to one member: one query, newest first."""
    rows = InvitationRow.objects.filter(clinic_id=at.held.clinic, member_id=member)
    rows = rows.select_related("clinic")
    return tuple(_invitation(row) for row in _open(rows, now).order_by("-made_at"))


def _open(rows: QuerySet[InvitationRow], now: datetime) -> QuerySet[InvitationRow]:
    return rows.filter(used_at=None, withdrawn_at=None, expires_at__gt=now)


def _join(member: UUID, person: UUID, now: datetime) -> None:
    rows = MemberRow.objects.select_for_update().filter(pk=member, discharged_at=None)
    row = rows.first()
    if row is None or row.person_id not in {None, person}:
        raise BadInvitation("this code was for somebody else, or the clinic closed it")
    if row.person_id is None or row.left_at is not None:  # else they are in: nothing changes
        rows.update(person_id=person, shares=[], joined_at=now, left_at=None)


def _use(row: InvitationRow, now: datetime) -> None:
    row.used_at = now
    row.save(update_fields=["used_at"])


def _row(code: str, now: datetime, *, alone: bool = False) -> InvitationRow:
    rows = InvitationRow.objects.filter(digest=_digest(code)).select_related("clinic")
    row = _open(rows.select_for_update(of=("self",)) if alone else rows, now).first()
    if row is None:
        raise BadInvitation("this code opens nothing: it may be used, too old, or mistyped")
    return row


def _digest(code: str) -> bytes:
    signs = "".join(sign for sign in code.upper() if sign in _SIGNS)
    return hashlib.sha256(b"invitation " + signs.encode()).digest()


def _invitation(row: InvitationRow) -> Invitation:
    return Invitation(
        id=row.pk,
        clinic=row.clinic_id,
        clinic_name=row.clinic.name,
        reading_hours=row.clinic.reading_hours,
        role=None if row.role == PATIENT else Role(row.role),
        member=row.member_id,
        expires_at=row.expires_at,
    )
