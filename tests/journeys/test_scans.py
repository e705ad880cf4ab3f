"""Make sense of a scan: what others have, what mine says, and what people told me."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, Look
from tests.journeys.walks import see_heading

pytestmark = pytest.mark.browser

REPORT = """MRI LUMBAR SPINE
L4/5: Disc desiccation with a broad-based bulge. No canal stenosis.
L5/S1: Small protrusion contacting the left S1 nerve root.
Old wedge fracture of L1. No infection."""
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def test_i_guess_then_see_how_many_people_without_pain_have_it(page: Page, axe: Look) -> None:
    # Given that I am 47 and think that a bulge is rare
    page.goto("/learn/scans/")
    axe(page)
    page.get_by_label("How old are you?").fill("47")
    page.get_by_label("how many have it").fill("10")
    # When I look
    page.get_by_role("button", name="Show me").click()
    # Then I see a hundred people, a number, my guess, and what it does not tell
    expect(page.get_by_role("heading", name="About 57 in 100")).to_be_visible()
    expect(page.locator(".crowd .has")).to_have_count(57)
    expect(page.get_by_text("You guessed 10")).to_be_visible()
    expect(page.get_by_text("seen more often in people with pain")).to_be_visible()
    axe(page)


def test_on_a_small_phone_without_script_my_report_is_put_in_plain_words_kept_and_deleted(
    open_page: Callable[..., Page], axe_source: str
) -> None:
    # Given a report in my hand, a very small phone, and no script
    page = open_page(viewport=PHONE, java_script_enabled=False)
    page.goto("/learn/scan-report/")
    page.get_by_label("Your scan report").fill(REPORT)
    page.get_by_label("Your age").fill("47")
    page.get_by_role("button", name="Explain it").click()
    # Then what needs a clinician comes first, and each marked word leads to its meaning
    see_heading(page, "My scan report")
    first = page.locator("main h2").first
    expect(first).to_contain_text("words that need a clinician")
    expect(page.locator(".word--absent")).to_have_count(2)
    page.locator("a.word--there", has_text="bulge").click()
    expect(page.locator("#term-disc_bulge")).to_contain_text("57 in 100")
    # When I keep it
    page.get_by_role("button", name="Keep my report").click()
    expect(page.get_by_text("Your report is kept")).to_be_visible()
    # Then I find it again, and can delete it
    page.goto("/learn/scan-report/")
    page.get_by_role("link", name="Kept on").click()
    page.get_by_role("button", name="Delete this report").click()
    expect(page.get_by_text("The report is deleted")).to_be_visible()
    expect(page.get_by_role("link", name="Kept on")).to_have_count(0)


def test_a_report_explained_is_without_fault_and_fits_a_small_phone(phone: Page, axe: Look) -> None:
    phone.goto("/learn/scan-report/?example=1")
    axe(phone)
    phone.get_by_role("button", name="Explain it").click()
    expect(phone.locator(".named > li").first).to_be_visible()
    assert phone.evaluate(SIDEWAYS) <= 0
    axe(phone)


def test_what_i_was_told_is_answered_and_danger_words_come_first(page: Page, axe: Look) -> None:
    # Given what people tell me
    page.goto("/learn/told/")
    axe(page)
    # When I type it as I heard it
    page.get_by_label("What were you told?").fill("my gran says never stoop with a bad back")
    page.get_by_role("button", name="Look it up").click()
    # Then I see what studies say, and something to say instead
    see_heading(page, "Don’t bend your back")
    expect(page.get_by_role("heading", name="What you could say instead")).to_be_visible()
    axe(page)
    # When what I type sounds dangerous
    page.goto("/learn/told/")
    page.get_by_label("What were you told?").fill("rest, they said, but I can't feel it when I wee")
    page.get_by_role("button", name="Look it up").click()
    # Then the card comes before anything else
    expect(page.locator("main h2").first).to_have_text("First: what you wrote sounds worrying")
    expect(page.get_by_role("link", name="Call 999").first).to_be_visible()
