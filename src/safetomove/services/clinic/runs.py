"""Run a session: everything that its page shows, and the taps that a device sends.

Nothing is counted on the server: a device tells what happened and when, once or several
times, early or late, and the state is folded from all of it (core/course/run.py).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID, uuid5

from django.db import transaction

from safetomove.core.course import Attendance, Syllabus
from safetomove.core.course import Session as Content
from safetomove.core.course.happened import BadRun, Deed, Event, Why
from safetomove.core.course.run import Run, fold, in_order, stops_circuit, why
from safetomove.core.course.run_clock import Part, Where, parts, where
from safetomove.core.errors import BadInput
from safetomove.records.models import AttendanceRow
from safetomove.services.clinic import (
    circuits,
    members,
    notes,
    register,
    room_safety,
    run_events,
    syllabuses,
)
from safetomove.services.clinic.circuits import Stand
from safetomove.services.clinic.group_dates import session as session_of
from safetomove.services.clinic.groups import Group, Session, held_group
from safetomove.services.clinic.holding import HeldClinic, hold
from safetomove.services.clinic.members import Member
from safetomove.services.clinic.refusals import BadClinic, NoSuchSession
from safetomove.services.clinic.room_safety import May, RoomSafety
from safetomove.services.clinic.staff import Desk

BATCH_TOP: Final = 300  # events that a device sends at once
EVENTS_TOP: Final = 5000  # of one session


@dataclass(frozen=True, slots=True, kw_only=True)
class InRoom:
    """One line of the register, as the room needs it."""

    member: Member
    visits: bool
    mark: Attendance | None
    safety: RoomSafety = field(repr=False)
    may: May
    asked: str  # anything new today? "no", "yes", or nothing yet
    stands: tuple[Stand, ...]

    @property
    def in_circuit(self) -> bool:
        """Say whether they stand at a station: safe as far as was asked, and not away."""
        clear = self.may is May.READY and self.asked == "no"
        return clear and self.mark is not Attendance.ABSENT


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A session as its page shows it."""

    group: Group
    session: Session
    course: Syllabus
    content: Content
    run: Run
    events: tuple[Event, ...] = field(repr=False)
    parts: tuple[Part, ...]
    where: Where | None
    people: tuple[InRoom, ...]

    @property
    def order(self) -> tuple[str, ...]:
        """Return who stands in the circuit now, in the order of the register."""
        return tuple(str(each.member.id) for each in self.people if each.in_circuit)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """An event that was not taken, and why."""

    key: str
    why: str


def room(at: Desk, session: int, *, now: datetime) -> Room:
    """Return a session as it stands: at most eleven queries, however many people there are."""
    group, found = session_of(at.held, session)
    if found.number is None:
        raise NoSuchSession("this session was called off")
    taught = syllabuses.at_version(at.held, group.about.syllabus, group.about.syllabus_version)
    content = taught.session(found.number)
    events = run_events.read(at.held, session)
    run, hour = fold(events), parts(content)
    return Room(
        group=group,
        session=found,
        course=taught,
        content=content,
        run=run,
        events=events,
        parts=hour,
        where=where(run, hour, now),
        people=_people(at.held, found, content, run, now),
    )


def take(at: Desk, *, session: int, events: Iterable[Event], now: datetime) -> tuple[Refused, ...]:
    """Take in what a device tells; return what can't be taken. The same again changes nothing."""
    told = in_order(events)
    if len(told) > BATCH_TOP:
        raise BadRun(f"a device sends at most {BATCH_TOP} events at once")
    with transaction.atomic():
        hold(at.held.clinic)  # before the group, as everywhere: two never wait for each other
        group, found = session_of(at.held, session)
        held_group(at.held, group.id)
        if not found.meeting.held:
            raise BadClinic("this session was called off")
        if run_events.count(session) + len(told) > EVENTS_TOP:
            raise BadRun("this session is full of events")
        before = run_events.known(session, (each.key for each in told))
        here = {str(line.member.id) for line in register.lines(at.held, found)}
        tried = [_try(at, session, each, here, now) for each in told if each.key not in before]
    return tuple(each for each in tried if each is not None)


def _try(at: Desk, session: int, event: Event, here: set[str], now: datetime) -> Refused | None:
    try:
        with transaction.atomic():
            _check(event, here)
            kept = run_events.write(at, session, event, now=now)
            _follow(at, session, kept, now)
    except BadInput as wrong:
        return Refused(key=event.key, why=str(wrong))
    return None


def _check(event: Event, here: set[str]) -> None:
    if event.deed is Deed.CLEAR:
        raise BadRun("a stop is settled on the person's own page")
    if stops_circuit(event) and why(event) is Why.SIGN:
        raise BadRun("only the safety questions lead to a card")
    if event.member and event.member not in here:
        raise BadRun("this person is not expected at this session")
    if not here.issuperset(event.order):
        raise BadRun("somebody in the circuit is not expected at this session")


def _follow(at: Desk, session: int, event: Event, now: datetime) -> None:
    """Do what else an event leads to."""
    if event.deed is Deed.CAME:
        _mark(at, session, event)
    elif event.deed is Deed.LEVEL:
        circuits.keep_level(at.held, event, now=now)
    elif event.deed is Deed.NOTE and event.member:
        _note(at, session, event)
    elif stops_circuit(event):
        room_safety.stop(at.held, event, now=now)


def _note(at: Desk, session: int, event: Event) -> None:
    """Put a quick note about one person among the clinic's notes about them."""
    about = members.member(at.held, UUID(event.member))
    key = uuid5(at.held.clinic, f"{session} {event.key}").hex
    notes.write(at, about, event.text, client_key=key, now=event.at)


def _mark(at: Desk, session: int, event: Event) -> None:
    """Write the register, unless something newer stands there already, or the very same."""
    member = UUID(event.member)
    rows = AttendanceRow.objects.filter(session_id=session, member_id=member)
    row = rows.first()
    if row is not None and (row.written_at > event.at or row.state == event.value):
        return
    state = Attendance(event.value) if event.value else None
    register.mark(at, session=session, member=member, state=state, now=event.at)


def _people(
    held: HeldClinic, session: Session, content: Content, run: Run, now: datetime
) -> tuple[InRoom, ...]:
    lines = register.lines(held, session)
    ids = [line.member.id for line in lines]
    today = room_safety.local_day(held, now)
    safety = room_safety.of_members(held, ids)
    states = {line.member.id: line.mark.state if line.mark else None for line in lines}
    there = sorted(ids, key=lambda id: states[id] is Attendance.ABSENT)  # who is away comes last
    placed = circuits.stands(
        content.circuit,
        there,
        run=run,
        safety=safety,
        levels=circuits.levels_of(held, ids),
        today=today,
    )
    return tuple(
        InRoom(
            member=line.member,
            visits=line.visits,
            mark=states[line.member.id],
            safety=safety[line.member.id],
            may=safety[line.member.id].may(today),
            asked=_asked(run, line.member.id),
            stands=placed[line.member.id],
        )
        for line in lines
    )


def _asked(run: Run, member: UUID) -> str:
    said = run.asked.get(str(member))
    return said.value if said is not None else ""
