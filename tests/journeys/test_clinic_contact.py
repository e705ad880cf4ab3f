"""Somebody writes to her clinic; months later the clinic asks her again."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, Look
from tests.journeys.test_every_page import SIDEWAYS
from tests.served import Site

pytestmark = pytest.mark.browser

# Somebody of today, and somebody who was discharged more than three months ago.
OPEN = """
from datetime import timedelta
from django.conf import settings
from django.utils import timezone
from safetomove.services.clinic import members
from safetomove.services.clinic.staff import Role
from tests.clinics import a_clinic, a_member, a_worker, join, signed_in
now = timezone.now()
then = now - timedelta(days=100)
clinic = a_clinic("Hillside clinic")
worker = a_worker(clinic, Role.PHYSIOTHERAPIST, name="Priya Shah")
amina = a_member(worker.at, "Amina Begum", joined=False, now=then)
person = join(worker.at, amina, now=then)
brian = a_member(worker.at, "Brian Cole", now=then)
members.discharge(worker.at, member=brian, now=then)
cookie = signed_in(worker).cookies[settings.SESSION_COOKIE_NAME]
print(settings.SESSION_COOKIE_NAME, cookie.value, clinic, person)
"""


@pytest.fixture(scope="module")
def opened(site: Site) -> dict[str, Any]:
    """Open the clinic; return the way in of its staff and of the person."""
    name, value, clinic, person = site.python(OPEN).split()
    return {
        "cookie": {"name": name, "value": value, "url": site.url},
        "home": f"/clinic/{clinic}/",
        "person": site.cookie_of(person),
    }


def test_a_worrying_message_is_answered_by_a_card_at_once_and_by_a_person_later(
    open_page: Callable[..., Page], opened: dict[str, Any], axe: Look
) -> None:
    # Given Amina, on her phone, at her clinic's page
    page = open_page(viewport=PHONE)
    page.context.add_cookies([opened["person"]])
    page.goto("/my-clinics/")
    page.get_by_role("link", name="Messages").click()
    expect(page.get_by_text("They are not for emergencies")).to_be_visible()
    axe(page)
    # When she writes of something that can't wait
    page.fill("#words", "I have gone numb between my legs since yesterday")
    page.get_by_role("button", name="Send").click()
    # Then the red card is what she reads first, and it says that the message was sent
    expect(page.locator("main section").first).to_contain_text("Your message was sent")
    expect(page.locator(".nhsuk-card--care").first).to_be_in_viewport()
    assert page.evaluate(SIDEWAYS) == 0
    axe(page)
    # And when her physiotherapist comes to read, hers stands first
    staff = open_page(viewport={"width": 820, "height": 1180})
    staff.context.add_cookies([opened["cookie"]])
    staff.goto(opened["home"])
    staff.get_by_role("link", name="Messages: 1 waiting").click()
    expect(staff.get_by_text("May hold a warning sign", exact=True)).to_be_visible()
    axe(staff)
    staff.get_by_role("link", name="Amina Begum").click()
    staff.get_by_role("button", name="I take this").click()
    axe(staff)
    staff.fill("#words", "I rang you. Please ring 999 now, and tell me where you are.")
    staff.get_by_role("button", name="Send").click()
    expect(staff.get_by_text("I rang you")).to_be_visible()
    # Then Amina finds the answer, by name
    page.goto("/my-clinics/")
    expect(page.get_by_text("New", exact=True)).to_be_visible()
    page.get_by_role("link", name="Messages").click()
    expect(page.get_by_text("Priya Shah")).to_be_visible()


def test_three_months_on_the_clinic_sees_whom_to_ask_and_asks(
    open_page: Callable[..., Page], opened: dict[str, Any], axe: Look
) -> None:
    # Given a clinic where somebody was discharged three months ago
    page = open_page(viewport={"width": 820, "height": 1180})
    page.context.add_cookies([opened["cookie"]])
    page.goto(opened["home"])
    # When its staff see that somebody is to be asked again
    page.get_by_role("link", name="Asking again: 1 due").click()
    axe(page)
    page.get_by_role("link", name="Brian Cole").click()
    axe(page)
    # Then one tap asks, and it says that only what is shared will be seen
    expect(page.get_by_text("sees the answers only if they share")).to_be_visible()
    page.locator("#measures").check()
    page.get_by_role("button", name="Ask for these").click()
    expect(page.get_by_text("Nobody is told at once")).to_be_visible()
    # And at phone size nothing sticks out
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate(SIDEWAYS) == 0
    axe(page)
