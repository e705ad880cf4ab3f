"""A course as the person on it sees it: their dates, what they missed, the handouts so far.

It shows what the clinic wrote about their own place, so no consent is asked for; the clinic
learns nothing by its being looked at.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from safetomove.core.course import Handout, Syllabus
from safetomove.records.models import EnrolmentRow
from safetomove.services.clinic import make_up, register, syllabuses
from safetomove.services.clinic.enrolment import State, open_about
from safetomove.services.clinic.groups import Group, Session, opened, sessions
from safetomove.services.clinic.holding import HeldClinic, look
from safetomove.services.clinic.make_up import Booked, Offer
from safetomove.services.clinic.refusals import NoSuchGroup


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """A session missed: where it is made up, or where it runs next."""

    number: int
    booked: Booked | None
    next: Offer | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MyCourse:
    """One course of the person's. `came` are session numbers; `link` opens their calendar."""

    clinic: str
    reading_hours: str
    member: UUID
    group: Group
    waiting: bool
    syllabus: Syllabus
    sessions: tuple[Session, ...]
    came: tuple[int, ...] = ()
    missed: tuple[Missed, ...] = ()
    link: str = ""

    def handouts(self, now: datetime) -> tuple[tuple[int, Handout], ...]:
        """Return the handouts of all sessions that have begun, theirs or not, newest first."""
        begun = {each.number for each in self.sessions if each.meeting.utc <= now}
        numbers = sorted((number for number in begun if number is not None), reverse=True)
        return tuple((number, self.syllabus.session(number).handout) for number in numbers)


def courses(*, person: UUID, now: datetime) -> tuple[MyCourse, ...]:
    """Return the courses that a person has a place in, or waits for, newest first."""
    rows = EnrolmentRow.objects.filter(
        member__person_id=person, member__left_at=None, state__in=(State.ENROLLED, State.WAITING)
    )
    rows = rows.select_related("group").order_by("-at", "-pk")
    return tuple(_course(row, now) for row in rows)


def handout(*, person: UUID, group: UUID, number: int, now: datetime) -> Handout:
    """Return the handout of a session that has begun, of a course the person is on."""
    for each in courses(person=person, now=now):
        if each.group.id == group and not each.waiting:
            for at, found in each.handouts(now):
                if at == number:
                    return found
    raise NoSuchGroup("there is no such handout yet")


def _course(row: EnrolmentRow, now: datetime) -> MyCourse:
    held = look(row.group.clinic_id)
    group = opened(held, row.group)
    meetings = sessions(group)
    about = group.about
    course = MyCourse(
        clinic=held.name,
        reading_hours=held.reading_hours,
        member=row.member_id,
        group=group,
        waiting=row.state == State.WAITING,
        syllabus=syllabuses.at_version(held, about.syllabus, about.syllabus_version),
        sessions=meetings,
    )
    return course if course.waiting else _with_marks(held, row, course, now)


def _with_marks(held: HeldClinic, row: EnrolmentRow, course: MyCourse, now: datetime) -> MyCourse:
    standing = register.of_group(held, course.group, course.sessions).standing(str(row.member_id))
    begun = {each.number for each in course.sessions if each.meeting.utc <= now}
    missed = tuple(_missed(held, row, course, [n for n in standing.missed if n in begun], now))
    link = str(open_about(held, row).get("link") or "")
    return replace(course, came=standing.came, missed=missed, link=link)


def _missed(
    held: HeldClinic, row: EnrolmentRow, course: MyCourse, numbers: list[int], now: datetime
) -> Iterator[Missed]:
    kept = {each.missed: each for each in make_up.booked_for(held, row.member_id)}
    ids = {each.number: each.id for each in course.sessions if each.number is not None}
    for number in numbers:
        booked = kept.get(ids[number])
        found = () if booked else make_up.offers(held, group=course.group, number=number, now=now)
        yield Missed(number=number, booked=booked, next=found[0] if found else None)
