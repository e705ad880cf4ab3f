"""A group to test with: twelve Tuesdays and Fridays at a clinic."""

from datetime import date, datetime, time
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from safetomove.content import course
from safetomove.core.course import Timetable
from safetomove.services.clinic import groups, syllabuses
from safetomove.services.clinic.groups import GroupKind
from safetomove.services.clinic.staff import Desk
from tests.clinics import NOW

LONDON = ZoneInfo("Europe/London")
FIRST_DAY = date(2026, 11, 24)  # a Tuesday, a week after tests.clinics.NOW
TUESDAY, FRIDAY = 1, 4


def a_group(
    at: Desk,
    name: str = "Winter",
    *,
    places: int = 12,
    first_day: date = FIRST_DAY,
    kind: GroupKind = GroupKind.GROUP,
    starts: time = time(10, 0),
    syllabus: str = course.ID,
    now: datetime = NOW,
) -> UUID:
    """Begin a group."""
    taught = syllabuses.newest(at.held, syllabus)
    timetable = Timetable(
        first_day=first_day,
        weekdays=frozenset({TUESDAY, FRIDAY}),
        starts=starts,
        zone=LONDON,
        count=len(taught.sessions),
    )
    return groups.create(
        at,
        kind=kind,
        name=name,
        venue="Village hall, Mill Lane",
        places=places,
        timetable=groups.timetable_with_days_off(at.held, timetable),
        syllabus=taught,
        client_key=uuid4().hex,
        now=now,
    )
