"""Patterns and tests, as somebody meets them on a phone."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Look
from tests.journeys.walks import see_heading
from tests.served import Site

pytestmark = pytest.mark.browser

# Eight weeks in which a better night goes along with less in the way.
MAKE_ASHA = """
from datetime import timedelta
from django.db import transaction
from django.utils import timezone
from safetomove.core.diary import CheckIn
from safetomove.services import people
from safetomove.services.days import write_new_days
from safetomove.services.holding import hold
now = timezone.now()
person = people.start_guest(now=now, zone="UTC")
days = [
    CheckIn(
        day=now.date() - timedelta(days=n),
        sleep_quality=float(n * 7 % 11),
        interference=8.0 - 0.6 * (n * 7 % 11) + n * 5 % 3,
    )
    for n in range(1, 60)
]
with transaction.atomic():
    write_new_days(hold(person), days, now=now)
print(person)
"""


@pytest.fixture
def ashas(open_page: Callable[..., Page], site: Site) -> Page:
    """Open a phone as Asha, who has kept a diary for eight weeks."""
    page = open_page(viewport={"width": 320, "height": 700})
    page.context.add_cookies([site.cookie_of(site.python(MAKE_ASHA).strip())])
    return page


def test_i_turn_patterns_on_read_what_goes_along_and_turn_them_off(ashas: Page, axe: Look) -> None:
    # Given that I have a diary, and patterns are off
    ashas.goto("/patterns/")
    axe(ashas)
    # When I turn them on
    ashas.get_by_role("button", name="Turn it on").click()
    # Then I read what goes along with my days, how sure it is, and the numbers if I want them
    finding = ashas.get_by_role("heading", name="After a better night")
    expect(finding).to_be_visible()
    expect(ashas.get_by_role("img", name=re.compile("20 dots"))).to_be_visible()
    ashas.get_by_text("The numbers").click()
    expect(ashas.get_by_role("cell", name="Same day").first).to_be_visible()
    axe(ashas)
    # And I can turn them off again
    ashas.get_by_role("button", name="Turn patterns off").click()
    expect(ashas.get_by_role("button", name="Turn it on")).to_be_visible()


def test_i_plan_a_test_see_its_chances_start_it_and_stop_it(ashas: Page, axe: Look) -> None:
    # Given the tests that I could make
    ashas.goto("/patterns/tests/")
    axe(ashas)
    # When I open one, I read how likely it is to find anything before I start
    ashas.get_by_role("link", name="An evening relaxation").click()
    see_heading(ashas, "An evening relaxation")
    expect(ashas.get_by_role("cell", name=re.compile(r"\d in 10")).first).to_be_visible()
    axe(ashas)
    # And I start it for eight weeks
    ashas.get_by_label("56 days").check(force=True)
    ashas.get_by_role("button", name="Start tomorrow").click()
    expect(ashas.locator("[data-focus]")).to_be_focused()
    axe(ashas)
    # Then it is on Today
    ashas.goto("/today/")
    expect(ashas.get_by_text("It begins tomorrow")).to_be_visible()
    axe(ashas)
    # And I can stop it, and it is kept
    ashas.get_by_role("link", name="About this test").click()
    ashas.get_by_role("button", name="Stop this test").click()
    expect(ashas.get_by_text("The test is ended and kept")).to_be_visible()
    axe(ashas)


def test_without_script_and_without_a_record_i_can_write_a_test_of_my_own(
    open_page: Callable[..., Page], axe: Look
) -> None:
    # Given a browser without script, and nothing kept
    page = open_page(java_script_enabled=False)
    page.goto("/patterns/tests/own/")
    # When I would let chance decide about a medicine
    page.get_by_label("What would you like to try?").fill("half my tablets")
    page.get_by_label("Sleep", exact=True).check(force=True)
    page.get_by_label("The next day").check(force=True)
    page.get_by_role("button", name="See how likely").click()
    # Then I am told why not, and what I wrote is still there
    expect(page.get_by_role("alert")).to_contain_text("GP or pharmacist")
    expect(page.get_by_label("What would you like to try?")).to_have_value("half my tablets")
    # And a small thing of my own can start
    page.get_by_label("What would you like to try?").fill("music in the bath")
    page.get_by_role("button", name="See how likely").click()
    page.get_by_label("28 days").check(force=True)
    page.get_by_role("button", name="Start tomorrow").click()
    see_heading(page, "music in the bath")
