"""A physiotherapist begins a group; somebody gets a place, misses a session and makes it up."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, Look
from tests.journeys.test_every_page import SIDEWAYS
from tests.served import Site

pytestmark = pytest.mark.browser

# Groups of the past, so that one has met by now and the next is still ahead.
OPEN = """
from datetime import timedelta
from django.conf import settings
from django.utils import timezone
from safetomove.services.clinic import enrolment
from safetomove.services.clinic.staff import Role
from tests.clinics import a_clinic, a_member, a_worker, join, signed_in
from tests.courses import a_group
now = timezone.now()
clinic = a_clinic()
worker = a_worker(clinic, Role.PHYSIOTHERAPIST, name="Priya Shah")
amina = a_member(worker.at, "Amina Begum", joined=False)
person = join(worker.at, amina, now=now)
a_member(worker.at, "Brian Cole", joined=False)
group = a_group(worker.at, "Autumn", first_day=now.date() - timedelta(days=7))
a_group(worker.at, "Winter", first_day=now.date() + timedelta(days=7))
enrolment.enrol(worker.at, group=group, member=amina, now=now)
cookie = signed_in(worker).cookies[settings.SESSION_COOKIE_NAME]
print(settings.SESSION_COOKIE_NAME, cookie.value, clinic, person)
"""


@pytest.fixture(scope="module")
def opened(site: Site) -> dict[str, Any]:
    """Open a clinic with two people on its list and two groups."""
    name, value, clinic, person = site.python(OPEN).split()
    return {
        "cookie": {"name": name, "value": value, "url": site.url},
        "home": f"/clinic/{clinic}/",
        "person": site.cookie_of(person),
    }


def as_staff(open_page: Callable[..., Page], opened: dict[str, Any], **settings: Any) -> Page:
    page = open_page(**settings)
    page.context.add_cookies([opened["cookie"]])
    page.goto(opened["home"])
    return page


def test_from_the_dates_to_a_missed_session_made_up(
    open_page: Callable[..., Page], opened: dict[str, Any], axe: Look
) -> None:
    # Given a physiotherapist at her clinic's first page, on a tablet
    page = as_staff(open_page, opened, viewport={"width": 820, "height": 1180})
    axe(page)
    # When she starts a group, she sees its dates before anything is saved
    page.get_by_role("link", name="Groups").first.click()
    page.get_by_role("link", name="Start a group").click()
    page.fill("#name", "Spring")
    page.fill("#venue", "Village hall")
    page.fill("#places", "1")
    page.fill("#first_day", "2027-03-16")
    page.get_by_label("Tuesday").check()
    page.get_by_label("Friday").check()
    page.fill("#starts", "10:00")
    page.select_option("#syllabus", index=0)
    page.get_by_role("button", name="Show the dates").click()
    expect(page.get_by_text("The clocks change while this course runs")).to_be_visible()
    expect(
        page.get_by_text("Friday 26 March", exact=False)
    ).to_be_visible()  # Good Friday: left out
    axe(page)
    page.get_by_role("button", name="The dates are right").click()
    expect(page.locator("h1")).to_have_text("Spring")
    # And with one place, the second person waits
    for name in ("Amina Begum", "Brian Cole"):
        page.get_by_role("link", name="Give somebody a place").click()
        page.fill("#q", name)
        page.get_by_role("button", name="Find").click()
        page.get_by_role("button", name=re.compile(f"Give a place.*{name}")).click()
    expect(page.get_by_text("1. Brian Cole")).to_be_visible()
    axe(page)
    # When the first of the running group's sessions was missed, one tap says so
    page.get_by_role("link", name="Groups").first.click()
    axe(page)
    page.get_by_role("link", name="Autumn").click()
    page.get_by_role("link", name="Register 1", exact=True).click()
    page.get_by_role("button", name="Not here").click()
    expect(page.get_by_role("button", name="Not here")).to_have_attribute("aria-pressed", "true")
    axe(page)
    # Then the whole register says what is to make up, and where that runs next
    page.get_by_role("link", name="Whole register").click()
    axe(page)
    page.get_by_role("link", name=re.compile("Make it up.*Amina Begum, 1")).click()
    axe(page)
    page.get_by_label("Winter").check()
    page.get_by_role("button", name="Book it", exact=True).click()
    expect(page.get_by_text("booked for")).to_be_visible()
    # And she sees so herself, with a link that her calendar can follow
    mine = open_page(viewport=PHONE)
    mine.context.add_cookies([opened["person"]])
    mine.goto("/my-course/")
    expect(mine.get_by_text("You can make it up on")).to_be_visible()
    mine.get_by_role("button", name="Make my link").first.click()
    expect(mine.locator(".secret-link")).to_contain_text("/calendar/")
    assert mine.evaluate(SIDEWAYS) <= 0
    axe(mine)


def test_a_session_is_planned_printed_and_moved_on_a_phone_without_script(
    open_page: Callable[..., Page], opened: dict[str, Any]
) -> None:
    phone = as_staff(open_page, opened, viewport=PHONE, java_script_enabled=False)
    phone.goto(opened["home"] + "groups/")
    phone.get_by_role("link", name="Autumn").click()
    phone.get_by_role("link", name="Whole register").click()
    assert phone.evaluate(SIDEWAYS) <= 0
    phone.goto(opened["home"] + "groups/")
    phone.get_by_role("link", name="Winter").click()
    assert phone.evaluate(SIDEWAYS) <= 0
    phone.get_by_role("link", name="Plan 3", exact=True).click()
    expect(phone.get_by_role("heading", name="Talk: 20 minutes")).to_be_visible()
    assert phone.evaluate(SIDEWAYS) <= 0
    phone.go_back()
    phone.get_by_role("link", name="Move or call off 12").click()
    assert phone.evaluate(SIDEWAYS) <= 0
    phone.fill("#starts", "16:30")
    phone.get_by_role("button", name="Move it").click()
    expect(phone.get_by_text("16:30")).to_be_visible()
