"""Letters that a physiotherapist writes about somebody: kept in versions, never gone unseen."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID, uuid4

from django.db import transaction

from safetomove.core.errors import BadInput
from safetomove.records.person_file import Json
from safetomove.services.clinic import documents
from safetomove.services.clinic.documents import Document, Kind
from safetomove.services.clinic.holding import HeldClinic, hold
from safetomove.services.clinic.members import Member
from safetomove.services.clinic.once import once
from safetomove.services.clinic.refusals import NoSuchMember
from safetomove.services.clinic.staff import Desk
from safetomove.services.refusals import WrittenMeanwhile

TEXT_TOP: Final = 8000  # letters of the text
TO_TOP: Final = 500  # letters of the name and address


class Reader(StrEnum):
    """Whom a letter is for."""

    PERSON = "person"
    DOCTOR = "doctor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What somebody writes: whom it is for, the address, and the text."""

    reader: Reader
    to: str = field(repr=False)
    text: str = field(repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "to", _tidy(self.to, least=0, top=TO_TOP, name="the address"))
        object.__setattr__(self, "text", _tidy(self.text, least=1, top=TEXT_TOP, name="a letter"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One letter as it stands; `version` counts what it said before."""

    id: str
    words: Words
    by: str
    at: datetime
    version: int


def letters_of(held: HeldClinic, member: UUID) -> tuple[Letter, ...]:
    """Return every letter about one of the clinic's people, newest first: one query."""
    return tuple(map(_letter, documents.read_all(held, Kind.LETTER, member=member)))


def letter(held: HeldClinic, member: UUID, id: str) -> Letter:
    """Return one letter about one person; NoSuchMember where there is none."""
    kept = documents.read(held, Kind.LETTER, id)
    if kept is None or kept.member != member:
        raise NoSuchMember("there is no such letter about this person")
    return _letter(kept)


def write(at: Desk, member: Member, words: Words, *, client_key: str, now: datetime) -> str:
    """Keep a new letter; return its id. The same key writes once."""
    said = {"reader": words.reader.value, "to": words.to, "text": words.text}

    def put() -> Json:
        id, data = uuid4().hex, _data(at, words, now)
        documents.put(at.held, Kind.LETTER, data, now=now, name=id, member=member.id)
        return {"id": id}

    body = {**said, "member": str(member.id)}
    return str(once(at, client_key, body, put, now=now)["id"])


def change(at: Desk, member: Member, id: str, words: Words, *, version: int, now: datetime) -> None:
    """Write a letter anew; what it said stays in its history."""
    with transaction.atomic():
        hold(at.held.clinic)
        old = letter(at.held, member.id, id)
        if old.version != version:
            raise WrittenMeanwhile("this was changed meanwhile; please look again")
        if old.words != words:
            documents.put(at.held, Kind.LETTER, _data(at, words, now), now=now, name=id)


def _data(at: Desk, words: Words, now: datetime) -> Json:
    return {
        "reader": words.reader.value,
        "to": words.to,
        "text": words.text,
        "by": at.staff.name,
        "actor": at.staff.actor,
        "at": now.isoformat(),
    }


def _letter(kept: Document) -> Letter:
    data = kept.data
    words = Words(reader=Reader(data["reader"]), to=data["to"], text=data["text"])
    at = datetime.fromisoformat(data["at"])
    return Letter(id=kept.name, words=words, by=data["by"], at=at, version=kept.version)


def _tidy(text: str, *, least: int, top: int, name: str) -> str:
    tidy = text.replace("\r\n", "\n").strip()
    if not least <= len(tidy) <= top:
        raise BadInput(f"{name} has {least} to {top} letters")
    if not all(sign.isprintable() or sign in "\n\t" for sign in tidy):
        raise BadInput(f"{name} holds a sign that can't be kept")
    return tidy
