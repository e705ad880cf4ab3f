"""The check-in: six taps, no more, on Today or on its own page."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Look
from tests.journeys.walks import see_heading

pytestmark = pytest.mark.browser

MOST_TAPS = 6


def tap(page: Page, name: str, word: str) -> None:
    """Tap one word of one scale."""
    row: Locator = page.locator("fieldset.taps", has=page.locator(f"input[name={name}]"))
    row.get_by_label(word, exact=True).click()


def test_i_check_in_with_six_taps_and_see_what_was_kept(page: Page, axe: Look) -> None:
    # Given the check-in
    page.goto("/today/")
    taps = [("interference", "A bit"), ("sleep_quality", "Good"), ("stress", "Some"),
            ("mood", "OK"), ("flare", "No")]  # fmt: skip
    # When I tap one word for each question, and save
    for name, word in taps:
        tap(page, name, word)
    page.get_by_role("button", name="Save").click()
    assert len(taps) + 1 <= MOST_TAPS
    # Then the news has the focus, and I see what was kept
    expect(page.locator("[data-focus]")).to_be_focused()
    expect(page.get_by_text("Saved for today")).to_be_visible()
    expect(page.get_by_role("row", name="Sleep Good")).to_be_visible()
    axe(page)


def test_i_change_an_answer_and_take_one_back(page: Page, axe: Look) -> None:
    # Given a check-in that I saved
    page.goto("/check-in/")
    tap(page, "mood", "Low")
    tap(page, "stress", "Huge")
    page.get_by_role("button", name="Save").click()
    # When I change one answer and tap the other again to take it back
    page.get_by_role("link", name=re.compile("Change it.*Check in")).click()
    axe(page)
    tap(page, "mood", "Bright")
    tap(page, "stress", "Huge")
    page.get_by_role("button", name="Save").click()
    # Then the one is changed and the other blank
    expect(page.get_by_role("row", name="Mood Bright")).to_be_visible()
    expect(page.get_by_role("row", name="Stress")).to_have_count(0)
    axe(page)


def test_a_worrying_note_brings_help_before_anything_else(page: Page, axe: Look) -> None:
    # Given that I write something worrying
    page.goto("/check-in/")
    page.get_by_text("Add pain or a note").click()
    page.fill("#note", "Since this morning I am numb between my legs and can't pee")
    page.get_by_role("button", name="Save").click()
    # Then who to call comes first, with the focus, and my words are kept
    expect(page.locator("#check")).to_be_focused()
    expect(page.locator("#check a[href='tel:999']").first).to_be_visible()
    expect(page.locator("#check")).to_contain_text("Your check-in is saved")
    axe(page)


def test_a_note_that_is_too_long_stays_on_the_page(page: Page, axe: Look) -> None:
    page.goto("/check-in/")
    page.get_by_text("Add pain or a note").click()
    page.fill("#note", "long " * 2_500)
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".nhsuk-error-summary")).to_be_focused()
    assert page.locator("#note").input_value().startswith("long long")
    axe(page)


def test_without_script_i_fill_in_yesterday(no_script: Page) -> None:
    # Given that I open another day from the check-in
    no_script.goto("/check-in/")
    no_script.get_by_text("Other days").click()
    no_script.locator("#days a").first.click()
    expect(no_script.get_by_text("This is for")).to_be_visible()
    # When I save it
    tap(no_script, "mood", "Flat")
    no_script.get_by_role("button", name="Save").click()
    # Then it is said which day it was kept for, and today is still open
    expect(no_script.get_by_text("Saved for", exact=False).first).to_be_visible()
    expect(no_script.get_by_text("Six taps with Save")).to_be_visible()


def test_going_back_and_saving_other_answers_asks_me_to_look_again(page: Page, axe: Look) -> None:
    # Given a check-in that I saved, and the old page, as the back button may show it
    page.goto("/check-in/")
    key = page.locator("#form input[name=key]").input_value()
    tap(page, "mood", "Low")
    page.get_by_role("button", name="Save").click()
    page.goto("/check-in/")
    page.evaluate("key => { document.querySelector('#form input[name=key]').value = key }", key)
    # When I send it with another answer
    tap(page, "mood", "Good")
    page.get_by_role("button", name="Save").click()
    # Then nothing is overwritten unseen: I look, save again, and it is kept
    see_heading(page, "Check in")
    expect(page.get_by_role("link", name="This page was saved once already")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("row", name="Mood Good")).to_be_visible()
