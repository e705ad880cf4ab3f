"""Pages: nothing inline, nothing from elsewhere, and every word within a translator's reach."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.guards.project import PACKAGE, ROOT

TEMPLATES = PACKAGE / "web" / "templates"
INLINE = {
    "a style attribute": re.compile(r"<[a-z][^>]*\sstyle\s*=", re.IGNORECASE),
    "a style block": re.compile(r"<style[\s>]", re.IGNORECASE),
    "a script without a file": re.compile(r"<script(?![^>]*\bsrc=)[^>]*>", re.IGNORECASE),
    "an event handler": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "an address in code": re.compile(r"javascript:", re.IGNORECASE),
}
FETCHED_FROM_ELSEWHERE = re.compile(
    r"<(?:script|img|iframe|link|source|video|audio|object|embed)\b[^>]*"
    r"\b(?:src|href|srcset|data)\s*=\s*[\"'](?:https?:)?//",
    re.IGNORECASE,
)
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)


def _pages() -> list[Path]:
    return [path for path in sorted(TEMPLATES.rglob("*")) if path.suffix in {".jinja", ".html"}]


def inline(text: str) -> list[str]:
    """Return what a page carries that the site's policy would block."""
    text = COMMENT.sub("", text)
    return [what for what, pattern in INLINE.items() if pattern.search(text)]


@pytest.mark.parametrize("page", _pages(), ids=lambda path: path.relative_to(TEMPLATES).as_posix())
def test_a_page_holds_nothing_inline_and_fetches_nothing_from_elsewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert inline(text) == []
    assert not FETCHED_FROM_ELSEWHERE.search(text)


def test_the_words_of_pages_can_be_collected_for_translators(tmp_path: Path) -> None:
    out = tmp_path / "words.pot"
    mapping = ["--mapping", str(ROOT / "babel.cfg"), "--keyword", "_", "--output", str(out)]
    asked = [sys.executable, "-m", "babel.messages.frontend", "-q", "extract", *mapping]
    subprocess.run([*asked, str(PACKAGE / "web")], check=True, capture_output=True)
    words = out.read_text(encoding="utf-8")
    assert 'msgid "Get help now"' in words
    assert 'msgid "Is it safe?"' in words


@pytest.mark.parametrize(
    "text",
    ["<p style='x'>", "<style>", "<script>", "<a onclick='x'>", "<a href='javascript:x'>"],
)
def test_what_the_policy_would_block_is_seen(text: str) -> None:
    assert inline(text)


def test_a_script_of_our_own_and_a_plain_page_pass() -> None:
    assert inline('<script type="module" src="/static/js/site.js"></script><p>once</p>') == []
