"""My guide: a booklet of my own that fills as I go, and prints."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, Look
from tests.journeys.walks import see_heading

pytestmark = pytest.mark.browser

SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def test_i_fill_my_guide_choose_its_parts_and_print_it(
    open_page: Callable[..., Page], axe: Look
) -> None:
    page = open_page(viewport=PHONE, color_scheme="dark")
    page.add_init_script("window.print = () => { document.title = 'printed'; }")
    # Given that I find my guide while it is blank
    page.goto("/learn/")
    page.get_by_role("link", name="My guide").click()
    see_heading(page, "My guide")
    expect(page.get_by_role("heading", name="Where to begin")).to_be_visible()
    expect(page.get_by_role("heading", name="Call 999 now")).to_be_visible()
    axe(page)
    # When I keep a sentence, and say what turns my pain up and down
    page.goto("/learn/danger-and-safety/")
    page.get_by_role("button", name="Keep this").click()
    page.goto("/guide/")
    page.get_by_role("link", name="What turns my pain up and down").click()
    page.get_by_label("A poor night").check(force=True)
    page.get_by_label("Anything else that turns it up?").fill("the 47 bus")
    page.get_by_role("button", name="Save my map").click()
    # Then both stand in my guide, and nothing runs off the side of my phone
    page.goto("/guide/")
    expect(page.get_by_text("the 47 bus")).to_be_visible()
    expect(page.get_by_text("You can take something off the danger pile")).to_be_visible()
    expect(page.get_by_role("heading", name="Still blank")).to_be_visible()
    assert page.evaluate(SIDEWAYS) <= 0
    # And I leave the sentences out, and print the rest with the help at its end
    page.locator("summary", has_text="Choose what goes in").click()
    page.get_by_role("checkbox", name="Sentences I keep").uncheck(force=True)
    page.get_by_role("button", name="Show these parts").click()
    expect(page.get_by_text("You can take something off the danger pile")).to_be_hidden()
    expect(page.get_by_text("the 47 bus")).to_be_visible()
    page.get_by_role("button", name="Print my guide").click()
    expect(page).to_have_title("printed")
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Print my guide")).to_be_hidden()
    expect(page.get_by_role("heading", name="When to get help")).to_be_visible()
    page.emulate_media(media="screen")
    axe(page)
