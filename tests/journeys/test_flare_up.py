"""I'm having a flare-up: is anything new, and what helps in the next hour."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Look
from tests.journeys.walks import answer_no_to_everything, go_on, say, say_everything, see_heading

pytestmark = pytest.mark.browser


def test_signed_out_i_get_help_for_the_next_hour_and_no_numbers(page: Page, axe: Look) -> None:
    # Given that it flared up, and I have no diary here
    page.goto("/")
    page.get_by_role("link", name="I’m having a flare-up").click()
    expect(page.get_by_role("link", name="Call 999 now")).to_be_visible()
    axe(page)
    # When nothing is new
    answer_no_to_everything(page)
    # Then I see what to do now, whom to ring in the dark, and no dose
    see_heading(page, "one step at a time")
    expect(page.locator(".smaller")).to_have_count(0)
    expect(page.get_by_role("link", name="Call Samaritans on 116 123")).to_be_visible()
    expect(page.get_by_role("link", name="Call 999 now")).to_be_visible()
    assert not [each for each in page.context.cookies() if each["name"] == "session"]
    axe(page)


def test_a_new_sign_in_a_flare_up_shows_the_card_before_any_comfort(page: Page, axe: Look) -> None:
    page.goto("/flare/")
    say_everything(page)
    say(page, "ces_saddle", "yes")
    go_on(page)
    see_heading(page, "Call 999")
    expect(page.get_by_text("make the out-breath long")).to_have_count(0)
    axe(page)


def test_not_sure_in_a_flare_up_leads_to_a_card(page: Page, axe: Look) -> None:
    page.goto("/flare/")
    say_everything(page)
    say(page, "neuro_prog", "unknown")
    go_on(page)
    answer_no_to_everything(page)
    expect(page.locator("#answer")).to_contain_text("You were not sure about")
    expect(page.locator(".smaller")).to_have_count(0)
    axe(page)


def test_a_flare_up_needs_at_most_three_pages(page: Page) -> None:
    page.goto("/flare/")
    expect(page.locator("#where")).to_contain_text("of 3")


def test_with_a_diary_but_no_full_check_there_is_no_number_but_a_way_to_one(
    page: Page, axe: Look
) -> None:
    # Given a diary whose safety questions were never answered in full
    page.goto("/check-in/")
    page.locator("input[name=interference]").first.check(force=True)
    page.locator("main form button[type=submit]").first.click()
    # When it flares up and nothing is new
    page.goto("/flare/")
    answer_no_to_everything(page)
    # Then the flare-up is noted, there is no dose, and I am led to the full check
    expect(page.get_by_text("Noted in your diary")).to_be_visible()
    expect(page.locator(".smaller")).to_have_count(0)
    expect(page.get_by_role("link", name="Check it is safe to start")).to_be_visible()
    axe(page)


def test_the_circle_moves_only_when_i_ask(page: Page) -> None:
    page.goto("/flare/now/")
    moving = "() => document.getAnimations().length"
    assert page.evaluate(moving) == 0
    page.get_by_label("Let the circle breathe with me").check()
    assert page.evaluate(moving) == 1


def test_nothing_moves_where_less_motion_is_wanted(open_page: Callable[..., Page]) -> None:
    page = open_page(reduced_motion="reduce")
    page.goto("/flare/now/")
    page.locator(".breath input").evaluate("box => box.checked = true")
    assert page.evaluate("() => document.getAnimations().length") == 0


def test_it_works_without_script(no_script: Page) -> None:
    no_script.goto("/flare/")
    for _ in range(3):
        for group in no_script.locator("form.ask fieldset").all():
            group.locator("input[value=no]").check(force=True)
        go_on(no_script)
    see_heading(no_script, "one step at a time")
