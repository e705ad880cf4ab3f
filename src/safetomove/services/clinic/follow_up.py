"""Ask people again three, six and twelve months after a course ends or a discharge.

The dates plan themselves: whoever had a place in a course whose last session is over gets
three, and so does somebody who was discharged without a course. A later course takes the
place of what an earlier one still planned. Nothing is sent on its own: staff ask, offer a
booster, move a date or drop it. The request for measures goes to the person, and the clinic
sees the answers only if they are shared with it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final, assert_never
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet

from safetomove.core.errors import BadInput
from safetomove.core.follow_up import OPEN, State, nearest
from safetomove.records.mappers import open_json, seal_json
from safetomove.records.models import FollowUpRow
from safetomove.records.sealing import Sealed
from safetomove.services import measures
from safetomove.services.clinic import groups, members
from safetomove.services.clinic.holding import HeldClinic, hold
from safetomove.services.clinic.members import Member
from safetomove.services.clinic.refusals import NoSuchFollowUp
from safetomove.services.clinic.staff import Desk
from safetomove.services.measures import Occasion, Taken, by_instrument

PAGE: Final = 25
REASON_TOP: Final = 500  # letters
FURTHEST: Final = timedelta(days=731)  # so far ahead one can be moved
ANSWER_WITHIN: Final = timedelta(days=14)  # when the answers are wanted, after asking


class BadFollowUp(BadInput):
    """What can't be done with a follow-up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """One follow-up of one person. `group` is the course's name; empty after a discharge."""

    id: int
    member: Member
    group: str
    months: int
    due_on: date
    state: State
    asked_at: datetime | None
    changed_at: datetime
    reason: str = field(default="", repr=False)
    moved_from: date | None = None
    gave_way: bool = False  # a later course took its place

    @property
    def is_open(self) -> bool:
        """Say whether anything is still to be done."""
        return self.state in OPEN


class Which(StrEnum):
    """Which of a clinic's follow-ups are listed."""

    DUE = "due"
    COMING = "coming"
    OVER = "over"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One page of follow-ups; `page` counts from 1."""

    found: tuple[FollowUp, ...]
    count: int
    page: int

    @property
    def pages(self) -> int:
        """Return how many pages there are: one at least."""
        return max(1, -(-self.count // PAGE))


def today_at(held: HeldClinic, now: datetime) -> date:
    """Return which day it is at the clinic."""
    return now.astimezone(ZoneInfo(held.zone)).date()


def listed(held: HeldClinic, *, now: datetime, page: int = 1, which: Which = Which.DUE) -> Listing:
    """Return one page of follow-ups, the most urgent first: two queries."""
    rows = _rows(held, which, now)
    count = rows.count()
    at = min(max(1, page), max(1, -(-count // PAGE)))
    order = "-changed_at" if which is Which.OVER else "due_on"
    shown = rows.select_related("member", "group").order_by(order, "pk")
    found = tuple(opened(held, row) for row in shown[(at - 1) * PAGE : at * PAGE])
    return Listing(found=found, count=count, page=at)


def due(held: HeldClinic, *, now: datetime) -> int:
    """Count what is due: one query."""
    return _rows(held, Which.DUE, now).count()


def of_member(held: HeldClinic, member: UUID) -> tuple[FollowUp, ...]:
    """Return one person's follow-ups by day: one query."""
    rows = FollowUpRow.objects.filter(clinic_id=held.clinic, member_id=member)
    rows = rows.select_related("member", "group").order_by("due_on", "pk")
    return tuple(opened(held, row) for row in rows)


def one(held: HeldClinic, id: int) -> FollowUp:
    """Return one follow-up: one query. NoSuchFollowUp for another clinic's."""
    return opened(held, _row(held, id))


def ask(at: Desk, *, id: int, ids: Collection[str], now: datetime) -> None:
    """Ask the person for measures again; they reach a discharged person too.

    Refuses with BadFollowUp where the person has no record here or has left the clinic.
    """
    with transaction.atomic():
        row = _open_row(at, id)
        person = row.member.person_id
        if person is None or row.member.left_at is not None:
            raise BadFollowUp("this person can't be asked here; ring them, or use a paper form")
        if not ids:
            raise BadFollowUp("choose at least one measure")
        measures.ask(
            person=person,
            instruments_asked=ids,
            label=Occasion.OTHER,
            due=today_at(at.held, now) + ANSWER_WITHIN,
            now=now,
            by=at.staff.actor,
        )
        row.state, row.asked_at, row.changed_at = State.ASKED, now, now
        row.save()


