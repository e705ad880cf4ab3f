"""Who works at a clinic, and what their role lets them do."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import transaction

from safetomove.records.models import StaffRow
from safetomove.services.clinic.holding import HeldClinic, hold, look
from safetomove.services.clinic.refusals import (
    BadClinic,
    LastAdministrator,
    NoSuchClinic,
    NoSuchMember,
)

NAME_TOP = 80  # characters of a name


class Role(StrEnum):
    """What somebody may do, least first."""

    ASSISTANT = "assistant"
    PHYSIOTHERAPIST = "physiotherapist"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """One of the staff. `actor` is how the audit names them."""

    id: int
    clinic: UUID
    name: str
    role: Role

    @property
    def actor(self) -> str:
        """Return the word that stands for this person in the audit."""
        return f"staff:{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Somebody of the staff, at their own clinic. Whatever staff see or do goes through one."""

    staff: Staff
    held: HeldClinic


def desk(*, clinic: UUID, user_id: int) -> Desk:
    """Return the desk of an account at a clinic: two queries.

    Refuses with NoSuchClinic alike where there is no such clinic and where the account
    has no role in it, so that nobody learns which clinics there are.
    """
    row = StaffRow.objects.filter(clinic_id=clinic, user_id=user_id, ended_at=None).first()
    if row is None:
        raise NoSuchClinic("there is no such clinic here")
    return Desk(staff=_staff(row), held=look(clinic))


def clinics_of_user(user_id: int) -> tuple[tuple[UUID, str, Role], ...]:
    """Return id, name and role of every clinic that an account works at, by name."""
    rows = StaffRow.objects.filter(user_id=user_id, ended_at=None)
    named = rows.values_list("clinic_id", "clinic__name", "role").order_by("clinic__name")
    return tuple((clinic, name, Role(role)) for clinic, name, role in named)


def staff_of(held: HeldClinic) -> tuple[Staff, ...]:
    """Return who works at a clinic now, by name."""
    rows = StaffRow.objects.filter(clinic_id=held.clinic, ended_at=None).order_by("name", "id")
    return tuple(_staff(row) for row in rows)


def names_of(clinic: UUID) -> dict[str, str]:
    """Return the names of all who work or worked at a clinic, by the audit's word for them."""
    return {_staff(row).actor: row.name for row in StaffRow.objects.filter(clinic_id=clinic)}


def begin_role(*, clinic: UUID, user_id: int, name: str, role: Role, now: datetime) -> Staff:
    """Give an account a role; one that it had before is begun again."""
    named = tidy_name(name)
    row, _ = StaffRow.objects.update_or_create(
        clinic_id=clinic,
        user_id=user_id,
        defaults={"name": named, "role": role, "ended_at": None},
        create_defaults={"name": named, "role": role, "begun_at": now},
    )
    return _staff(row)


def change_role(at: Desk, *, staff: int, role: Role, now: datetime) -> None:
    """Change what one of the staff may do."""
    with transaction.atomic():
        row = _held_row(at, staff)
        if role is not Role.ADMINISTRATOR:
            _keep_one_administrator(row)
        row.role = role
        row.save(update_fields=["role"])


def end_role(at: Desk, *, staff: int, now: datetime) -> None:
    """End somebody's role; what they did keeps their name."""
    with transaction.atomic():
        row = _held_row(at, staff)
        _keep_one_administrator(row)
        row.ended_at = now
        row.save(update_fields=["ended_at"])


def one_of_staff(held: HeldClinic, staff: int) -> Staff:
    """Return somebody who works here now; NoSuchMember for anybody else."""
    row = StaffRow.objects.filter(pk=staff, clinic_id=held.clinic, ended_at=None).first()
    if row is None:
        raise NoSuchMember("nobody with this number works here now")
    return _staff(row)


def end_roles_of(user_id: int, *, now: datetime) -> None:
    """End all roles of an account that goes; the names of what it did stay.

    Even the last administrator may go: whoever runs the site can let another one in.
    """
    StaffRow.objects.filter(user_id=user_id, ended_at=None).update(ended_at=now)


def has_administrator(clinic: UUID) -> bool:
    """Say whether anybody can let others into a clinic."""
    rows = StaffRow.objects.filter(clinic_id=clinic, role=Role.ADMINISTRATOR, ended_at=None)
    return rows.exists()


def tidy_name(name: str) -> str:
    """Return a name without needless blanks; BadClinic where it can't be kept."""
    tidy = " ".join(name.split())
    if not tidy or len(tidy) > NAME_TOP or not tidy.isprintable():
        raise BadClinic(f"a name has 1 to {NAME_TOP} letters")
    return tidy


def _held_row(at: Desk, staff: int) -> StaffRow:
    hold(at.held.clinic)
    row = StaffRow.objects.filter(pk=staff, clinic_id=at.held.clinic, ended_at=None).first()
    if row is None:
        raise BadClinic("nobody with this number works here now")
    return row


def _keep_one_administrator(row: StaffRow) -> None:
    others = StaffRow.objects.filter(
        clinic_id=row.clinic_id, role=Role.ADMINISTRATOR, ended_at=None
    ).exclude(pk=row.pk)
    if row.role == Role.ADMINISTRATOR and not others.exists():
        raise LastAdministrator("make somebody else an administrator first")


def _staff(row: StaffRow) -> Staff:
    return Staff(id=row.pk, clinic=row.clinic_id, name=row.name, role=Role(row.role))
