"""Is it safe to move? The questions, the cards, and what is kept of them."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Look
from tests.journeys.walks import (
    answer_no_to_everything,
    go_on,
    go_to_question,
    say,
    say_everything,
    see_heading,
)

pytestmark = pytest.mark.browser


def test_with_no_warning_sign_i_can_start_and_keep_my_answers(page: Page, axe: Look) -> None:
    # Given that none of the signs fits me
    page.goto("/")
    page.get_by_role("link", name="Is it safe? Some short questions").click()
    page.get_by_role("link", name="Start the questions").click()
    # When I answer no to everything
    answer_no_to_everything(page)
    # Then I can start, I read what no list can do, and nothing of mine is kept yet
    see_heading(page, "You can start")
    expect(page.locator("#answer .net")).to_contain_text("No list can rule out everything")
    expect(page.get_by_text("Your answers are not kept")).to_be_visible()
    assert not [each for each in page.context.cookies() if each["name"] == "session"]
    axe(page)
    # And when I ask to keep them, I go on to choose something
    page.get_by_role("button", name="Keep this and start").click()
    assert page.url.endswith("/start/")
    axe(page)


@pytest.mark.parametrize(
    "sign", ["ces_bladder", "ces_bowel", "ces_saddle", "ces_sexual", "ces_bilat"]
)
def test_a_new_sign_of_cauda_equina_shows_the_emergency_card_at_once(
    page: Page, axe: Look, sign: str
) -> None:
    # Given the screen that asks about this sign
    go_to_question(page, sign)
    # When I say that it is new
    say(page, sign, "yes")
    go_on(page)
    # Then I see whom to call before any further question, and no way to a dose
    see_heading(page, "Call 999")
    expect(page.locator("#answer a[href='tel:999']")).to_be_visible()
    expect(page.get_by_text("Keep this and start")).to_have_count(0)
    expect(page.locator("main a[href^='/start']")).to_have_count(0)
    axe(page)


def test_carrying_on_after_the_emergency_card_never_takes_it_back(page: Page) -> None:
    # Given that I told about new numbness between my legs
    go_to_question(page, "ces_saddle")
    say(page, "ces_saddle", "yes")
    go_on(page)
    # When I carry on and say no to all the rest
    page.get_by_role("button", name="Carry on with the questions").click()
    answer_no_to_everything(page)
    # Then it is still an emergency
    see_heading(page, "Call 999")


def test_i_can_change_an_answer_that_i_pressed_by_mistake(page: Page) -> None:
    # Given that I pressed yes by mistake
    go_to_question(page, "ces_bowel")
    say(page, "ces_bowel", "yes")
    go_on(page)
    # When I go back to that question and say no
    page.get_by_role("button", name="Change my answer").click()
    expect(page.locator("input[name=ces_bowel][value=yes]")).to_be_checked()
    say_everything(page)
    go_on(page)
    answer_no_to_everything(page)
    # Then I can start
    see_heading(page, "You can start")


def test_not_sure_about_a_nerve_sign_means_help_today(page: Page, axe: Look) -> None:
    # Given that I don't know whether my peeing has changed
    go_to_question(page, "ces_bladder")
    # When I say that I am not sure, and no to all the rest
    say(page, "ces_bladder", "unknown")
    go_on(page)
    answer_no_to_everything(page)
    # Then I am told to get help today, and what I was not sure about
    see_heading(page, "Get help today")
    expect(page.locator("#answer")).to_contain_text("You were not sure about")
    axe(page)


def test_a_question_left_out_is_asked_for_in_words(page: Page, axe: Look) -> None:
    # Given the first screen
    page.goto("/safe/questions/")
    # When I go on without answering
    go_on(page)
    # Then I read what is missing at the top, with links to it, and focus is there
    summary = page.locator(".nhsuk-error-summary")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("Choose an answer: Are you pregnant")
    expect(page.get_by_role("link", name="Type your age")).to_be_visible()
    axe(page)


def test_a_strange_age_is_kept_as_typed_and_asked_for_again(page: Page) -> None:
    page.goto("/safe/questions/")
    say_everything(page, age="fifty")
    go_on(page)
    expect(page.locator("#age")).to_have_value("fifty")
    expect(page.locator(".nhsuk-error-summary")).to_contain_text("whole number")


def test_leaving_out_my_age_means_no_clearance(page: Page, axe: Look) -> None:
    # Given that I would rather not say how old I am
    page.goto("/safe/questions/")
    say_everything(page, age="")
    page.check("input[name=age_withheld]", force=True)
    go_on(page)
    # When I answer no to everything
    answer_no_to_everything(page)
    # Then I am told what is open, and can't start
    expect(page.locator("#answer")).to_contain_text("your age")
    expect(page.get_by_text("Keep this and start")).to_have_count(0)
    axe(page)


def test_the_browsers_own_back_button_returns_to_the_last_question(page: Page) -> None:
    # Given that I have answered two screens
    page.goto("/safe/questions/")
    say_everything(page)
    go_on(page)
    heading = page.locator("h1").inner_text()
    say_everything(page)
    go_on(page)
    # When I press the browser's Back
    page.go_back()
    # Then the question before is there again
    see_heading(page, heading)


def test_the_pages_own_back_keeps_what_i_said(page: Page) -> None:
    page.goto("/safe/questions/")
    say_everything(page, age="47")
    go_on(page)
    page.get_by_role("button", name="Back").click()
    expect(page.locator("#age")).to_have_value("47")
    expect(page.locator("input[name=pregnant][value=no]")).to_be_checked()


def test_no_answer_ever_shows_in_an_address(page: Page) -> None:
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url))
    page.goto("/safe/questions/")
    answer_no_to_everything(page)
    assert not [url for url in seen if "?" in url]


def test_the_whole_check_works_without_script(no_script: Page) -> None:
    no_script.goto("/safe/")
    no_script.get_by_role("link", name="Start the questions").click()
    for _ in range(20):
        if not no_script.locator("form.ask").count():
            break
        for group in no_script.locator("form.ask fieldset").all():
            if group.locator("input[type=radio]").count():
                group.locator("input[value=no]").check(force=True)
        if no_script.locator("#age").count():
            no_script.fill("#age", "52")
        go_on(no_script)
    see_heading(no_script, "You can start")


def test_focus_moves_to_the_card(page: Page) -> None:
    go_to_question(page, "ces_bladder")
    say(page, "ces_bladder", "yes")
    go_on(page)
    expect(page.locator(".answer")).to_be_focused()


def test_answers_of_somebody_with_a_diary_are_kept_at_once(page: Page, axe: Look) -> None:
    # Given that I have a diary here
    page.goto("/safe/questions/")
    answer_no_to_everything(page)
    page.get_by_role("button", name="Keep this and start").click()
    # When a sign turns up later and I tell of it
    go_to_question(page, "ces_bilat")
    say(page, "ces_bilat", "yes")
    go_on(page)
    # Then the card says that it is kept, and Today gives no number
    expect(page.get_by_text("Your answers are kept with your diary")).to_be_visible()
    page.goto("/today/")
    expect(page.locator(".dose")).to_have_count(0)
    expect(page.locator("main")).to_contain_text("999")
    axe(page)


def test_the_card_can_be_read_on_paper(open_page: Callable[..., Page]) -> None:
    page = open_page()
    go_to_question(page, "ces_bladder")
    say(page, "ces_bladder", "yes")
    go_on(page)
    page.emulate_media(media="print")
    expect(page.locator("#answer h1")).to_be_visible()
    expect(page.locator("#answer")).to_contain_text("Call 999")
