"""Open a clinic to read what it keeps, or hold it alone to change it."""

from dataclasses import dataclass, field
from uuid import UUID

from safetomove.records.models import Clinic
from safetomove.records.sealing import Seal, unwrap
from safetomove.services.clinic.refusals import NoSuchClinic


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldClinic:
    """One clinic, opened."""

    clinic: UUID
    seal: Seal = field(repr=False)
    name: str
    zone: str
    reading_hours: str


def look(clinic: UUID) -> HeldClinic:
    """Open a clinic to read it: one query."""
    return _opened(Clinic.objects.select_related("key").filter(pk=clinic).first())


def hold(clinic: UUID) -> HeldClinic:
    """Open a clinic to change it; others wait until this transaction ends.

    PostgreSQL locks the row. SQLite already let only this transaction write.
    """
    rows = Clinic.objects.select_related("key").select_for_update(of=("self",))
    return _opened(rows.filter(pk=clinic).first())


def _opened(row: Clinic | None) -> HeldClinic:
    if row is None:
        raise NoSuchClinic("there is no such clinic here")
    return HeldClinic(
        clinic=row.pk,
        seal=unwrap(row.key.wrapped, person=row.pk),
        name=row.name,
        zone=row.zone,
        reading_hours=row.reading_hours,
    )
