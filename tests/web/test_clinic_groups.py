"""A clinic's groups from the first form to the last mark, as the staff and the person meet them."""

import re
from dataclasses import replace
from datetime import date, timedelta
from html.parser import HTMLParser
from uuid import UUID

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from safetomove.content import course
from safetomove.core.course import Attendance
from safetomove.records.mappers import open_json, seal_json
from safetomove.records.models import (
    AttendanceRow,
    ClinicDocumentRow,
    EnrolmentRow,
    GroupRow,
    SessionRow,
)
from safetomove.services import people
from safetomove.services.clinic import days_off, enrolment, syllabuses
from safetomove.services.clinic.holding import look
from safetomove.services.clinic.staff import Role
from tests.clinics import NOW, Worker, a_clinic, a_member, a_worker, join, signed_in
from tests.courses import FIRST_DAY, a_group

pytestmark = pytest.mark.django_db
NEW = {
    "kind": "group", "name": "Winter", "venue": "Village hall", "places": "2",
    "first_day": "2026-12-15", "weekdays": ["1", "4"], "starts": "10:30", "minutes": "60",
    "syllabus": course.ID, "deed": "look",
}  # fmt: skip


@pytest.fixture
def worker() -> Worker:
    return a_worker(a_clinic(), Role.PHYSIOTHERAPIST)


@pytest.fixture
def staff(worker: Worker) -> Client:
    return signed_in(worker)


@pytest.fixture(autouse=True)
def at_now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("safetomove.web.who.now", lambda request=None: NOW)


def address(worker: Worker, name: str, *args: object) -> str:
    return reverse(name, args=[worker.at.held.clinic, *args])


def key_in(page: str) -> str:
    found = re.search(r'name="key" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def first_session(group: UUID) -> int:
    row = SessionRow.objects.filter(group_id=group).earliest("starts_at")
    return int(row.pk)


def test_the_dates_are_shown_first_and_one_group_is_made_however_often_it_is_sent(
    worker: Worker, staff: Client
) -> None:
    new = address(worker, "clinic_group_new")
    shown = staff.post(new, NEW)
    page = shown.content.decode()
    assert shown.status_code == 200
    assert "Tuesday 15 December 2026, 10:30" in page
    assert "Friday 25 December" in page.split("days off")[1][:200]  # named as left out
    assert not GroupRow.objects.exists()
    for _ in range(2):
        made = staff.post(new, NEW | {"deed": "begin", "key": key_in(page)})
        assert made.status_code == 303
    assert GroupRow.objects.count() == 1
    group = staff.get(made.url).content.decode()
    assert "0 of 2 places taken" in group
    assert group.count("10:30") == 12


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("name", ""), ("name", "a\x00b"), ("name", "x" * 300), ("venue", ""), ("places", "0"),
        ("places", "many"), ("places", "31"), ("first_day", "soon"), ("first_day", "9999-99-99"),
        ("starts", "25:00"), ("minutes", "-5"), ("minutes", "999"), ("weekdays", []),
        ("syllabus", "no-such"), ("starts", ""),
    ],
)  # fmt: skip
def test_what_cannot_be_a_group_is_said_beside_what_was_typed(
    worker: Worker, staff: Client, field: str, typed: object
) -> None:
    sent = NEW | {field: typed, "deed": "begin", "key": "k"}
    answer = staff.post(address(worker, "clinic_group_new"), sent)
    kept = GroupRow.objects.count()
    if field == "name" and typed:  # a sign that can't be kept is shown as such; a long name is cut
        assert answer.status_code in {303, 422}
        return
    assert (answer.status_code, kept) == (422, 0)
    page = answer.content.decode()
    assert "There is a problem" in page
    assert field == "venue" or "Village hall" in page


