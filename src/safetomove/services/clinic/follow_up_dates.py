"""Plan when to ask people again: the dates follow from courses and discharges by themselves."""

from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Count, Exists, Max, OuterRef

from safetomove.core.follow_up import State, due_days
from safetomove.records.models import EnrolmentRow, FollowUpRow, GroupRow, MemberRow, SessionRow
from safetomove.services.clinic import enrolment
from safetomove.services.clinic.holding import HeldClinic, hold

LEAST_SESSIONS: Final = 2  # a single session, such as a booster, is no course


def plan(held: HeldClinic, *, now: datetime) -> int:
    """Plan what courses and discharges call for that is not planned yet; return how many.

    Three queries where nothing is new.
    """
    if not _not_planned(held, now) and not _discharged(held):
        return 0
    with transaction.atomic():
        hold(held.clinic)  # whoever looks at the same time plans nothing twice
        courses, discharged = _not_planned(held, now), _discharged(held)
        _give_way(held, {member for member, _, _ in courses}, now)
        last = {member: (group, day) for member, group, day in sorted(courses, key=_by_day)}
        rows = [each for place in courses for each in _three(held, *place, now)]
        for row in rows:
            if last[row.member_id][0] != row.group_id:
                row.state = State.DROPPED
        rows += [each for id, day in discharged for each in _three(held, id, None, day, now)]
        FollowUpRow.objects.bulk_create(rows)
    return len(rows)


def _by_day(place: tuple[UUID, UUID, date]) -> date:
    return place[2]


def _not_planned(held: HeldClinic, now: datetime) -> list[tuple[UUID, UUID, date]]:
    """Return member, group and last local day of every place in a course that is over."""
    # A course is planned for as a whole, so one look at each course is enough.
    fresh = GroupRow.objects.filter(
        ~Exists(FollowUpRow.objects.filter(group=OuterRef("pk"))), clinic_id=held.clinic
    )
    rows = EnrolmentRow.objects.filter(
        group__in=fresh, state=enrolment.State.ENROLLED, member__left_at=None
    )
    places = list(rows.values_list("member_id", "group_id").order_by("pk"))
    last = _last_days(held, {group for _, group in places}, now) if places else {}
    return [(member, group, last[group]) for member, group in places if group in last]


def _last_days(held: HeldClinic, ids: Collection[UUID], now: datetime) -> dict[UUID, date]:
    rows = SessionRow.objects.filter(group_id__in=ids, cancelled=False).values("group_id")
    counted = rows.annotate(last=Max("starts_at"), count=Count("pk")).order_by()
    zone = ZoneInfo(held.zone)
    return {
        each["group_id"]: each["last"].astimezone(zone).date()
        for each in counted.filter(last__lt=now, count__gte=LEAST_SESSIONS)
    }


def _discharged(held: HeldClinic) -> list[tuple[UUID, date]]:
    """Return who was discharged without a course, and on which local day."""
    enrolled = EnrolmentRow.objects.filter(member=OuterRef("pk"), state=enrolment.State.ENROLLED)
    rows = MemberRow.objects.filter(
        ~Exists(FollowUpRow.objects.filter(member=OuterRef("pk"))),
        ~Exists(enrolled),
        clinic_id=held.clinic,
        discharged_at__isnull=False,
        left_at=None,
    )
    zone = ZoneInfo(held.zone)
    found = rows.values_list("pk", "discharged_at").order_by("pk")
    return [(member, at.astimezone(zone).date()) for member, at in found if at]


def _give_way(held: HeldClinic, people: Collection[UUID], now: datetime) -> None:
    """Drop what was still planned for people before their later course."""
    rows = FollowUpRow.objects.filter(clinic_id=held.clinic, member_id__in=people)
    rows.filter(state=State.PLANNED).update(state=State.DROPPED, changed_at=now)


def _three(
    held: HeldClinic, member: UUID, group: UUID | None, last: date, now: datetime
) -> Iterator[FollowUpRow]:
    for months, day in due_days(last).items():
        yield FollowUpRow(
            clinic_id=held.clinic,
            member_id=member,
            group_id=group,
            months=months,
            due_on=day,
            state=State.PLANNED,
            changed_at=now,
        )
