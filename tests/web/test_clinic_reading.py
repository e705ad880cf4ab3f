"""What staff read: who to see first, one person's page, and a course's report."""

import csv
import io
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from safetomove.services import demo_clinic
from safetomove.services.clinic import members, sharing, staff
from safetomove.services.clinic.sharing import Item
from safetomove.services.clinic.staff import Desk
from tests.clinics import NOW, prove

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> demo_clinic.DemoClinic:
    return demo_clinic.make_demo_clinic(now=NOW)


def at_desk(made: demo_clinic.DemoClinic, username: str) -> tuple[Client, Desk]:
    from django.contrib.auth import get_user_model

    user = get_user_model().objects.get(username=username)
    client = Client()
    client.force_login(user)
    prove(client, user.pk)
    return client, staff.desk(clinic=made.clinic, user_id=user.pk)


def named(at: Desk, name: str) -> members.Member:
    return next(each for each in members.members(at.held) if each.name == name)


def read(client: Client, at: Desk, name: str, *parts: object, query: str = "") -> str:
    address = reverse(name, args=[at.held.clinic, *parts])
    response = client.get(f"{address}{query}")
    assert response.status_code == 200, address
    return response.content.decode()


def test_staff_read_who_to_see_first_and_what_each_person_shares(
    made: demo_clinic.DemoClinic,
) -> None:
    client, at = at_desk(made, "demo-physio")
    words = read(client, at, "clinic_caseload")
    assert words.index("Huw Jenkins") < words.index("Femi Ade") < words.index("Amina Begum")
    assert "Warning sign: emergency" in words
    assert "Nobody watches this list as people write" in words
    only = read(client, at, "clinic_caseload", query="?why=emergency")
    assert "Huw Jenkins" in only
    assert "Amina Begum" not in only

    amina = named(at, "Amina Begum")
    assert amina.person is not None
    whole = read(client, at, "clinic_summary", amina.id)
    assert "Once round the lake with Sam" in whole
    assert "Forgot about my back until the evening" in whole
    assert "Not shared with the clinic" not in whole
    sharing.share(person=amina.person, member=amina.id, items=frozenset({Item.PLAN}), now=NOW)
    less = read(client, at, "clinic_summary", amina.id)
    assert "Once round the lake with Sam" in less
    assert "Forgot about my back until the evening" not in less
    assert less.count("Not shared with the clinic") == 4  # measures, check-ins, notes and map


def test_the_report_reads_as_a_page_and_as_a_file_with_the_same_numbers(
    made: demo_clinic.DemoClinic,
) -> None:
    client, at = at_desk(made, "demo-office")
    listed = read(client, at, "clinic_reports")
    course = listed.split('name="course" value="')[1].split('"')[0]
    page = read(client, at, "clinic_report", query=f"?course={UUID(course)}&for=us")
    assert "There was no group to compare with" in page
    inside, outside = (_file(client, at, course, leaves) for leaves in ("us", "out"))
    assert ["people", "enrolled", "count", "9", "", ""] in inside
    assert ["session", "12", "came", "hidden", "", ""] in outside
    for query in ("", "?course=nonsense"):
        response = client.get(f"{reverse('clinic_report', args=[at.held.clinic])}{query}")
        assert response.status_code == 422
        assert "Tick at least one course" in response.content.decode()


def test_making_the_demonstration_again_leaves_one_clinic(made: demo_clinic.DemoClinic) -> None:
    again = demo_clinic.make_demo_clinic(now=NOW)
    assert again.clinic != made.clinic
    client, at = at_desk(again, "demo-physio")
    assert len(members.members(at.held)) == len(demo_clinic.LIVES)
    assert client.get(reverse("clinic_home", args=[made.clinic])).status_code == 404


def _file(client: Client, at: Desk, course: str, leaves: str) -> list[list[str]]:
    address = reverse("clinic_report_csv", args=[at.held.clinic])
    response = client.get(address, {"course": course, "for": leaves})
    return list(csv.reader(io.StringIO(response.content.decode())))
