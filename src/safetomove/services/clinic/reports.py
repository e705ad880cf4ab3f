"""Report on courses: the registers, and the measures of those who let the clinic see them.

Somebody who was discharged still counts in the report of their course while they let the
clinic see their measures. Whoever stopped that, left or erased everything counts among those
without a score: the report says how many have none, and never who.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Max, Min

from safetomove.core.course import (
    Better,
    CourseFacts,
    CourseReport,
    Register,
    Scale,
    Scores,
    course_report,
    outside,
)
from safetomove.core.measures import Direction, ScaleScore, Size
from safetomove.core.measures.scale import Scale as MeasureScale
from safetomove.records.models import AuditRow, GroupRow, MemberRow, PersonKey, SessionRow
from safetomove.records.sealing import unwrap
from safetomove.services.audit import Verb
from safetomove.services.clinic import groups, register
from safetomove.services.clinic.groups import Group, Session
from safetomove.services.clinic.holding import HeldClinic
from safetomove.services.clinic.paper_measures import taken_by_members
from safetomove.services.clinic.refusals import BadClinic
from safetomove.services.clinic.sharing import Item
from safetomove.services.clinic.staff import Desk
from safetomove.services.measures import (
    Occasion,
    Taken,
    before_and_after,
    by_instrument,
    measures_of_many,
)

PAGE: Final = 25  # courses
TOGETHER_TOP: Final = 25  # courses added up at once: about 300 people, well under a second
BEFORE: Final = timedelta(days=42)  # a first measure may be filled in so long before the course
AFTER: Final = timedelta(days=84)  # and a last one so long after it (own-rule)


class Title(NamedTuple):
    """What a scale is called: its instrument's title, and the ids for the rest."""

    words: str
    instrument: str
    scale: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """A report, with the names that stand for its ids."""

    report: CourseReport
    courses: tuple[Group, ...]
    titles: Mapping[str, Title]  # of measures
    first_day: date
    last_day: date
    to_come: int  # sessions of these courses that are still ahead


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """One course to choose; the days are None where no session takes place."""

    id: UUID
    name: str
    first_day: date | None
    last_day: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One page of a clinic's courses, the newest first."""

    courses: tuple[Course, ...]
    number: int
    pages: int


