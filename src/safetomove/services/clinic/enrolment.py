"""Places in a group and its waiting list, in order; never more people than places.

Until a group first meets, whoever has waited longest moves up by themselves when a place
comes free, and the group's page asks the staff to tell them. After that staff give the place
by hand: somebody who would join half-way should be asked first.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from safetomove.records.mappers import open_json, seal_json
from safetomove.records.models import EnrolmentRow, GroupRow, SessionRow
from safetomove.records.sealing import Sealed
from safetomove.services.clinic import members
from safetomove.services.clinic.groups import held_group
from safetomove.services.clinic.holding import HeldClinic
from safetomove.services.clinic.members import Member
from safetomove.services.clinic.refusals import BadClinic, NoPlace
from safetomove.services.clinic.staff import Desk

REASON_TOP: Final = 500  # letters


class State(StrEnum):
    """Where somebody stands with a group."""

    WAITING = "waiting"
    ENROLLED = "enrolled"
    LEFT = "left"  # gave a place up
    OFF_LIST = "off_list"  # left the waiting list, and never had a place


GONE: Final = frozenset({State.LEFT, State.OFF_LIST})


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """One person's place or turn. `moved_up` says that they still have to be told of it."""

    id: int
    group: UUID
    member: Member
    state: State
    at: datetime
    reason: str = ""
    moved_up: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many hold a place in a group, and how many wait."""

    enrolled: int = 0
    waiting: int = 0


def enrol(at: Desk, *, group: UUID, member: UUID, now: datetime) -> State:
    """Give somebody a place, or the next turn on the waiting list; again changes nothing."""
    with transaction.atomic():
        held = held_group(at.held, group)
        if held.ended_at is not None:
            raise BadClinic("this group has ended")
        found = members.member(at.held, member)
        if found.discharged_at is not None:
            raise BadClinic("this person was discharged; take them back onto the list first")
        row = EnrolmentRow.objects.filter(group_id=group, member_id=member).first()
        if row is not None and row.state not in GONE:
            return State(row.state)
        free = held.places > _taken(group) and not _queue(group).exists()
        state = State.ENROLLED if free else State.WAITING
        _put(at.held, row or EnrolmentRow(group_id=group, member_id=member), state, now)
    return state


def withdraw(at: Desk, *, group: UUID, member: UUID, reason: str, now: datetime) -> UUID | None:
    """Take somebody off a group or its waiting list; return who moved up, or None."""
    tidy = reason.strip()
    if len(tidy) > REASON_TOP or any(sign < " " and sign not in "\r\n" for sign in tidy):
        raise BadClinic(f"the reason takes at most {REASON_TOP} letters")
    with transaction.atomic():
        held_group(at.held, group)
        row = _row(group, member)
        if row.state in GONE:
            return None
        gone = State.LEFT if row.state == State.ENROLLED else State.OFF_LIST
        _put(at.held, row, gone, now, reason=tidy)
        return _move_up(at.held, group, now)


def fill_places(at: Desk, *, group: UUID, now: datetime) -> None:
    """Let people move up into places that were added."""
    with transaction.atomic():
        while _move_up(at.held, group, now) is not None:
            pass


def give_place(at: Desk, *, group: UUID, member: UUID, now: datetime) -> None:
    """Give a free place to somebody who waits, whatever their turn; NoPlace where none is."""
    with transaction.atomic():
        held = held_group(at.held, group)
        row = _row(group, member)
        if row.state != State.WAITING:
            return
        if held.places <= _taken(group):
            raise NoPlace("there is no free place in this group")
        _put(at.held, row, State.ENROLLED, now)


def told(at: Desk, *, group: UUID, member: UUID) -> None:
    """Note that somebody who moved up knows of it."""
    with transaction.atomic():
        held_group(at.held, group)
        row = _row(group, member)
        if row.state == State.ENROLLED:
            _put(at.held, row, State.ENROLLED, row.at)


def of_group(held: HeldClinic, group: UUID) -> tuple[Enrolment, ...]:
    """Return everybody who has or had to do with a group, in the order of their turn: one query."""
    rows = EnrolmentRow.objects.filter(group_id=group, group__clinic_id=held.clinic)
    return tuple(_opened(held, row) for row in rows.select_related("member").order_by("at", "pk"))


def of_member(held: HeldClinic, member: UUID) -> tuple[Enrolment, ...]:
    """Return a person's groups, newest first: one query."""
    rows = EnrolmentRow.objects.filter(member_id=member, group__clinic_id=held.clinic)
    rows = rows.select_related("member").order_by("-at", "-pk")
    return tuple(_opened(held, row) for row in rows)


def counts(groups: Iterable[UUID]) -> dict[UUID, Counts]:
    """Count places taken and people waiting by group: one query."""
    rows = EnrolmentRow.objects.filter(group_id__in=tuple(groups)).values_list("group_id")
    counted = rows.annotate(
        enrolled=Count("pk", filter=Q(state=State.ENROLLED)),
        waiting=Count("pk", filter=Q(state=State.WAITING)),
    ).order_by()
    return {id: Counts(enrolled=enrolled, waiting=waiting) for id, enrolled, waiting in counted}


def open_about(held: HeldClinic, row: EnrolmentRow) -> dict[str, Any]:
    """Return what is sealed with an enrolment."""
    sealed: Sealed | None = row.sealed
    if sealed is None:
        return {}
    return open_json(sealed, seal=held.seal, what=_bound(row))


def seal_about(held: HeldClinic, row: EnrolmentRow, data: dict[str, Any]) -> None:
    """Seal what belongs to an enrolment, as its next version; the caller saves the row."""
    row.version += 1
    row.sealed = seal_json(data, seal=held.seal, what=_bound(row))


def _move_up(held: HeldClinic, group: UUID, now: datetime) -> UUID | None:
    places = GroupRow.objects.values_list("places", flat=True).get(pk=group)
    begun = SessionRow.objects.filter(group_id=group, cancelled=False, starts_at__lte=now)
    if places <= _taken(group) or begun.exists():
        return None
    first = _queue(group).order_by("at", "pk").first()
    if first is None:
        return None
    _put(held, first, State.ENROLLED, now, moved_up=True)
    moved: UUID = first.member_id
    return moved


def _put(held: HeldClinic, row: EnrolmentRow, state: State, now: datetime, **about: object) -> None:
    link = open_about(held, row).get("link") if row.pk else None
    row.state, row.at = state, now
    if state in GONE:
        row.calendar, link = None, None  # nobody follows a group they have left
    seal_about(held, row, {**about, "link": link})
    row.save()


def _opened(held: HeldClinic, row: EnrolmentRow) -> Enrolment:
    about = open_about(held, row)
    return Enrolment(
        id=row.pk,
        group=row.group_id,
        member=members.opened(held, row.member),
        state=State(row.state),
        at=row.at,
        reason=str(about.get("reason", "")),
        moved_up=bool(about.get("moved_up", False)),
    )


def _row(group: UUID, member: UUID) -> EnrolmentRow:
    row = EnrolmentRow.objects.filter(group_id=group, member_id=member).first()
    if row is None:
        raise NoPlace("this person has nothing to do with this group")
    return row


def _taken(group: UUID) -> int:
    return EnrolmentRow.objects.filter(group_id=group, state=State.ENROLLED).count()


def _queue(group: UUID) -> QuerySet[EnrolmentRow]:
    return EnrolmentRow.objects.filter(group_id=group, state=State.WAITING)


def _bound(row: EnrolmentRow) -> str:
    return f"enrolment {row.group_id} {row.member_id} v{row.version}"
