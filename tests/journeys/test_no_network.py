"""With no network: help and lessons open, a check-in waits and says so, and then it is saved."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import Look
from tests.journeys.test_check_in import tap

pytestmark = pytest.mark.browser

PACK_MS = 60_000  # some tens of small pages


def keep_on_this_device(page: Page) -> None:
    page.goto("/offline/")
    page.get_by_label("Keep my movements too").uncheck(force=True)
    page.get_by_role("button", name="Keep it here").click()
    expect(page.get_by_role("status")).to_have_text(
        "All of it is on this device now.", timeout=PACK_MS
    )


def test_a_person_with_no_network_reads_on_and_loses_no_check_in(
    page: Page, context: BrowserContext, axe: Look
) -> None:
    # Given somebody who keeps the site on their phone
    keep_on_this_device(page)
    axe(page)
    page.goto("/check-in/")

    # When the network goes
    context.set_offline(True)
    tap(page, "sleep_quality", "Good")
    page.get_by_role("button", name="Save").click()

    # Then the answer is not called saved: it waits, and the page says where
    expect(page).to_have_url(re.compile("/offline/"))
    expect(page.get_by_text("They are not saved yet.")).to_be_visible()
    axe(page)

    # And help and a lesson open all the same
    for path in ("/help-now/", "/learn/sleep/"):
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert page.url.endswith(path)

    # When the network is back, it is sent once and the day holds it
    context.set_offline(False)
    page.goto("/offline/")  # it sends by itself as soon as there is a network
    expect(page.get_by_text("Nothing is waiting to be sent.")).to_be_visible()
    page.goto("/today/")
    expect(page.get_by_role("row", name="Sleep Good")).to_be_visible()
