"""What every committed file must be free of, and links that must lead somewhere."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.guards.project import ROOT, texts

# Written in pieces, so that this file does not hold what it looks for.
_FOLDERS = ("work", "root", "opt/" + "pypi", "opt/" + "wheels", "tmp/" + "brief", "Us" + "ers")
MACHINE_PATH = re.compile(rf"(?<![\w.:/)\]}}-])/(?:{'|'.join(_FOLDERS)}|home/\w+)/")
OUTSIDE_THE_PROJECT = re.compile(r"\.\./" + "shared")
REGISTRY = re.compile("|".join((r"pypi\." + "org", "python" + "hosted", r"registry\." + "npmjs")))
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
WITH_ADDRESS = re.compile(r"^[a-z]+:|^#")
FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
MAY_LOOK_OUTSIDE = ("tests/", "bench/")  # to check against what lies beside, and skip without it


def _holding(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{name}:{text.count(chr(10), 0, hit.start()) + 1} {hit.group()}"
        for name, text in texts()
        for hit in pattern.finditer(text)
    ]


def broken_links(name: str, text: str) -> list[str]:
    """Return the links of a page that lead to no file of the project."""
    here = (ROOT / name).parent
    targets = (target for target in LINK.findall(FENCED.sub("", text)))
    local = (unquote(target.split("#")[0]) for target in targets if not WITH_ADDRESS.match(target))
    return [target for target in local if not (here / target).exists()]


def test_no_committed_file_names_a_folder_of_one_machine() -> None:
    assert not (found := _holding(MACHINE_PATH)), found


def test_no_committed_file_names_where_packages_come_from() -> None:
    assert not (found := _holding(REGISTRY)), found


def test_the_project_stands_on_its_own_files() -> None:
    found = [hit for hit in _holding(OUTSIDE_THE_PROJECT) if not hit.startswith(MAY_LOOK_OUTSIDE)]
    assert not found, found


def test_every_link_between_pages_leads_somewhere() -> None:
    broken = {
        name: found
        for name, text in texts()
        if name.endswith(".md") and (found := broken_links(name, text))
    }
    assert not broken, broken


@pytest.mark.parametrize(
    "text", ["see /" + "root/x", "in '/" + "work/main'", "/home/" + "ann/data"]
)
def test_a_folder_of_one_machine_is_seen(text: str) -> None:
    assert MACHINE_PATH.search(text)


@pytest.mark.parametrize("text", ["sleep/work/rest", "https://example.org/work/", "/my-data/"])
def test_an_address_or_a_list_of_words_is_not_a_folder(text: str) -> None:
    assert not MACHINE_PATH.search(text)


def test_a_link_to_nowhere_is_seen(tmp_path: Path) -> None:
    assert broken_links(
        "README.md", "[a](docs/nowhere.md) [b](https://example.org) [c](#here)"
    ) == ["docs/nowhere.md"]
