"""What a person is asked to fill in, by whom and by when. It can always be left."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from safetomove.records.models import DocumentRow
from safetomove.services import audit, documents, instruments
from safetomove.services.audit import Verb
from safetomove.services.documents import Kind
from safetomove.services.holding import Held, hold
from safetomove.services.people import local_day

SHAPE: Final = 1


class Occasion(StrEnum):
    """When in a course a measure is taken."""

    FIRST = "first"
    LAST = "last"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One measure that somebody would like filled in."""

    instrument: str
    label: Occasion
    asked_on: date
    by: str
    due: date | None = None

    @property
    def name(self) -> str:
        """What the request is kept under: asking again takes its place."""
        return f"{self.instrument}-{self.label.value}"


def ask(
    *,
    person: UUID,
    instruments_asked: Iterable[str],
    now: datetime,
    label: Occasion = Occasion.OTHER,
    due: date | None = None,
    by: str = audit.SELF,
) -> tuple[Asked, ...]:
    """Ask a person for measures; asking again moves the day. Returns all that is asked now.

    Refuses with BadInstrument for one that can't be filled in here; then none is asked.
    """
    wanted = tuple(dict.fromkeys(instruments_asked))
    for one in wanted:
        instruments.offered(one)
    with transaction.atomic():
        held = hold(person)
        today = local_day(now=now, zone=held.file.zone)
        for one in wanted:
            asked = Asked(instrument=one, label=label, asked_on=today, by=by, due=due)
            documents.put(held, Kind.MEASURE_ASK, _to_json(asked), now=now, name=asked.name)
        audit.note(person, Verb.MEASURE_ASKED, now=now, actor=by)
        return asked_of(held)


def take_back(
    *, person: UUID, instrument: str, label: Occasion, now: datetime, by: str = audit.SELF
) -> tuple[Asked, ...]:
    """Ask no longer for a measure, as when the person would rather not; again is harmless."""
    with transaction.atomic():
        held = hold(person)
        meet(held, instrument, label)
        audit.note(person, Verb.MEASURE_ASKED, now=now, actor=by)
        return asked_of(held)


def asked_of(held: Held) -> tuple[Asked, ...]:
    """Return what is asked for and can be filled in here, the earliest day first: one query."""
    every = (_asked(one.data) for one in documents.read_all(held, Kind.MEASURE_ASK))
    here = instruments.every()
    found = [one for one in every if one.instrument in here]
    return tuple(sorted(found, key=lambda one: (one.due or date.max, one.asked_on, one.name)))


def waiting(person: UUID) -> int:
    """Count what is asked for and can be filled in here, with nothing opened: one query."""
    here = instruments.every()
    names = DocumentRow.objects.filter(person_id=person, kind=Kind.MEASURE_ASK)
    return sum(name.rpartition("-")[0] in here for name in names.values_list("name", flat=True))


def meet(held: Held, instrument: str, label: Occasion) -> None:
    """Let a request go, since it was met or taken back; call it in a transaction."""
    documents.drop(held, Kind.MEASURE_ASK, f"{instrument}-{label.value}")


def _to_json(asked: Asked) -> dict[str, Any]:
    return {
        "shape": SHAPE,
        "instrument": asked.instrument,
        "label": asked.label.value,
        "asked_on": asked.asked_on.isoformat(),
        "due": None if asked.due is None else asked.due.isoformat(),
        "by": asked.by,
    }


def _asked(data: Mapping[str, Any]) -> Asked:
    return Asked(
        instrument=data["instrument"],
        label=Occasion(data["label"]),
        asked_on=date.fromisoformat(data["asked_on"]),
        due=None if data["due"] is None else date.fromisoformat(data["due"]),
        by=data["by"],
    )
