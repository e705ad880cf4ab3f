"""Somebody keeps a diary: as a guest, with a password, with a passkey, on a shared device."""

import json
import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, Look
from tests.journeys.walks import see_heading

pytestmark = pytest.mark.browser

PASSWORD = "green hills walking slowly"
NOTE = "slept badly, walked anyway"
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def a_name() -> str:
    """Choose a name that nobody has."""
    return f"asha-{uuid4().hex[:8]}"


def note_today(page: Page, words: str = NOTE) -> None:
    """Check in with a note."""
    page.goto("/check-in/")
    page.locator("details:has(textarea[name=note]) summary").click()
    page.fill("textarea[name=note]", words)
    page.locator("form:has(textarea[name=note]) button[type=submit]").first.click()
    page.wait_for_url("**/today/**")


def choose_walking(page: Page) -> None:
    """Choose to walk half an hour again."""
    page.goto("/start/walking/")
    page.fill("input[name=goal_text]", "To the shop and back")
    page.fill("input[name=goal]", "30")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/now/")


def sign_up(page: Page, name: str) -> None:
    """Keep the diary with a password."""
    page.goto("/my-data/")
    page.get_by_role("link", name="Keep my data").click()
    page.get_by_role("link", name="Use a password").click()
    page.fill("#username", name)
    page.fill("#password1", PASSWORD)
    page.get_by_role("button", name="Keep my data").click()
    page.wait_for_url("**/today/")


def sign_in(page: Page, name: str) -> None:
    """Sign in with the password."""
    page.goto("/account/login/")
    page.fill("#login", name)
    page.fill("#password", PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def sign_out(page: Page) -> None:
    """Sign out of this device."""
    page.goto("/account/")
    page.get_by_role("link", name="Sign out here").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(re.compile(r"://[^/]+/$"))


def everything(page: Page) -> dict[str, Any]:
    """Take all that is kept."""
    kept: dict[str, Any] = json.loads(page.request.get("/my-data/export.json").text())
    return kept


def with_a_passkey_device(page: Page) -> None:
    """Give the browser a finger to ask for."""
    wire = page.context.new_cdp_session(page)
    wire.send("WebAuthn.enable")
    wire.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})


def test_what_a_guest_began_is_kept_with_a_password_and_opens_on_another_device(
    page: Page, open_page: Callable[..., Page], axe: Look
) -> None:
    name = a_name()
    choose_walking(page)
    note_today(page)
    sign_up(page, name)
    sign_out(page)
    page.goto("/my-data/")
    expect(page.locator("main")).to_contain_text("Nothing of yours is kept here yet.")

    elsewhere = open_page(viewport=PHONE)
    sign_in(elsewhere, name)
    elsewhere.wait_for_url("**/today/")
    kept = everything(elsewhere)
    assert [day["note"] for day in kept["diary"]] == [NOTE]
    assert [plan["id"] for plan in kept["plans"]] == ["walking"]
    elsewhere.goto("/account/")
    expect(elsewhere.locator("main")).to_contain_text(f"You are signed in as {name}.")
    axe(elsewhere)


def test_a_passkey_alone_keeps_the_diary_once_the_key_is_made(page: Page, axe: Look) -> None:
    with_a_passkey_device(page)
    note_today(page)
    page.goto("/account/passkey/")
    page.fill("#username", a_name())
    page.get_by_role("button", name="Continue").click()
    see_heading(page, "Make a passkey")

    page.goto("/account/")
    expect(page.locator(".notice")).to_contain_text("There is no way back in yet")
    axe(page)
    page.get_by_role("link", name="Make a passkey").click()
    page.fill("#name", "My phone")
    axe(page)
    page.get_by_role("button", name="Make the passkey").click()
    page.wait_for_url("**/account/?saved=passkey")
    expect(page.locator("main")).not_to_contain_text("There is no way back in yet")
    expect(page.locator("dt")).to_have_text("My phone")
    axe(page)

    sign_out(page)
    page.goto("/account/login/")
    axe(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/today/")
    assert [day["note"] for day in everything(page)["diary"]] == [NOTE]


def test_a_key_is_changed_only_after_asking_for_the_key_once_more(page: Page, axe: Look) -> None:
    with_a_passkey_device(page)
    page.goto("/account/passkey/")
    page.fill("#username", a_name())
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Make the passkey").click()
    page.wait_for_url("**/account/?saved=passkey")

    page.get_by_role("link", name="Add a password").click()
    see_heading(page, "Is it still you?")
    axe(page)
    page.get_by_role("button", name="Use my passkey").click()
    page.wait_for_url("**/password/set/")
    page.fill("#password1", PASSWORD)
    page.fill("#password2", PASSWORD)
    axe(page)
    page.get_by_role("button", name="Add the password").click()
    expect(page.locator(".notice")).to_contain_text("Your password is saved.")

    page.get_by_role("link", name="Remove").click()
    see_heading(page, "Remove this passkey?")
    axe(page)
    page.get_by_role("button", name="Remove the passkey").click()
    page.wait_for_url("**/account/?saved=removed")
    expect(page.locator(".notice")).to_contain_text("no longer opens your account")


def test_no_finger_on_the_sensor_is_told_and_the_password_still_stands(
    page: Page, axe: Look
) -> None:
    wire = page.context.new_cdp_session(page)
    wire.send("WebAuthn.enable")
    wire.send("WebAuthn.addVirtualAuthenticator", {"options": {**DEVICE, "isUserVerified": False}})
    page.goto("/account/passkey/")
    page.fill("#username", a_name())
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.locator("[data-passkey-said]")).to_contain_text("No passkey was used.")
    axe(page)
    expect(page.get_by_role("link", name="Add a password in its place")).to_be_visible()


