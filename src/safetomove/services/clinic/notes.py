"""Notes that staff write about somebody on the list: by name, in versions, never gone unseen.

A note is the clinic's own, under the clinic's key. Its author may put it right; what it said
before stays readable. A note that is wrong is struck out with a reason, and stays too.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from django.db import transaction

from safetomove.core.errors import BadInput
from safetomove.records.models import ClinicDocumentHistory
from safetomove.records.person_file import Json
from safetomove.services.clinic import documents
from safetomove.services.clinic.documents import Document, Kind
from safetomove.services.clinic.holding import HeldClinic, hold
from safetomove.services.clinic.members import Member
from safetomove.services.clinic.once import once
from safetomove.services.clinic.refusals import NoSuchMember
from safetomove.services.clinic.staff import Desk, Role
from safetomove.services.refusals import WrittenMeanwhile

TEXT_TOP: Final = 5000  # letters
WHY_TOP: Final = 300  # letters


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What a note said, by whom, and when it was written so."""

    text: str = field(repr=False)
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One note as it stands; `before` is what it said, oldest first. `struck` is why, or empty."""

    id: str
    actor: str  # of the author, as the audit names them
    said: Version
    version: int
    struck: str = ""
    struck_by: str = ""
    before: tuple[Version, ...] = ()

    def mine(self, at: Desk) -> bool:
        """Say whether this desk wrote it."""
        return self.actor == at.staff.actor

    def may_strike(self, at: Desk) -> bool:
        """Say whether this desk may strike it out: its author, or a physiotherapist."""
        return not self.struck and (self.mine(at) or at.staff.role is Role.PHYSIOTHERAPIST)

    def may_change(self, at: Desk) -> bool:
        """Say whether this desk may put it right: only its author."""
        return not self.struck and self.mine(at)


def notes_of(held: HeldClinic, member: UUID) -> tuple[Note, ...]:
    """Return every note about one of the clinic's people, newest first: two queries."""
    kept = documents.read_all(held, Kind.NOTE, member=member)
    before = _before(held, [each.name for each in kept])
    found = (_note(each, before.get(each.name, ())) for each in kept)
    return tuple(sorted(found, key=_begun, reverse=True))


def note(held: HeldClinic, member: UUID, id: str) -> Note:
    """Return one note about one person; NoSuchMember where there is none."""
    kept = documents.read(held, Kind.NOTE, id)
    if kept is None or kept.member != member:
        raise NoSuchMember("there is no such note about this person")
    return _note(kept, _before(held, [id]).get(id, ()))


def write(at: Desk, member: Member, text: str, *, client_key: str, now: datetime) -> str:
    """Keep a new note; return its id. The same key writes once."""
    tidy = _tidy(text, top=TEXT_TOP, name="a note")

    def put() -> Json:
        id = uuid4().hex
        documents.put(at.held, Kind.NOTE, _data(at, tidy, now), now=now, name=id, member=member.id)
        return {"id": id}

    body = {"note": tidy, "member": str(member.id)}
    return str(once(at, client_key, body, put, now=now)["id"])


def change(at: Desk, member: Member, id: str, text: str, *, version: int, now: datetime) -> None:
    """Put a note right; WrittenMeanwhile where the page showed an older version."""
    tidy = _tidy(text, top=TEXT_TOP, name="a note")
    with transaction.atomic():
        hold(at.held.clinic)
        old = note(at.held, member.id, id)
        if not old.may_change(at):
            raise BadInput("only its author can put a note right")
        if old.version != version:
            raise WrittenMeanwhile("this was changed meanwhile; please look again")
        if old.said.text != tidy:
            documents.put(at.held, Kind.NOTE, _data(at, tidy, now), now=now, name=id)


def strike(at: Desk, member: Member, id: str, why: str, *, now: datetime) -> None:
    """Strike a note out, and say why; it stays to be read. Again is harmless."""
    tidy = _tidy(why, top=WHY_TOP, name="the reason")
    with transaction.atomic():
        hold(at.held.clinic)
        old = note(at.held, member.id, id)
        if old.struck:
            return
        if not old.may_strike(at):
            raise BadInput("only its author or a physiotherapist can strike a note out")
        said = {"text": old.said.text, "by": old.said.by, "at": old.said.at.isoformat()}
        struck = {"actor": old.actor, "struck": tidy, "struck_by": at.staff.name, **said}
        documents.put(at.held, Kind.NOTE, struck, now=now, name=id)


def _data(at: Desk, text: str, now: datetime) -> Json:
    return {
        "text": text,
        "by": at.staff.name,
        "actor": at.staff.actor,
        "at": now.isoformat(),
        "struck": "",
        "struck_by": "",
    }


def _before(held: HeldClinic, names: Iterable[str]) -> dict[str, tuple[Version, ...]]:
    rows = ClinicDocumentHistory.objects.filter(
        clinic_id=held.clinic, kind=Kind.NOTE, name__in=list(names)
    )
    found: dict[str, list[Version]] = {}
    for each in documents.opened(held, rows.order_by("name", "version")):
        found.setdefault(each.name, []).append(_version(each))
    return {name: tuple(each) for name, each in found.items()}


def _note(kept: Document, before: tuple[Version, ...]) -> Note:
    said = _version(kept)
    return Note(
        id=kept.name,
        actor=kept.data["actor"],
        said=said,
        version=kept.version,
        struck=kept.data["struck"],
        struck_by=kept.data["struck_by"],
        before=tuple(each for each in before if each != said),
    )


def _version(kept: Document) -> Version:
    data = kept.data
    return Version(text=data["text"], by=data["by"], at=datetime.fromisoformat(data["at"]))


def _begun(each: Note) -> datetime:
    return each.before[0].at if each.before else each.said.at


def _tidy(text: str, *, top: int, name: str) -> str:
    tidy = text.replace("\r\n", "\n").strip()
    if not tidy or len(tidy) > top:
        raise BadInput(f"{name} has 1 to {top} letters")
    if not all(sign.isprintable() or sign in "\n\t" for sign in tidy):
        raise BadInput(f"{name} holds a sign that can't be kept")
    return tidy
