"""A session on a tablet, with the network gone for two minutes: nothing is lost, nothing twice."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, Look
from tests.journeys.test_every_page import SIDEWAYS
from tests.served import Site

pytestmark = pytest.mark.browser
TABLET = {"width": 1024, "height": 768}

OPEN = """
from datetime import timedelta
from uuid import uuid4
from django.conf import settings
from django.utils import timezone
from safetomove.services.clinic import enrolment, groups, room_safety
from safetomove.services.clinic.staff import Role
from safetomove.services.demo import all_clear
from dataclasses import replace
from tests.clinics import a_clinic, a_member, a_worker, signed_in
from tests.courses import a_group
now = timezone.now()
clinic = a_clinic()
worker = a_worker(clinic, Role.PHYSIOTHERAPIST, name="Priya Shah")
cookie = signed_in(worker).cookies[settings.SESSION_COOKIE_NAME]
print(settings.SESSION_COOKIE_NAME, cookie.value, clinic)
for name in ("Autumn", "Winter"):
    group = a_group(worker.at, name, first_day=now.date())
    sessions = groups.sessions(groups.group(worker.at.held, group))
    session, longest = sessions[0].id, sessions[8].id
    ids = [a_member(worker.at, each, joined=False) for each in ("Amina", "Brian", "Carol", "Dev")]
    for each in ids:
        enrolment.enrol(worker.at, group=group, member=each, now=now)
    for each in ids[:3]:
        answers = replace(all_clear(now.date()), given_on=now.date())
        room_safety.keep_answers(worker.at, session=session, member=each, answers=answers,
                                 client_key=uuid4().hex, now=now)
    print(session, longest, *ids)
