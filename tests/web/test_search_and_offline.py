"""Search leads only to pages that are there; the offline pack holds what it says and no more."""

import json

import pytest
from django.test import Client

from safetomove.content.search import Kind
from safetomove.content.search.entries import entries
from safetomove.records.models import Person
from safetomove.web.patient.learn.shelf import address
from tests.web.visits import text_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("one", [e for e in entries() if e.kind is Kind.PAGE], ids=lambda e: e.id)
def test_every_page_in_the_search_is_there(one: object) -> None:
    assert address(one.place)  # type: ignore[attr-defined]


def test_a_search_shows_pages_that_open(client: Client) -> None:
    answer = client.get("/search/", {"q": "is it safe to bend"})
    hrefs = [part.split('"')[0] for part in answer.content.decode().split('<li><a href="')[1:]]
    assert "/learn/bending-and-lifting/" in hrefs
    for href in hrefs:
        assert client.get(href).status_code == 200, href
    assert not Person.objects.exists()


def test_a_danger_question_shows_its_card_before_any_result(client: Client) -> None:
    shown = text_of(client.get("/search/", {"q": "numb between my legs"}))
    assert "First, this" in shown
    assert shown.index("999") < shown.index("And what you were looking for")


def test_no_movement_is_offered_behind_a_danger_card(client: Client) -> None:
    for asked, offered in (("bend", True), ("numb between my legs when I bend", False)):
        page = client.get("/search/", {"q": asked}).content.decode()
        assert ('<li><a href="/move/movements/' in page) is offered, asked


@pytest.mark.parametrize("typed", ["", " ", "xyzzyq", "\x00", "x" * 5000, "<b>", "😀", "ألم الظهر"])
def test_whatever_is_typed_gets_a_page(client: Client, typed: str) -> None:
    assert client.get("/search/", {"q": typed}).status_code == 200


def pack(client: Client) -> list[str]:
    told = json.loads(client.get("/offline/pack.json").content)
    return [*told["urls"], *told["movements"]["urls"]]


def test_the_pack_lists_help_first_and_only_pages_that_open(client: Client) -> None:
    urls = pack(client)
    assert {"/help-now/", "/offline/", "/learn/sleep/", "/move/movements/hip-hinge/"} <= set(urls)
    pages = [url for url in urls if not url.startswith(("/static/", "/move/figures/"))]
    for url in pages[::7]:
        assert client.get(url).status_code == 200, url


def test_the_pack_holds_nothing_of_a_persons_own(client: Client) -> None:
    own = ("/today", "/check-in", "/my-data", "/did", "/guide", "/patterns")
    assert not [url for url in pack(client) if url.startswith(own)]


def test_the_worker_may_look_after_the_whole_site_and_is_never_stale(client: Client) -> None:
    answer = client.get("/sw.js")
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.content.startswith(b"const TOLD = {")


def test_the_site_can_go_on_a_home_screen(client: Client) -> None:
    told = json.loads(client.get("/manifest.webmanifest").content)
    assert told["start_url"] == "/today/"
    assert client.get(told["shortcuts"][0]["url"]).status_code == 200


def test_the_offline_page_is_the_same_for_everybody(client: Client) -> None:
    answer = client.get("/offline/")
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert not answer.cookies