def courses(held: HeldClinic, *, page: int = 1) -> Listed:
    """List a clinic's courses: three queries, however many there are."""
    rows = GroupRow.objects.filter(clinic_id=held.clinic)
    pages = max(1, -(-rows.count() // PAGE))
    number = min(max(page, 1), pages)
    shown = list(rows.order_by("-made_at", "pk")[(number - 1) * PAGE : number * PAGE])
    days = _first_and_last(held, [row.pk for row in shown])
    listed = tuple(
        Course(
            id=row.pk,
            name=groups.name_in(held, row),
            first_day=days[row.pk][0] if row.pk in days else None,
            last_day=days[row.pk][1] if row.pk in days else None,
        )
        for row in shown
    )
    return Listed(courses=listed, number=number, pages=pages)


def _first_and_last(held: HeldClinic, ids: Sequence[UUID]) -> dict[UUID, tuple[date, date]]:
    """Return the first and the last day of each course that takes place: one query."""
    zone = ZoneInfo(held.zone)
    rows = SessionRow.objects.filter(group_id__in=ids, cancelled=False).values_list("group_id")
    found = rows.annotate(Min("starts_at"), Max("starts_at")).order_by()
    return {
        group: (first.astimezone(zone).date(), last.astimezone(zone).date())
        for group, first, last in found
    }


def report(at: Desk, ids: Sequence[UUID], *, leaves: bool, now: datetime) -> Reported:
    """Report on one course, or several added up; that measures were seen is noted.

    `leaves` hides small numbers, for a report that goes outside the clinic.
    """
    if not 1 <= len(ids) <= TOGETHER_TOP:
        raise BadClinic(f"choose 1 to {TOGETHER_TOP} courses")
    chosen = tuple(groups.group(at.held, id) for id in dict.fromkeys(ids))
    sessions = groups.sessions_of(chosen)
    registers = {each.id: register.of_group(at.held, each, sessions[each.id]) for each in chosen}
    taken = _taken_by_member(at, registers.values(), now)
    days = {each.id: _days(sessions[each.id]) for each in chosen}
    facts = [_facts(each, registers[each.id], taken, days[each.id]) for each in chosen]
    scales, titles = _scales(taken.values())
    made = course_report(facts, scales)
    return Reported(
        report=outside(made) if leaves else made,
        courses=chosen,
        titles=titles,
        first_day=min(first for first, _ in days.values()),
        last_day=max(last for _, last in days.values()),
        to_come=sum(
            each.meeting.held and each.meeting.utc > now
            for every in sessions.values()
            for each in every
        ),
    )


def _facts(
    course: Group, marks: Register, taken: Mapping[str, tuple[Taken, ...]], days: tuple[date, date]
) -> CourseFacts:
    scores: dict[str, dict[str, Scores]] = {}
    for member in marks.people:
        near = [one for one in taken.get(member, ()) if _near(one, days)]
        for takings in by_instrument(near).values():
            for scale in _parts(takings):
                scores.setdefault(scale, {})[member] = _scores(takings, scale, days)
    return CourseFacts(id=str(course.id), register=marks, scores=scores)


def _near(one: Taken, days: tuple[date, date]) -> bool:
    first, last = days
    return first - BEFORE <= one.day <= last + AFTER


def _scores(takings: Sequence[Taken], scale: str, days: tuple[date, date]) -> Scores:
    """Return the first and the last score; a single one counts for the side it was taken on."""
    pair = before_and_after(takings)
    if pair is not None:
        return Scores(before=_value(pair[0], scale), after=_value(pair[1], scale))
    only = takings[-1]
    value, early = _value(only, scale), _is_first(only, days)
    return Scores(before=value if early else None, after=None if early else value)


def _is_first(one: Taken, days: tuple[date, date]) -> bool:
    """Take the word of whoever filled it in, or else the half of the course it was done in."""
    if one.label is not Occasion.OTHER:
        return one.label is Occasion.FIRST
    return one.day <= days[0] + (days[1] - days[0]) / 2


def _value(one: Taken, scale: str) -> float | None:
    part = _parts([one]).get(scale)
    return None if part is None else part.value


def _parts(takings: Iterable[Taken]) -> dict[str, ScaleScore]:
    """Return every scale that has a score, by an id that holds its instrument's too."""
    return {
        f"{one.instrument} {id}": part
        for one in takings
        for id, part in one.result.parts.items()
        if isinstance(part, ScaleScore)
    }


def _days(sessions: Iterable[Session]) -> tuple[date, date]:
    held = [each.meeting.starts.date() for each in sessions if each.meeting.held]
    if not held:
        raise BadClinic("none of the sessions of this course took place")
    return min(held), max(held)


def _taken_by_member(
    at: Desk, registers: Iterable[Register], now: datetime
) -> dict[str, tuple[Taken, ...]]:
    """Return what was filled in by member: four queries, and the audit's one."""
    people = {UUID(member) for each in registers for member in each.people}
    rows = MemberRow.objects.filter(pk__in=people, clinic_id=at.held.clinic, left_at=None)
    sharing = {
        row.person_id: row.pk for row in rows.exclude(person=None) if Item.MEASURES in row.shares
    }
    keys = PersonKey.objects.filter(pk__in=sharing).values_list("pk", "wrapped")
    seals = {person: unwrap(wrapped, person=person) for person, wrapped in keys}
    AuditRow.objects.bulk_create(
        AuditRow(person=person, actor=at.staff.actor, verb=Verb.SEEN_MEASURES, at=now)
        for person in seals
    )
    own = {str(sharing[person]): each for person, each in measures_of_many(seals).items()}
    for member, paper in taken_by_members(at.held, people).items():
        own[member] = (*own.get(member, ()), *paper)
    return own


def _scales(every: Iterable[tuple[Taken, ...]]) -> tuple[list[Scale], dict[str, Title]]:
    """Return each scale that was scored, with what it is called."""
    scales, titles = {}, {}
    for one in (each for takings in every for each in takings):
        for id, part in _parts([one]).items():
            scales[id] = _scale(id, part.scale)
            titles[id] = Title(one.title, one.instrument, part.scale.id)
    return [scales[id] for id in sorted(scales)], titles


def _scale(id: str, scale: MeasureScale) -> Scale:
    least = scale.least_change
    points = least.size if least is not None and least.measured_in is Size.POINTS else None
    better = Better.HIGHER if scale.direction is Direction.MORE_IS_BETTER else Better.LOWER
    return Scale(id=id, better=better, mic=points)
