"""Somebody takes a diary away, brings one in, and erases everything."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, Look
from tests.journeys.walks import see_heading

pytestmark = pytest.mark.browser

ROWS = "date,pain,flare,note,weather\n2026-03-01,3,no,café,wet\n2026-03-02,4.5,yes,,dry\n"
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def show(page: Page, rows: str) -> None:
    """Paste rows and ask what they would change."""
    page.goto("/my-data/import/")
    page.fill("#pasted", rows)
    page.get_by_role("button", name="Show what would change").click()


def take_in(page: Page, rows: str) -> None:
    """Bring pasted rows in."""
    show(page, rows)
    page.get_by_role("button", name="Take these days in").click()
    see_heading(page, "The days are in your diary")


@pytest.mark.parametrize("link", ["(CSV)", "(JSON)"])
def test_a_diary_is_downloaded_and_brought_in_on_another_device(
    page: Page, open_page: Callable[..., Page], axe: Look, tmp_path: Path, link: str
) -> None:
    take_in(page, ROWS)
    axe(page)
    page.goto("/my-data/")
    axe(page)
    with page.expect_download() as waited:
        page.get_by_role("link", name=link).click()
    file = tmp_path / waited.value.suggested_filename
    waited.value.save_as(file)

    other = open_page(viewport=PHONE)
    other.goto("/my-data/import/")
    other.set_input_files("#file", file)
    other.get_by_role("button", name="Show what would change").click()
    expect(other.locator("main")).to_contain_text("2 days are new.")
    axe(other)
    other.get_by_role("button", name="Take these days in").click()
    see_heading(other, "The days are in your diary")
    texts = [each.request.get("/my-data/export.csv").text() for each in (page, other)]
    assert texts[0] == texts[1]


def test_a_refused_row_is_shown_where_it_stands_and_nothing_is_written(
    phone: Page, axe: Look
) -> None:
    long = "x" * 90
    show(phone, f"date,pain,dose:{'y' * 40}\n2026-03-01,11,\n2026-03-02,2,{long}\n")
    expect(phone.locator(".nhsuk-error-summary")).to_be_focused()
    rows = phone.locator("#refused tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("from 0 to 10")
    assert phone.evaluate(SIDEWAYS) <= 0
    axe(phone)
    phone.locator(".nhsuk-error-summary a").click()
    expect(phone.locator("#refused")).to_be_focused()
    phone.goto("/my-data/")
    expect(phone.locator("main")).to_contain_text("Nothing of yours is kept here yet.")


def test_bringing_in_works_without_script(no_script: Page) -> None:
    take_in(no_script, ROWS)
    kept = json.loads(no_script.request.get("/my-data/export.json").text())
    assert [day["date"] for day in kept["diary"]] == ["2026-03-01", "2026-03-02"]


def test_a_double_tap_writes_the_days_once(page: Page) -> None:
    take_in(page, "date,pain\n2026-02-28,3\n")
    show(page, ROWS)
    page.get_by_role("button", name="Take these days in").dblclick()
    see_heading(page, "The days are in your diary")
    kept = json.loads(page.request.get("/my-data/export.json").text())
    assert len(kept["diary"]) == 3
    assert kept["amended_days"] == []


def test_erasing_asks_once_and_an_older_page_saves_nothing_after(page: Page, axe: Look) -> None:
    take_in(page, ROWS)
    older = page.context.new_page()
    show(older, "date,pain\n2026-03-05,3\n")

    page.goto("/my-data/erase/")
    axe(page)
    page.get_by_role("button", name="Erase everything").click()
    expect(page.locator(".nhsuk-error-summary")).to_contain_text("Tick the box if you are sure.")
    axe(page)
    page.check("#sure", force=True)
    page.get_by_role("button", name="Erase everything").click()
    see_heading(page, "Everything is erased")
    axe(page)

    older.get_by_role("button", name="Take these days in").click()
    see_heading(older, "This diary is no longer here")
    axe(older)
    page.goto("/my-data/")
    expect(page.locator("main")).to_contain_text("Nothing of yours is kept here yet.")
