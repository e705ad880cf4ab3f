"""Who missed what, where the same session runs next in the clinic, and booking it there."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Count

from safetomove.core.course import Attendance, Register, Running, runs_next, schedule, to_make_up
from safetomove.records.models import AttendanceRow, EnrolmentRow, MakeUpRow, SessionRow
from safetomove.services.clinic import members
from safetomove.services.clinic.enrolment import State
from safetomove.services.clinic.group_dates import session as session_of
from safetomove.services.clinic.groups import (
    Group,
    GroupKind,
    Session,
    as_session,
    begin,
    held_group,
    opened,
)
from safetomove.services.clinic.holding import HeldClinic
from safetomove.services.clinic.once import once
from safetomove.services.clinic.refusals import BadClinic, NoPlace
from safetomove.services.clinic.staff import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A session of another group at which a missed one can be made up."""

    group: Group
    session: Session
    places: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Booked:
    """A make-up that was booked: what was missed, and where it is made up."""

    missed: int
    member: UUID
    group: Group
    session: Session


def needed(
    register: Register, sessions: tuple[Session, ...], *, now: datetime
) -> dict[UUID, tuple[int, ...]]:
    """Return, by person, the session numbers that were held without them and not made up."""
    held = {each.number for each in sessions if each.meeting.utc <= now and each.number}
    return {UUID(who): numbers for who, numbers in to_make_up(register, held).items()}


def offers(held: HeldClinic, *, group: Group, number: int, now: datetime) -> tuple[Offer, ...]:
    """Return where a session's content runs next and has room, soonest first: 3 queries."""
    content = group.about.contents[number - 1]
    found = {str(each.session.id): each for each in coming(held, now=now)}
    running = (
        Running(
            group=id,
            content=each.group.about.contents[each.session.number - 1],
            starts=each.session.meeting.utc,
            places=each.places,
        )
        for id, each in found.items()
        if each.session.number is not None and each.group.id != group.id
    )
    return tuple(found[each.group] for each in runs_next(content, running, after=now))


def coming(held: HeldClinic, *, now: datetime) -> tuple[Offer, ...]:
    """Return all coming sessions of the clinic's groups with their free places: 3 queries."""
    rows = SessionRow.objects.filter(
        group__clinic_id=held.clinic, group__ended_at=None, starts_at__gt=now, cancelled=False
    )
    found = list(rows.select_related("group").order_by("starts_at"))
    groups = {row.group_id: row.group for row in found}
    known = {id: opened(held, row) for id, row in groups.items()}
    enrolled = _count(
        EnrolmentRow.objects.filter(group_id__in=known, state=State.ENROLLED), "group_id"
    )
    visits = _count(MakeUpRow.objects.filter(booked__in=[row.pk for row in found]), "booked_id")
    return tuple(
        Offer(
            group=known[row.group_id],
            session=as_session(known[row.group_id], row),
            places=row.group.places - enrolled.get(row.group_id, 0) - visits.get(row.pk, 0),
        )
        for row in found
    )


def book(at: Desk, *, missed: int, member: UUID, into: int, now: datetime) -> None:
    """Book a missed session at another one with the same content; a new booking moves the old.

    NoPlace where that session has filled up meanwhile.
    """
    with transaction.atomic():
        there, session = session_of(at.held, into)
        held_group(at.held, there.id)
        here, lost = session_of(at.held, missed)
        members.member(at.held, member)
        if not _was_missed(missed, member):
            raise BadClinic("the register does not say that this session was missed")
        _same_content(here, lost, there, session)
        if session.meeting.utc <= now or not session.meeting.held:
            raise BadClinic("this session is over or was called off")
        kept = MakeUpRow.objects.filter(missed_id=missed, member_id=member).first()
        if kept is not None and kept.booked_id == into:
            return
        if _room(there, into) < 1:
            raise NoPlace("there is no free place at this session")
        MakeUpRow.objects.update_or_create(
            missed_id=missed, member_id=member, defaults={"booked_id": into, "at": now}
        )