def test_places_a_waiting_list_and_who_moves_up(worker: Worker, staff: Client) -> None:
    group = a_group(worker.at, places=1)
    people = [a_member(worker.at, name, joined=False) for name in ("Amina", "Brian")]
    enrol = address(worker, "clinic_group_enrol", group)
    assert "Amina" in staff.get(enrol, {"q": "ami"}).content.decode()
    for member in people:
        assert staff.post(enrol, {"member": member}).status_code == 303
    withdraw = address(worker, "clinic_group_withdraw", group, people[0])
    assert "Amina" in staff.get(withdraw).content.decode()
    assert staff.post(withdraw, {"reason": "Works on Fridays"}).status_code == 303
    page = staff.get(address(worker, "clinic_group", group)).content.decode()
    assert "Moved up from the waiting list" in page
    assert "Works on Fridays" in page
    place = address(worker, "clinic_group_place", group, people[1])
    staff.post(place, {"deed": "told"})
    again = staff.get(address(worker, "clinic_group", group)).content.decode()
    assert "Moved up" not in again


def test_the_register_takes_one_tap_and_keeps_what_it_said_before(
    worker: Worker, staff: Client
) -> None:
    group, member = a_group(worker.at), a_member(worker.at, joined=False)
    enrolment.enrol(worker.at, group=group, member=member, now=NOW)
    session = first_session(group)
    page = address(worker, "clinic_register", session)
    for state in ("present", "absent"):
        assert staff.post(page, {"member": member, "state": state}).status_code == 303
    staff.post(page, {"member": member, "state": "absent", "reason": "at a wedding"})
    shown = staff.get(page).content.decode()
    assert 'value="absent" aria-pressed="true"' in shown
    assert "at a wedding" in shown
    before = staff.get(address(worker, "clinic_register_past", session, member)).content.decode()
    assert "Here" in before
    assert staff.post(page, {"member": member, "state": "nonsense"}).status_code == 422
    assert (
        staff.post(page, {"member": member, "state": "absent", "reason": "\x00"}).status_code == 422
    )
    staff.post(page, {"member": member, "state": ""})
    assert not AttendanceRow.objects.exists()
    assert staff.post(page, {"deed": "close"}).status_code == 422
    assert staff.post(page, {"deed": "close", "anyway": "yes"}).status_code == 303
    assert "Open the register again" in staff.get(page).content.decode()


def test_a_missed_session_is_made_up_with_another_group(worker: Worker, staff: Client) -> None:
    group, member = a_group(worker.at), a_member(worker.at, joined=False)
    person = join(worker.at, member)
    later = a_group(worker.at, "Spring", first_day=groups_first_day(30))
    enrolment.enrol(worker.at, group=group, member=member, now=NOW)
    session, into = first_session(group), first_session(later)
    staff.post(address(worker, "clinic_register", session), {"member": member, "state": "absent"})
    page = address(worker, "clinic_make_up", session, member)
    assert "Spring" in staff.get(page).content.decode()
    assert staff.post(page, {"deed": "book", "into": "x"}).status_code == 422
    assert staff.post(page, {"deed": "book", "into": str(into)}).status_code == 303
    assert "Booked" in staff.get(page).content.decode()
    register_page = address(worker, "clinic_register", into)
    assert "makes up a session here" in staff.get(register_page).content.decode()
    staff.post(register_page, {"member": member, "state": "present"})
    matrix = staff.get(address(worker, "clinic_group_register", group)).content.decode()
    assert "Made up with another group" in matrix
    assert "1 of 12" in matrix
    own = staff.get(address(worker, "clinic_register_person", member)).content.decode()
    assert "Made up with another group" in own
    assert AttendanceRow.objects.get(session_id=session).state == Attendance.MADE_UP
    assert my_page(person).status_code == 200


def groups_first_day(days: int) -> date:
    return FIRST_DAY + timedelta(days=days)


def my_page(person: UUID, path: str = "/my-course/") -> HttpResponse:
    return as_person(person).get(path)


def as_person(person: UUID) -> Client:
    client = Client()
    session = client.session
    session[people.SESSION_KEY] = str(person)
    session.save()
    return client


