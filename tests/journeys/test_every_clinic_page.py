"""What holds on every page of a clinic, as its physiotherapist and its office see it.

The pages come from the URLconf; those that need an object get one of the demonstration's.
"""

import json
from collections.abc import Callable, Iterator

import pytest
from django.urls import get_resolver
from playwright.sync_api import Browser, BrowserContext, Page, expect

from safetomove.services.clinic.staff import Role
from safetomove.web.clinic.access import RULES
from tests.journeys.conftest import PATIENCE_MS, PHONE, Look
from tests.served import Site
from tests.web.test_access_matrix import CLINIC, walk

pytestmark = pytest.mark.browser

MAKE = """
import json
from django.conf import settings
from django.contrib.auth import get_user_model
from django.utils import timezone
from safetomove.content import course
from safetomove.records.models import GroupRow, MemberRow, SessionRow, StaffRow
from safetomove.services.demo_clinic import make_demo_clinic
made = make_demo_clinic(now=timezone.now())
group = GroupRow.objects.get(clinic_id=made.clinic)
first = lambda rows: rows.order_by("pk").first().pk
print(json.dumps({
    "passwords": dict(made.passwords),
    "samples": {
        "clinic": str(made.clinic),
        "member": str(MemberRow.objects.filter(clinic_id=made.clinic).order_by("added_at")[0].pk),
        "group": str(group.pk),
        "session": first(SessionRow.objects.filter(group=group)),
        "staff": first(StaffRow.objects.filter(clinic_id=made.clinic)),
        "syllabus": course.ID, "version": course.VERSION, "number": 1,
        "instrument": "own-numbers",
    },
}))
"""
NOT_A_PAGE = ("calendar.ics", ".csv", ".pdf", ".json", ".js")
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
ROUTES = {
    name: route
    for route, name in walk(get_resolver().url_patterns)
    if route.startswith(CLINIC) and not route.endswith(NOT_A_PAGE)
}


@pytest.fixture(scope="module")
def made(site: Site) -> dict[str, dict[str, str]]:
    """Make the demonstration clinic on the served site."""
    return json.loads(site.python(MAKE))


@pytest.fixture(scope="module")
def signed_in(
    browser: Browser, site: Site, made: dict[str, dict[str, str]]
) -> Iterator[Callable[[str], Page]]:
    """Sign in once for each of the staff, with and without script."""
    contexts: dict[str, BrowserContext] = {}

    def of(username: str) -> Page:
        if username not in contexts:
            context = browser.new_context(base_url=site.url, viewport=PHONE)
            context.set_default_timeout(PATIENCE_MS)
            entrance = context.new_page()
            entrance.goto("/account/login/")
            entrance.fill("#login", username)
            entrance.fill("#password", made["passwords"][username])
            entrance.get_by_role("button", name="Sign in", exact=True).click()
            expect(entrance.locator("h1")).to_be_visible()
            contexts[username] = context
        return contexts[username].pages[0]

    yield of
    for context in contexts.values():
        context.close()


def filled(route: str, samples: dict[str, str]) -> str | None:
    """Return an address with samples in it, or None where one is missing."""
    for part in [part.split(">")[0] for part in route.split("<")[1:]]:
        name = part.split(":")[-1]
        if name not in samples:
            return None
        route = route.replace(f"<{part}>", str(samples[name]))
    return f"/{route}"


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_a_clinics_page_has_no_fault_and_fits_a_small_phone(
    name: str,
    made: dict[str, dict[str, str]],
    signed_in: Callable[[str], Page],
    axe: Look,
) -> None:
    address = filled(ROUTES[name], made["samples"])
    if address is None:
        pytest.skip("needs an object that the demonstration has none of")
    clinical = Role.PHYSIOTHERAPIST in RULES[name].roles
    page = signed_in("demo-physio" if clinical else "demo-office")
    answer = page.request.get(address)
    if answer.status in {404, 405, 422} or "text/html" not in answer.headers["content-type"]:
        pytest.skip("is sent to, needs something chosen first, or is no page")
    assert answer.status == 200
    page.goto(address)
    expect(page.locator("h1")).to_be_visible()
    assert page.evaluate(SIDEWAYS) == 0, page.url
    axe(page)
