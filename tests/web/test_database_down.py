"""With the records out of reach, the safety pages still work and nothing claims to be saved."""

import re
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from typing import NamedTuple
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

import pytest
from django.db import OperationalError
from django.test import Client, RequestFactory

from safetomove.core.safety import first_screens, flare_screens
from safetomove.records.sealing import NoSiteKey
from safetomove.services import people
from safetomove.web import who
from safetomove.web.middleware import SayWhatBroke
from tests.served import KEYS, Site, running, served

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
DEAD = "postgresql://nobody@/nothing?host=/nonexistent/socket"
KNOWN_BROWSER = "session=0123456789abcdefghijklmnopqrstuv"
SECONDS = 10.0  # a page that waits longer would not be waited for


class Reply(NamedTuple):
    """What came back."""

    status: int
    page: str


class Browser:
    """Reads and sends pages as a browser that has been here before."""

    def __init__(self, site: Site, cookie: str) -> None:
        self.site, self.cookie = site, cookie
        self.jar = CookieJar()
        self.opener = build_opener(HTTPCookieProcessor(self.jar))

    def get(self, path: str) -> Reply:
        """Open a page."""
        return self._send(Request(self.site.url + path))

    def post(self, path: str, fields: dict[str, str]) -> Reply:
        """Send a form."""
        return self._send(Request(self.site.url + path, data=urlencode(fields).encode()))

    def _send(self, request: Request) -> Reply:
        own = [f"{each.name}={each.value}" for each in self.jar]
        request.add_unredirected_header("Cookie", "; ".join([self.cookie, *own]))
        try:
            with self.opener.open(request, timeout=SECONDS) as reply:
                return Reply(reply.status, reply.read().decode())
        except HTTPError as error:
            return Reply(error.code, error.read().decode())


@pytest.fixture(scope="module", params=["a dead PostgreSQL", "an unreadable SQLite file"])
def browser(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Browser]:
    """Serve a whole site and then take its records away, with a browser that it knows."""
    data = tmp_path_factory.mktemp("down")
    extra = {"SAFETOMOVE_DATABASE": ""}
    with served(data, **extra) as site:
        env = dict(site.env)
    if request.param == "a dead PostgreSQL":
        env["SAFETOMOVE_DATABASE"] = DEAD
    else:
        _ruin(data / "safetomove.sqlite3")
    with running(env) as site:
        yield Browser(site, KNOWN_BROWSER)


def _ruin(database: Path) -> None:
    for each in database.parent.glob(database.name + "*"):
        each.unlink()
    database.mkdir()


@pytest.mark.parametrize("path", ["/", "/safe/", "/safe/questions/", "/help-now/", "/flare/"])
def test_the_pages_that_matter_most_still_open(browser: Browser, path: str) -> None:
    assert browser.get(path).status == 200


def test_the_whole_safety_check_still_ends_in_its_card(browser: Browser) -> None:
    reply = browser.get("/safe/questions/")
    for screen in first_screens():
        told = dict(HIDDEN.findall(reply.page))
        if "age" in screen.questions:
            told["age"] = "52"
        if told.get("screen") != screen.id:
            continue
        told |= {id: "no" for id in screen.questions if id != "age"}
        reply = browser.post("/safe/questions/", told)
        assert reply.status == 200
    assert "You can start" in reply.page
    assert "could not be kept" in reply.page
    assert "are kept with your diary" not in reply.page


def test_an_emergency_is_still_an_emergency(browser: Browser) -> None:
    told = dict(HIDDEN.findall(browser.get("/safe/questions/").page))
    sent = {**told, "screen": "ces_bladder", "ces_bladder": "yes"}
    reply = browser.post("/safe/questions/", sent)
    assert reply.status == 200
    assert "Call 999" in reply.page
    assert "could not be kept" in reply.page


def test_the_flare_up_page_still_helps_and_says_that_nothing_was_noted(browser: Browser) -> None:
    told = dict(HIDDEN.findall(browser.get("/flare/").page))
    every = {id: "no" for screen in flare_screens() for id in screen.questions}
    reply = browser.post("/flare/", {**told, **every, "screen": "flare_sudden"})
    assert reply.status == 200
    assert "make the out-breath long" in reply.page
    assert "couldn’t note this flare-up" in reply.page


@pytest.mark.parametrize("path", ["/today/", "/my-data/", "/check-in/", "/healthz"])
def test_pages_that_need_records_say_so_with_whom_to_call(browser: Browser, path: str) -> None:
    reply = browser.get(path)
    assert reply.status == 503
    assert "can’t reach your records" in reply.page
    assert "tel:999" in reply.page


def test_a_check_in_that_could_not_be_written_never_claims_to_be_saved(browser: Browser) -> None:
    told = dict(HIDDEN.findall(browser.get("/safe/questions/").page))
    sent = {"csrfmiddlewaretoken": told["csrfmiddlewaretoken"], "day": "2026-11-22", "pain": "3"}
    reply = browser.post("/check-in/", sent)
    assert reply.status == 503
    assert "it was not saved" in reply.page


@pytest.mark.parametrize(
    "error",
    [
        OperationalError("database or disk is full"),
        OperationalError("attempt to write a readonly database"),
        OSError(28, "No space left on device"),
        OSError(30, "Read-only file system"),
        NoSiteKey("there is no site key"),
    ],
    ids=["disk full", "read-only", "no space", "read-only files", "no key"],
)
def test_a_full_or_locked_disk_is_told_as_records_out_of_reach(
    rf: RequestFactory, error: Exception
) -> None:
    answer = SayWhatBroke(lambda request: None).process_exception(rf.get("/today/"), error)  # type: ignore[arg-type,return-value]
    assert answer is not None
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]


@pytest.mark.django_db
def test_a_save_that_fails_in_a_safety_check_leaves_the_card(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = people.start_guest(now=who.now())
    session = client.session
    session[people.SESSION_KEY] = str(person)
    session.save()

    def fails(**_: object) -> None:
        raise OperationalError("disk full")

    monkeypatch.setattr("safetomove.services.safety_check.save_answers", fails)
    answer = client.post("/safe/questions/", {"screen": "ces_bladder", "ces_bladder": "yes"})
    assert answer.status_code == 200
    assert "could not be kept" in answer.content.decode()


def test_the_keys_of_served_tests_are_their_own() -> None:
    assert all(len(key) >= 32 for key in KEYS.values())