def test_a_session_is_moved_called_off_and_one_more_booked(worker: Worker, staff: Client) -> None:
    group = a_group(worker.at)
    session = first_session(group)
    page = address(worker, "clinic_session", session)
    moved = {"deed": "move", "day": "2026-11-24", "starts": "15:00", "minutes": "60"}
    assert staff.post(page, moved).status_code == 303
    assert SessionRow.objects.get(pk=session).starts_at.hour == 15
    assert staff.post(page, moved | {"day": "2027-03-01"}).status_code == 422  # out of order
    assert staff.post(page, {"deed": "cancel"}).status_code == 422
    assert staff.post(page, {"deed": "cancel", "content": "passed_on"}).status_code == 303
    assert SessionRow.objects.filter(group_id=group).count() == 13
    add = address(worker, "clinic_group_add", group)
    key = key_in(staff.get(add).content.decode())
    booked = {"number": "2", "day": "2027-05-04", "starts": "09:00", "key": key}
    for _ in range(2):
        assert staff.post(add, booked).status_code == 303
    assert SessionRow.objects.filter(group_id=group).count() == 14
    assert staff.post(add, booked | {"number": "0", "key": "k"}).status_code == 422
    calendar = staff.get(address(worker, "clinic_group_calendar", group))
    assert calendar["Content-Type"].startswith("text/calendar")


def test_days_off_are_read_as_people_write_them(worker: Worker, staff: Client) -> None:
    page = address(worker, "clinic_days_off")
    sent = {"days": "24/12/2026, Early close\r\n\r\n2026-12-29\n1 February 2027", "bank": "yes"}
    assert staff.post(page, sent).status_code == 303
    kept = days_off.read(worker.at.held)
    assert [day.isoformat() for day in kept.own] == ["2026-12-24", "2026-12-29", "2027-02-01"]
    wrong = staff.post(page, {"days": "24/12/2026\nsome time soon"})
    assert wrong.status_code == 422
    assert "some time soon" in wrong.content.decode()
    assert days_off.read(worker.at.held) == kept


def test_every_page_of_the_course_can_be_read_and_a_copy_changed(
    worker: Worker, staff: Client
) -> None:
    assert "Twelve sessions" in staff.get(address(worker, "clinic_syllabuses")).content.decode()
    whole = address(worker, "clinic_syllabus", course.ID, course.VERSION)
    key = key_in(staff.get(whole).content.decode())
    for each in course.syllabus().sessions:
        args = (course.ID, course.VERSION, each.number)
        plan = staff.get(address(worker, "clinic_syllabus_session", *args)).content.decode()
        assert each.circuit.stations[0].say.split("{")[0].split("’")[0][:20] in plan
        paper = staff.get(address(worker, "clinic_syllabus_handout", *args))
        assert paper.status_code == 200
        assert "{emergency}" not in plan + paper.content.decode()
    copy = address(worker, "clinic_syllabus_copy", course.ID, course.VERSION)
    assert staff.post(copy, {"title": "", "key": key}).status_code == 422
    made = staff.post(copy, {"title": "Ours", "key": key})
    assert (made.status_code, staff.post(copy, {"title": "Ours", "key": key}).url) == (
        303,
        made.url,
    )
    own = ClinicDocumentRow.objects.get(kind="syllabus").name
    change = address(worker, "clinic_syllabus_change", own, 1, 2)
    sent = form_of(staff.get(change).content.decode())
    wrong = staff.post(change, sent | {"step-0-minutes": "19"})
    assert wrong.status_code == 422
    assert "20" in wrong.content.decode()
    saved = staff.post(change, sent | {"title": "Pain, as we tell it"})
    assert saved.status_code == 303
    assert "Pain, as we tell it" in staff.get(saved.url).content.decode()
    kept = syllabuses.at_version(worker.at.held, own, 2)
    assert replace(kept.session(2), title=course.syllabus().session(2).title) == (
        course.syllabus().session(2)
    )
    shipped = address(worker, "clinic_syllabus_change", course.ID, course.VERSION, 2)
    assert staff.get(shipped).status_code == 404


