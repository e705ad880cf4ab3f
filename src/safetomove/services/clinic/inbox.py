"""Which threads wait for an answer at a clinic: a worrying one first, then the oldest."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import F, QuerySet

from safetomove.records.models import ThreadRow
from safetomove.services.clinic.holding import HeldClinic
from safetomove.services.clinic.members import Member, opened
from safetomove.services.clinic.threads import OVERDUE

PAGE: Final = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """Where one thread stands. `owner` is the number of whoever said "I take this"."""

    member: Member
    waiting_since: datetime | None
    worrying_since: datetime | None
    owner: int | None
    owner_name: str
    last_at: datetime
    overdue: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbox:
    """One page of threads; `page` counts from 1."""

    threads: tuple[Thread, ...]
    count: int
    page: int

    @property
    def pages(self) -> int:
        """Return how many pages there are: one at least."""
        return max(1, -(-self.count // PAGE))


def inbox(held: HeldClinic, *, now: datetime, page: int = 1, answered: bool = False) -> Inbox:
    """Return one page of threads that wait, or of those that don't: two queries."""
    rows = _rows(held).filter(waiting_since__isnull=answered)
    count = rows.count()
    at = min(max(1, page), max(1, -(-count // PAGE)))
    worrying = F("worrying_since").asc(nulls_last=True)
    order = ("-last_at",) if answered else (worrying, "waiting_since")
    shown = rows.select_related("member", "owner").order_by(*order, "pk")
    threads = tuple(_thread(held, row, now) for row in shown[(at - 1) * PAGE : at * PAGE])
    return Inbox(threads=threads, count=count, page=at)


def thread_of(held: HeldClinic, member: UUID, *, now: datetime) -> Thread | None:
    """Return where one person's thread stands, or None where nobody wrote yet: one query."""
    row = _rows(held).select_related("member", "owner").filter(member_id=member).first()
    return None if row is None else _thread(held, row, now)


def waiting(held: HeldClinic) -> int:
    """Count the threads that wait for an answer: one query."""
    return _rows(held).exclude(waiting_since=None).count()


def waiting_since(member: UUID) -> datetime | None:
    """Return since when somebody waits for an answer, or None: one query."""
    return _since(member, "waiting_since")


def worrying_since(member: UUID) -> datetime | None:
    """Return since when a worrying message waits to be read, or None: one query."""
    return _since(member, "worrying_since")


def _since(member: UUID, column: str) -> datetime | None:
    found: datetime | None = (
        ThreadRow.objects.filter(member_id=member).values_list(column, flat=True).first()
    )
    return found


def _rows(held: HeldClinic) -> "QuerySet[ThreadRow]":
    return ThreadRow.objects.filter(clinic_id=held.clinic)


def _thread(held: HeldClinic, row: ThreadRow, now: datetime) -> Thread:
    since = row.waiting_since
    return Thread(
        member=opened(held, row.member),
        waiting_since=since,
        worrying_since=row.worrying_since,
        owner=row.owner_id,
        owner_name="" if row.owner is None else row.owner.name,
        last_at=row.last_at,
        overdue=since is not None and now - since > OVERDUE,
    )
