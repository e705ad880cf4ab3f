"""Keep what is neither a day nor the person's file: sealed documents by kind and name.

A name is a day, an id or nothing: it stands in plain, so it never holds a word of the
person's. A document that changes leaves what it said in history, unless its kind is one
whose steps nobody would want back.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from safetomove.core.errors import BadInput
from safetomove.records.mappers import open_json, seal_json
from safetomove.records.models import DocumentHistory, DocumentRow
from safetomove.records.person_file import Json
from safetomove.records.sealing import Seal, Sealed
from safetomove.services.holding import Held
from safetomove.services.refusals import WrittenMeanwhile

_NAME = re.compile(r"[A-Za-z0-9_-]{0,64}")


class Kind(StrEnum):
    """All that is kept so."""

    BELIEFS = "beliefs"
    CLINIC_PLAN = "clinic_plan"  # what a clinic changed in the plan, and why
    EXPERIMENT = "experiment"
    FLARE_LOOK_BACK = "flare_look_back"
    FLARE_PLAN = "flare_plan"
    LADDER = "ladder"
    LADDER_TRY = "ladder_try"
    LESSONS = "lessons"
    MAP = "map"
    MEASURE = "measure"
    MEASURE_ASK = "measure_ask"
    MOVE_SESSION = "move_session"
    PATTERNS = "patterns"
    POOLED = "pooled"
    SCAN_REPORT = "scan_report"
    STAY_WELL = "stay_well"
    WEEK_REVIEW = "week_review"


_WITHOUT_HISTORY: Final = {Kind.LESSONS, Kind.MOVE_SESSION, Kind.POOLED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document as it stands; `version` counts its changes from 1."""

    kind: Kind
    name: str
    version: int
    data: Json = field(repr=False)  # what a traceback shows may end up in a log
    written_at: datetime


def read(held: Held, kind: Kind, name: str = "") -> Document | None:
    """Return one document, or None where there is none: one query."""
    row = DocumentRow.objects.filter(person_id=held.person, kind=kind, name=name).first()
    return None if row is None else _opened(held, row)


def read_all(held: Held, *kinds: Kind) -> tuple[Document, ...]:
    """Return every document of these kinds, by kind and then name: one query."""
    rows = DocumentRow.objects.filter(person_id=held.person, kind__in=kinds)
    return tuple(_opened(held, row) for row in rows.order_by("kind", "name"))


def read_many(seals: Mapping[UUID, Seal], kind: Kind) -> dict[UUID, tuple[Document, ...]]:
    """Return the documents of one kind of many people, by person: one query."""
    found: dict[UUID, list[Document]] = {person: [] for person in seals}
    for row in DocumentRow.objects.filter(person_id__in=seals, kind=kind).order_by("name"):
        found[row.person_id].append(_opened_with(seals[row.person_id], row))
    return {person: tuple(documents) for person, documents in found.items()}


def put(held: Held, kind: Kind, data: Json, *, now: datetime, name: str = "") -> int:
    """Write a document if it says anything new; return its version.

    Call it in a transaction, for a person that `hold` holds. Refuses with BadInput for a
    name that isn't one, and WrittenMeanwhile where another write came between.
    """
    if not _NAME.fullmatch(name):
        raise BadInput("a document's name is at most 64 letters, digits, - or _")
    old = read(held, kind, name)
    if old is None:
        DocumentRow.objects.create(
            person_id=held.person,
            kind=kind,
            name=name,
            sealed=_sealed(held, kind, name, 1, data),
            written_at=now,
        )
        return 1
    return old.version if old.data == data else _change(held, old, data, now=now)


def drop(held: Held, kind: Kind, name: str = "", *, forget: bool = False) -> None:
    """Let a document go; again is harmless. `forget` takes its history along."""
    row = DocumentRow.objects.filter(person_id=held.person, kind=kind, name=name).first()
    if forget:
        DocumentHistory.objects.filter(person_id=held.person, kind=kind, name=name).delete()
    if row is not None:
        if not forget:
            _put_in_history(held, _opened(held, row))
        row.delete()


def move(*, guest: Held, account: Held) -> None:
    """Give a guest's documents to an account; where both have one, the account's stands."""
    taken = set(DocumentRow.objects.filter(person_id=account.person).values_list("kind", "name"))
    for one in read_all(guest, *Kind):
        if (one.kind, one.name) in taken:
            _put_in_history(account, one)
        else:
            put(account, one.kind, one.data, now=one.written_at, name=one.name)
    for was in history(guest):
        _put_in_history(account, was)


def history(held: Held) -> tuple[Document, ...]:
    """Return what documents said before, oldest first."""
    rows = DocumentHistory.objects.filter(person_id=held.person).order_by("written_at", "id")
    return tuple(_opened(held, row) for row in rows)


def _change(held: Held, old: Document, data: Json, *, now: datetime) -> int:
    if old.kind not in _WITHOUT_HISTORY:
        _put_in_history(held, old)
    version = old.version + 1
    rows = DocumentRow.objects.filter(
        person_id=held.person, kind=old.kind, name=old.name, version=old.version
    )
    sealed = _sealed(held, old.kind, old.name, version, data)
    if not rows.update(version=version, sealed=sealed, written_at=now):
        raise WrittenMeanwhile("this was changed meanwhile; please try again")
    return version


def _put_in_history(held: Held, was: Document) -> None:
    DocumentHistory.objects.create(
        person_id=held.person,
        kind=was.kind,
        name=was.name,
        version=was.version,
        sealed=_sealed(held, was.kind, was.name, was.version, was.data),
        written_at=was.written_at,
    )


def _opened(held: Held, row: DocumentRow | DocumentHistory) -> Document:
    return _opened_with(held.seal, row)


def _opened_with(seal: Seal, row: DocumentRow | DocumentHistory) -> Document:
    kind = Kind(row.kind)
    sealed: Sealed = row.sealed
    data = open_json(sealed, seal=seal, what=_bound(kind, row.name, row.version))
    return Document(
        kind=kind, name=row.name, version=row.version, data=data, written_at=row.written_at
    )


def _sealed(held: Held, kind: Kind, name: str, version: int, data: Json) -> bytes:
    return seal_json(data, seal=held.seal, what=_bound(kind, name, version))


def _bound(kind: Kind, name: str, version: int) -> str:
    return f"document {kind} {name} v{version}"
