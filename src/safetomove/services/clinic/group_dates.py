"""Move a group's sessions, call one off, or book one more."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from safetomove.core.course import BadDates, Content, Later, Meeting, Schedule, State
from safetomove.core.course.dates import local
from safetomove.core.course.timetable import LONGEST
from safetomove.records.models import SessionRow
from safetomove.services.clinic.groups import (
    Group,
    GroupKind,
    as_session,
    held_group,
    opened,
    put_about,
)
from safetomove.services.clinic.groups import Session as GroupSession
from safetomove.services.clinic.holding import HeldClinic
from safetomove.services.clinic.once import once
from safetomove.services.clinic.refusals import BadClinic, NoSuchSession
from safetomove.services.clinic.staff import Desk


def session(held: HeldClinic, id: int) -> tuple[Group, GroupSession]:
    """Return one session with its group: one query. NoSuchSession for another clinic's."""
    rows = SessionRow.objects.select_related("group")
    row = rows.filter(pk=id, group__clinic_id=held.clinic).first()
    if row is None:
        raise NoSuchSession("this clinic has no such session")
    group = opened(held, row.group)
    return group, as_session(group, row)


def move(
    at: Desk,
    *,
    session: int,
    to: datetime,
    minutes: int,
    now: datetime,
    later: Later = Later.STAY,
) -> None:
    """Put a session at another local time, and perhaps those after it on later days.

    `to` is a time on the clinic's clock. BadDates where it can't be.
    """
    if not 1 <= minutes <= LONGEST:
        raise BadDates(f"a session lasts 1 to {LONGEST} minutes")

    def moved(group: Group, meeting: Meeting) -> Schedule:
        if not meeting.held:
            raise BadDates("this session was called off")
        dates = _moved(group, meeting, to.replace(tzinfo=None), later)
        now = dates.meeting(meeting.id)
        lasts = replace(now, minutes=minutes, changes=meeting.changes + 1)
        return dates if minutes == meeting.minutes else _with(dates, lasts)

    _change(at, session, moved, now)


def cancel(at: Desk, *, session: int, content: Content, now: datetime) -> None:
    """Call a session off; what it held is left out, or passed on with a session more."""

    def off(group: Group, meeting: Meeting) -> Schedule:
        return group.about.schedule.cancelled(meeting.id, content=content)

    _change(at, session, off, now)


def add(
    at: Desk, *, group: UUID, number: int, starts: datetime, client_key: str, now: datetime
) -> int:
    """Book one more session of a group, for any content of its course; return its id.

    One-to-one sessions are booked so, one at a time. `starts` is a time on the clinic's clock.
    """

    def write() -> dict[str, int]:
        held = held_group(at.held, group)
        if not 1 <= number <= len(held.about.contents):
            raise BadClinic(f"the course has sessions 1 to {len(held.about.contents)}")
        dates = held.about.schedule
        meeting = _meeting(dates, number, starts)
        about = replace(held.about, schedule=_with(dates, meeting), changed_at=now)
        put_about(at.held, held, about)
        return {"id": SessionRow.objects.get(group_id=group, number=meeting.id).pk}

    body = {"add": str(group), "number": number, "starts": starts.isoformat()}
    answer: int = once(at, client_key, body, write, now=now)["id"]
    return answer


def _change(at: Desk, id: int, how: Callable[[Group, Meeting], Schedule], now: datetime) -> None:
    with transaction.atomic():
        found, _ = session(at.held, id)
        group = held_group(at.held, found.id)
        row = SessionRow.objects.get(pk=id)
        if row.closed_at is not None:
            raise BadClinic("the register of this session is closed; open it first")
        meeting = group.about.schedule.meeting(row.number)
        dates = how(group, meeting)
        if dates != group.about.schedule:
            put_about(at.held, group, replace(group.about, schedule=dates, changed_at=now))


def _moved(group: Group, meeting: Meeting, to: datetime, later: Later) -> Schedule:
    dates = group.about.schedule
    if to == meeting.starts.replace(tzinfo=None):
        return dates
    if group.kind is GroupKind.GROUP:
        return dates.moved(meeting.id, to, later=later)
    starts = local(to, dates.timetable.zone)  # one to one, sessions come in any order
    changes = meeting.changes + 1
    return _with(dates, replace(meeting, starts=starts, state=State.MOVED, changes=changes))


def _meeting(dates: Schedule, number: int, starts: datetime) -> Meeting:
    at = local(starts.replace(tzinfo=None), dates.timetable.zone)
    if any(each.utc == at for each in dates.held):
        raise BadDates("there is a session at this time already")
    id = max(each.id for each in dates.meetings) + 1
    return Meeting(id=id, session=number, starts=at, minutes=dates.timetable.minutes)


def _with(dates: Schedule, meeting: Meeting) -> Schedule:
    kept = (each for each in dates.meetings if each.id != meeting.id)
    meetings = sorted((*kept, meeting), key=lambda each: each.id)
    return replace(dates, meetings=tuple(meetings))
