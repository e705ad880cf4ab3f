"""A session of movements: gone through, closed halfway, opened again, and without script."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, Look
from tests.journeys.walks import see_heading
from tests.served import Site

pytestmark = pytest.mark.browser

MAKE_ASHA = """
from django.utils import timezone
from safetomove.services import people, plans, safety_check
from tests.people import all_clear, walking
now = timezone.now()
person = people.start_guest(now=now)
today = people.local_day(now=now, zone="Europe/London")
safety_check.save_answers(person=person, answers=all_clear(given_on=today), now=now)
plans.choose_activity(person=person, plan=walking(started=today), now=now)
print(person)
"""
FORWARD_MS = 60_000  # longer than any one movement of a short session


@pytest.fixture
def cookie(site: Site) -> dict[str, str]:
    """What lets a browser in as Asha, who is cleared and walks."""
    return site.cookie_of(site.python(MAKE_ASHA).strip())


def begin(page: Page) -> None:
    """Choose five minutes."""
    page.goto("/move/session/")
    page.locator("input[name=minutes][value='5']").check(force=True)
    page.get_by_role("button", name="Start").click()
    page.wait_for_url("**/move/session/now/")


def test_i_go_through_a_session_close_the_tab_halfway_and_carry_on(
    open_page: Callable[..., Page], cookie: dict[str, str], axe: Look
) -> None:
    # Given a session on my small phone, in the dark
    page = open_page(viewport=PHONE, color_scheme="dark")
    page.context.add_cookies([cookie])  # type: ignore[list-item]
    page.clock.install()
    begin(page)
    expect(page.get_by_text("1 of 6")).to_be_visible()
    axe(page)
    # When I start the clock, the drawing moves and the time runs down
    page.get_by_role("button", name="Start the clock").click()
    expect(page.get_by_role("status")).to_contain_text("Now:")
    expect(page.locator(".pose__img")).to_have_attribute("src", _moving(page))
    # And it goes on by itself to a rest when the time is up
    page.clock.run_for(FORWARD_MS)
    expect(page.get_by_text("2 of 6")).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("Rest. Next:")
    axe(page)
    # And I make it harder, pause, skip the rest and swap it
    page.get_by_role("button", name="Harder").click()
    expect(page.locator(".player__level")).to_contain_text("Level 2")
    page.get_by_role("button", name="Skip the rest").click()
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("status")).to_contain_text("Paused")
    was = page.locator("h1").inner_text()
    page.get_by_role("button", name="Swap it").click()
    expect(page.locator("h1")).not_to_have_text(was)
    now = page.locator("h1").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    # When I close the tab and open Move again
    again = page.context.new_page()
    page.close()
    again.goto("/move/")
    again.get_by_role("link", name="Carry on").click()
    # Then I am where I was
    expect(again.get_by_text("2 of 6")).to_be_visible()
    see_heading(again, now)
    # And when I stop there, what I did counts
    again.get_by_role("button", name="Stop here for today").click()
    see_heading(again, "That’s your session")
    expect(again.locator("main")).to_contain_text("You did 1 of 6 movements")
    axe(again)
    again.locator("input[name=felt][value=right]").check(force=True)
    again.get_by_role("button", name="Save").first.click()
    expect(again.get_by_text("Saved.")).to_be_visible()
    again.locator("input[name=count][value=walking]").check(force=True)
    again.get_by_role("button", name="Save").last.click()
    expect(again.locator("main")).to_contain_text("We added 1 minute to Walking")


def test_a_press_that_could_not_be_saved_says_so_and_works_the_second_time(
    page: Page, cookie: dict[str, str]
) -> None:
    page.context.add_cookies([cookie])  # type: ignore[list-item]
    begin(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="Done, next").click()
    expect(page.get_by_role("alert")).to_contain_text("We could not save that")
    page.context.set_offline(False)
    page.get_by_role("button", name="Done, next").click()
    expect(page.get_by_text("2 of 6")).to_be_visible()


def test_without_script_it_is_a_form_that_goes_step_by_step(
    open_page: Callable[..., Page], cookie: dict[str, str]
) -> None:
    page = open_page(java_script_enabled=False)
    page.context.add_cookies([cookie])  # type: ignore[list-item]
    begin(page)
    expect(page.get_by_role("button", name="Start the clock")).to_be_hidden()
    expect(page.get_by_text("About 40 seconds")).to_be_visible()
    page.get_by_role("link", name="See it move").click()
    expect(page.locator(".pose__img")).to_have_attribute("src", _moving(page))
    for number in range(2, 7):
        page.get_by_role("button", name="Done, next").click()
        expect(page.get_by_text(f"{number} of 6")).to_be_visible()
    page.get_by_role("button", name="Done, next").click()
    expect(page.locator("main")).to_contain_text("You did 6 of 6 movements, about 5 minutes.")


def test_i_find_a_movement_see_it_move_and_read_what_people_ask(page: Page, axe: Look) -> None:
    # Given somebody who has told us nothing
    page.goto("/move/movements/")
    axe(page)
    page.get_by_label("Find a movement").fill("shoes")
    page.get_by_role("button", name="Find").click()
    expect(page.locator("#found")).to_be_focused()
    page.get_by_role("link", name="Reach for your shoe").click()
    # When they look at it
    see_heading(page, "Reach for your shoe")
    expect(page.get_by_role("heading", name="Check first")).to_be_visible()
    toggle = page.locator("[data-toggle]")
    toggle.click()
    expect(toggle).to_have_text("Hold it still")
    expect(page.locator(".pose__img")).to_have_attribute("src", _moving(page))
    page.get_by_role("link", name="To your laces").click()
    expect(page.locator("[aria-current=true] .levels__n")).to_have_text("2")
    page.get_by_text("Mornings are the worst.").click()
    # Then the answer has its net beside it
    expect(page.get_by_text("Worse each day for a week?")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Print this movement").click()
    expect(page.locator(".strip")).to_be_visible()
    axe(page)


def test_i_say_that_the_floor_is_hard_and_it_is_gone_from_the_list(page: Page, axe: Look) -> None:
    page.goto("/move/fit/")
    page.locator("input[name=floor][value=yes]").check(force=True)
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".notice")).to_be_focused()
    axe(page)
    page.goto("/move/movements/")
    expect(page.get_by_role("heading", name="In a chair")).to_have_count(1)
    expect(page.get_by_role("heading", name="On the floor")).to_have_count(0)
    page.goto("/move/movements/bridge/")
    expect(page.get_by_text("because you told us about the floor being hard")).to_be_visible()
    axe(page)
    page.locator("main").get_by_role("link", name="Sit to stand").click()
    see_heading(page, "Sit to stand")


def test_i_breathe_with_the_circle_and_nothing_grows_if_i_asked_for_less_motion(
    open_page: Callable[..., Page], axe: Look
) -> None:
    page = open_page(reduced_motion="reduce")
    page.clock.install()
    page.goto("/move/breathe/")
    ring = page.locator(".pacer__grow")
    still = ring.evaluate("each => getComputedStyle(each).transform")
    axe(page)
    page.get_by_role("button", name="Start").click()
    expect(page.locator("[data-says]")).to_have_text("Breathe in")
    page.clock.run_for(4_200)
    expect(page.locator("[data-says]")).to_have_text("Breathe out")
    assert ring.evaluate("each => getComputedStyle(each).transform") == still
    page.clock.run_for(60_000)
    expect(page.locator("[data-counted]")).to_contain_text("breaths so far")
    page.get_by_role("button", name="Stop").click()
    page.get_by_role("link", name="A walk on an old path").click()
    see_heading(page, "A walk on an old path")
    axe(page)


def _moving(page: Page) -> str:
    address = page.locator(".pose__img").get_attribute("data-moving")
    assert address
    return address
