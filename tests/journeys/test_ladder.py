"""The ladder: I guess what will happen, try it, and see what did."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, Look
from tests.journeys.test_session import MAKE_ASHA
from tests.journeys.walks import see_heading
from tests.served import Site

pytestmark = pytest.mark.browser


def choose(page: Page, name: str, value: str) -> None:
    """Tap one of a row."""
    page.locator(f"input[name={name}][value='{value}']").check(force=True)


def press(page: Page, words: str) -> None:
    """Press a button that leads on."""
    with page.expect_navigation():
        page.get_by_role("button", name=words, exact=True).click()


def test_on_a_small_phone_without_script_i_try_what_i_avoid_and_see_the_gap(
    open_page: Callable[..., Page], site: Site, axe: Look
) -> None:
    # Given that I am cleared, and hold back from bending
    page = open_page(viewport=PHONE, java_script_enabled=False)
    page.context.add_cookies([site.cookie_of(site.python(MAKE_ASHA).strip())])  # type: ignore[list-item]
    page.goto("/move/")
    page.get_by_role("link", name="My ladder").click()
    page.get_by_role("link", name="Put up the first one").click()
    page.fill("#words", "Bending to the floor")
    choose(page, "worry", "6")
    press(page, "Put it up")
    # When I guess, and try it
    page.get_by_role("link", name="Bending to the floor").click()
    page.get_by_role("link", name="Try it").click()
    page.fill("#what", "My back will go")
    page.fill("#likely", "80")
    choose(page, "bad", "8")
    page.fill("#where", "Home")
    press(page, "Keep my guess, and try it")
    expect(page.get_by_text("Your guess: “My back will go”")).to_be_visible()
    # And close the tab before I say what happened, and open my ladder again
    again = page.context.new_page()
    page.close()
    page = again
    page.goto("/move/ladder/")
    page.get_by_role("link", name="Say what happened").click()
    expect(page.get_by_text("Your guess: “My back will go”")).to_be_visible()
    choose(page, "happened", "no")
    choose(page, "bad", "2")
    choose(page, "worry", "3")
    press(page, "Save")
    # Then I see what I found out, and the gap in words, a picture and a table
    see_heading(page, "What you found out")
    expect(page.locator("main")).to_contain_text("You thought it would be 8 of 10. It came to 2.")
    page.get_by_role("link", name="Back to my ladder").click()
    expect(page.locator("main")).to_contain_text("Worry 3 of 10. It began at 6.")
    expect(page.get_by_role("img", name="Two marks for each try")).to_be_visible()
    page.locator("summary", has_text="Each try in a table").click()
    expect(page.get_by_role("cell", name="Home")).to_be_visible()
    axe_page = open_page(viewport=PHONE, color_scheme="dark")
    axe_page.context.add_cookies(page.context.cookies())  # type: ignore[arg-type]
    axe_page.goto("/move/ladder/")
    axe(axe_page)


def test_i_do_a_rung_in_a_short_session_that_begins_with_it(no_script: Page, site: Site) -> None:
    # Given a movement on my ladder that worries me a little
    page = no_script
    page.context.add_cookies([site.cookie_of(site.python(MAKE_ASHA).strip())])  # type: ignore[list-item]
    page.goto("/move/ladder/add/")
    page.select_option("#movement", "hip-hinge")
    choose(page, "worry", "4")
    press(page, "Put it up")
    # When I would rather have it among others
    page.get_by_role("link", name="Hip hinge, standing").click()
    page.get_by_role("link", name="Do it in a short session").click()
    expect(page.locator("main")).to_contain_text("we begin with “Hip hinge, standing”")
    press(page, "Start")
    # Then it comes after one warm-up
    expect(page.get_by_text("Warm-up")).to_be_visible()
    press(page, "Done, next")
    see_heading(page, "Hip hinge, standing")
    expect(page.get_by_text("Main part")).to_be_visible()