def form_of(page: str) -> dict[str, str]:
    """Return what a browser would send if nothing were changed."""

    class Fields(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.sent: dict[str, str] = {}
            self.open = self.chosen = ""

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            had = {name: value or "" for name, value in attrs}
            if tag == "input" and had.get("type") not in {"checkbox", "radio"}:
                self.sent[had.get("name", "")] = had.get("value", "")
            if tag in {"textarea", "select"}:
                self.open = had.get("name", "")
                self.sent[self.open] = ""
            if tag == "option" and "selected" in had:
                self.sent[self.open] = had["value"]

        def handle_endtag(self, tag: str) -> None:
            if tag in {"textarea", "select"}:
                self.open = ""

        def handle_data(self, data: str) -> None:
            if self.open and self.lasttag == "textarea":
                self.sent[self.open] += data

    read = Fields()
    read.feed(page)
    return {name: value.lstrip("\n") for name, value in read.sent.items() if name}


def test_a_person_follows_their_course_and_nobody_elses(worker: Worker) -> None:
    group, member = a_group(worker.at), a_member(worker.at, joined=False)
    person = join(worker.at, member)
    assert "You have no place on a course" in my_page(person).content.decode()
    enrolment.enrol(worker.at, group=group, member=member, now=NOW)
    me = as_person(person)
    page = me.get("/my-course/").content.decode()
    assert page.count("10:00") == 12
    assert me.get(f"/my-course/{group}/calendar.ics").status_code == 200
    me.post(f"/my-course/{group}/link/", {"deed": "open"})
    shown = me.get("/my-course/").content.decode()
    link = re.search(r"http://testserver(/calendar/[^<]+\.ics)", shown)
    assert link is not None
    assert Client().get(link[1]).status_code == 200  # a calendar signs in nowhere
    me.post(f"/my-course/{group}/link/", {"deed": "close"})
    assert Client().get(link[1]).status_code == 404
    other = as_person(people.start_guest(now=NOW))
    for path in ("calendar.ics", "1/"):
        assert other.get(f"/my-course/{group}/{path}").status_code == 404
        assert Client().get(f"/my-course/{group}/{path}").status_code == 404
    assert other.post(f"/my-course/{group}/link/", {"deed": "open"}).status_code == 404
    assert EnrolmentRow.objects.get().calendar is None


@pytest.mark.parametrize("name", ["clinic_session", "clinic_register"])
@pytest.mark.parametrize("session", [0, 10**30])
def test_a_session_that_is_not_there_is_not_found(
    worker: Worker, staff: Client, name: str, session: int
) -> None:
    assert staff.get(address(worker, name, session)).status_code == 404


def cost(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def test_the_first_page_the_list_and_a_group_cost_the_same_with_hundreds_of_groups(
    worker: Worker, staff: Client
) -> None:
    group = a_group(worker.at)
    for number in range(5):
        member = a_member(worker.at, f"Person {number}", joined=False)
        enrolment.enrol(worker.at, group=group, member=member, now=NOW)
        a_group(worker.at, f"Group {number}")
    pages = [
        address(worker, "clinic_home"),
        address(worker, "clinic_groups"),
        address(worker, "clinic_group", group),
        address(worker, "clinic_group_register", group),
        address(worker, "clinic_register", first_session(group)),
    ]
    few = [cost(staff, path) for path in pages]
    more_groups(group, 500)
    for number in range(7):
        member = a_member(worker.at, f"Other {number}", joined=False)
        enrolment.enrol(worker.at, group=group, member=member, now=NOW)
    assert [cost(staff, path) for path in pages] == few
    assert "Page 1 of 21" in staff.get(pages[1]).content.decode()


def more_groups(like: UUID, many: int) -> None:
    """Write many groups at once: each is sealed as itself."""
    old = GroupRow.objects.get(pk=like)
    held = look(old.clinic_id)
    about = open_json(old.sealed, seal=held.seal, what=f"group {like} v{old.version}")
    rows = [
        GroupRow(clinic_id=old.clinic_id, kind="group", places=12, made_at=NOW, sealed=b"")
        for _ in range(many)
    ]
    for row in rows:
        row.sealed = seal_json(about, seal=held.seal, what=f"group {row.pk} v1")
    GroupRow.objects.bulk_create(rows)
    meetings = list(SessionRow.objects.filter(group_id=like))
    SessionRow.objects.bulk_create(
        SessionRow(group=row, number=each.number, starts_at=each.starts_at, minutes=60)
        for row in rows
        for each in meetings
    )
