"""The days on which a clinic holds no course: its own, and the bank holidays if it keeps them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from django.db import transaction

from safetomove.core.course import bank_holidays
from safetomove.services.clinic import documents
from safetomove.services.clinic.documents import Kind
from safetomove.services.clinic.holding import HeldClinic
from safetomove.services.clinic.refusals import BadClinic
from safetomove.services.clinic.staff import Desk

DAYS_TOP: Final = 200
NAME_TOP: Final = 60  # letters


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysOff:
    """The clinic's own days by date with what each is, and whether bank holidays are kept.

    The rule knows England and Wales only; a clinic elsewhere turns it off and lists its own.
    """

    own: Mapping[date, str] = field(default_factory=dict)
    bank: bool = True

    def __post_init__(self) -> None:
        if len(self.own) > DAYS_TOP:
            raise BadClinic(f"a clinic lists at most {DAYS_TOP} days off")
        if any(len(name) > NAME_TOP or not name.isprintable() for name in self.own.values()):
            raise BadClinic(f"the name of a day off takes at most {NAME_TOP} letters")

    def days_in(self, years: Iterable[int]) -> frozenset[date]:
        """Return every day off in these years, and the clinic's own in any."""
        kept = (bank_holidays(year) for year in years) if self.bank else ()
        return frozenset(self.own).union(*kept)


def read(held: HeldClinic) -> DaysOff:
    """Return a clinic's days off: one query."""
    kept = documents.read(held, Kind.HOLIDAYS)
    if kept is None:
        return DaysOff()
    own = {date.fromisoformat(day): name for day, name in kept.data["own"].items()}
    return DaysOff(own=own, bank=kept.data["bank"])


def put(at: Desk, days: DaysOff, *, now: datetime) -> None:
    """Keep a clinic's days off. Groups that are laid out already keep their dates."""
    own = {day.isoformat(): name for day, name in sorted(days.own.items())}
    with transaction.atomic():
        documents.put(at.held, Kind.HOLIDAYS, {"own": own, "bank": days.bank}, now=now)