def on_a_shared_device(page: Page, owner: Page) -> None:
    """Sign in where somebody else's day, or one's own, was noted without an account."""
    name = a_name()
    note_today(owner, "the account's words")
    sign_up(owner, name)
    note_today(page, "the guest's words")
    sign_in(page, name)
    see_heading(page, "Is this diary yours?")


def test_a_diary_on_the_device_joins_the_account_if_it_is_mine_and_nothing_is_lost(
    page: Page, open_page: Callable[..., Page], axe: Look
) -> None:
    on_a_shared_device(page, open_page())
    axe(page)
    page.get_by_role("button", name="Continue").click()
    expect(page.locator(".nhsuk-error-summary")).to_contain_text("Choose yes or no.")
    axe(page)
    page.get_by_label("It is mine").check(force=True)
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/today/")
    kept = everything(page)
    assert [day["note"] for day in kept["diary"]] == ["the account's words"]
    assert [one["was"]["note"] for one in kept["amended_days"]] == ["the guest's words"]


def test_a_diary_on_the_device_is_left_if_it_is_not_mine_and_opens_after_sign_out(
    page: Page, open_page: Callable[..., Page], axe: Look
) -> None:
    on_a_shared_device(page, open_page())
    page.get_by_label("It is not mine").check(force=True)
    page.get_by_role("button", name="Continue").click()
    assert [day["note"] for day in everything(page)["diary"]] == ["the account's words"]
    page.goto("/account/")
    expect(page.locator(".notice")).to_contain_text("A diary waits on this device")
    axe(page)
    sign_out(page)
    assert [day["note"] for day in everything(page)["diary"]] == ["the guest's words"]


def test_without_script_the_password_is_offered_and_works(no_script: Page) -> None:
    no_script.goto("/account/login/")
    expect(no_script.get_by_text("Sign in with a passkey")).to_be_hidden()
    no_script.goto("/account/passkey/")
    no_script.get_by_role("link", name="Use a password in its place").click()
    no_script.fill("#username", a_name())
    no_script.fill("#password1", PASSWORD)
    no_script.get_by_role("button", name="Keep my data").click()
    no_script.wait_for_url("**/today/")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["", "signup/", "login/", "passkey/"])
def test_the_ways_in_fit_a_small_phone_and_have_no_fault(
    open_page: Callable[..., Page], axe: Look, path: str, scheme: str
) -> None:
    page = open_page(viewport=PHONE, color_scheme=scheme)
    page.goto(f"/account/{path}")
    assert page.evaluate(SIDEWAYS) <= 0
    axe(page)


def test_a_problem_moves_the_reader_to_the_list_which_leads_to_the_field(
    phone: Page, axe: Look
) -> None:
    phone.goto("/account/signup/")
    phone.fill("#username", "two words")
    phone.get_by_role("button", name="Keep my data").click()
    expect(phone.locator(".nhsuk-error-summary")).to_be_focused()
    expect(phone).to_have_title(re.compile("^Problem: "))
    axe(phone)
    phone.locator(".nhsuk-error-summary a").first.click()
    expect(phone.locator("#username")).to_be_focused()
    expect(phone.locator("#username")).to_have_value("two words")
    assert phone.evaluate(SIDEWAYS) <= 0
