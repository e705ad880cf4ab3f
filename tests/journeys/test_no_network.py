"""With no network: help and lessons open, a check-in waits, and what was kept still fits me."""

import re
from time import monotonic

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import Look
from tests.journeys.test_check_in import tap
from tests.journeys.test_session import MAKE_ASHA
from tests.journeys.walks import see_heading
from tests.served import Site

pytestmark = pytest.mark.browser

PACK_MS = 60_000  # some tens of small pages


WITH_A_PLAN = (
    MAKE_ASHA
    + """
from safetomove.core.flare import FlarePlan
from safetomove.services import flare_plan
flare_plan.save_plan(person=person, plan=FlarePlan(own=("The blue cushion",)), now=now)
"""
)
RENEWED = """async () => {
  const names = (await caches.keys()).filter(name => name.startsWith("moves-"));
  if (names.length !== 1 || names[0] === "moves-wanted") return false;
  const kept = await caches.open(names[0]);
  const has = async (id) => Boolean(await kept.match(`/move/movements/${id}/`));
  return await has("sitting-breath") && !(await has("bridge"));
}"""


GONE = "async () => !(await caches.keys()).some(each => /^(mine|moves-)/.test(each))"


def wait_until(page: Page, said: str) -> None:
    """Wait for something that the browser must be asked again and again."""
    ends = monotonic() + PACK_MS / 1000
    while not page.evaluate(said):
        assert monotonic() < ends, said
        page.wait_for_timeout(100)


def keep_on_this_device(page: Page, *, all_of_it: bool = False) -> None:
    page.goto("/offline/")
    page.get_by_label("Keep my movements too").set_checked(all_of_it, force=True)
    page.get_by_label("Keep my own plan here too").set_checked(all_of_it, force=True)
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


def test_what_i_keep_opens_with_no_network_and_changes_with_what_i_tell(
    page: Page, context: BrowserContext, site: Site
) -> None:
    # Given Asha, who wrote a plan for a flare-up and keeps all of it on her phone
    context.add_cookies([site.cookie_of(site.python(WITH_A_PLAN).strip())])  # type: ignore[list-item]
    keep_on_this_device(page, all_of_it=True)

    # When the network goes, her plan and her movements open
    context.set_offline(True)
    for path in ("/move/flare-plan/", "/move/flare-plan/print/"):
        page.goto(path)
        expect(page.locator("main")).to_contain_text("The blue cushion")
    page.goto("/move/movements/bridge/")
    expect(page.get_by_role("heading", name="How to do it")).to_be_visible()
    drawn = page.locator(".pose__img").evaluate("img => img.decode().then(() => img.naturalWidth)")
    assert drawn > 0

    # When she says, back in the network, that the floor is hard
    context.set_offline(False)
    page.goto("/move/fit/")
    page.locator("input[name=floor][value=yes]").check(force=True)
    page.get_by_role("button", name="Save").click()
    wait_until(page, RENEWED)

    # Then nothing on the floor is left on her phone
    context.set_offline(True)
    page.goto("/move/movements/bridge/")
    see_heading(page, "With no network")
    page.goto("/move/movements/")
    expect(page.get_by_role("heading", name="In a chair")).to_have_count(1)
    expect(page.get_by_role("heading", name="On the floor")).to_have_count(0)

    # And once her answers are too old, no movement opens, until she is asked again
    page.evaluate("""async () => {
      const name = (await caches.keys()).find(each => each.startsWith("moves-"));
      const old = new Response(JSON.stringify({ until: Date.now() - 1, asked: Date.now() }));
      await (await caches.open(name)).put("/offline/pack.json", old);
    }""")
    page.goto("/move/movements/sitting-breath/")
    see_heading(page, "With no network")
    page.goto("/help-now/")
    see_heading(page, "help")

    # And when she erases everything, neither her plan nor her movements are left
    context.set_offline(False)
    page.goto("/my-data/erase/")
    page.locator("main form").first.get_by_role("checkbox").check(force=True)
    page.locator("main form").first.get_by_role("button").click()
    expect(page).to_have_url(re.compile("/my-data/erased/"))
    wait_until(page, GONE)
    context.set_offline(True)
    page.goto("/move/flare-plan/")
    see_heading(page, "With no network")
