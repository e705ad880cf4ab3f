"""The register: who came to which session, changed by one tap and never silently."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from safetomove.core.course import Attendance, Register
from safetomove.records.mappers import open_json, seal_json
from safetomove.records.models import (
    AttendanceHistory,
    AttendanceRow,
    EnrolmentRow,
    MemberRow,
    SessionRow,
)
from safetomove.services.clinic import enrolment, make_up, members
from safetomove.services.clinic.enrolment import State
from safetomove.services.clinic.group_dates import session as session_of
from safetomove.services.clinic.groups import Group, GroupKind, Session, held_group
from safetomove.services.clinic.holding import HeldClinic
from safetomove.services.clinic.members import Member
from safetomove.services.clinic.refusals import BadClinic, NoPlace
from safetomove.services.clinic.staff import Desk

REASON_TOP: Final = 300  # letters
HAD_PLACE: Final = (State.ENROLLED, State.LEFT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What the register says of one person at one session."""

    session: int
    member: UUID
    state: Attendance
    reason: str
    by: str  # the audit's word for who wrote it
    version: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a session's register. `visits` says that they make a session up here."""

    member: Member
    visits: bool
    mark: Mark | None


def mark(
    at: Desk,
    *,
    session: int,
    member: UUID,
    state: Attendance | None,
    now: datetime,
    reason: str = "",
) -> None:
    """Write a mark, change it, or take it away (None); what it said before is kept.

    Who makes up a missed session here gets it marked there too: coming here counts.
    """
    tidy = " ".join(reason.split())
    if len(tidy) > REASON_TOP or not tidy.isprintable():
        raise BadClinic(f"the reason takes at most {REASON_TOP} letters")
    with transaction.atomic():
        group, found = session_of(at.held, session)
        held_group(at.held, group.id)
        if not found.meeting.held:
            raise BadClinic("this session was called off")
        booked = make_up.visits(at.held, session)
        made_up = next((each for each in booked if each.member == member), None)
        if made_up is None and not _belongs(group.id, session, member):
            raise NoPlace("this person is not expected at this session")
        _put(at, session, member, state, tidy, now)
        if made_up is not None:
            there = _counts_there(group, state)
            _put(at, made_up.missed, member, there, "", now)
        MemberRow.objects.filter(pk=member).update(standing_at=None)


def lines(held: HeldClinic, session: Session) -> tuple[Line, ...]:
    """Return a session's register, by name: who has a place, visits or was marked: 4 queries."""
    enrolled = enrolment.of_group(held, session.group)
    own = {each.member.id: each.member for each in enrolled if each.state is State.ENROLLED}
    marks = {each.member: each for each in _marks_of(held, session.id)}
    coming = tuple(each.member for each in make_up.visits(held, session.id))
    guests = {each.id: each for each in members.members(held, among=coming)} if coming else {}
    left = {each.member.id: each.member for each in enrolled if each.member.id in marks}
    everybody = {**left, **own, **guests}
    return tuple(
        Line(member=who, visits=id in guests, mark=marks.get(id))
        for id, who in sorted(everybody.items(), key=lambda pair: pair[1].name.casefold())
    )


def close(at: Desk, *, session: int, now: datetime, anyway: bool = False) -> int:
    """Say that the register is done; return how many have no mark.

    With some unmarked it stays open, unless `anyway`: then they stay not noted.
    """
    with transaction.atomic():
        group, found = session_of(at.held, session)
        held_group(at.held, group.id)
        blank = sum(line.mark is None for line in lines(at.held, found))
        if not blank or anyway:
            SessionRow.objects.filter(pk=session, closed_at=None).update(closed_at=now)
    return blank


def reopen(at: Desk, *, session: int) -> None:
    """Open a register that was closed."""
    with transaction.atomic():
        group, _ = session_of(at.held, session)
        held_group(at.held, group.id)
        SessionRow.objects.filter(pk=session).update(closed_at=None)


def of_group(held: HeldClinic, group: Group, sessions: tuple[Session, ...]) -> Register:
    """Return the register of a whole group by person and session of the course: two queries.

    Everybody who was ever given a place stands in it: who left half-way counts too.
    """
    numbers = {each.id: each.number for each in sessions if each.number is not None}
    rows = AttendanceRow.objects.filter(session__group_id=group.id)
    marks = rows.values_list("session_id", "member_id", "state").order_by("session__starts_at")
    placed = EnrolmentRow.objects.filter(group_id=group.id, state__in=HAD_PLACE)
    told = list(marks)
    people = {str(id) for id in placed.values_list("member_id", flat=True)}
    return Register(
        sessions=len(group.about.contents),
        people=tuple(sorted(people)),
        marks={
            (str(who), numbers[session]): Attendance(state)
            for session, who, state in told
            if session in numbers and str(who) in people
        },
    )


def history(held: HeldClinic, session: int, member: UUID) -> tuple[Mark, ...]:
    """Return what the register said before of one person at one session, oldest first."""
    rows = AttendanceHistory.objects.filter(session_id=session, member_id=member)
    rows = rows.filter(session__group__clinic_id=held.clinic)
    return tuple(_mark(held, row) for row in rows.order_by("pk"))


def _counts_there(group: Group, state: Attendance | None) -> Attendance:
    if state is not Attendance.PRESENT:
        return Attendance.ABSENT
    return Attendance.ONE_TO_ONE if group.kind is GroupKind.SINGLE else Attendance.MADE_UP


def _belongs(group: UUID, session: int, member: UUID) -> bool:
    placed = EnrolmentRow.objects.filter(group_id=group, member_id=member, state=State.ENROLLED)
    marked = AttendanceRow.objects.filter(session_id=session, member_id=member)
    return placed.exists() or marked.exists()


def _put(
    at: Desk, session: int, member: UUID, state: Attendance | None, reason: str, now: datetime
) -> None:
    row = AttendanceRow.objects.filter(session_id=session, member_id=member).first()
    if row is not None:
        before = _mark(at.held, row)
        if (before.state, before.reason) == (state, reason):
            return
        _put_by(row)
    if state is None:
        AttendanceRow.objects.filter(session_id=session, member_id=member).delete()
        return
    version = 1 + AttendanceHistory.objects.filter(session_id=session, member_id=member).count()
    data = {"reason": reason, "by": at.staff.actor}
    sealed = seal_json(data, seal=at.held.seal, what=_bound(session, member, version))
    AttendanceRow.objects.update_or_create(
        session_id=session,
        member_id=member,
        defaults={"state": state, "sealed": sealed, "version": version, "written_at": now},
    )


def _put_by(row: AttendanceRow) -> None:
    AttendanceHistory.objects.create(
        session_id=row.session_id,
        member_id=row.member_id,
        version=row.version,
        state=row.state,
        sealed=row.sealed,
        written_at=row.written_at,
    )


def _marks_of(held: HeldClinic, session: int) -> tuple[Mark, ...]:
    rows = AttendanceRow.objects.filter(session_id=session, session__group__clinic_id=held.clinic)
    return tuple(_mark(held, row) for row in rows)


def _mark(held: HeldClinic, row: AttendanceRow | AttendanceHistory) -> Mark:
    what = _bound(row.session_id, row.member_id, row.version)
    data = open_json(row.sealed, seal=held.seal, what=what)
    return Mark(
        session=row.session_id,
        member=row.member_id,
        state=Attendance(row.state),
        reason=data["reason"],
        by=data["by"],
        version=row.version,
        at=row.written_at,
    )


def _bound(session: int, member: UUID, version: int) -> str:
    return f"attendance {session} {member} v{version}"
