"""Never more people than places, the list in its order, and a register that forgets nothing."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from safetomove.core.course import Attendance, Content
from safetomove.records.models import (
    AttendanceHistory,
    AttendanceRow,
    EnrolmentRow,
    MemberRow,
    SessionRow,
)
from safetomove.services.clinic import enrolment, group_dates, groups, make_up, members, register
from safetomove.services.clinic.enrolment import State
from safetomove.services.clinic.groups import Session
from safetomove.services.clinic.make_up import coming, offers
from safetomove.services.clinic.refusals import BadClinic, NoPlace, NoSuchMember
from safetomove.services.clinic.staff import Desk, Role
from tests.clinics import NOW, a_clinic, a_member, a_worker
from tests.courses import FIRST_DAY, a_group

RACING, PLACES = 200, 12
AT_ONCE = 40  # connections; PostgreSQL allows a hundred in all


@pytest.fixture
def at(db: None) -> Desk:
    return a_worker(a_clinic(), Role.PHYSIOTHERAPIST).at


def on_paper(at: Desk, name: str) -> UUID:
    return a_member(at, name, joined=False)


def states(group: UUID) -> list[str]:
    rows = EnrolmentRow.objects.filter(group_id=group).order_by("at", "pk")
    return list(rows.values_list("state", flat=True))


def sessions(at: Desk, group: UUID) -> tuple[Session, ...]:
    return groups.sessions(groups.group(at.held, group))


@pytest.mark.django_db(transaction=True)
def test_two_hundred_people_racing_for_twelve_places_get_exactly_twelve() -> None:
    at = a_worker(a_clinic(), Role.PHYSIOTHERAPIST).at
    group = a_group(at, places=PLACES)
    people = [on_paper(at, f"Person {number}") for number in range(RACING)]

    def one(member: UUID) -> State:
        try:
            return enrolment.enrol(at, group=group, member=member, now=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        told = list(pool.map(one, people))
    assert told.count(State.ENROLLED) == states(group).count("enrolled") == PLACES
    assert told.count(State.WAITING) == states(group).count("waiting") == RACING - PLACES


@pytest.mark.django_db(transaction=True)
def test_one_place_that_comes_free_goes_to_one_person_however_many_leave_at_once() -> None:
    at = a_worker(a_clinic(), Role.PHYSIOTHERAPIST).at
    group = a_group(at, places=6)
    people = [on_paper(at, f"Person {number}") for number in range(20)]
    for member in people:
        enrolment.enrol(at, group=group, member=member, now=NOW)

    def one(member: UUID) -> UUID | None:
        try:
            return enrolment.withdraw(at, group=group, member=member, reason="", now=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        moved = list(pool.map(one, people[:6]))
    assert sorted(map(str, moved)) == sorted(map(str, people[6:12]))
    assert states(group).count("enrolled") == 6


def test_enrolling_twice_is_one_place(at: Desk) -> None:
    group, member = a_group(at), on_paper(at, "Amina")
    for _ in range(2):
        assert enrolment.enrol(at, group=group, member=member, now=NOW) is State.ENROLLED
    assert states(group) == ["enrolled"]


def test_a_free_place_goes_to_whoever_waited_longest_and_says_that_they_must_be_told(
    at: Desk,
) -> None:
    group = a_group(at, places=1)
    first, second, third = (on_paper(at, name) for name in ("Zoe", "Adam", "Mia"))
    for later, member in enumerate((first, second, third)):
        enrolment.enrol(at, group=group, member=member, now=NOW + timedelta(minutes=later))
    moved = enrolment.withdraw(at, group=group, member=first, reason="Moved away", now=NOW)
    assert moved == second
    found = {each.member.id: each for each in enrolment.of_group(at.held, group)}
    assert (found[first].state, found[first].reason) == (State.LEFT, "Moved away")
    assert (found[second].state, found[second].moved_up) == (State.ENROLLED, True)
    assert found[third].state is State.WAITING
    enrolment.told(at, group=group, member=second)
    again = {each.member.id: each for each in enrolment.of_group(at.held, group)}
    assert not again[second].moved_up
    assert again[second].at == found[second].at


def test_once_a_group_has_met_a_free_place_is_given_by_hand(at: Desk) -> None:
    group = a_group(at, places=1)
    first, second = on_paper(at, "First"), on_paper(at, "Second")
    for member in (first, second):
        enrolment.enrol(at, group=group, member=member, now=NOW)
    with pytest.raises(NoPlace):
        enrolment.give_place(at, group=group, member=second, now=NOW)
    later = sessions(at, group)[0].meeting.utc + timedelta(hours=2)
    assert enrolment.withdraw(at, group=group, member=first, reason="", now=later) is None
    # and nobody who comes after them overtakes
    third = on_paper(at, "Third")
    assert enrolment.enrol(at, group=group, member=third, now=later) is State.WAITING
    enrolment.give_place(at, group=group, member=second, now=later)
    assert states(group).count("enrolled") == 1


def test_more_places_are_filled_in_order(at: Desk) -> None:
    group = a_group(at, places=1)
    people = [on_paper(at, name) for name in ("A", "B", "C", "D")]
    for later, member in enumerate(people):
        enrolment.enrol(at, group=group, member=member, now=NOW + timedelta(minutes=later))
    groups.change_about(at, group=group, name="W", venue="Hall", places=3, version=1, now=NOW)
    enrolment.fill_places(at, group=group, now=NOW)
    found = {each.member.id: each.state for each in enrolment.of_group(at.held, group)}
    assert [found[member] for member in people] == [*[State.ENROLLED] * 3, State.WAITING]


def test_who_leaves_the_waiting_list_never_counts_as_having_had_a_place(at: Desk) -> None:
    group = a_group(at, places=1)
    first, second = on_paper(at, "First"), on_paper(at, "Second")
    for member in (first, second):
        enrolment.enrol(at, group=group, member=member, now=NOW)
    enrolment.withdraw(at, group=group, member=second, reason="", now=NOW)
    found = groups.group(at.held, group)
    assert register.of_group(at.held, found, groups.sessions(found)).people == (str(first),)


def test_nobody_of_another_clinic_or_discharged_gets_a_place(at: Desk) -> None:
    other = a_worker(a_clinic("Other"), Role.PHYSIOTHERAPIST).at
    group, member = a_group(at), on_paper(at, "Amina")
    with pytest.raises(NoSuchMember):
        enrolment.enrol(at, group=group, member=on_paper(other, "Brian"), now=NOW)
    members.discharge(at, member=member, now=NOW)
    with pytest.raises(BadClinic):
        enrolment.enrol(at, group=group, member=member, now=NOW)
    groups.end(at, group=group, now=NOW)
    with pytest.raises(BadClinic):
        enrolment.enrol(at, group=group, member=on_paper(at, "Cai"), now=NOW)


# --- The register -----------------------------------------------------------------------


@pytest.fixture
def group(at: Desk) -> UUID:
    return a_group(at)


@pytest.fixture
def amina(at: Desk, group: UUID) -> UUID:
    member = on_paper(at, "Amina")
    enrolment.enrol(at, group=group, member=member, now=NOW)
    return member


def test_a_mark_can_be_changed_and_taken_away_and_what_it_said_is_kept(
    at: Desk, group: UUID, amina: UUID
) -> None:
    session = sessions(at, group)[0]

    def put(state: Attendance | None, reason: str = "") -> None:
        register.mark(at, session=session.id, member=amina, state=state, reason=reason, now=NOW)

    put(Attendance.PRESENT)
    put(Attendance.PRESENT)  # a second tap
    put(Attendance.ABSENT, "her sister’s wedding")
    (line,) = register.lines(at.held, session)
    assert line.mark is not None
    assert (line.mark.state, line.mark.reason) == (Attendance.ABSENT, "her sister’s wedding")
    assert line.mark.by == at.staff.actor
    put(None)
    put(Attendance.PRESENT)
    said = [each.state for each in register.history(at.held, session.id, amina)]
    assert said == [Attendance.PRESENT, Attendance.ABSENT]
    assert AttendanceHistory.objects.count() == 2
    assert b"wedding" not in b"".join(
        bytes(each) for each in AttendanceHistory.objects.values_list("sealed", flat=True)
    )


def test_only_who_is_expected_is_marked(at: Desk, group: UUID) -> None:
    session = sessions(at, group)[0].id
    with pytest.raises(NoPlace):
        register.mark(
            at, session=session, member=on_paper(at, "X"), state=Attendance.PRESENT, now=NOW
        )
    assert not AttendanceRow.objects.exists()


def test_a_register_with_blanks_stays_open_unless_they_are_left_on_purpose(
    at: Desk, group: UUID, amina: UUID
) -> None:
    session = sessions(at, group)[0].id
    assert register.close(at, session=session, now=NOW) == 1
    assert SessionRow.objects.get(pk=session).closed_at is None
    assert register.close(at, session=session, now=NOW, anyway=True) == 1
    assert SessionRow.objects.get(pk=session).closed_at == NOW
    assert not AttendanceRow.objects.exists()  # not noted is not absent
    register.reopen(at, session=session)
    assert SessionRow.objects.get(pk=session).closed_at is None


def test_a_mark_makes_where_the_person_stands_on_the_list_old(
    at: Desk, group: UUID, amina: UUID
) -> None:
    MemberRow.objects.filter(pk=amina).update(standing_at=NOW)
    session = sessions(at, group)[0].id
    register.mark(at, session=session, member=amina, state=Attendance.ABSENT, now=NOW)
    assert MemberRow.objects.get(pk=amina).standing_at is None


# --- Making up --------------------------------------------------------------------------


@pytest.fixture
def later_group(at: Desk) -> UUID:
    return a_group(at, "Spring", places=2, first_day=FIRST_DAY + timedelta(days=42))


def missed(at: Desk, group: UUID, amina: UUID) -> Session:
    session = sessions(at, group)[0]
    register.mark(at, session=session.id, member=amina, state=Attendance.ABSENT, now=NOW)
    return session


def test_coming_where_the_same_session_runs_next_makes_it_up(
    at: Desk, group: UUID, amina: UUID, later_group: UUID
) -> None:
    lost, found = missed(at, group, amina), groups.group(at.held, group)
    now = lost.meeting.utc + timedelta(hours=2)
    whole = register.of_group(at.held, found, sessions(at, group))
    assert make_up.needed(whole, sessions(at, group), now=now) == {amina: (1,)}
    (offer,) = offers(at.held, group=found, number=1, now=now)
    assert (offer.group.id, offer.session.number, offer.places) == (later_group, 1, 2)
    for _ in range(2):
        make_up.book(at, missed=lost.id, member=amina, into=offer.session.id, now=now)
    (line,) = register.lines(at.held, offer.session)
    assert line.visits
    register.mark(at, session=offer.session.id, member=amina, state=Attendance.PRESENT, now=now)
    whole = register.of_group(at.held, found, sessions(at, group))
    assert whole.marks[str(amina), 1] is Attendance.MADE_UP
    assert make_up.needed(whole, sessions(at, group), now=now) == {}
    with pytest.raises(BadClinic):
        make_up.cancel(at, missed=lost.id, member=amina)


def test_who_misses_the_make_up_too_still_needs_one(
    at: Desk, group: UUID, amina: UUID, later_group: UUID
) -> None:
    lost = missed(at, group, amina)
    into = sessions(at, later_group)[0].id
    make_up.book(at, missed=lost.id, member=amina, into=into, now=NOW)
    for state in (Attendance.PRESENT, Attendance.ABSENT):
        register.mark(at, session=into, member=amina, state=state, now=NOW)
    found = groups.group(at.held, group)
    whole = register.of_group(at.held, found, sessions(at, group))
    assert whole.marks[str(amina), 1] is Attendance.ABSENT


def test_a_visitor_takes_a_place_that_day_and_no_more_visit_than_there_is_room(
    at: Desk, group: UUID, later_group: UUID
) -> None:
    people = [on_paper(at, name) for name in ("A", "B", "C")]
    session, into = sessions(at, group)[0], sessions(at, later_group)[0].id
    for member in people:
        enrolment.enrol(at, group=group, member=member, now=NOW)
        register.mark(at, session=session.id, member=member, state=Attendance.ABSENT, now=NOW)
    for member in people[:2]:
        make_up.book(at, missed=session.id, member=member, into=into, now=NOW)
    with pytest.raises(NoPlace):
        make_up.book(at, missed=session.id, member=people[2], into=into, now=NOW)
    assert {each.places for each in coming(at.held, now=NOW) if each.session.id == into} == {0}
    make_up.cancel(at, missed=session.id, member=people[0])
    make_up.book(at, missed=session.id, member=people[2], into=into, now=NOW)


@pytest.mark.parametrize("what", [Content.LEFT_OUT, Content.PASSED_ON])
def test_a_booking_falls_away_with_the_session_or_once_it_holds_something_else(
    at: Desk, group: UUID, amina: UUID, later_group: UUID, what: Content
) -> None:
    lost, into = missed(at, group, amina), sessions(at, later_group)[1]
    second = sessions(at, group)[1]
    register.mark(at, session=second.id, member=amina, state=Attendance.ABSENT, now=NOW)
    make_up.book(at, missed=second.id, member=amina, into=into.id, now=NOW)
    first = sessions(at, later_group)[0].id
    make_up.book(at, missed=lost.id, member=amina, into=first, now=NOW)
    group_dates.cancel(at, session=first, content=what, now=NOW)
    kept = {each.missed for each in make_up.booked_for(at.held, amina)}
    assert kept == ({second.id} if what is Content.LEFT_OUT else set())
    if what is Content.PASSED_ON:  # the second session now holds the first's content
        assert register.lines(at.held, sessions(at, later_group)[1]) == ()
        with pytest.raises(NoPlace):
            register.mark(at, session=into.id, member=amina, state=Attendance.PRESENT, now=NOW)


def test_only_a_missed_session_is_made_up_and_only_by_the_same_content(
    at: Desk, group: UUID, amina: UUID, later_group: UUID
) -> None:
    into = sessions(at, later_group)
    first = sessions(at, group)[0]
    with pytest.raises(BadClinic, match="missed"):
        make_up.book(at, missed=first.id, member=amina, into=into[0].id, now=NOW)
    missed(at, group, amina)
    with pytest.raises(BadClinic, match="something else"):
        make_up.book(at, missed=first.id, member=amina, into=into[1].id, now=NOW)


def test_a_one_to_one_session_makes_it_up_as_one_to_one(at: Desk, group: UUID, amina: UUID) -> None:
    lost = missed(at, group, amina)
    starts = lost.meeting.starts.replace(tzinfo=None) + timedelta(days=7)
    wanted = {"missed": lost.id, "member": amina, "starts": starts, "venue": "Room 2"}
    into = make_up.book_alone(at, **wanted, client_key="k", now=NOW)
    assert make_up.book_alone(at, **wanted, client_key="k", now=NOW) == into
    register.mark(at, session=into, member=amina, state=Attendance.PRESENT, now=NOW)
    found = groups.group(at.held, group)
    whole = register.of_group(at.held, found, sessions(at, group))
    assert whole.marks[str(amina), 1] is Attendance.ONE_TO_ONE


def test_looking_for_a_make_up_costs_the_same_with_many_groups(
    at: Desk, group: UUID, amina: UUID, later_group: UUID
) -> None:
    found = groups.group(at.held, group)

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            offers(at.held, group=found, number=1, now=NOW)
        return len(asked)

    few = cost()
    for number in range(5):
        a_group(at, f"G{number}")
    assert cost() == few == 3
