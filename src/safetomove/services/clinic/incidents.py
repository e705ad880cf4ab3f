"""Incidents: written once, never changed or deleted; corrections are added below."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from safetomove.core.course.happened import tidy_words
from safetomove.services.clinic import documents
from safetomove.services.clinic.documents import Document, Kind
from safetomove.services.clinic.holding import HeldClinic, hold
from safetomove.services.clinic.refusals import BadClinic, NoSuchSession
from safetomove.services.clinic.staff import Desk

TEXT_TOP: Final = 3000  # letters of one answer
CORRECTIONS_TOP: Final = 100


class NoSuchIncident(NoSuchSession):
    """This clinic has written down no such incident."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What was told of an incident: what happened, to whom, what was done, who was told."""

    what: str
    who: str
    done: str
    told: str
    happened: datetime  # on the clinic's clock

    def __post_init__(self) -> None:
        for name in ("what", "who", "done", "told"):
            object.__setattr__(self, name, _tidy(getattr(self, name)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """Something added later, and by whom."""

    text: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """One incident as it was written, with what was added since."""

    id: UUID
    told: Told = field(repr=False)
    by: str
    at: datetime
    corrections: tuple[Correction, ...] = field(default=(), repr=False)


def write(at: Desk, *, id: UUID, told: Told, now: datetime) -> None:
    """Write down an incident; the form brings the id, so that the same form writes once."""
    incident = Incident(id=id, told=told, by=at.staff.actor, at=now)
    with transaction.atomic():
        hold(at.held.clinic)
        if documents.read(at.held, Kind.INCIDENT, id.hex) is None:
            documents.put(at.held, Kind.INCIDENT, _to_json(incident), now=now, name=id.hex)


def correct(at: Desk, *, id: UUID, text: str, now: datetime) -> None:
    """Add a correction below an incident; the very same again by the same hand adds nothing."""
    new = Correction(text=_tidy(text), by=at.staff.actor, at=now)
    with transaction.atomic():
        hold(at.held.clinic)
        old = incident(at.held, id)
        if (new.text, new.by) in {(each.text, each.by) for each in old.corrections}:
            return
        if len(old.corrections) >= CORRECTIONS_TOP:
            raise BadClinic("this incident has as many corrections as it can hold")
        changed = replace(old, corrections=(*old.corrections, new))
        documents.put(at.held, Kind.INCIDENT, _to_json(changed), now=now, name=id.hex)


def incident(held: HeldClinic, id: UUID) -> Incident:
    """Return one incident: one query."""
    found = documents.read(held, Kind.INCIDENT, id.hex)
    if found is None:
        raise NoSuchIncident("this clinic has written down no such incident")
    return _read(found)


def listed(held: HeldClinic) -> tuple[Incident, ...]:
    """Return every incident, the one that happened last first: one query."""
    every = (_read(each) for each in documents.read_all(held, Kind.INCIDENT))
    return tuple(sorted(every, key=lambda each: (each.told.happened, each.id), reverse=True))


def _tidy(text: str) -> str:
    tidy = tidy_words(text, top=TEXT_TOP)
    if not tidy:
        raise BadClinic("write something here")
    return tidy


def _to_json(incident: Incident) -> dict[str, Any]:
    told = incident.told
    return {
        "what": told.what,
        "who": told.who,
        "done": told.done,
        "told": told.told,
        "happened": told.happened.isoformat(),
        "by": incident.by,
        "at": incident.at.isoformat(),
        "corrections": [
            {"text": each.text, "by": each.by, "at": each.at.isoformat()}
            for each in incident.corrections
        ],
    }


def _read(found: Document) -> Incident:
    data = found.data
    words = {name: data[name] for name in ("what", "who", "done", "told")}
    return Incident(
        id=UUID(found.name),
        told=Told(happened=datetime.fromisoformat(data["happened"]), **words),
        by=data["by"],
        at=datetime.fromisoformat(data["at"]),
        corrections=tuple(
            Correction(text=each["text"], by=each["by"], at=datetime.fromisoformat(each["at"]))
            for each in data["corrections"]
        ),
    )
