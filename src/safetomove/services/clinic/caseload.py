"""The clinic's list in the order in which people should be seen, a page at a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Count, QuerySet

from safetomove.core.caseload import Reason
from safetomove.records.models import EnrolmentRow, MemberRow
from safetomove.services.clinic import seeing, standing
from safetomove.services.clinic.members import Member, opened
from safetomove.services.clinic.staff import Desk
from safetomove.services.clinic.standing import Standing

PAGE: Final = 25  # lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One person on the list; `standing` is None until it was first worked out."""

    member: Member
    standing: Standing | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Caseload:
    """One page of the list. `old` counts lines on the whole list still to be worked out again."""

    lines: tuple[Line, ...]
    number: int
    pages: int
    people: int
    old: int
    waiting_by_reason: Mapping[Reason, int]


def caseload(
    at: Desk,
    *,
    now: datetime,
    page: int = 1,
    reason: Reason | None = None,
    group: UUID | None = None,
) -> Caseload:
    """Return one page, most urgent first; that these people stood in it is noted.

    `reason` keeps those whose first reason it is, `group` those with a place in it.
    """
    old = standing.refresh(at.held, now=now)
    rows = _rows(at, group)
    counted = _by_reason(rows)
    rows = rows if reason is None else rows.filter(urgency=reason.urgency)
    people = sum(counted.values()) if reason is None else counted.get(reason, 0)
    pages = max(1, -(-people // PAGE))
    number = min(max(page, 1), pages)
    shown = rows.order_by("-urgency", "pk")[(number - 1) * PAGE : number * PAGE]
    lines = tuple(_line(at, row) for row in shown)
    seeing.note_listed(at, (line.member for line in lines), now=now)
    return Caseload(
        lines=lines,
        number=number,
        pages=pages,
        people=people,
        old=old,
        waiting_by_reason=counted,
    )


def _rows(at: Desk, group: UUID | None) -> QuerySet[MemberRow]:
    rows = MemberRow.objects.filter(clinic_id=at.held.clinic, discharged_at=None)
    if group is None:
        return rows
    placed = EnrolmentRow.objects.filter(group_id=group, group__clinic_id=at.held.clinic)
    return rows.filter(pk__in=placed.filter(state__in=("waiting", "enrolled")).values("member_id"))


def _by_reason(rows: QuerySet[MemberRow]) -> dict[Reason, int]:
    """Count people by their first reason: one query, answered from the index alone."""
    reasons = {reason.urgency: reason for reason in Reason}
    counts = rows.values_list("urgency").annotate(people=Count("pk")).order_by("-urgency")
    return {reasons[urgency]: people for urgency, people in counts}


def _line(at: Desk, row: MemberRow) -> Line:
    return Line(member=opened(at.held, row), standing=standing.standing_of(at.held, row))
