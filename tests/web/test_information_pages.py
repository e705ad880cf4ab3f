"""The pages that say what this is, and what it is not."""

import re
from pathlib import Path

import pytest
from django.test import Client

from safetomove.web import words
from safetomove.web.safety_file import hazards

ROOT = Path(__file__).parents[2]
NEVER_CLAIMED = ("clinically proven", "nhs approved", "24/7", "fully accessible", "anonymous")
PAGES = ("/", "/about/", "/evidence/", "/privacy/", "/accessibility/", "/safety-record/")


def text_of(client: Client, path: str) -> str:
    """Return a page's words without its marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", client.get(path).content.decode()).split())


def test_about_holds_the_intended_use_word_for_word(client: Client) -> None:
    quoted = re.findall(r"^> (.+)$", (ROOT / "SAFETY.md").read_text("utf-8"), re.M)
    assert quoted
    page = text_of(client, "/about/")
    for paragraph in quoted:
        assert paragraph in page


def test_about_claims_no_sign_off_and_no_device(client: Client) -> None:
    page = text_of(client, "/about/")
    assert "None yet. Not for use with patients." in page
    assert "No ruling yet" in page


def test_every_source_is_shown_with_where_it_falls_short(client: Client) -> None:
    page = client.get("/evidence/").content.decode()
    for id, source in words.spoken().evidence.items():
        assert f'id="{id}"' in page
        assert source.limits.split(".")[0].split("'")[0].split('"')[0] in page


def test_the_safety_record_says_that_open_safeguards_are_open(client: Client) -> None:
    page = text_of(client, "/safety-record/")
    controls = [each for hazard in hazards() for each in hazard["control"]]
    open_ones = [each for each in controls if each["status"] != "built"]
    assert page.count("Open: not done yet") == len(open_ones)
    assert "No risk has been scored" in page


@pytest.mark.parametrize("path", PAGES)
def test_no_page_claims_what_nobody_has_shown(client: Client, path: str) -> None:
    page = text_of(client, path).lower()
    assert [claim for claim in NEVER_CLAIMED if claim in page] == []


@pytest.mark.parametrize("path", PAGES)
def test_every_page_says_that_it_is_not_signed_off(client: Client, path: str) -> None:
    assert "Clinical sign-off: none yet" in text_of(client, path)
