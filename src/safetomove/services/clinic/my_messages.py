"""A person's own side of the messages between them and their clinics."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from safetomove.core.record import Recheck, RecheckReason
from safetomove.core.safety import NoteCard, scan_note
from safetomove.records.models import MemberRow, ThreadRow
from safetomove.services import audit, holding
from safetomove.services.audit import Verb
from safetomove.services.clinic import documents
from safetomove.services.clinic.documents import Document, Kind
from safetomove.services.clinic.holding import HeldClinic, hold, look
from safetomove.services.clinic.once import answered_before, remember
from safetomove.services.clinic.refusals import NoSuchClinic
from safetomove.services.clinic.threads import (
    Closed,
    Message,
    Side,
    ThreadClosed,
    closed_of,
    in_order,
    one,
    put,
    tidy,
    touch,
)
from safetomove.services.people import local_day
from safetomove.services.rechecks import both


@dataclass(frozen=True, slots=True, kw_only=True)
class MyThread:
    """A thread as the person sees it."""

    member: UUID
    clinic: UUID
    name: str
    reading_hours: str
    closed: Closed | None
    unread: bool
    messages: tuple[Message, ...] = ()


def send(*, person: UUID, member: UUID, words: str, client_key: str, now: datetime) -> Message:
    """Deliver what a person wrote; the same key again delivers nothing more.

    Refuses with ThreadClosed where nobody would read it, and BadMessage for its words.
    """
    said = tidy(words)
    with transaction.atomic():
        held = hold(_own(person, member).clinic_id)
        body = {"from": str(member), "words": said}
        if before := answered_before(held, client_key, body):
            return one(held, before["name"])
        if closed_of(_own(person, member)) is not None:
            raise ThreadClosed("this clinic does not read messages from you any more")
        cards = scan_note(said)
        name = put(held, member, Side.PERSON, audit.SELF, said, now, cards=cards)
        _wait(held, member, cards, now)
        _ask_again(person, cards, now)
        remember(held, client_key, body, {"name": name}, now=now)
        audit.note(person, Verb.MESSAGE_SENT, now=now)
        return one(held, name)


def mine(person: UUID) -> tuple[MyThread, ...]:
    """Return the person's clinics as threads, without the messages, by name: one query."""
    rows = MemberRow.objects.filter(person_id=person).select_related("clinic", "threadrow")
    return tuple(_mine(row) for row in rows.order_by("clinic__name", "pk"))


def something_new(person: UUID) -> bool:
    """Say whether a clinic wrote something that the person has not opened: one query."""
    rows = ThreadRow.objects.filter(member__person_id=person)
    return rows.filter(unread_since__gte=F("member__joined_at")).exists()


def my_thread(*, person: UUID, member: UUID) -> MyThread:
    """Return one thread of the person's, and note that they opened what was new."""
    row = _own(person, member)
    kept = documents.read_all(look(row.clinic_id), Kind.MESSAGE, member=member)
    found = _mine(row, _theirs(row, kept))
    if found.unread:
        ThreadRow.objects.filter(member_id=member).update(unread_since=None)
    return found


def everything_of(person: UUID) -> tuple[MyThread, ...]:
    """Return every thread of the person's with its messages, for them to take away."""
    rows = MemberRow.objects.filter(person_id=person).select_related("clinic", "threadrow")
    return tuple(
        _mine(
            row, _theirs(row, documents.read_all(look(row.clinic_id), Kind.MESSAGE, member=row.pk))
        )
        for row in rows.order_by("clinic__name", "pk")
    )


def _theirs(row: MemberRow, kept: Iterable[Document]) -> tuple[Message, ...]:
    """Leave out what is for staff, and what was written before this person joined.

    Somebody may join in a place whose former record was erased: that thread was not theirs.
    """
    return tuple(
        each
        for each in in_order(kept)
        if each.side is not Side.SETTLED and row.joined_at is not None and each.at >= row.joined_at
    )


def _mine(row: MemberRow, messages: tuple[Message, ...] = ()) -> MyThread:
    thread = getattr(row, "threadrow", None)
    since = None if thread is None else thread.unread_since
    return MyThread(
        member=row.pk,
        clinic=row.clinic_id,
        name=row.clinic.name,
        reading_hours=row.clinic.reading_hours,
        closed=closed_of(row),
        unread=since is not None and row.joined_at is not None and since >= row.joined_at,
        messages=messages,
    )


def _own(person: UUID, member: UUID) -> MemberRow:
    rows = MemberRow.objects.select_related("clinic", "threadrow")
    row = rows.filter(pk=member, person_id=person).first()
    if row is None:
        raise NoSuchClinic("you have not joined this clinic")
    return row


def _wait(held: HeldClinic, member: UUID, cards: tuple[NoteCard, ...], now: datetime) -> None:
    thread = touch(held, member, now)
    thread.waiting_since = thread.waiting_since or now
    thread.worrying_since = thread.worrying_since or (now if cards else None)
    thread.save()


def _ask_again(person: UUID, cards: tuple[NoteCard, ...], now: datetime) -> None:
    """Call for the safety questions before the next dose, as after a worrying note."""
    if not cards:
        return
    own = holding.hold(person)
    since = local_day(now=now, zone=own.file.zone)
    told = Recheck(reason=RecheckReason.WORRYING_NOTE, since=since, cards=cards)
    holding.keep(own, recheck=both(own.file.recheck, told))