"""
TOLD = """
import json
from django.utils import timezone
from safetomove.services.clinic import runs, staff
from safetomove.records.models import RunEventRow, StaffRow
row = StaffRow.objects.get(clinic_id={clinic!r})
desk = staff.desk(clinic=row.clinic_id, user_id=row.user_id)
room = runs.room(desk, {session}, now=timezone.now())
print(json.dumps({{
    "rows": RunEventRow.objects.filter(session_id={session}).count(),
    "marks": {{each.member.name: each.mark for each in room.people}},
    "notes": [each.text for each in room.run.notes],
    "part": room.run.part,
    "swaps": len(room.run.swaps),
}}))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A session today, with four people, one of whom was never asked if it is safe."""

    site: Site
    cookie: Any
    clinic: str
    session: str
    longest: str  # the session with most stations
    ids: list[str]

    @property
    def path(self) -> str:
        return f"/clinic/{self.clinic}/sessions/{self.session}/run/"

    def opened(self, open_page: Callable[..., Page], path: str = "", **settings: Any) -> Page:
        page = open_page(**settings)
        page.context.add_cookies([self.cookie])
        page.goto(path or self.path)
        return page

    def told(self) -> dict[str, Any]:
        said = self.site.python(TOLD.format(clinic=self.clinic, session=self.session))
        read: dict[str, Any] = json.loads(said)
        return read


def rooms_of(site: Site) -> tuple[Room, Room]:
    """Open a clinic with two sessions today: one to be run, and one to be looked at."""
    first, *lines = site.python(OPEN).splitlines()
    name, value, clinic = first.split()
    cookie = {"name": name, "value": value, "url": site.url}
    told = [line.split() for line in lines]
    run, quiet = (
        Room(site=site, cookie=cookie, clinic=clinic, session=session, longest=longest, ids=ids)
        for session, longest, *ids in told
    )
    return run, quiet


@pytest.fixture(scope="module")
def rooms(site: Site) -> tuple[Room, Room]:
    return rooms_of(site)


@pytest.fixture
def room(rooms: tuple[Room, Room]) -> Room:
    return rooms[0]


@pytest.fixture
def quiet(rooms: tuple[Room, Room]) -> Room:
    return rooms[1]


def line(page: Page, who: str) -> Any:
    return page.locator(".reg li", has_text=who)


def tap(page: Page, who: str, button: str) -> None:
    line(page, who).get_by_role("button", name=re.compile(f"^{button}")).click()


def net(page: Page) -> Any:
    return page.locator("[data-net]")


def kept_for_offline(page: Page) -> None:
    page.wait_for_function(
        "async () => (await navigator.serviceWorker.getRegistration())?.active"
        " && (await (await caches.open('run')).keys()).length > 3"
    )


def test_a_session_with_the_network_gone_for_two_minutes(
    open_page: Callable[..., Page], room: Room, axe: Look
) -> None:
    # Given a physiotherapist with a tablet in the room
    page = room.opened(open_page, viewport=TABLET)
    page.clock.install()
    page.reload()
    axe(page)
    kept_for_offline(page)
    # When she notes who is here and asks each if anything is new
    for who in ("Amina", "Brian"):
        tap(page, who, "Here")
        tap(page, who, "Nothing new")
    expect(page.locator("[data-station='1'] .chip")).to_contain_text("Amina")
    expect(line(page, "Dev")).to_contain_text("Ask the safety questions first")
    # And begins the talk: the clock runs down from the step's own minutes
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("button", name="Change now")).to_be_visible()
    expect(page.get_by_role("timer")).to_have_text(re.compile(r"^[12]:\d\d$"))
    expect(net(page)).to_have_text("")
    # When the network goes
    page.context.set_offline(True)
    page.get_by_text("The whole hour").click()
    page.get_by_role("button", name=re.compile(r"^Start.*Stations 1")).click()
    expect(net(page)).to_contain_text("Not sent yet: 1")
    # Then the page goes on: a late-comer, a swap, somebody with news, a note
    tap(page, "Carol", "Here")
    tap(page, "Carol", "Nothing new")
    page.locator("[data-station='1'] .chip summary").click()
    page.locator("[data-station='1'] .chip").get_by_role("button", name="Swap").click()
    expect(page.locator("[data-station='1'] .chip__does")).to_contain_text("March")
    tap(page, "Brian", "Something is new")
    expect(line(page, "Brian")).to_contain_text("Off the circuit")
    tap(page, "Brian", "Nothing new")
    expect(line(page, "Brian")).to_contain_text("Off the circuit")  # a "no" takes nothing back
    expect(page.locator(".st")).not_to_contain_text("Brian")
    page.fill("#text", "Carol came late")
    page.get_by_role("button", name="Save the note").click()
    expect(net(page)).to_contain_text("Not sent yet: 7")
    page.clock.run_for(120_000)
    expect(page.get_by_role("timer")).to_have_text(re.compile(r"^2:\d\d$"))  # of five minutes
    # And a reload with no network brings all of it back
    page.reload()
    expect(net(page)).to_contain_text("Not sent yet: 7")
    expect(line(page, "Brian")).to_contain_text("Off the circuit")
    expect(page.get_by_role("timer")).to_have_text(re.compile(r"^2:\d\d$"))
    expect(page.get_by_text("3 of 4 here")).to_be_visible()
    axe(page)
    # When the network is back, everything is sent, once
    page.context.set_offline(False)
    page.clock.run_for(10_000)
    expect(net(page)).to_have_text("All sent.")
    told = room.told()
    assert told["marks"] == {
        "Amina": "present",
        "Brian": "present",
        "Carol": "present",
        "Dev": None,
    }
    assert told["notes"] == ["Carol came late"]
    assert told["swaps"] == 1
    assert told["rows"] == 4 + 1 + 7 + 3  # three of them are the answers given before
    # And a second screen, opened midway, shows the same turn
    wall = room.opened(open_page, f"{room.path}?room", viewport={"width": 1280, "height": 720})
    expect(wall.locator("[data-station='1']")).to_contain_text("Amina")
    expect(wall.get_by_role("timer")).to_have_text(re.compile(r"^\d:\d\d$"))
    axe(wall)
    wall.get_by_role("button", name="Hide names").click()
    axe(wall)
    # When she writes down an incident and ends the session, the device keeps no copy
    page.get_by_text("Emergency plan for this room").click()
    page.get_by_role("link", name="Write down an incident").first.click()
    page.fill("#what", "Amina slipped")
    page.fill("#who", "Amina")
    page.fill("#done", "Sat down, no harm seen")
    page.fill("#told", "Her husband")
    page.get_by_role("button", name="Write down an incident").click()
    expect(page.locator("h1")).to_contain_text("Incident")
    axe(page)
    page.goto(room.path)
    page.get_by_role("button", name="End the session").click()
    expect(page.get_by_text("This session has ended.")).to_be_visible()
    page.wait_for_function("async () => !(await caches.has('run'))")


def test_on_a_phone_in_the_dark_without_script_it_reads_and_works(
    open_page: Callable[..., Page], quiet: Room, axe: Look
) -> None:
    page = quiet.opened(open_page, viewport=PHONE, color_scheme="dark")
    assert page.evaluate(SIDEWAYS) <= 0
    axe(page)
    plain = quiet.opened(open_page, viewport=PHONE, java_script_enabled=False)
    tap(plain, "Amina", "Here")
    expect(plain.get_by_role("link", name=re.compile("Register: 1 of 4 here"))).to_be_visible()
    plain.get_by_role("button", name="Begin").click()
    expect(plain.get_by_role("button", name="Change now")).to_be_visible()
    asked = quiet.opened(open_page, f"{quiet.path}{quiet.ids[3]}/", viewport=PHONE)
    assert asked.evaluate(SIDEWAYS) <= 0
    axe(asked)
    asked.get_by_role("link", name="Ask all the questions").click()
    axe(asked)


@pytest.mark.parametrize(("path", "pages"), [("cards/", 7), ("cards/people/", 3)])
def test_cards_print_one_to_a_sheet_with_their_drawings(
    open_page: Callable[..., Page], quiet: Room, tmp_path: Path, path: str, pages: int, axe: Look
) -> None:
    page = quiet.opened(open_page, f"/clinic/{quiet.clinic}/sessions/{quiet.longest}/{path}")
    axe(page)
    for size in ("A5", "A4"):
        page.pdf(path=tmp_path / "cards.pdf", format=size, print_background=True)
        printed = pypdfium2.PdfDocument(tmp_path / "cards.pdf")
        assert len(printed) == pages, size
        for sheet in printed:
            drawn = sheet.render(scale=1).to_numpy()
            assert (drawn < 200).any(axis=2).mean() > 0.01  # no blank sheet
        printed.close()


def test_signing_out_takes_the_copy_and_what_waits_off_the_device(
    open_page: Callable[..., Page], quiet: Room
) -> None:
    # Given a session that this device keeps, with a tap that could not be sent
    page = quiet.opened(open_page)
    kept_for_offline(page)
    page.context.set_offline(True)
    tap(page, "Brian", "Here")
    expect(net(page)).to_contain_text("Not sent yet: 1")
    page.route("**/taps/", lambda route: route.abort())
    page.context.set_offline(False)
    # When she signs out, neither is left
    page.goto("/account/logout/")
    page.locator("main form button[type=submit]").click()
    page.wait_for_function(
        "async () => !(await caches.has('run'))"
        " && !(await indexedDB.databases()).some((each) => each.name === 'run')"
    )
