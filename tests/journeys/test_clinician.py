"""Half a minute before somebody walks in, a change of their plan, and their word on it."""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, Look
from tests.journeys.walks import see_heading
from tests.served import Site

pytestmark = pytest.mark.browser

MAKE = """
import json
from django.utils import timezone
from safetomove.records.models import MemberRow
from safetomove.services.demo import make_demo
from safetomove.services.demo_clinic import make_demo_clinic
now = timezone.now()
demo = make_demo(now=now)
made = make_demo_clinic(now=now, person=demo.person)
member = MemberRow.objects.get(clinic_id=made.clinic, person_id=demo.person).pk
print(json.dumps({
    "physio": made.passwords["demo-physio"], "username": demo.username,
    "password": demo.password, "page": f"/clinic/{made.clinic}/people/{member}/",
}))
"""
REASON = "Your knee is sore after the fall. We look again in two weeks."


def sign_in(page: Page, username: str, password: str) -> None:
    page.goto("/account/login/")
    page.fill("#login", username)
    page.fill("#password", password)
    with page.expect_navigation():
        page.get_by_role("button", name="Sign in", exact=True).click()


def test_i_change_a_plan_for_two_weeks_and_they_say_no(
    open_page: Callable[..., Page], site: Site, axe: Look
) -> None:
    # Given somebody who shares their plan with the clinic
    made = json.loads(site.python(MAKE))
    desk, phone = open_page(), open_page(viewport=PHONE)
    sign_in(desk, "demo-physio", made["physio"])
    sign_in(phone, made["username"], made["password"])

    # When I read their page and set an amount, with a reason
    desk.goto(made["page"])
    see_heading(desk, "Before they walk in")
    desk.get_by_role("link", name="Change their plan").click()
    desk.get_by_label("Walking (minutes)").check()
    desk.get_by_label("Set the amount").check()
    desk.fill("#amount", "9")
    desk.select_option("#until", "2")
    desk.fill("#reason", REASON)
    axe(desk)
    with desk.expect_navigation():
        desk.get_by_role("button", name="Change their plan").click()
    expect(desk.locator("main")).to_contain_text("In force")

    # Then they read it on Today, with my name
    phone.goto("/today/")
    walk = phone.locator("#dose-walking")
    expect(walk).to_contain_text("Priya Shah at Demo back clinic")
    expect(walk).to_contain_text(REASON)
    expect(walk).to_contain_text("at no more than 9 minutes")
    axe(phone)

    # And when they say no, their own plan is back, and I see that
    with phone.expect_navigation():
        walk.get_by_role("button", name="No, keep my own plan").click()
    expect(phone.locator("#dose-walking")).not_to_contain_text(REASON)
    axe(phone)
    desk.reload()
    expect(desk.locator("main")).to_contain_text("They said no on")
    axe(desk)
