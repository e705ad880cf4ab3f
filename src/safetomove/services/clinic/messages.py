"""Messages between a person and their clinic: one thread each, kept as the clinic's record.

Nobody watches a thread live. A message that raises a safety card is delivered like any other;
the person sees the card at once, and the thread comes first for whoever reads next. Who left
or was discharged can't write any more: nobody would be there to read it. `my_messages` is the
person's side, `inbox` says which threads wait.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from safetomove.records.models import ThreadRow
from safetomove.services import audit
from safetomove.services.audit import Verb
from safetomove.services.clinic import documents, enrolment, groups, members
from safetomove.services.clinic.documents import Kind
from safetomove.services.clinic.holding import hold
from safetomove.services.clinic.members import Member
from safetomove.services.clinic.once import once
from safetomove.services.clinic.staff import Desk
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
    unread,
)


def answer(
    at: Desk, *, member: UUID, words: str, seen: datetime | None, client_key: str, now: datetime
) -> Message:
    """Write to a person. What they wrote after `seen` stays unanswered: staff had not read it."""
    found = members.member(at.held, member)
    if closed_of(found) not in {None, Closed.DISCHARGED} or found.person is None:
        raise ThreadClosed("this person can't be written to here")
    person, said = found.person, tidy(words)

    def write() -> dict[str, str]:
        name = put(at.held, member, Side.CLINIC, at.staff.actor, said, now)
        _answered(at, member, seen, now)
        unread(member, now)
        audit.note(person, Verb.MESSAGE_WRITTEN, now=now, actor=at.staff.actor)
        return {"name": name}

    body = {"to": str(member), "words": said}
    return one(at.held, once(at, client_key, body, write, now=now)["name"])


def settle(
    at: Desk, *, member: UUID, words: str, seen: datetime | None, client_key: str, now: datetime
) -> None:
    """Note what was done instead of writing, such as a call; the person does not see it."""
    members.member(at.held, member)
    said = tidy(words)

    def write() -> dict[str, str]:
        name = put(at.held, member, Side.SETTLED, at.staff.actor, said, now)
        _answered(at, member, seen, now)
        return {"name": name}

    once(at, client_key, {"settled": str(member), "words": said}, write, now=now)


def send_to_group(
    at: Desk, *, group: UUID, words: str, client_key: str, now: datetime
) -> tuple[Member, ...]:
    """Write the same to everybody with a place, one message each; return who can't be reached.

    It answers nobody: what somebody waits for still waits.
    """
    groups.group(at.held, group)
    said = tidy(words)
    people = [
        each.member
        for each in enrolment.of_group(at.held, group)
        if each.state is enrolment.State.ENROLLED
    ]
    reached = {each.id: each for each in people if closed_of(each) is None}

    def write() -> dict[str, list[str]]:
        for each in reached.values():
            put(at.held, each.id, Side.CLINIC, at.staff.actor, said, now)
            touch(at.held, each.id, now)
            unread(each.id, now)
        _note_written(at, reached.values(), now)
        return {"missed": [str(each.id) for each in people if each.id not in reached]}

    body = {"group": str(group), "words": said}
    missed = set(once(at, client_key, body, write, now=now)["missed"])
    return tuple(each for each in people if str(each.id) in missed)


def take(at: Desk, *, member: UUID, mine: bool) -> None:
    """Say "I take this" of a thread, or let it go again."""
    with transaction.atomic():
        hold(at.held.clinic)
        rows = ThreadRow.objects.filter(member_id=member, clinic_id=at.held.clinic)
        rows.update(owner_id=at.staff.id if mine else None)


def read(at: Desk, member: Member, *, now: datetime) -> tuple[Message, ...]:
    """Return a thread, the oldest first, and note that it was read."""
    found = in_order(documents.read_all(at.held, Kind.MESSAGE, member=member.id))
    if member.person is not None and found:
        audit.note(member.person, Verb.MESSAGES_READ, now=now, actor=at.staff.actor)
    return found


def _answered(at: Desk, member: UUID, seen: datetime | None, now: datetime) -> None:
    kept = in_order(documents.read_all(at.held, Kind.MESSAGE, member=member))
    new = [each for each in kept if each.side is Side.PERSON and not _was_seen(each, seen)]
    thread = touch(at.held, member, now)
    thread.waiting_since = min((each.at for each in new), default=None)
    thread.worrying_since = min((each.at for each in new if each.cards), default=None)
    thread.save()


def _was_seen(message: Message, seen: datetime | None) -> bool:
    return seen is not None and message.at <= seen


def _note_written(at: Desk, people: Iterable[Member], now: datetime) -> None:
    for each in people:
        if each.person is not None:
            audit.note(each.person, Verb.MESSAGE_WRITTEN, now=now, actor=at.staff.actor)
