"""Keep what a clinic writes: sealed documents by kind and name, with what they said before.

The like of a person's documents (ADR 0012), under the clinic's key. A name is an id or
nothing: it stands in plain, so it never holds a word.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from safetomove.core.errors import BadInput
from safetomove.records.mappers import open_json, seal_json
from safetomove.records.models import ClinicDocumentHistory, ClinicDocumentRow
from safetomove.records.person_file import Json
from safetomove.records.sealing import Sealed
from safetomove.services.clinic.holding import HeldClinic
from safetomove.services.refusals import WrittenMeanwhile

_NAME = re.compile(r"[A-Za-z0-9_-]{0,64}")


class Kind(StrEnum):
    """All that a clinic keeps so."""

    HOLIDAYS = "holidays"
    INCIDENT = "incident"
    LETTER = "letter"
    MEASURE = "measure"  # of somebody on the list who has no record of their own here
    MEASURE_ROUND = "measure_round"  # what a group was asked at its start or its end
    MESSAGE = "message"
    NOTE = "note"
    PLAN_CHANGE = "plan_change"
    RUN = "run"
    SAFETY = "safety"  # the questions asked in the room, and what was answered
    SYLLABUS = "syllabus"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document as it stands; `version` counts its changes from 1."""

    kind: Kind
    name: str
    member: UUID | None
    version: int
    data: Json = field(repr=False)
    written_at: datetime


def read(held: HeldClinic, kind: Kind, name: str = "") -> Document | None:
    """Return one document, or None: one query."""
    row = ClinicDocumentRow.objects.filter(clinic_id=held.clinic, kind=kind, name=name).first()
    return None if row is None else _opened(held, row)


def read_all(held: HeldClinic, *kinds: Kind, member: UUID | None = None) -> tuple[Document, ...]:
    """Return the documents of these kinds, about one member or all, newest first: one query."""
    rows = ClinicDocumentRow.objects.filter(clinic_id=held.clinic, kind__in=kinds)
    rows = rows if member is None else rows.filter(member_id=member)
    return tuple(_opened(held, row) for row in rows.order_by("-written_at", "-pk"))


def opened(
    held: HeldClinic, rows: Iterable[ClinicDocumentRow | ClinicDocumentHistory]
) -> tuple[Document, ...]:
    """Open rows that a caller looked for by itself; they must be this clinic's."""
    return tuple(_opened(held, row) for row in rows)


def put(
    held: HeldClinic,
    kind: Kind,
    data: Json,
    *,
    now: datetime,
    name: str = "",
    member: UUID | None = None,
) -> int:
    """Write a document if it says anything new; return its version.

    Call it in a transaction. WrittenMeanwhile where another write came between.
    """
    if not _NAME.fullmatch(name):
        raise BadInput("a document's name is at most 64 letters, digits, - or _")
    old = read(held, kind, name)
    if old is not None:
        return old.version if old.data == data else _change(held, old, data, now=now)
    ClinicDocumentRow.objects.create(
        clinic_id=held.clinic,
        kind=kind,
        name=name,
        member_id=member,
        sealed=_sealed(held, kind, name, 1, data),
        written_at=now,
    )
    return 1


def before(held: HeldClinic, kind: Kind, name: str = "") -> tuple[Document, ...]:
    """Return what a document said before, oldest first: one query."""
    rows = ClinicDocumentHistory.objects.filter(clinic_id=held.clinic, kind=kind, name=name)
    return tuple(_opened(held, row) for row in rows.order_by("version"))


def _change(held: HeldClinic, old: Document, data: Json, *, now: datetime) -> int:
    ClinicDocumentHistory.objects.create(
        clinic_id=held.clinic,
        kind=old.kind,
        name=old.name,
        version=old.version,
        sealed=_sealed(held, old.kind, old.name, old.version, old.data),
        written_at=old.written_at,
    )
    version = old.version + 1
    rows = ClinicDocumentRow.objects.filter(
        clinic_id=held.clinic, kind=old.kind, name=old.name, version=old.version
    )
    sealed = _sealed(held, old.kind, old.name, version, data)
    if not rows.update(version=version, sealed=sealed, written_at=now):
        raise WrittenMeanwhile("this was changed meanwhile; please look again")
    return version


def _opened(held: HeldClinic, row: ClinicDocumentRow | ClinicDocumentHistory) -> Document:
    sealed: Sealed = row.sealed
    kind = Kind(row.kind)
    return Document(
        kind=kind,
        name=row.name,
        member=getattr(row, "member_id", None),
        version=row.version,
        data=open_json(sealed, seal=held.seal, what=_bound(kind, row.name, row.version)),
        written_at=row.written_at,
    )


def _sealed(held: HeldClinic, kind: Kind, name: str, version: int, data: Json) -> bytes:
    return seal_json(data, seal=held.seal, what=_bound(kind, name, version))


def _bound(kind: Kind, name: str, version: int) -> str:
    return f"clinic document {kind} {name} v{version}"
