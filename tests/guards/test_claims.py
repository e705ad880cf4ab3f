"""What we say about ourselves is the same wherever it stands, and claims nothing undecided."""

import re

import pytest

from tests.guards.project import PACKAGE, ROOT

SAFETY = ROOT / "SAFETY.md"
ABOUT = PACKAGE / "web" / "templates" / "about.jinja"
LAYOUT = PACKAGE / "web" / "templates" / "layout.jinja"
NOT_DECIDED = (
    "Not a medical device: no determination yet",
    "Clinical sign-off: none yet, so not for use with patients",
)


def intended_use(text: str) -> list[str]:
    """Return the quoted paragraphs of a page."""
    quoted = "\n".join(line.removeprefix(">").strip() for line in re.findall(r"^>.*", text, re.M))
    return [paragraph for paragraph in quoted.split("\n\n") if paragraph]


def test_the_about_page_says_the_intended_use_word_for_word() -> None:
    paragraphs = intended_use(SAFETY.read_text(encoding="utf-8"))
    assert len(paragraphs) == 2
    about = ABOUT.read_text(encoding="utf-8")
    assert [paragraph for paragraph in paragraphs if paragraph not in about] == []


@pytest.mark.parametrize("words", NOT_DECIDED)
@pytest.mark.parametrize("page", ["README.md", "SAFETY.md"])
def test_what_is_not_decided_is_said_up_front(page: str, words: str) -> None:
    assert words in (ROOT / page).read_text(encoding="utf-8")


@pytest.mark.parametrize("words", NOT_DECIDED)
def test_what_is_not_decided_stands_at_the_foot_of_every_page(words: str) -> None:
    assert words in LAYOUT.read_text(encoding="utf-8")
