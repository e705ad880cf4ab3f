"""What each answer tells the browser: where things may come from, and what may be kept."""

import pytest
from django.test import Client

from safetomove.web.middleware import PUBLIC

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "worker-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
PERSONAL = ("/today/", "/check-in/", "/my-data/", "/start/", "/flare/now/")
QUIET = ("/", "/help-now/", "/about/", "/evidence/", "/privacy/", "/safe/", "/healthz")

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", [*PERSONAL, *QUIET, "/safe/questions/", "/flare/", "/none/"])
def test_every_page_carries_exactly_this_content_policy(client: Client, path: str) -> None:
    said = client.get(path).headers["Content-Security-Policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in said.split(";"))
    assert rules == POLICY


@pytest.mark.parametrize("path", [*PERSONAL, *QUIET])
def test_no_page_can_be_framed_sniffed_or_leak_its_address(client: Client, path: str) -> None:
    headers = client.get(path).headers
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.parametrize("path", PERSONAL)
def test_no_personal_page_is_ever_kept_by_a_browser(client: Client, path: str) -> None:
    assert client.get(path).headers["Cache-Control"] == "no-store"


def test_the_card_that_names_answers_is_not_kept(client: Client) -> None:
    sent = {"screen": "ces_bladder", "ces_bladder": "yes"}
    assert client.post("/safe/questions/", sent).headers["Cache-Control"] == "no-store"


def test_a_screen_of_questions_is_kept_by_this_browser_alone_for_its_back_button(
    client: Client,
) -> None:
    sent = {"screen": "ces_bladder", "ces_bladder": "no"}
    assert client.post("/safe/questions/", sent).headers["Cache-Control"] == "private, no-cache"


def test_only_pages_that_are_the_same_for_all_count_as_public() -> None:
    assert {
        "home", "help_now", "safe", "about", "evidence", "privacy", "accessibility",
        "safety_record", "offline", "more_help",
    } == PUBLIC  # fmt: skip


@pytest.mark.parametrize("path", ["/", "/help-now/", "/about/", "/safe/", "/privacy/"])
def test_looking_sets_no_cookie_and_asks_the_database_nothing(
    client: Client, path: str, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        answer = client.get(path)
    assert not answer.cookies
