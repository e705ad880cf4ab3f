"""A group meets when it says, in people's calendars too, whatever is changed and how often."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from icalendar import Calendar

from safetomove.content import course
from safetomove.core.course import BadDates, BadSyllabus, Content, Later
from safetomove.records.models import GroupRow, SessionRow
from safetomove.services.clinic import (
    calendars,
    days_off,
    enrolment,
    group_dates,
    groups,
    my_courses,
    sharing,
    syllabuses,
)
from safetomove.services.clinic.days_off import DaysOff
from safetomove.services.clinic.enrolment import State
from safetomove.services.clinic.groups import GroupKind
from safetomove.services.clinic.once import once
from safetomove.services.clinic.refusals import (
    BadClinic,
    NoPlace,
    NoSuchGroup,
    NoSuchSession,
)
from safetomove.services.clinic.staff import Desk, Role
from safetomove.services.erase import erase_person
from safetomove.services.refusals import KeyReused, WrittenMeanwhile
from tests.clinics import NOW, a_clinic, a_member, a_worker, join
from tests.courses import a_group

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> Desk:
    return a_worker(a_clinic(), Role.PHYSIOTHERAPIST).at


def events(file: bytes) -> dict[str, object]:
    found = Calendar.from_ical(file).walk("VEVENT")
    return {str(each["uid"]): each for each in found}


def test_a_group_meets_at_the_same_time_on_the_clock_on_both_sides_of_its_change(at: Desk) -> None:
    made = groups.group(at.held, a_group(at, first_day=date(2027, 3, 2)))
    instants = SessionRow.objects.filter(group_id=made.id).values_list("starts_at", flat=True)
    hours = {each.hour for each in instants}
    assert hours == {9, 10}  # 10 o'clock in London: winter and summer
    assert len(instants) == 12
    assert {each.meeting.starts.hour for each in groups.sessions(made)} == {10}


def test_days_off_and_bank_holidays_are_left_out(at: Desk) -> None:
    own = {date(2026, 12, 22): "Staff day", date(2026, 12, 29): "Closed"}
    days_off.put(at, DaysOff(own=own), now=NOW)
    made = groups.group(at.held, a_group(at))
    days = {each.starts.date() for each in made.about.schedule.held}
    assert not days & {*own, date(2026, 12, 25), date(2027, 1, 1)}
    assert days_off.read(at.held).own == own


def test_sending_a_new_group_twice_makes_one(at: Desk) -> None:
    made = groups.group(at.held, a_group(at))
    wanted = {
        "kind": GroupKind.GROUP, "name": "Spring", "venue": "Hall", "places": 8,
        "timetable": made.about.schedule.timetable, "syllabus": course.syllabus(),
    }  # fmt: skip
    first = groups.create(at, **wanted, client_key="a", now=NOW)
    assert groups.create(at, **wanted, client_key="a", now=NOW + timedelta(1)) == first
    with pytest.raises(KeyReused):
        groups.create(at, **wanted | {"places": 9}, client_key="a", now=NOW)
    assert GroupRow.objects.count() == 2


def test_a_key_belongs_to_one_clinic_only(at: Desk) -> None:
    other = a_worker(a_clinic("Other"), Role.PHYSIOTHERAPIST).at
    assert once(at, "k", {"a": 1}, lambda: {"said": "ours"}, now=NOW) == {"said": "ours"}
    assert once(other, "k", {"a": 2}, lambda: {"said": "theirs"}, now=NOW) == {"said": "theirs"}


@pytest.mark.parametrize(
    "wrong",
    [{"places": 0}, {"places": 31}, {"name": " "}, {"venue": ""}, {"venue": "a\x00b"}],
)
def test_what_no_group_can_be_is_refused_and_nothing_is_kept(at: Desk, wrong: dict) -> None:
    made = groups.group(at.held, a_group(at))
    about = {"name": "A", "venue": "B", "places": 8} | wrong
    with pytest.raises(BadClinic):
        groups.change_about(at, group=made.id, **about, version=1, now=NOW)
    assert groups.group(at.held, made.id) == made


def test_a_new_venue_reaches_every_calendar(at: Desk) -> None:
    made = groups.group(at.held, a_group(at))
    before = events(calendars.file_of(made))
    groups.change_about(
        at, group=made.id, name="Winter", venue="Library", places=12, version=1, now=NOW
    )
    after = events(calendars.file_of(groups.group(at.held, made.id)))
    assert set(before) == set(after)
    assert {str(each["location"]) for each in after.values()} == {"Library"}
    assert all(each["sequence"] == before[uid]["sequence"] + 1 for uid, each in after.items())
    with pytest.raises(WrittenMeanwhile):
        groups.change_about(
            at, group=made.id, name="Late", venue="Hall", places=12, version=1, now=NOW
        )


def test_places_never_go_below_the_people_who_have_one(at: Desk) -> None:
    group = a_group(at, places=2)
    for name in ("Amina", "Brian"):
        enrolment.enrol(at, group=group, member=a_member(at, name, joined=False), now=NOW)
    with pytest.raises(BadClinic, match="2 people"):
        groups.change_about(at, group=group, name="W", venue="Hall", places=1, version=1, now=NOW)


def test_moving_one_session_changes_its_row_and_its_event_alone(at: Desk) -> None:
    made = groups.group(at.held, a_group(at))
    third = groups.sessions(made)[2]
    to = third.meeting.starts.replace(tzinfo=None) + timedelta(hours=3)
    group_dates.move(at, session=third.id, to=to, minutes=60, now=NOW)
    now = groups.group(at.held, made.id)
    changes = [each.meeting.changes for each in groups.sessions(now)]
    assert changes == [0, 0, 1, *[0] * 9]
    row = SessionRow.objects.get(pk=third.id)
    assert (row.starts_at, row.changes) == (third.meeting.utc + timedelta(hours=3), 1)
    told = events(calendars.file_of(now)).values()
    assert sorted(each["sequence"] for each in told) == [*[0] * 11, 1]


def test_moving_a_session_may_push_those_after_it(at: Desk) -> None:
    made = groups.group(at.held, a_group(at))
    third = groups.sessions(made)[2]
    to = third.meeting.starts.replace(tzinfo=None) + timedelta(days=7)
    group_dates.move(at, session=third.id, to=to, minutes=60, later=Later.FOLLOW, now=NOW)
    after = groups.sessions(groups.group(at.held, made.id))
    assert [each.number for each in after] == list(range(1, 13))
    assert after[3].meeting.starts > after[2].meeting.starts
    before = made.about.schedule.meetings[0].starts.replace(tzinfo=None) - timedelta(1)
    with pytest.raises(BadDates):
        group_dates.move(at, session=third.id, to=before, minutes=60, now=NOW)


def test_what_a_called_off_session_held_may_pass_on_with_a_session_more(at: Desk) -> None:
    made = groups.group(at.held, a_group(at))
    second = groups.sessions(made)[1]
    group_dates.cancel(at, session=second.id, content=Content.PASSED_ON, now=NOW)
    after = groups.sessions(groups.group(at.held, made.id))
    assert [each.number for each in after] == [1, None, *range(2, 13)]
    assert SessionRow.objects.filter(group_id=made.id, cancelled=True).count() == 1


def test_one_to_one_sessions_are_booked_one_at_a_time_in_any_order(at: Desk) -> None:
    group = a_group(at, kind=GroupKind.SINGLE)
    assert groups.group(at.held, group).places == 1
    starts = datetime(2027, 4, 6, 9, 0)  # noqa: DTZ001
    wanted = {"group": group, "number": 3, "starts": starts, "client_key": "k", "now": NOW}
    session = group_dates.add(at, **wanted)
    assert group_dates.add(at, **wanted) == session
    _, found = group_dates.session(at.held, session)
    assert (found.number, found.meeting.utc) == (3, datetime(2027, 4, 6, 8, 0, tzinfo=UTC))
    group_dates.move(at, session=session, to=starts + timedelta(1), minutes=45, now=NOW)
    _, moved = group_dates.session(at.held, session)
    assert (moved.meeting.starts.day, moved.meeting.minutes) == (7, 45)
    with pytest.raises(BadClinic):
        group_dates.add(at, **wanted | {"number": 13, "client_key": "other"})


def test_another_clinics_groups_and_sessions_are_not_there(at: Desk) -> None:
    theirs = a_worker(a_clinic("Theirs"), Role.PHYSIOTHERAPIST).at
    group = a_group(theirs)
    session = groups.sessions(groups.group(theirs.held, group))[0].id
    with pytest.raises(NoSuchGroup):
        groups.group(at.held, group)
    with pytest.raises(NoSuchSession):
        group_dates.session(at.held, session)


def test_a_link_follows_the_group_until_it_is_closed_or_the_place_is_given_up(at: Desk) -> None:
    group, member = a_group(at), a_member(at, joined=False)
    person = join(at, member)
    with pytest.raises(NoPlace):
        calendars.open_link(person=person, group=group)
    enrolment.enrol(at, group=group, member=member, now=NOW)
    old = calendars.open_link(person=person, group=group)
    new = calendars.open_link(person=person, group=group)
    assert calendars.link(person=person, group=group) == new
    with pytest.raises(NoSuchGroup):
        calendars.by_link(old)
    session = groups.sessions(groups.group(at.held, group))[0]
    group_dates.cancel(at, session=session.id, content=Content.LEFT_OUT, now=NOW)
    assert b"CANCELLED" in calendars.by_link(new)
    for sign in (b"pain", b"back", b"Amina", b"Riverside"):
        assert sign.lower() not in calendars.by_link(new).lower()
    enrolment.withdraw(at, group=group, member=member, reason="", now=NOW)
    with pytest.raises(NoSuchGroup):
        calendars.by_link(new)


@pytest.mark.parametrize("how", ["leaves the clinic", "erases everything"])
def test_a_link_of_somebody_who_goes_leads_nowhere(at: Desk, how: str) -> None:
    group, member = a_group(at), a_member(at, joined=False)
    person = join(at, member)
    enrolment.enrol(at, group=group, member=member, now=NOW)
    link = calendars.open_link(person=person, group=group)
    if how == "leaves the clinic":
        sharing.leave(person=person, member=member, now=NOW)
        assert my_courses.courses(person=person, now=NOW) == ()
    else:
        erase_person(person=person, actor="self", now=NOW)
    with pytest.raises(NoSuchGroup):
        calendars.by_link(link)


def test_a_person_sees_their_own_course_with_the_handouts_so_far(at: Desk) -> None:
    group, member = a_group(at), a_member(at, joined=False)
    person = join(at, member)
    enrolment.enrol(at, group=group, member=member, now=NOW)
    (mine,) = my_courses.courses(person=person, now=NOW)
    assert (mine.group.id, mine.waiting, len(mine.sessions)) == (group, False, 12)
    assert mine.handouts(NOW) == ()
    later = mine.sessions[1].meeting.utc
    assert [number for number, _ in mine.handouts(later)] == [2, 1]
    with pytest.raises(NoSuchGroup):
        my_courses.handout(person=person, group=group, number=3, now=later)


def test_a_changed_copy_of_the_course_leaves_groups_the_one_they_began_with(at: Desk) -> None:
    wanted = {"id": course.ID, "version": course.VERSION, "title": "Ours"}
    ours = syllabuses.copy(at, **wanted, client_key=uuid4().hex, now=NOW)
    assert (ours.version, ours.made_from.id) == (1, course.ID)
    group = groups.group(at.held, a_group(at, syllabus=ours.id))
    session = replace(ours.session(2), title="How pain works with us")
    changed = syllabuses.change(at, id=ours.id, version=1, session=session, now=NOW)
    assert (changed.version, syllabuses.versions(at.held, ours.id)) == (2, (2, 1))
    about = group.about
    kept = syllabuses.at_version(at.held, about.syllabus, about.syllabus_version)
    assert kept.session(2).title == course.syllabus().session(2).title
    with pytest.raises(WrittenMeanwhile):
        syllabuses.change(at, id=ours.id, version=1, session=ours.session(1), now=NOW)
    with pytest.raises(BadSyllabus):
        syllabuses.change(at, id=course.ID, version=1, session=session, now=NOW)


def test_what_cannot_be_run_is_never_kept_as_a_course(at: Desk) -> None:
    ours = syllabuses.copy(
        at, id=course.ID, version=course.VERSION, title="Ours", client_key="k", now=NOW
    )
    old = ours.session(1)
    circuit = old.circuit
    first = replace(circuit.stations[0], do=replace(circuit.stations[0].do, movement="no-such"))
    stations = (first, *circuit.stations[1:])
    session = replace(old, circuit=replace(circuit, stations=stations))
    with pytest.raises(BadSyllabus, match="no-such"):
        syllabuses.change(at, id=ours.id, version=1, session=session, now=NOW)
    assert syllabuses.newest(at.held, ours.id) == ours


def test_a_waiting_person_sees_that_they_wait(at: Desk) -> None:
    group = a_group(at, places=1)
    enrolment.enrol(at, group=group, member=a_member(at, "First", joined=False), now=NOW)
    member = a_member(at, "Second", joined=False)
    person = join(at, member)
    assert enrolment.enrol(at, group=group, member=member, now=NOW) is State.WAITING
    (mine,) = my_courses.courses(person=person, now=NOW)
    assert mine.waiting


def test_a_group_keeps_the_shipped_course_it_began_with_when_a_later_one_ships(
    at: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    began = groups.group(at.held, a_group(at)).about
    shipped = course.syllabus()
    later = replace(shipped, version=shipped.version + 1, title="A later course")
    monkeypatch.setattr(course, "syllabus", lambda: later)
    kept = syllabuses.at_version(at.held, began.syllabus, began.syllabus_version)
    assert kept == shipped
    assert syllabuses.versions(at.held, course.ID) == (later.version, shipped.version)
    assert [each.syllabus.title for each in syllabuses.listed(at.held)] == ["A later course"]
    a_group(at, "Spring")
    assert syllabuses.at_version(at.held, course.ID, shipped.version) == shipped
    assert syllabuses.at_version(at.held, course.ID, later.version) == later
