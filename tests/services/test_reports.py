"""A course report counts everybody who had a place, and nobody's measures unasked."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from safetomove.core.course import Attendance
from safetomove.core.measures import Answers
from safetomove.records.models import AuditRow
from safetomove.services.clinic import enrolment, groups, members, paper_measures, register
from safetomove.services.clinic import reports as service
from safetomove.services.clinic.sharing import Item, share
from safetomove.services.clinic.staff import Desk, Role
from safetomove.services.measures import Occasion
from tests.clinics import NOW, a_clinic, a_member, a_worker
from tests.courses import a_group

pytestmark = pytest.mark.django_db
AFTER_THE_COURSE = datetime(2027, 1, 20, 10, tzinfo=UTC)
STAND = "sit-to-stand"


@pytest.fixture
def at() -> Desk:
    return a_worker(a_clinic(), Role.PHYSIOTHERAPIST).at


def typed_in(at: Desk, member: UUID, before: int, after: int) -> None:
    for count, label, day in (
        (before, Occasion.FIRST, date(2026, 11, 17)),
        (after, Occasion.LAST, date(2027, 1, 12)),
    ):
        paper_measures.record(
            at,
            members.member(at.held, member),
            instrument=STAND,
            answers=Answers(values={"stands": count}),
            label=label,
            day=day,
            client_key=f"{member}-{label}",
            now=AFTER_THE_COURSE,
        )


def reported(at: Desk, *ids: UUID, leaves: bool = False) -> service.Reported:
    return service.report(at, ids, leaves=leaves, now=AFTER_THE_COURSE)


def test_it_joins_the_register_with_measures_from_the_person_and_from_paper(at: Desk) -> None:
    group = a_group(at)
    sharing, paper, silent = (
        a_member(at, "Amina", Item.MEASURES),
        a_member(at, "Brian", joined=False),
        a_member(at, "Cara"),
    )
    for member in (sharing, paper, silent):
        enrolment.enrol(at, group=group, member=member, now=NOW)
    for member in (sharing, paper):
        typed_in(at, member, 8, 11)
    found = reported(at, group).report
    stood = next(each for each in found.measures if each.scale.id == f"{STAND} stands")
    assert (found.enrolled, found.started) == (3, 0)
    assert (stood.both, stood.neither) == (2, 1)
    assert (stood.before, stood.after) == (8, 11)


def test_who_stops_sharing_counts_as_missing_and_who_is_discharged_still_counts(at: Desk) -> None:
    group = a_group(at)
    stops, goes = a_member(at, "Amina", Item.MEASURES), a_member(at, "Brian", Item.MEASURES)
    for member in (stops, goes):
        enrolment.enrol(at, group=group, member=member, now=NOW)
        typed_in(at, member, 8, 11)
    person = members.member(at.held, stops).person
    assert person is not None
    share(person=person, member=stops, items=frozenset(), now=NOW)
    members.discharge(at, member=goes, now=NOW)
    stood = reported(at, group).report.measures[0]
    assert (stood.both, stood.neither) == (1, 1)
    seen = AuditRow.objects.filter(verb="seen_measures").values_list("person", flat=True)
    assert person not in seen


def test_a_report_that_leaves_shows_no_number_under_eight(at: Desk) -> None:
    group = a_group(at)
    for n in range(3):
        enrolment.enrol(at, group=group, member=a_member(at, f"P{n}", joined=False), now=NOW)
    found = reported(at, group, leaves=True).report
    assert found.enrolled is None
    assert all(each.came is None for each in found.sessions)


def test_more_people_take_no_more_queries(at: Desk) -> None:
    group, counts = a_group(at), []
    for more in (2, 8):
        for n in range(more):
            member = a_member(at, f"P{n}", Item.MEASURES)
            enrolment.enrol(at, group=group, member=member, now=NOW)
            typed_in(at, member, 8, 11)
        with CaptureQueriesContext(connection) as seen:
            reported(at, group)
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_coming_counts_by_the_register(at: Desk) -> None:
    group = a_group(at)
    member = a_member(at, "Amina", joined=False)
    enrolment.enrol(at, group=group, member=member, now=NOW)
    for session in groups.sessions(groups.group(at.held, group))[:9]:
        register.mark(
            at, session=session.id, member=member, state=Attendance.PRESENT, now=AFTER_THE_COURSE
        )
    found = reported(at, group).report
    assert (found.started, found.completed, found.stopped) == (1, 1, 0)
