"""A new week: two minutes to look back, one thing to do, and what I can do now."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Look
from tests.journeys.test_today import MAKE_ASHA
from tests.journeys.walks import see_heading
from tests.served import Site

pytestmark = pytest.mark.browser


@pytest.fixture
def asha(page: Page, site: Site) -> Page:
    """Asha's browser: three weeks in, cleared, and last week noted."""
    page.context.add_cookies([site.cookie_of(site.python(MAKE_ASHA).strip())])
    return page


def test_i_look_back_choose_one_thing_and_see_what_i_can_do_now(asha: Page, axe: Look) -> None:
    # Given a new week, and the offer on my day
    asha.goto("/today/")
    asha.get_by_role("link", name="Look back on my week").click()
    see_heading(asha, "Your week, in two minutes")
    axe(asha)
    # When I mistype my goal
    asha.get_by_label("What went well in what you did?").fill("Sat through lunch with Jo")
    asha.get_by_label("Do something with people I like").check(force=True)
    asha.locator("#goal-0").fill("lots")
    asha.get_by_role("button", name="Save my week").click()
    # Then I am told, and what I typed is still there
    expect(asha.locator(".nhsuk-error-summary")).to_be_focused()
    expect(asha.get_by_label("What went well in what you did?")).to_have_value(
        "Sat through lunch with Jo"
    )
    axe(asha)
    # When I put it right
    asha.locator("#goal-0").fill("25")
    asha.get_by_role("button", name="Save my week").click()
    # Then my one thing is kept, and my day offers it no more
    expect(asha.locator(".notice")).to_contain_text("Your week is saved")
    expect(asha.locator("main")).to_contain_text("Do something with people I like")
    axe(asha)
    asha.get_by_role("link", name="See what I can do now").click()
    see_heading(asha, "What you can do now")
    expect(asha.locator("main")).to_contain_text("Your goal is 25 minutes.")
    asha.get_by_role("button", name="Show pain too").click()
    expect(asha.get_by_role("columnheader", name=re.compile("Pain"))).to_be_visible()
    axe(asha)
    asha.goto("/today/")
    expect(asha.get_by_role("link", name="Look back on my week")).to_have_count(0)


def test_i_write_my_stay_well_plan_without_script(no_script: Page, site: Site) -> None:
    no_script.context.add_cookies([site.cookie_of(site.python(MAKE_ASHA).strip())])
    no_script.goto("/move/stay-well/")
    no_script.get_by_role("link", name="Write my plan").click()
    no_script.get_by_label("What I keep doing").fill("Walk with Sam on Sundays")
    no_script.get_by_role("button", name="Save my plan").click()
    expect(no_script.locator("main")).to_contain_text("Walk with Sam on Sundays")
    no_script.get_by_role("button", name="I’ll go on alone").click()
    expect(no_script.locator("#alone")).to_contain_text("You go on alone since")
    no_script.get_by_role("button", name="Take up the weeks again").click()
    expect(no_script.locator("#alone")).to_contain_text("I’ll go on alone")
    no_script.goto("/move/stay-well/print/")
    expect(no_script.locator("main")).to_contain_text("Walk with Sam on Sundays")


def test_i_close_the_tab_midway_and_my_week_waits_for_me_without_script(
    no_script: Page, site: Site
) -> None:
    # Given a week that I began to write about, and a tab that I closed
    no_script.context.add_cookies([site.cookie_of(site.python(MAKE_ASHA).strip())])
    no_script.goto("/move/week/")
    no_script.get_by_label("What went well in what you did?").fill("Sat through")
    page = no_script.context.new_page()
    no_script.close()
    # When I open my day again, the offer is still there, and nothing counts as said
    page.goto("/today/")
    page.get_by_role("link", name="Look back on my week").click()
    expect(page.get_by_label("What went well in what you did?")).to_have_value("")
    page.get_by_label("What went well in what you did?").fill("Sat through lunch with Jo")
    page.get_by_role("button", name="Save my week").click()
    # Then it is saved once, and the offer is gone
    expect(page.locator(".notice")).to_contain_text("Your week is saved")
    page.goto("/today/")
    expect(page.get_by_role("link", name="Look back on my week")).to_have_count(0)
