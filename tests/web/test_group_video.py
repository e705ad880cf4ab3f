"""A video link of the clinic's own choice: checked, shown to who has a place, in the calendar."""

import pytest
import vobject
from django.test import Client
from django.urls import reverse

from safetomove.services.clinic import calendars, enrolment, group_video, groups, members
from safetomove.services.clinic.refusals import BadClinic
from safetomove.services.clinic.staff import Desk, Role
from safetomove.services.clinic.video import LINK_TOP, tidy_link
from tests.clinics import NOW, Worker, a_clinic, a_member, a_worker, signed_in
from tests.courses import a_group
from tests.web.visits import come_as

pytestmark = pytest.mark.django_db

LINK = "https://meet.example.org/back-group?pwd=a1"


@pytest.fixture
def ben() -> Worker:
    return a_worker(a_clinic(), Role.PHYSIOTHERAPIST)


@pytest.fixture
def at(ben: Worker) -> Desk:
    return ben.at


@pytest.mark.parametrize("link", ["", f" {LINK} ", "https://teams.example.com:8443/l/x%20y#z"])
def test_a_link_that_can_be_tapped_is_kept_whole(link: str) -> None:
    assert tidy_link(link) == link.strip()


@pytest.mark.parametrize(
    "link",
    [
        "http://meet.example.org/x",
        "javascript:alert(1)",
        "https://",
        "https://meet",
        "https://me@meet.example.org/",
        "https://meet.example.org/a b",
        'https://meet.example.org/"><script>',
        "https://meet.example.org/\x00",
        "https://meet.example.org:port/",
        "https://[::1/",
        "https://mеet.example.org/",  # a letter that only looks like e
        "https://meet.example.org/" + "x" * LINK_TOP,
        "//meet.example.org/x",
    ],
)
def test_anything_else_is_refused(link: str) -> None:
    with pytest.raises(BadClinic):
        tidy_link(link)


def test_calendars_are_given_the_link_and_take_it_anew(at: Desk) -> None:
    group = a_group(at)
    before = groups.group(at.held, group)
    group_video.put_link(at, group=group, link=LINK, now=NOW)
    group_video.put_link(at, group=group, link=LINK, now=NOW)  # again is harmless
    after = groups.group(at.held, group)
    assert after.version == before.version + 1
    events = vobject.readOne(calendars.file_of(after).decode()).vevent_list
    assert {each.url.value for each in events} == {LINK}
    assert {int(each.sequence.value) for each in events} == {1}
    group_video.put_link(at, group=group, link="", now=NOW)
    assert b"URL:" not in calendars.file_of(groups.group(at.held, group))


def test_only_who_has_a_place_sees_it(ben: Worker, at: Desk, client: Client) -> None:
    group = a_group(at, places=1)
    group_video.put_link(at, group=group, link=LINK, now=NOW)
    for name, sees in (("Has a place", True), ("Waits", False)):
        member = a_member(at, name)
        enrolment.enrol(at, group=group, member=member, now=NOW)
        person = members.member(at.held, member).person
        assert person is not None
        come_as(client, person)
        said = client.get(reverse("my_course")).content.decode()
        assert (LINK in said) is sees


def test_staff_put_it_in_with_the_venue_and_a_wrong_one_is_kept_as_typed(
    ben: Worker, at: Desk
) -> None:
    group = a_group(at)
    staff, here = signed_in(ben), reverse("clinic_group_change", args=[at.held.clinic, group])
    about = {"name": "Winter", "venue": "Online", "places": "12", "version": "1"}
    wrong = staff.post(here, about | {"video": "meet.example.org/x"})
    assert wrong.status_code == 422
    assert "meet.example.org/x" in wrong.content.decode()
    assert groups.group(at.held, group).version == 1
    assert staff.post(here, about | {"video": LINK}).status_code == 303
    assert groups.group(at.held, group).about.video == LINK
    assert LINK in staff.get(reverse("clinic_group", args=[at.held.clinic, group])).content.decode()
