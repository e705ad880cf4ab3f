"""Measures: I say how life is going, do the chair test, and see what has changed."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, Look
from tests.journeys.test_session import MAKE_ASHA
from tests.journeys.walks import see_heading
from tests.served import Site

pytestmark = pytest.mark.browser

STEADY = """
from safetomove.services import move_fit
told = move_fit.Abilities.from_text("balance=no")
move_fit.keep_abilities(person=person, abilities=told, now=now)
print(person)
"""


def rate(page: Page, name: str, value: str) -> None:
    """Tap one of a row."""
    page.locator(f"input[name={name}][value='{value}']").check(force=True)


def save(page: Page) -> None:
    """Press the button that keeps it."""
    with page.expect_navigation():
        page.get_by_role("button", name="Save my answers").click()


def test_on_a_small_phone_without_script_i_rate_my_own_activity_twice_and_see_it_change(
    open_page: Callable[..., Page],
) -> None:
    # Given that lifting the grandchildren is hard
    page = open_page(viewport=PHONE, java_script_enabled=False)
    page.goto("/measures/")
    page.locator("a[href='/measures/fill/own-activities/']").click()
    page.fill("#a1-words", "lifting the grandchildren")
    rate(page, "a1", "2")
    save(page)
    see_heading(page, "My own activities")
    # When I rate the same words again
    page.goto("/measures/fill/own-activities/")
    expect(page.locator("#a1-words")).to_have_value("lifting the grandchildren")
    rate(page, "a1", "6")
    save(page)
    # Then I see what changed, and what a number can't say
    expect(page.get_by_text("It moved from 2 to 6.")).to_be_visible()
    expect(page.get_by_role("heading", name="What a number can’t say")).to_be_visible()


def test_the_page_counts_half_a_minute_for_me_and_then_asks_for_the_number(
    page: Page, site: Site, axe: Look
) -> None:
    # Given that I am cleared, and steady on my feet
    asha = site.python(MAKE_ASHA.replace("print(person)", STEADY)).strip()
    page.context.add_cookies([site.cookie_of(asha)])  # type: ignore[list-item]
    page.clock.install()
    page.goto("/measures/fill/sit-to-stand/")
    # When I start, and half a minute goes by
    page.get_by_role("button", name="Start 30 seconds").click()
    expect(page.get_by_text("Go. 30 seconds left.")).to_be_visible()
    page.clock.run_for(15_500)
    expect(page.get_by_text("Halfway.")).to_be_visible()
    page.clock.run_for(15_500)
    # Then it says so, and my cursor waits where the number goes
    expect(page.get_by_text("Time is up.")).to_be_visible()
    expect(page.locator("#stands")).to_be_focused()
    axe(page)
    page.keyboard.type("11")
    save(page)
    expect(page.locator(".scored b").first).to_have_text("11")
    axe(page)