def book_alone(
    at: Desk,
    *,
    missed: int,
    member: UUID,
    starts: datetime,
    venue: str,
    client_key: str,
    now: datetime,
) -> int:
    """Book a one-to-one session that makes up a missed one; return its id."""
    here, lost = session_of(at.held, missed)
    if lost.number is None:
        raise BadClinic("this session was called off; there is nothing to make up")

    def write() -> dict[str, int]:
        into = _alone(at, here, lost.number or 0, starts, venue, now)
        book(at, missed=missed, member=member, into=into, now=now)
        return {"id": into}

    body = {"alone": missed, "member": str(member), "starts": starts.isoformat(), "venue": venue}
    answer: int = once(at, client_key, body, write, now=now)["id"]
    return answer


def _alone(at: Desk, here: Group, number: int, starts: datetime, venue: str, now: datetime) -> int:
    about = here.about
    table = about.schedule.timetable
    alone = replace(
        table,
        first_day=starts.date(),
        weekdays=frozenset({starts.weekday()}),
        starts=starts.time(),
        count=1,
        days_off=frozenset(),
    )
    dates = schedule(alone)
    only = replace(dates.meetings[0], session=number)
    told = replace(about, venue=venue, schedule=replace(dates, meetings=(only,)), changed_at=now)
    made = begin(at.held, GroupKind.SINGLE, 1, told, now)
    return SessionRow.objects.get(group_id=made).pk


def cancel(at: Desk, *, missed: int, member: UUID) -> None:
    """Take a booked make-up back, unless they came to it."""
    with transaction.atomic():
        group, _ = session_of(at.held, missed)
        held_group(at.held, group.id)
        rows = MakeUpRow.objects.filter(missed_id=missed, member_id=member)
        kept = rows.first()
        if kept is None:
            return
        if AttendanceRow.objects.filter(session_id=kept.booked_id, member_id=member).exists():
            raise BadClinic("the register of that session has a mark for this person")
        rows.delete()


def booked(held: HeldClinic, group: Group) -> tuple[Booked, ...]:
    """Return the make-ups booked for sessions of a group: one query."""
    return _booked(held, MakeUpRow.objects.filter(missed__group_id=group.id))


def booked_for(held: HeldClinic, member: UUID) -> tuple[Booked, ...]:
    """Return one person's make-ups: one query."""
    return _booked(held, MakeUpRow.objects.filter(member_id=member))


def visits(held: HeldClinic, session: int) -> tuple[Booked, ...]:
    """Return who makes a missed session up at this one: one query."""
    return _booked(held, MakeUpRow.objects.filter(booked_id=session))


def _booked(held: HeldClinic, rows) -> tuple[Booked, ...]:  # type: ignore[no-untyped-def]
    rows = rows.filter(booked__group__clinic_id=held.clinic, booked__cancelled=False)
    rows = rows.select_related("booked__group", "missed__group")
    rows = rows.order_by("booked__starts_at", "pk")
    return tuple(_one(held, row) for row in rows if _still_fits(held, row))


def _still_fits(held: HeldClinic, row: MakeUpRow) -> bool:
    """Say whether both sessions still hold the same: dates that shift may part them."""
    there, here = opened(held, row.booked.group), opened(held, row.missed.group)
    found, lost = as_session(there, row.booked).number, as_session(here, row.missed).number
    if found is None or lost is None:
        return False
    return there.about.contents[found - 1] == here.about.contents[lost - 1]


def _one(held: HeldClinic, row: MakeUpRow) -> Booked:
    group = opened(held, row.booked.group)
    session = as_session(group, row.booked)
    return Booked(missed=row.missed_id, member=row.member_id, group=group, session=session)


def _was_missed(session: int, member: UUID) -> bool:
    rows = AttendanceRow.objects.filter(session_id=session, member_id=member)
    return rows.filter(state=Attendance.ABSENT).exists()


def _same_content(here: Group, lost: Session, there: Group, session: Session) -> None:
    if lost.number is None or session.number is None or here.id == there.id:
        raise BadClinic("choose a session of another group")
    wanted, found = here.about.contents[lost.number - 1], there.about.contents[session.number - 1]
    if wanted != found:
        raise BadClinic("that session holds something else")


def _room(group: Group, session: int) -> int:
    enrolled = EnrolmentRow.objects.filter(group_id=group.id, state=State.ENROLLED).count()
    return group.places - enrolled - MakeUpRow.objects.filter(booked_id=session).count()


def _count(rows, by: str) -> dict[object, int]:  # type: ignore[no-untyped-def]
    return dict(rows.values_list(by).annotate(many=Count("pk")).order_by())
