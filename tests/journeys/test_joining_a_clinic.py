"""A clinic opens on an empty site, lets staff in, and invites somebody who decides what it sees."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, Look
from tests.journeys.walks import see_heading
from tests.served import Site

pytestmark = pytest.mark.browser

PASSWORD = "green hills walking slowly"
OPEN = """
from django.core.management import call_command
call_command("clinic", {name!r}, hours="Mondays, 9 to 12")
"""


def open_a_clinic(site: Site, name: str) -> str:
    """Open a clinic as whoever runs the site does; return the first administrator's link."""
    return next(
        line for line in site.python(OPEN.format(name=name)).splitlines() if "code=" in line
    )


def begin_work(page: Page, link: str, name: str) -> None:
    """Take up an invitation with a new account."""
    page.goto(link)
    page.get_by_role("link", name="Make an account").click()
    page.fill("#username", f"staff-{uuid4().hex[:8]}")
    page.fill("#password1", PASSWORD)
    page.get_by_role("button", name="Keep my data").click()
    page.fill("#name", name)
    page.get_by_role("button", name="Begin").click()


def test_i_open_a_clinic_invite_somebody_and_they_choose_what_i_see(
    open_page: Callable[..., Page], site: Site, axe: Look
) -> None:
    # Given a site on which a clinic was opened a moment ago
    named = f"Riverside {uuid4().hex[:6]}"
    desk = open_page()
    begin_work(desk, open_a_clinic(site, named), "Sam Lee")
    see_heading(desk, named)

    # When I put somebody on the list and print them a code
    desk.get_by_role("link", name="People", exact=True).first.click()
    axe(desk)
    desk.get_by_role("link", name="Add somebody").click()
    desk.fill("#name", "Amina Begum")
    desk.fill("#born", "24 3 1972")
    axe(desk)
    desk.get_by_role("button", name="Add to the list").click()
    expect(desk.get_by_label("Who this page is about")).to_contain_text("born 24 March 1972")
    axe(desk)
    desk.get_by_role("link", name="Invite them").click()
    desk.get_by_role("button", name="Make a code").click()
    code = desk.locator(".code__signs").inner_text()
    axe(desk)

    # Then she joins on her phone, without an account, and it sees nothing yet
    phone = open_page(viewport=PHONE)
    phone.goto("/my-clinics/join/")
    phone.fill("#code", code.lower())
    phone.get_by_role("button", name="Continue").click()
    see_heading(phone, f"{named} invites you")
    expect(phone.locator("main")).to_contain_text("Mondays, 9 to 12")
    axe(phone)
    phone.get_by_role("button", name="Join this clinic").click()
    expect(phone.locator("main input:checked")).to_have_count(0)
    axe(phone)

    # And what she turns on is what I see on her page
    phone.get_by_label("My map").check()
    phone.get_by_role("button", name="Save").click()
    expect(phone.get_by_label("My map")).to_be_checked()
    desk.get_by_role("link", name="Back to the person").click()
    expect(desk.locator("#shares")).to_contain_text("Their map")

    # And when she leaves, I see nothing
    phone.get_by_role("link", name=f"Leave {named}").click()
    axe(phone)
    phone.get_by_role("button", name="Leave this clinic").click()
    expect(phone.locator("main")).to_contain_text("You have left")
    desk.reload()
    expect(desk.locator("#shares")).to_contain_text("They left on")


def test_the_staff_pages_are_sound_and_narrow(
    open_page: Callable[..., Page], site: Site, axe: Look
) -> None:
    page = open_page(viewport=PHONE)
    begin_work(page, open_a_clinic(site, f"Hillside {uuid4().hex[:6]}"), "Kit Rowe")
    home = page.url
    for place in ("people/", "people/import/", "staff/", "staff/invite/", "settings/"):
        page.goto(f"{home}{place}")
        expect(page.get_by_role("link", name="Settings")).to_be_visible()
        axe(page)
        page.emulate_media(color_scheme="dark")
        axe(page)
        page.emulate_media(color_scheme="light")
        wide = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(wide) <= 0, place
