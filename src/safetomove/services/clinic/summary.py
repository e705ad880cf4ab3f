"""One person on one page: what they chose to share, what the register says, what to ask.

Each part is opened by itself, and that it was seen is noted. A part that is not shared is
None, which the page says: it never looks like nothing being there.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from safetomove.core.contributors import PainMap
from safetomove.core.course.register import CAME, Attendance
from safetomove.core.diary import CheckIn
from safetomove.core.measures import Change, change
from safetomove.records.models import AttendanceRow
from safetomove.services import holding
from safetomove.services.clinic import paper_measures, plan_change, seeing
from safetomove.services.clinic.members import Member
from safetomove.services.clinic.plan_change import PlanChange, State
from safetomove.services.clinic.sharing import Item
from safetomove.services.clinic.staff import Desk
from safetomove.services.flare_plan import Flare, flare_of
from safetomove.services.measures import Taken, before_and_after, by_instrument, read_measures
from safetomove.services.pain_map import map_in
from safetomove.services.progress import Progress, progress_of
from safetomove.services.today import Today, review_today

RECENT: Final = timedelta(days=14)
NOTES_SHOWN: Final = 5
CHANGES_SHOWN: Final = timedelta(days=28)


@dataclass(frozen=True, slots=True, kw_only=True)
class Doing:
    """What somebody does: today's review, the weeks behind it, and a flare-up if one is on."""

    today: Today
    progress: Progress
    flare: Flare
    changes: tuple[tuple[PlanChange, State], ...] = ()  # by clinics, lately; the newest first


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One instrument: its last filling-in, and the change since the first where there are two."""

    last: Taken
    first: Taken | None
    change: Change | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """The register of one person: sessions by number, and what became of each."""

    number: int
    starts_at: datetime
    state: Attendance


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Everything for half a minute's reading. None: not shared."""

    today: date
    doing: Doing | None
    measures: tuple[Measured, ...] | None
    recent: tuple[CheckIn, ...] | None  # the last days, without their notes
    notes: tuple[tuple[date, str], ...] | None  # the newest first
    map: PainMap | None
    came: tuple[Came, ...]

    @property
    def attended(self) -> int:
        """Count the sessions that the person came to, made up ones too."""
        return sum(each.state in CAME for each in self.came)


def summary(at: Desk, member: Member, *, now: datetime) -> Summary:
    """Open what one person shares; each part seen is noted."""
    shares = member.shares if member.person is not None else frozenset()
    today = now.astimezone(ZoneInfo(at.held.zone)).date()
    return Summary(
        today=today,
        doing=_doing(at, member, now) if Item.PLAN in shares else None,
        measures=_measures(at, member, now),
        recent=_recent(at, member, today, now) if Item.CHECK_INS in shares else None,
        notes=_notes(at, member, today, now) if Item.NOTES in shares else None,
        map=map_in(seeing.see(at, member, Item.MAP, now=now)) if Item.MAP in shares else None,
        came=came_of(member),
    )


def came_of(member: Member) -> tuple[Came, ...]:
    """Return one person's marks in the clinic's registers, in order of time: one query."""
    rows = AttendanceRow.objects.filter(member_id=member.id, session__cancelled=False)
    found = rows.order_by("session__starts_at").values_list(
        "session__number", "session__starts_at", "state"
    )
    return tuple(
        Came(number=number, starts_at=starts, state=Attendance(state))
        for number, starts, state in found
    )


def _doing(at: Desk, member: Member, now: datetime) -> Doing:
    held = seeing.see(at, member, Item.PLAN, now=now)
    person, today = held.person, review_today(person=held.person, now=now)
    day = today.local_day
    found = ((each, each.state(held.file.plans, today=day)) for each in plan_change.kept(held))
    return Doing(
        changes=tuple(
            (each, state)
            for each, state in found
            if state is State.IN_FORCE or now - each.at < CHANGES_SHOWN
        ),
        today=today,
        progress=progress_of(person=person, now=now),
        flare=flare_of(person=person, now=now),
    )


def _measures(at: Desk, member: Member, now: datetime) -> tuple[Measured, ...] | None:
    """Join what the person shares with what the clinic typed in from paper itself."""
    paper = paper_measures.of_member(at.held, member.id)
    shared = member.person is not None and Item.MEASURES in member.shares
    if not shared and not paper:
        return None
    own = read_measures(seeing.see(at, member, Item.MEASURES, now=now)) if shared else ()
    return tuple(map(_measured, by_instrument((*own, *paper)).values()))


def _measured(takings: tuple[Taken, ...]) -> Measured:
    pair = before_and_after(takings)
    if pair is None:
        return Measured(last=takings[-1], first=None, change=None)
    first, last = pair
    return Measured(last=last, first=first, change=change(first.result, last.result))


def _recent(at: Desk, member: Member, today: date, now: datetime) -> tuple[CheckIn, ...]:
    held = seeing.see(at, member, Item.CHECK_INS, now=now)
    return tuple(reversed(holding.days_kept(held, after=today - RECENT, until=today)))


def _notes(at: Desk, member: Member, today: date, now: datetime) -> tuple[tuple[date, str], ...]:
    held = seeing.see(at, member, Item.NOTES, now=now)
    days = holding.days_kept(held, after=today - timedelta(days=60), until=today)
    noted = [(one.day, one.note) for one in reversed(days) if one.note]
    return tuple(noted[:NOTES_SHOWN])
