"""Today: one small thing, why, and what I did of it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Look
from tests.journeys.walks import see_heading
from tests.served import Site

pytestmark = pytest.mark.browser

MAKE_ASHA = """
from datetime import timedelta
from django.utils import timezone
from safetomove.core.diary import CheckIn
from safetomove.services import check_in, people, plans, safety_check
from tests.people import all_clear, walking
now = timezone.now()
person = people.start_guest(now=now)
today = people.local_day(now=now, zone="Europe/London")
safety_check.save_answers(person=person, answers=all_clear(given_on=today), now=now)
began = today - timedelta(days=20)
plan = walking(started=began, goal_text="Round the park")
plans.choose_activity(person=person, plan=plan, now=now)
for n in range(20, 1, -1):
    day, done = today - timedelta(days=n), {"walking": 20.0 - n / 2}
    day = CheckIn(day=day, mood=5.0, flare=False, done=done)
    check_in.save_check_in(person=person, check_in=day, client_key=f"day{n}", now=now)
print(person)
"""


@pytest.fixture
def asha(page: Page, site: Site) -> Page:
    """Asha's browser: three weeks in, cleared, yesterday blank."""
    page.context.add_cookies([site.cookie_of(site.python(MAKE_ASHA).strip())])
    return page


def test_i_see_my_number_and_why_and_note_that_i_did_it(asha: Page, axe: Look) -> None:
    # Given my day
    asha.goto("/today/")
    see_heading(asha, "Today, one small thing")
    expect(asha.locator("#dose-walking .why li").first).to_be_visible()
    expect(asha.locator("#dose-walking .net")).to_contain_text("Stop and check it is safe")
    axe(asha)
    # When I tap I did it
    asha.get_by_role("button", name="I did it").click()
    # Then it is noted, and I can put it right
    expect(asha.locator("#dose-walking .noted")).to_contain_text("You noted")
    axe(asha)
    asha.get_by_role("link", name=re.compile("Change it.*Walking")).click()
    asha.fill("#amount", "3")
    asha.get_by_role("button", name="Save").click()
    expect(asha.locator("#dose-walking .noted")).to_contain_text("You noted 3 minutes.")


def test_i_did_some_asks_how_much(asha: Page, axe: Look) -> None:
    asha.goto("/today/")
    asha.get_by_role("button", name="I did some").click()
    see_heading(asha, "How much did you do?")
    axe(asha)
    asha.fill("#amount", "lots")
    asha.get_by_role("button", name="Save").click()
    expect(asha.locator(".nhsuk-error-summary")).to_be_focused()
    axe(asha)
    asha.fill("#amount", "2.5")
    asha.get_by_role("button", name="Save").click()
    expect(asha.locator("#dose-walking .noted")).to_contain_text("You noted 2½ minutes.")


def test_i_see_how_far_i_have_come_as_a_sentence_a_picture_and_a_table(
    asha: Page, axe: Look
) -> None:
    asha.goto("/today/")
    far = asha.locator(".far")
    expect(far.get_by_role("heading")).to_contain_text("Now it is")
    expect(far.get_by_role("img")).to_be_visible()
    expect(far).to_contain_text("Your goal: Round the park")
    far.get_by_text("See it as a table").click()
    expect(far.get_by_role("table")).to_be_visible()
    axe(asha)


def test_when_something_is_different_the_number_waits_for_the_questions(
    asha: Page, axe: Look
) -> None:
    asha.goto("/today/")
    asha.get_by_role("button", name="Something is different").click()
    assert asha.url.endswith("/safe/")
    asha.goto("/today/")
    expect(asha.get_by_text("You said something is different")).to_be_visible()
    expect(asha.get_by_role("button", name="I did it")).to_have_count(0)
    axe(asha)


def test_today_works_without_script_and_on_a_small_phone(
    no_script: Page, phone: Page, site: Site, axe: Look
) -> None:
    cookie = site.cookie_of(site.python(MAKE_ASHA).strip())
    for page in (no_script, phone):
        page.context.add_cookies([cookie])
        page.goto("/today/")
        see_heading(page, "Today, one small thing")
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    axe(phone)
    no_script.get_by_role("button", name="Not today").click()
    expect(no_script.locator("#dose-walking .noted")).to_contain_text("That’s fine")
