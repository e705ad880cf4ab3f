"""Get help now: from any page, in one press."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Look

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("path", ["/", "/safe/", "/safe/questions/", "/flare/", "/today/", "/no/"])
def test_from_any_page_help_is_one_press_away(page: Page, path: str) -> None:
    page.goto(path)
    page.locator("header.top").get_by_role("link", name="Get help now").click()
    assert page.url.endswith("/help-now/")


def test_each_number_can_be_rung_from_the_page(page: Page, axe: Look) -> None:
    page.goto("/help-now/")
    for number in ("tel:999", "tel:111", "tel:116123"):
        expect(page.locator(f"main a[href='{number}']").first).to_be_visible()
    expect(page.locator("main a[href^='sms:85258']").first).to_be_visible()
    axe(page)


def test_it_says_that_nobody_is_watching(page: Page) -> None:
    page.goto("/help-now/")
    expect(page.locator("main")).to_contain_text("No one watches this site")


def test_it_sets_no_cookie_and_asks_nobody_who_they_are(page: Page) -> None:
    page.goto("/help-now/")
    assert [each["name"] for each in page.context.cookies() if each["name"] != "tz"] == []
