"""Make sense: I read, try, keep a sentence, and move the rail on the hill."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from safetomove.content import lessons
from safetomove.content.lesson_shapes import (
    Compare,
    Guesses,
    Lesson,
    Lists,
    Pick,
    Plan,
    Sort,
    Steps,
    Swap,
)
from safetomove.web.patient.learn import buffer
from tests.journeys.conftest import Look
from tests.journeys.walks import see_heading

pytestmark = pytest.mark.browser

MADE_OF_SLIDERS = "sleep=0&worry=3&guarding=1&reassurance=1&practice=2"


def with_a(*kinds: type) -> Lesson:
    """Find the first lesson with something of this kind to try; prefer one with a clock."""
    found = [each for each in lessons.load().lessons.values() if isinstance(each.trial, kinds)]
    clocked = [each for each in found if isinstance(each.trial, Steps) and each.trial.seconds]
    return (clocked or found)[0]


def open_lesson(page: Page, lesson: Lesson) -> Locator:
    """Open a lesson and return what there is to try in it."""
    page.goto(f"/learn/{lesson.id}/")
    see_heading(page, lesson.front.title)
    return page.locator("#try")


def rail_stands(page: Page) -> tuple[float, float]:
    """Return where the rail is drawn."""
    words = page.locator("[data-rail-post]").get_attribute("transform") or ""
    x, y = re.findall(r"[\d.]+", words)
    return float(x), float(y)


def test_i_find_a_lesson_sort_what_people_say_and_keep_a_sentence(page: Page, axe: Look) -> None:
    lesson = with_a(Sort)
    assert isinstance(lesson.trial, Sort)
    # Given that I look through the lessons
    page.goto("/learn/")
    see_heading(page, "Make sense")
    page.get_by_role("link", name=lesson.front.title).last.click()
    # When I say what I think, each is answered at once, right or not
    trying = page.locator("#try")
    expect(trying.get_by_role("button")).to_be_hidden()
    first = trying.locator("fieldset").first
    told = first.locator("[data-told]")
    expect(told).to_be_hidden()
    first.get_by_label("It depends").check(force=True)
    expect(told).to_contain_text(lesson.trial.statements[0].told)
    # And I keep the sentence
    page.get_by_role("button", name="Keep this").click()
    expect(page.locator("#said:focus")).to_have_text("You keep this sentence.")
    axe(page)
    # Then it is on my page, with the lesson it comes from, and I can let it go
    page.get_by_role("link", name="All the sentences I keep").click()
    expect(page.get_by_text(lesson.keep, exact=True)).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Let it go").click()
    expect(page.get_by_text("Nothing kept yet")).to_be_visible()
    # And the shelf knows what I have read, and offers another
    page.goto("/learn/")
    expect(page.locator(".book__read")).to_have_count(1)
    expect(page.get_by_role("region", name=lesson.question)).to_have_count(0)


def test_what_i_choose_guess_open_or_hold_is_answered_at_once(page: Page, axe: Look) -> None:
    # A question with answers
    lesson = with_a(Pick)
    assert isinstance(lesson.trial, Pick)
    trying = open_lesson(page, lesson)
    for option in lesson.trial.options[:2]:
        trying.get_by_label(option.label, exact=True).check()
        expect(trying.locator("[data-told]:visible")).to_have_count(1)
        expect(trying.locator("[data-told]:visible")).to_contain_text(option.told)
    # A number to guess: mine beside the one that was found
    lesson = with_a(Guesses)
    assert isinstance(lesson.trial, Guesses)
    guess = lesson.trial.guesses[0]
    trying = open_lesson(page, lesson)
    trying.locator("input[type=range]").first.fill(f"{guess.low:g}")
    trying.get_by_role("button", name="Show the answer").click()
    expect(trying.locator("[data-told]").first).to_contain_text(f"You said {guess.low:g}")
    expect(trying.locator("[data-told]").first).to_contain_text(guess.told)
    axe(page)
    # Stories side by side
    lesson = with_a(Compare)
    assert isinstance(lesson.trial, Compare)
    trying = open_lesson(page, lesson)
    expect(trying.locator(".story")).to_have_count(len(lesson.trial.stories))
    trying.get_by_label(lesson.trial.options[-1].label, exact=True).check()
    expect(trying.get_by_text(lesson.trial.options[-1].told)).to_be_visible()
    axe(page)
    # Scary words to swap
    lesson = with_a(Swap)
    assert isinstance(lesson.trial, Swap)
    trying = open_lesson(page, lesson)
    trying.locator("summary").first.press("Enter")
    expect(trying.get_by_text(lesson.trial.pairs[0].told)).to_be_visible()
    axe(page)
    # Something to do, with a clock where there is one
    lesson = with_a(Steps)
    assert isinstance(lesson.trial, Steps)
    trying = open_lesson(page, lesson)
    if lesson.trial.seconds:
        trying.get_by_role("button", name="Start a clock").click()
        expect(trying.get_by_role("status")).to_have_text(f"{lesson.trial.seconds} seconds left")
    trying.get_by_label(lesson.trial.options[0].label, exact=True).check()
    expect(trying.get_by_text(lesson.trial.options[0].told)).to_be_visible()
    axe(page)


def test_without_script_a_form_brings_the_answers(no_script: Page) -> None:
    for kind in (Pick, Compare, Steps):
        lesson = with_a(kind)
        assert isinstance(lesson.trial, Pick | Compare | Steps)
        trying = open_lesson(no_script, lesson)
        assert no_script.get_by_role("button", name="Read it to me").is_hidden()
        trying.get_by_label(lesson.trial.options[1].label, exact=True).check()
        trying.get_by_role("button", name="Show what we know").click()
        expect(trying.get_by_text(lesson.trial.options[1].told)).to_be_visible()
        expect(trying.locator("[data-told]:visible")).to_have_count(1)
    lesson = with_a(Sort)
    trying = open_lesson(no_script, lesson)
    trying.locator("input[value=myth]").first.check(force=True)
    trying.get_by_role("button", name="Show what we know").click()
    expect(trying.locator("[data-told]:visible")).to_have_count(1)
    lesson = with_a(Guesses)
    assert isinstance(lesson.trial, Guesses)
    trying = open_lesson(no_script, lesson)
    trying.get_by_role("button", name="Show the answer").click()
    expect(trying.get_by_text(lesson.trial.guesses[0].told)).to_be_visible()


def test_i_make_lists_and_choose_one_thing_which_waits_on_today(page: Page, axe: Look) -> None:
    # Given a lesson with two lists
    lesson = with_a(Lists)
    assert isinstance(lesson.trial, Lists)
    trying = open_lesson(page, lesson)
    # When I tick one and write one of my own
    trying.get_by_label(lesson.trial.left.ideas[0], exact=True).check(force=True)
    trying.locator("#right_own").fill("Singing in the car\n")
    trying.get_by_role("button", name="Keep my lists").click()
    # Then both are kept, mine among the rest
    expect(page.locator("#said:focus")).to_contain_text("Your lists are kept.")
    expect(page.get_by_label(lesson.trial.left.ideas[0], exact=True)).to_be_checked()
    expect(page.get_by_label("Singing in the car", exact=True)).to_be_checked()
    axe(page)
    # Given a lesson with one thing to choose
    lesson = with_a(Plan)
    assert isinstance(lesson.trial, Plan)
    trying = open_lesson(page, lesson)
    # When I choose nothing, I am asked again; when I choose one, it waits on Today
    trying.get_by_role("button", name="I’ll try this").click()
    expect(page.get_by_role("link", name="Choose one thing, or write your own.")).to_be_visible()
    axe(page)
    idea, when = lesson.trial.ideas[0], lesson.trial.when[0]
    page.get_by_label(idea, exact=True).check()
    page.get_by_label(when, exact=True).check()
    page.get_by_role("button", name="I’ll try this").click()
    expect(page.get_by_text("It is on your Today page.")).to_be_visible()
    page.goto("/today/")
    card = page.get_by_role("region", name=idea)
    expect(card).to_contain_text(when)
    axe(page)
    # And it is gone once it is done
    card.get_by_role("button", name="I did it").click()
    see_heading(page, "Today")
    expect(page.get_by_text(idea)).to_have_count(0)


def test_the_rail_moves_as_i_move_a_slider_and_says_where_it_stands(
    open_page: Callable[..., Page], axe: Look
) -> None:
    page = open_page(reduced_motion="reduce")
    # Given the rail as it stands after months of pain
    page.goto("/learn/buffer/")
    says = page.locator("#rail-says")
    expect(says).to_contain_text("far too low")
    low = rail_stands(page)
    # When I turn worry down and practice up, by keyboard
    page.get_by_label("Worry about harm").press("Home")
    page.get_by_label("Gentle practice").press("End")
    # Then the rail is higher up the hill, and words say so
    expect(says).to_contain_text("on its way back up")
    assert rail_stands(page) > low
    assert rail_stands(page)[1] < low[1]
    expect(page.get_by_label("Worry about harm")).to_have_attribute("aria-valuetext", "none")
    axe(page)
    # And three times of life are one tap each
    page.get_by_role("link", name="Before").click()
    expect(says).to_contain_text("near the edge")


def test_the_rail_stands_at_the_same_place_with_script_and_without(
    page: Page, no_script: Page
) -> None:
    for browser in (page, no_script):
        browser.goto(f"/learn/buffer/?{MADE_OF_SLIDERS}")
    asked = dict(pair.split("=") for pair in MADE_OF_SLIDERS.split("&"))
    drawn = buffer.picture(asked)
    for browser in (page, no_script):
        assert rail_stands(browser) == pytest.approx((drawn.rail.x, drawn.rail.y), abs=0.3)
        expect(browser.locator(f"[data-zone={drawn.zone}]")).to_be_visible()
        expect(browser.locator("[data-zone]:visible")).to_have_count(1)
    # Without script a button moves it
    no_script.get_by_role("button", name="Move the rail").click()
    assert no_script.url.endswith(f"?{MADE_OF_SLIDERS}#rail-says")


def test_a_voice_can_read_the_lesson_and_be_stopped(page: Page, axe: Look) -> None:
    page.goto("/learn/why-we-feel-pain/")
    page.get_by_role("button", name="Read it to me").click()
    page.get_by_role("button", name="Pause").click()
    page.get_by_role("button", name="Go on").click()
    axe(page)
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("button", name="Read it to me")).to_be_focused()
    assert page.evaluate("() => speechSynthesis.pending || speechSynthesis.speaking") is False