def done(at: Desk, *, id: int, now: datetime) -> None:
    """Note that it was done; again is harmless."""
    with transaction.atomic():
        hold(at.held.clinic)
        row = _row(at.held, id)
        if row.state in OPEN:
            row.state, row.changed_at = State.DONE, now
            row.save()


def move(at: Desk, *, id: int, to: date, reason: str, now: datetime) -> None:
    """Put it off, or bring it forward, to a day that is still to come."""
    said, today = _reason(reason), today_at(at.held, now)
    if not today <= to <= today + FURTHEST:
        raise BadFollowUp("choose a day from today on, within two years")
    with transaction.atomic():
        row = _open_row(at, id)
        if row.due_on == to:
            return
        about = {"reason": said, "moved_from": row.due_on.isoformat()}
        row.due_on = to
        _keep(at.held, row, about, now)


def drop(at: Desk, *, id: int, reason: str, now: datetime) -> None:
    """Let it go, and say why."""
    said = _reason(reason)
    with transaction.atomic():
        row = _open_row(at, id)
        row.state = State.DROPPED
        _keep(at.held, row, {"reason": said}, now)


def takings(
    held: HeldClinic, group: UUID, taken: Mapping[str, Sequence[Taken]]
) -> dict[int, dict[str, tuple[Taken, ...]]]:
    """Return what was filled in near each follow-up of a course: by months, then by member.

    `taken` is what a report has opened already, by member. Of each instrument the filling-in
    nearest to the day counts. One query.
    """
    rows = FollowUpRow.objects.filter(clinic_id=held.clinic, group_id=group)
    found: dict[int, dict[str, tuple[Taken, ...]]] = {}
    for months, member, due in rows.values_list("months", "member_id", "due_on"):
        every = by_instrument(taken.get(str(member), ())).values()
        near = (nearest(((each.day, each) for each in some), due) for some in every)
        kept = tuple(each for each in near if each is not None)
        if kept:
            found.setdefault(months, {})[str(member)] = kept
    return found


def opened(held: HeldClinic, row: FollowUpRow) -> FollowUp:
    """Open a follow-up of this clinic."""
    about = _about(held, row)
    moved = about.get("moved_from")
    return FollowUp(
        id=row.pk,
        member=members.opened(held, row.member),
        group="" if row.group is None else groups.opened(held, row.group).name,
        months=row.months,
        due_on=row.due_on,
        state=State(row.state),
        asked_at=row.asked_at,
        changed_at=row.changed_at,
        reason=str(about.get("reason", "")),
        moved_from=date.fromisoformat(moved) if moved else None,
        gave_way=row.state == State.DROPPED and "reason" not in about,
    )


def _rows(held: HeldClinic, which: Which, now: datetime) -> "QuerySet[FollowUpRow]":
    rows = FollowUpRow.objects.filter(clinic_id=held.clinic)
    match which:
        case Which.DUE:
            return rows.filter(state__in=OPEN, due_on__lte=today_at(held, now))
        case Which.COMING:
            return rows.filter(state__in=OPEN, due_on__gt=today_at(held, now))
        case Which.OVER:
            return rows.exclude(state__in=OPEN)
        case _:
            assert_never(which)


def _row(held: HeldClinic, id: int) -> FollowUpRow:
    rows = FollowUpRow.objects.select_related("member", "group")
    row = rows.filter(pk=id, clinic_id=held.clinic).first()
    if row is None:
        raise NoSuchFollowUp("this clinic has no such follow-up")
    return row


def _open_row(at: Desk, id: int) -> FollowUpRow:
    hold(at.held.clinic)
    row = _row(at.held, id)
    if row.state not in OPEN:
        raise BadFollowUp("this one is done or dropped")
    return row


def _reason(text: str) -> str:
    tidy = text.replace("\r\n", "\n").strip()
    if not 0 < len(tidy) <= REASON_TOP or any(_odd(sign) for sign in tidy):
        raise BadFollowUp(f"say why, in 1 to {REASON_TOP} letters")
    return tidy


def _odd(sign: str) -> bool:
    return (sign < " " and sign != "\n") or "\ud800" <= sign <= "\udfff"


def _about(held: HeldClinic, row: FollowUpRow) -> dict[str, Any]:
    sealed: Sealed | None = row.sealed
    return {} if sealed is None else open_json(sealed, seal=held.seal, what=_bound(row))


def _keep(held: HeldClinic, row: FollowUpRow, about: dict[str, Any], now: datetime) -> None:
    row.version += 1
    row.sealed = seal_json(about, seal=held.seal, what=_bound(row))
    row.changed_at = now
    row.save()


def _bound(row: FollowUpRow) -> str:
    return f"follow-up {row.pk} v{row.version}"
