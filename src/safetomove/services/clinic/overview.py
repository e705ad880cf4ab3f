"""What a clinic has on: today's sessions, the next ones, who waits, and a page of its groups."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from safetomove.records.models import EnrolmentRow, GroupRow, SessionRow
from safetomove.services.clinic import enrolment
from safetomove.services.clinic.enrolment import Counts, State
from safetomove.services.clinic.groups import Group, Session, as_session, opened, sessions_of
from safetomove.services.clinic.holding import HeldClinic

PAGE: Final = 25
NEXT_TOP: Final = 5  # coming sessions named on the first page
WAITING_TOP: Final = 10  # groups with a waiting list named there


@dataclass(frozen=True, slots=True, kw_only=True)
class Meets:
    """A session with its group."""

    group: Group
    session: Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A group with its next session and how full it is."""

    group: Group
    counts: Counts
    sessions: tuple[Session, ...] = ()
    next: Session | None = None

    @property
    def free(self) -> int:
        """Return how many places nobody holds."""
        return max(0, self.group.places - self.counts.enrolled)


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """What the first page of a clinic says."""

    today: tuple[Meets, ...]
    coming: tuple[Meets, ...]
    waiting: tuple[Shown, ...]
    any_group: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One page of groups; `page` counts from 1."""

    groups: tuple[Shown, ...]
    count: int
    page: int

    @property
    def pages(self) -> int:
        """Return how many pages there are: one at least."""
        return max(1, -(-self.count // PAGE))


def day(held: HeldClinic, *, now: datetime) -> Day:
    """Return what is on at a clinic: at most six queries."""
    zone = ZoneInfo(held.zone)
    begins = datetime.combine(now.astimezone(zone).date(), time(), zone)
    ends = datetime.combine(begins.date() + timedelta(days=1), time(), zone)
    rows = SessionRow.objects.filter(group__clinic_id=held.clinic, group__ended_at=None)
    rows = rows.select_related("group").order_by("starts_at", "pk")
    today = _meets(held, rows.filter(starts_at__gte=begins, starts_at__lt=ends))
    coming = _meets(held, rows.filter(starts_at__gte=ends, cancelled=False)[:NEXT_TOP])
    return Day(
        today=today,
        coming=coming,
        waiting=_waiting(held),
        any_group=bool(today or coming) or _rows(held, ended=False).exists(),
    )


def listed(held: HeldClinic, *, now: datetime, page: int = 1, ended: bool = False) -> Listing:
    """Return one page of groups, newest first: four queries, however many groups there are."""
    rows = _rows(held, ended=ended)
    count = rows.count()
    at = min(max(1, page), max(1, -(-count // PAGE)))
    found = [
        opened(held, row) for row in rows.order_by("-made_at", "pk")[(at - 1) * PAGE : at * PAGE]
    ]
    meetings = sessions_of(found)
    counted = enrolment.counts(each.id for each in found)
    shown = tuple(_shown(each, meetings[each.id], counted, now) for each in found)
    return Listing(groups=shown, count=count, page=at)


def _shown(
    group: Group, sessions: tuple[Session, ...], counted: dict[UUID, Counts], now: datetime
) -> Shown:
    coming = (each for each in sessions if each.meeting.held and each.meeting.utc > now)
    return Shown(
        group=group,
        counts=counted.get(group.id, Counts()),
        sessions=sessions,
        next=next(coming, None),
    )


def _meets(held: HeldClinic, rows: "QuerySet[SessionRow]") -> tuple[Meets, ...]:
    known: dict[object, Group] = {}
    found = []
    for row in rows:
        group = known.setdefault(row.group_id, opened(held, row.group))
        found.append(Meets(group=group, session=as_session(group, row)))
    return tuple(found)


def _waiting(held: HeldClinic) -> tuple[Shown, ...]:
    queue = EnrolmentRow.objects.filter(state=State.WAITING, group__clinic_id=held.clinic)
    rows = _rows(held, ended=False).filter(pk__in=queue.values("group_id"))
    found = [opened(held, row) for row in rows.order_by("made_at", "pk")[:WAITING_TOP]]
    counted = enrolment.counts(each.id for each in found)
    return tuple(Shown(group=each, counts=counted.get(each.id, Counts())) for each in found)


def _rows(held: HeldClinic, *, ended: bool) -> "QuerySet[GroupRow]":
    return GroupRow.objects.filter(clinic_id=held.clinic, ended_at__isnull=not ended)
