"""What holds on every page, for everybody."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, Look
from tests.served import Site

pytestmark = pytest.mark.browser

PAGES = (
    "/",
    "/safe/",
    "/safe/questions/",
    "/flare/",
    "/flare/now/",
    "/help-now/",
    "/start/",
    "/today/",
    "/check-in/",
    "/learn/",
    "/learn/the-buffer/",
    "/learn/sleep/",
    "/learn/differences/",
    "/learn/beliefs/",
    "/learn/map/change/",
    "/learn/scans/?age=50",
    "/learn/scan-report/",
    "/learn/told/",
    "/search/?q=numb+between+my+legs",
    "/guide/",
    "/move/",
    "/move/movements/?q=shoes",
    "/move/movements/hip-hinge/",
    "/move/movements/hip-hinge/print/",
    "/move/fit/",
    "/move/session/",
    "/move/breathe/",
    "/move/looked-back/",
    "/move/relax/old-path/",
    "/move/ladder/",
    "/move/ladder/add/",
    "/move/flare-plan/",
    "/move/flare-plan/change/",
    "/move/flare-plan/print/",
    "/move/progress/",
    "/move/week/",
    "/move/stay-well/",
    "/move/stay-well/change/",
    "/move/stay-well/print/",
    "/patterns/",
    "/patterns/tests/",
    "/patterns/tests/together/",
    "/how-we-test/",
    "/offline/",
    "/measures/",
    "/measures/fill/own-activities/",
    "/my-course/",
    "/my-data/",
    "/my-clinics/",
    "/my-clinics/join/",
    "/my-clinics/plan/",
    "/clinic/join/",
    "/more-help/",
    "/about/",
    "/evidence/",
    "/privacy/",
    "/accessibility/",
    "/safety-record/",
    "/not-a-page/",
)
FIRST_PAGE_BYTES, FIRST_PAGE_REQUESTS = 60_000, 10
TARGET = 24  # CSS px: what WCAG 2.2 AA asks of every target; ours aim at 44
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
# The ring may be drawn on what stands for a hidden radio: the label beside it.
HAS_RING = """() => {
  const at = document.activeElement, next = at.nextElementSibling;
  const drawn = at.matches("input") && next ? [at, next] : [at];
  const rings = drawn.flatMap(each => [null, "::before"].map(part => getComputedStyle(each, part)));
  return rings.some(ring => ring.outlineStyle === "solid" && parseFloat(ring.outlineWidth) >= 2);
}"""

every_page = pytest.mark.parametrize("path", PAGES)


@every_page
def test_axe_finds_no_fault(page: Page, axe: Look, path: str) -> None:
    page.goto(path)
    expect(page.locator("h1")).to_be_visible()
    axe(page)
    page.emulate_media(color_scheme="dark")
    axe(page)
    page.emulate_media(color_scheme="light", forced_colors="active")
    axe(page)


@every_page
def test_without_script_it_reads_at_320_px_which_is_400_percent(
    open_page: Callable[..., Page], path: str
) -> None:
    phone = open_page(viewport=PHONE, java_script_enabled=False)
    phone.goto(path)
    expect(phone.locator("h1")).to_be_visible()
    expect(phone.locator("header.top").get_by_text("Get help now")).to_be_visible()
    assert phone.evaluate(SIDEWAYS) <= 0


@every_page
def test_it_has_one_heading_asks_nobody_else_and_breaks_no_policy(
    page: Page, site: Site, path: str
) -> None:
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(path, wait_until="networkidle")
    expect(page.locator("h1")).to_have_count(1)
    assert page.title().removesuffix(" - Safe to Move").strip() not in {"", page.title()}
    assert [url for url in asked if not url.startswith((site.url, "data:"))] == []
    assert [each for each in said if "status of 404" not in each] == []


@every_page
def test_whatever_the_keyboard_reaches_can_be_seen_to_have_focus(page: Page, path: str) -> None:
    page.goto(path)
    for _ in range(8):
        page.keyboard.press("Tab")
        assert page.evaluate(HAS_RING), page.evaluate("() => document.activeElement.outerHTML")


def test_the_first_page_is_small_enough_for_a_bad_line(open_page: Callable[..., Page]) -> None:
    page = open_page()
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    sizes: list[float] = []
    wire.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto("/", wait_until="networkidle")
    print(f"first page: {sum(sizes):,.0f} bytes in {len(sizes)} requests")
    assert sum(sizes) <= FIRST_PAGE_BYTES
    assert len(sizes) <= FIRST_PAGE_REQUESTS


def test_a_visitor_who_only_looks_leaves_nothing_behind(
    open_page: Callable[..., Page], site: Site
) -> None:
    count = (
        "from django.contrib.sessions.models import Session\n"
        "from safetomove.records.models import Person\n"
        "print(Session.objects.count(), Person.objects.count())"
    )
    before = site.python(count)
    page = open_page()
    for path in PAGES:
        page.goto(path)
    assert site.python(count) == before
    assert {each["name"] for each in page.context.cookies()} <= {"tz", "csrf"}


@every_page
def test_targets_on_a_phone_are_big_enough(phone: Page, path: str) -> None:
    phone.goto(path)
    small = phone.evaluate(
        """least => [...document.querySelectorAll('a, button, summary, input')]
             .map(each => [each.getBoundingClientRect(), each])
             .filter(([box, each]) => box.width && !each.closest('p')
               && !each.matches('.nhsuk-skip-link')
               && (box.width < least || box.height < least))
             .map(([box, each]) => each.outerHTML)""",
        TARGET,
    )
    assert small == []
