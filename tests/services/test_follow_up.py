"""Asking again at 3, 6 and 12 months: planned by itself, asked by staff, seen if shared."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from safetomove.core.follow_up import State
from safetomove.core.measures import Answers
from safetomove.records.models import FollowUpRow
from safetomove.services import measures
from safetomove.services.clinic import (
    enrolment,
    follow_up,
    follow_up_dates,
    group_dates,
    groups,
    members,
    sharing,
    summary,
)
from safetomove.services.clinic.follow_up import BadFollowUp, Which
from safetomove.services.clinic.groups import GroupKind
from safetomove.services.clinic.refusals import NoSuchFollowUp
from safetomove.services.clinic.sharing import Item
from safetomove.services.clinic.staff import Desk, Role
from safetomove.services.holding import look
from safetomove.services.measures import Occasion
from tests.clinics import NOW, a_clinic, a_member, a_worker
from tests.courses import LONDON, a_group

pytestmark = pytest.mark.django_db

AFTER = datetime(2027, 1, 6, 9, tzinfo=UTC)
SPRING = datetime(2027, 4, 6, 9, tzinfo=UTC)


@pytest.fixture
def at() -> Desk:
    return a_worker(a_clinic(), Role.PHYSIOTHERAPIST).at


@pytest.fixture
def amina(at: Desk) -> UUID:
    return a_member(at)


def on_a_course(at: Desk, member: UUID, **about: object) -> UUID:
    group = a_group(at, **about)  # type: ignore[arg-type]
    enrolment.enrol(at, group=group, member=member, now=NOW)
    return group


def last_day(at: Desk, group: UUID) -> date:
    held = [each for each in groups.sessions(groups.group(at.held, group)) if each.meeting.held]
    return held[-1].meeting.starts.date()


def planned(at: Desk, member: UUID) -> list[tuple[int, date, State]]:
    return [(each.months, each.due_on, each.state) for each in follow_up.of_member(at.held, member)]


def first(at: Desk, member: UUID, now: datetime = SPRING) -> int:
    follow_up_dates.plan(at.held, now=now)
    return follow_up.of_member(at.held, member)[0].id


def test_a_course_that_ended_plans_three_dates_from_its_last_session(at: Desk, amina: UUID) -> None:
    group = on_a_course(at, amina)
    last = last_day(at, group)
    assert follow_up_dates.plan(at.held, now=NOW) == 0  # it has not ended
    ends = datetime(last.year, last.month, last.day, 20, tzinfo=UTC)
    assert follow_up_dates.plan(at.held, now=ends) == 3
    assert follow_up_dates.plan(at.held, now=ends) == 0
    assert [day.day for _, day, _ in planned(at, amina)] == [last.day] * 3
    assert [months for months, _, _ in planned(at, amina)] == [3, 6, 12]


def test_the_last_session_counts_as_it_was_moved_and_on_the_local_day(
    at: Desk, amina: UUID
) -> None:
    group = on_a_course(at, amina)
    last = groups.sessions(groups.group(at.held, group))[-1]
    late = datetime(2027, 6, 15, 23, 30, tzinfo=LONDON)  # in UTC it is 22:30
    group_dates.move(at, session=last.id, to=late, minutes=20, now=NOW)
    assert follow_up_dates.plan(at.held, now=datetime(2027, 6, 16, 9, tzinfo=UTC)) == 3
    assert planned(at, amina)[0][1] == date(2027, 9, 15)


def test_a_discharge_without_a_course_plans_them_too(at: Desk, amina: UUID) -> None:
    members.discharge(at, member=amina, now=NOW)
    assert follow_up_dates.plan(at.held, now=NOW) == 3
    assert planned(at, amina)[0][:2] == (3, date(2027, 2, 17))
    assert follow_up.of_member(at.held, amina)[0].group == ""


def test_who_left_waits_or_gave_the_place_up_is_not_planned_for(at: Desk) -> None:
    left, withdrew, waits = (a_member(at, name) for name in ("Left", "Withdrew", "Waits"))
    group = a_group(at, places=2)
    for each in (left, withdrew):
        enrolment.enrol(at, group=group, member=each, now=NOW)
    enrolment.withdraw(at, group=group, member=withdrew, reason="moved away", now=AFTER)
    enrolment.enrol(at, group=group, member=waits, now=NOW)
    enrolment.withdraw(at, group=group, member=waits, reason="", now=AFTER)
    person = members.member(at.held, left).person
    assert person is not None
    sharing.leave(person=person, member=left, now=NOW)
    assert follow_up_dates.plan(at.held, now=SPRING) == 0


def test_a_later_course_takes_the_place_of_what_was_planned(at: Desk, amina: UUID) -> None:
    on_a_course(at, amina)
    follow_up_dates.plan(at.held, now=AFTER + timedelta(days=30))
    later = on_a_course(at, amina, name="Spring", first_day=date(2027, 3, 2))
    follow_up_dates.plan(at.held, now=datetime(2027, 7, 1, tzinfo=UTC))
    found = follow_up.of_member(at.held, amina)
    assert {(each.group, each.state) for each in found} == {
        ("Winter", State.DROPPED),
        ("Spring", State.PLANNED),
    }
    assert all(each.gave_way is (each.group == "Winter") for each in found)
    assert FollowUpRow.objects.filter(group_id=later).count() == 3


def test_a_single_booster_plans_nothing(at: Desk, amina: UUID) -> None:
    group = on_a_course(at, amina, kind=GroupKind.SINGLE)
    for each in groups.sessions(groups.group(at.held, group))[1:]:
        group_dates.cancel(at, session=each.id, content=group_dates.Content.LEFT_OUT, now=NOW)
    assert follow_up_dates.plan(at.held, now=SPRING) == 0


def test_due_is_what_has_come_by_the_clinics_own_day(at: Desk, amina: UUID) -> None:
    members.discharge(at, member=amina, now=NOW)
    follow_up_dates.plan(at.held, now=NOW)
    eve = datetime(2027, 2, 16, 23, 30, tzinfo=UTC)
    assert follow_up.due(at.held, now=eve) == 0
    assert follow_up.due(at.held, now=eve + timedelta(hours=1)) == 1
    coming = follow_up.listed(at.held, now=eve, which=Which.COMING)
    assert [each.months for each in coming.found] == [3, 6, 12]


def test_asking_reaches_the_person_and_the_answers_only_who_they_share_with(
    at: Desk, amina: UUID
) -> None:
    on_a_course(at, amina)
    id = first(at, amina)
    follow_up.ask(at, id=id, ids=["own-numbers"], now=SPRING)
    person = members.member(at.held, amina).person
    assert person is not None
    asked = measures.asked_of(look(person))
    assert [(each.instrument, each.label, each.due) for each in asked] == [
        ("own-numbers", Occasion.OTHER, date(2027, 4, 20))
    ]
    answers = Answers(values={"pain": 3})
    measures.record(
        person=person, instrument="own-numbers", answers=answers, client_key="k", now=SPRING
    )
    one = members.member(at.held, amina)
    assert summary.summary(at, one, now=SPRING).measures is None
    sharing.share(person=person, member=amina, items=frozenset({Item.MEASURES}), now=SPRING)
    shared = summary.summary(at, members.member(at.held, amina), now=SPRING).measures
    assert shared is not None
    assert len(shared) == 1


def test_a_discharged_person_is_asked_and_still_shows_the_clinic_nothing(
    at: Desk,
) -> None:
    member = a_member(at, "Gone Home", *Item)
    members.discharge(at, member=member, now=NOW)
    id = first(at, member, now=NOW)
    follow_up.ask(at, id=id, ids=["own-numbers"], now=SPRING)
    assert follow_up.one(at.held, id).state is State.ASKED
    assert members.member(at.held, member).shares == frozenset()


@pytest.mark.parametrize("joined", [True, False])
def test_who_left_or_has_no_record_is_not_asked_here(at: Desk, joined: bool) -> None:
    member = a_member(at, "Somebody", joined=joined)
    on_a_course(at, member)
    id = first(at, member)
    if joined:
        person = members.member(at.held, member).person
        assert person is not None
        sharing.leave(person=person, member=member, now=SPRING)
    with pytest.raises(BadFollowUp):
        follow_up.ask(at, id=id, ids=["own-numbers"], now=SPRING)
    assert follow_up.one(at.held, id).state is State.PLANNED


def test_one_can_be_moved_dropped_or_done_with_its_reason_kept(at: Desk, amina: UUID) -> None:
    on_a_course(at, amina)
    id = first(at, amina)
    was = follow_up.one(at.held, id).due_on
    follow_up.move(at, id=id, to=date(2027, 5, 1), reason="on holiday", now=SPRING)
    moved = follow_up.one(at.held, id)
    assert (moved.due_on, moved.moved_from, moved.reason) == (date(2027, 5, 1), was, "on holiday")
    follow_up.drop(at, id=id, reason="has had an operation", now=SPRING)
    dropped = follow_up.one(at.held, id)
    assert (dropped.state, dropped.reason) == (State.DROPPED, "has had an operation")
    assert not dropped.gave_way
    row = FollowUpRow.objects.get(pk=id)
    assert b"operation" not in bytes(row.sealed)
    follow_up.done(at, id=id, now=SPRING)  # a page left open changes nothing
    assert follow_up.one(at.held, id).state is State.DROPPED
    with pytest.raises(BadFollowUp):
        follow_up.move(at, id=id, to=date(2027, 6, 1), reason="x", now=SPRING)


@pytest.mark.parametrize(
    ("to", "reason"),
    [
        (date(2027, 4, 5), "yesterday"),
        (date(2030, 1, 1), "too far"),
        (date(2027, 5, 1), " "),
        (date(2027, 5, 1), "x" * 501),
        (date(2027, 5, 1), "a\x00b"),
    ],
)
def test_a_move_that_can_not_be_is_refused(at: Desk, amina: UUID, to: date, reason: str) -> None:
    on_a_course(at, amina)
    id = first(at, amina)
    with pytest.raises(BadFollowUp):
        follow_up.move(at, id=id, to=to, reason=reason, now=SPRING)
    assert follow_up.one(at.held, id).moved_from is None


def test_another_clinic_has_no_such_follow_up(at: Desk, amina: UUID) -> None:
    on_a_course(at, amina)
    id = first(at, amina)
    other = a_worker(a_clinic("Elsewhere"), Role.PHYSIOTHERAPIST).at
    for deed in (follow_up.one, lambda held, id: follow_up.done(other, id=id, now=SPRING)):
        with pytest.raises(NoSuchFollowUp):
            deed(other.held, id)


def test_a_report_finds_what_was_taken_near_each_date(at: Desk) -> None:
    member = a_member(at, "Amina", Item.MEASURES)
    group = on_a_course(at, member)
    follow_up_dates.plan(at.held, now=SPRING)
    person = members.member(at.held, member).person
    assert person is not None
    for key, pain, now in (("a", 6, NOW), ("b", 3, SPRING)):
        measures.record(
            person=person,
            instrument="own-numbers",
            answers=Answers(values={"pain": pain}),
            client_key=key,
            now=now,
        )
    taken = {str(member): measures.measures_of(person)}
    found = follow_up.takings(at.held, group, taken)
    assert {months: [*by] for months, by in found.items()} == {3: [str(member)]}
    assert found[3][str(member)][0].answers.values == {"pain": 3}


def test_planning_and_listing_cost_the_same_for_many_courses(
    at: Desk, django_assert_num_queries
) -> None:  # type: ignore[no-untyped-def]
    for number in range(2):
        on_a_course(at, a_member(at, f"Person {number}", joined=False), name=f"G{number}")
    follow_up_dates.plan(at.held, now=SPRING)
    for more in (0, 6):
        for number in range(more):
            on_a_course(at, a_member(at, f"More {number}", joined=False), name=f"M{number}")
        follow_up_dates.plan(at.held, now=SPRING)
        with django_assert_num_queries(2):
            follow_up_dates.plan(at.held, now=SPRING)
        with django_assert_num_queries(2):
            follow_up.listed(at.held, now=SPRING)
