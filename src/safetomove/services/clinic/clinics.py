"""Open a clinic, and change what it says of itself."""

from datetime import datetime
from uuid import UUID, uuid4
from zoneinfo import available_timezones

from django.db import transaction

from safetomove.records.models import Clinic, ClinicKey
from safetomove.records.sealing import new_seal
from safetomove.services.clinic.holding import hold
from safetomove.services.clinic.refusals import BadClinic
from safetomove.services.clinic.staff import Desk, tidy_name

HOURS_TOP = 200  # characters that say when somebody reads


def open_clinic(*, name: str, zone: str, reading_hours: str, now: datetime) -> UUID:
    """Begin a clinic with nobody in it yet; return its id."""
    clinic = uuid4()
    seal = new_seal(clinic)
    about = _about(name, zone, reading_hours)
    with transaction.atomic():
        Clinic.objects.create(id=clinic, created_at=now, **about)
        ClinicKey.objects.create(clinic_id=clinic, wrapped=seal.wrapped())
    return clinic


def clinic_named(name: str) -> UUID | None:
    """Return the clinic of exactly this name, or None."""
    rows = Clinic.objects.filter(name=tidy_name(name)).order_by("created_at")
    return rows.values_list("pk", flat=True).first()


def change_clinic(at: Desk, *, name: str, zone: str, reading_hours: str) -> None:
    """Change what a clinic says of itself."""
    about = _about(name, zone, reading_hours)
    with transaction.atomic():
        hold(at.held.clinic)
        Clinic.objects.filter(pk=at.held.clinic).update(**about)


def _about(name: str, zone: str, reading_hours: str) -> dict[str, str]:
    hours = " ".join(reading_hours.split())
    if len(hours) > HOURS_TOP or not hours.isprintable():
        raise BadClinic(f"the hours take at most {HOURS_TOP} letters")
    if zone not in available_timezones():
        raise BadClinic("choose a time zone from the list")
    return {"name": tidy_name(name), "zone": zone, "reading_hours": hours}
