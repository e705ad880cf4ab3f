"""My own plan: written on a calm day, first on the page on a bad one, looked back on after."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Look
from tests.journeys.test_ladder import press
from tests.journeys.test_session import MAKE_ASHA
from tests.journeys.walks import answer_no_to_everything, see_heading
from tests.served import Site

pytestmark = pytest.mark.browser

TWO_BAD_DAYS = """
from datetime import timedelta
from uuid import UUID, uuid4
from django.utils import timezone
from safetomove.core.diary import CheckIn
from safetomove.services import check_in, people
now = timezone.now()
today = people.local_day(now=now, zone="Europe/London")
for back in (2, 1):
    day = CheckIn(day=today - timedelta(days=back), flare=True, pain=7.0)
    check_in.save_check_in(person=UUID({person!r}), check_in=day, client_key=str(uuid4()), now=now)
"""


def test_my_plan_is_the_first_help_in_a_flare_up_and_i_look_back_once_it_has_passed(
    page: Page, site: Site, axe: Look
) -> None:
    # Given a plan that I wrote on a calm day, with half of today's walk in it
    person = site.python(MAKE_ASHA).strip()
    page.context.add_cookies([site.cookie_of(person)])  # type: ignore[list-item]
    page.goto("/move/flare-plan/")
    page.get_by_role("link", name="Write my plan").click()
    page.get_by_label("Something warm on my back").check(force=True)
    page.fill("#own", "The blue cushion")
    expect(page.get_by_label("Walking")).to_have_value("4")
    press(page, "Save my plan")
    see_heading(page, "My flare-up plan")
    axe(page)
    # When it flares up, and two days on nothing is new
    site.python(TWO_BAD_DAYS.format(person=person))
    page.goto("/today/")
    page.get_by_role("link", name="I’m having a flare-up").click()
    answer_no_to_everything(page)
    # Then the first section on the page is mine, with my smallest amount
    see_heading(page, "one step at a time")
    mine = page.locator("main section").first
    expect(mine).to_contain_text("The blue cushion")
    expect(mine).to_contain_text("4 minutes")
    axe(page)
    # And one tap says how it goes, and another that it has passed
    press(page, "Better")
    expect(page.get_by_text("You said: better today.")).to_be_visible()
    press(page, "It has passed")
    expect(page.get_by_role("heading", name="Your flare-up has passed")).to_be_visible()
    # And I look back without blame
    page.get_by_role("link", name="Look back", exact=True).click()
    page.get_by_label("More stress than usual").check(force=True)
    press(page, "Save")
    expect(page.get_by_text("Your look back is saved")).to_be_visible()
    axe(page)


def test_in_a_flare_up_i_close_the_tab_midway_and_go_on_without_script(
    no_script: Page, site: Site
) -> None:
    # Given a flare-up of two days, my plan, and the questions answered
    person = site.python(MAKE_ASHA).strip()
    no_script.context.add_cookies([site.cookie_of(person)])  # type: ignore[list-item]
    no_script.goto("/move/flare-plan/change/")
    no_script.fill("#own", "The blue cushion")
    press(no_script, "Save my plan")
    site.python(TWO_BAD_DAYS.format(person=person))
    no_script.goto("/flare/")
    answer_no_to_everything(no_script)
    press(no_script, "Better")
    # When I close the tab and come back
    page = no_script.context.new_page()
    no_script.close()
    page.goto("/flare/now/")
    # Then my plan is still first, and what I said still stands
    expect(page.locator("main section").first).to_contain_text("The blue cushion")
    expect(page.get_by_text("You said: better today.")).to_be_visible()
