"""I did it: how it felt comes after, in one tap each, and never in the way."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Look
from tests.journeys.test_today import MAKE_ASHA
from tests.journeys.walks import see_heading
from tests.served import Site

pytestmark = pytest.mark.browser

WALKED_YESTERDAY = MAKE_ASHA.replace("range(20, 1, -1)", "range(20, 0, -1)")


def test_i_close_the_tab_midway_and_nothing_is_lost(page: Page, site: Site, axe: Look) -> None:
    # Given that I walked yesterday
    page.context.add_cookies([site.cookie_of(site.python(WALKED_YESTERDAY).strip())])
    page.goto("/today/")
    axe(page)
    # When I say how my back feels this morning
    page.locator("#morning").get_by_role("button", name="Harder").click()
    # Then I am answered kindly, with what to look out for, and my number stands
    expect(page.locator("#morning")).to_contain_text("Feeling sore after you do more is common")
    expect(page.locator("#morning .net")).to_contain_text("check it is safe")
    expect(page.locator("#dose-walking")).to_contain_text("You felt sorer this morning")
    # When I do today's walk, say the first word, and the tab is gone
    page.get_by_role("button", name="I did it").click()
    card = page.locator("#dose-walking")
    expect(card.locator(".noted")).to_contain_text("You noted")
    card.get_by_role("group", name="Before I began").get_by_role("button", name="As usual").click()
    expect(card).to_contain_text("Before I began: as usual.")
    axe(page)
    page.close()
    # Then all of it is there when I come back, and I can go on or change it
    again = page.context.new_page()
    again.goto("/today/")
    expect(again.locator("#dose-walking .noted")).to_contain_text("You noted")
    expect(again.locator("#dose-walking")).to_contain_text("Before I began: as usual.")
    again.get_by_role("link", name="Change how it felt").click()
    see_heading(again, "How did it feel?")
    axe(again)
    again.get_by_role("group", name="While I did it").get_by_label("Harder").check(force=True)
    again.get_by_role("button", name="Save").click()
    expect(again.locator("#dose-walking")).to_contain_text("While I did it: harder than usual.")
    # And my progress shows it
    again.goto("/move/progress/")
    again.get_by_text("How it felt", exact=True).click()
    expect(again.get_by_role("row", name="While I did it")).to_contain_text("1")
    axe(again)


def test_without_script_each_word_and_each_treatment_is_one_tap(
    no_script: Page, site: Site
) -> None:
    no_script.context.add_cookies([site.cookie_of(site.python(WALKED_YESTERDAY).strip())])
    no_script.goto("/today/")
    no_script.locator("#morning").get_by_role("button", name="As usual").click()
    expect(no_script.locator("#morning")).to_have_count(0)
    no_script.get_by_role("button", name="I did it").click()
    no_script.get_by_role("group", name="While I did it").get_by_role(
        "button", name="Easier"
    ).click()
    expect(no_script.locator("#dose-walking")).to_contain_text("easier than usual")
    no_script.get_by_text("I had a massage, heat or the like").click()
    no_script.get_by_role("button", name="Massage").click()
    expect(no_script.locator("main")).to_contain_text("You noted a massage.")
