"""I choose something that I miss, say where I want to get to, and find where to start."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Look
from tests.journeys.walks import answer_no_to_everything, see_heading

pytestmark = pytest.mark.browser


def choose(page: Page, label: str) -> None:
    """Pick from the list of what people miss."""
    page.goto("/start/")
    page.get_by_label(label).check(force=True)
    page.get_by_role("button", name="Continue").click()


def test_i_choose_walking_check_that_it_is_safe_and_get_a_first_number(
    page: Page, axe: Look
) -> None:
    # Given that I miss walking
    page.goto("/start/")
    axe(page)
    choose(page, "Walking")
    see_heading(page, "Where would you like to get to?")
    axe(page)
    # When I say what I dream of, and what I can do on an ordinary day
    page.fill("#goal_text", "Twice round the park with Jess")
    page.fill("#goal", "30")
    page.get_by_role("button", name="Continue").click()
    see_heading(page, "What can you do now?")
    axe(page)
    page.fill("#amount", "10")
    page.get_by_role("button", name="Save").click()
    # Then my try is kept, and the safety questions come before any number
    expect(page.locator("[data-focus]")).to_be_focused()
    expect(page.get_by_role("button", name="I did it")).to_have_count(0)
    axe(page)
    page.locator("main").get_by_role("link", name="Is it safe?").click()
    page.get_by_role("link", name="Start the questions").click()
    answer_no_to_everything(page)
    # And once they are answered I have my first number: a bit below what I can do
    page.goto("/today/")
    expect(page.locator("#dose-walking .num")).to_have_text("8 minutes")
    expect(page.get_by_text("This is a first guess, from 1 of 3 tries.")).to_be_visible()
    axe(page)


def test_i_name_my_own_activity_without_script_and_leave_it_again(
    no_script: Page,
) -> None:
    page = no_script
    # Given that what I miss is not on the list
    choose(page, "Something else, in my own words")
    # When I forget the number, what I typed is still there
    page.fill("#name", "Play the cello")
    page.get_by_label("Minutes").check(force=True)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("link", name="Type your goal as a number")).to_be_visible()
    expect(page.locator("#name")).to_have_value("Play the cello")
    page.fill("#goal", "45")
    page.get_by_role("button", name="Continue").click()
    # Then it is mine, its words are not in the address, and I can change my mind
    see_heading(page, "What can you do now?")
    assert "cello" not in page.url
    page.goto("/start/")
    page.get_by_role("link", name=re.compile("Leave.*Play the cello")).click()
    page.get_by_role("button", name="Leave it").click()
    expect(page.get_by_text("You have left that activity.")).to_be_visible()
    expect(page.get_by_text("Nothing yet")).to_be_visible()


@pytest.mark.parametrize(
    "path", ["/start/", "/start/walking/", "/start/own/", "/check-in/", "/today/"]
)
def test_nothing_runs_off_a_small_phone(phone: Page, axe: Look, path: str) -> None:
    phone.goto(path)
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    axe(phone)


def test_the_list_can_be_worked_with_the_keyboard_alone(page: Page) -> None:
    # Given the list, opened by keyboard
    page.goto("/start/")
    page.locator("#activity").focus()
    # When I move down the list and press enter
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    # Then I am on the next page
    see_heading(page, "Where would you like to get to?")


def test_the_pages_hold_in_the_dark_and_in_forced_colours(
    open_page: Callable[..., Page], axe: Look
) -> None:
    for settings in ({"color_scheme": "dark"}, {"forced_colors": "active"}):
        page = open_page(**settings)
        page.goto("/start/")
        axe(page)
