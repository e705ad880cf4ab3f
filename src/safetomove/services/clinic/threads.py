"""One thread of messages between a person and a clinic, as both sides of it are kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import UUID, uuid4

from safetomove.core.errors import BadInput
from safetomove.core.safety import NoteCard
from safetomove.records.models import MemberRow, ThreadRow
from safetomove.services.clinic import documents
from safetomove.services.clinic.documents import Document, Kind
from safetomove.services.clinic.holding import HeldClinic
from safetomove.services.clinic.members import Member

SHAPE: Final = 1
WORDS_TOP: Final = 4_000  # characters of one message
OVERDUE: Final = timedelta(days=3)  # longer than any weekend (own-rule)


class BadMessage(BadInput):
    """Words that can't be sent: none, too many, or signs that can't be kept."""


class ThreadClosed(BadInput):
    """This thread takes no more messages from this side."""


class Side(StrEnum):
    """Who a message is from."""

    PERSON = "person"
    CLINIC = "clinic"
    SETTLED = "settled"  # the staff's own line on what was done instead; not for the person


class Closed(StrEnum):
    """Why nobody can write to a thread, or only the clinic can."""

    LEFT = "left"
    DISCHARGED = "discharged"
    NO_RECORD = "no_record"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message. `by` is the audit's word for who wrote it; `cards` are what it raised."""

    name: str
    side: Side
    by: str
    words: str = field(repr=False)
    cards: tuple[NoteCard, ...]
    at: datetime


def closed_of(member: Member | MemberRow) -> Closed | None:
    """Say why a person can't write to their clinic; None where they can."""
    person = member.person if isinstance(member, Member) else member.person_id
    if person is None:
        return Closed.NO_RECORD
    if member.left_at is not None:
        return Closed.LEFT
    return Closed.DISCHARGED if member.discharged_at is not None else None


def tidy(words: str) -> str:
    """Return words as they are kept; BadMessage where they can't be."""
    tidy = words.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not tidy or len(tidy) > WORDS_TOP:
        raise BadMessage(f"a message has 1 to {WORDS_TOP} letters")
    if any((sign < " " and sign != "\n") or "\ud800" <= sign <= "\udfff" for sign in tidy):
        raise BadMessage("a sign in the message can't be kept; please type it again")
    return tidy


def put(
    held: HeldClinic,
    member: UUID,
    side: Side,
    by: str,
    words: str,
    now: datetime,
    *,
    cards: Iterable[NoteCard] = (),
) -> str:
    """Keep one message; return its name. Call it in a transaction."""
    name = uuid4().hex
    data = {"shape": SHAPE, "side": side, "by": by, "words": words, "cards": [*cards]}
    documents.put(held, Kind.MESSAGE, data, now=now, name=name, member=member)
    return name


def touch(held: HeldClinic, member: UUID, now: datetime) -> ThreadRow:
    """Return a thread's row with its last time; the first message makes it."""
    thread, _ = ThreadRow.objects.update_or_create(
        member_id=member, defaults={"clinic_id": held.clinic, "last_at": now}
    )
    return thread


def unread(member: UUID, now: datetime) -> None:
    """Mark a thread as new to the person."""
    ThreadRow.objects.filter(member_id=member, unread_since=None).update(unread_since=now)


def one(held: HeldClinic, name: str) -> Message:
    """Return one message."""
    kept = documents.read(held, Kind.MESSAGE, name)
    if kept is None:
        raise BadMessage("this message is not kept here")
    return _message(kept)


def in_order(kept: Iterable[Document]) -> tuple[Message, ...]:
    """Return messages, the oldest first, from documents the newest first."""
    return tuple(_message(each) for each in reversed(tuple(kept)))


def _message(kept: Document) -> Message:
    data: Mapping[str, Any] = kept.data
    if data.get("shape") != SHAPE:
        raise BadInput(f"a message of shape {data.get('shape')!r} is not known here")
    return Message(
        name=kept.name,
        side=Side(data["side"]),
        by=data["by"],
        words=data["words"],
        cards=tuple(NoteCard(card) for card in data["cards"]),
        at=kept.written_at,
    )
