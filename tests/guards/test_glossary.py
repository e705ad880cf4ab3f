"""One word, one concept: each entry of the glossary names something that is in the code."""

import re
from functools import cache

from tests.guards.project import ROOT, texts

ENTRY = re.compile(r"^\*\*(?P<term>[^*]+)\*\*.*?(?=^\*\*|^#|\Z)", re.MULTILINE | re.DOTALL)
IN_THE_CODE = re.compile(r"In the code: ((?:`[^`]+`(?:, )?)+)")


def entries(text: str) -> dict[str, list[str]]:
    """Return the names in the code that each entry gives."""
    found = {}
    for entry in ENTRY.finditer(text):
        named = IN_THE_CODE.search(entry.group())
        found[entry["term"]] = re.findall(r"`([^`]+)`", named[1]) if named else []
    return found


@cache
def _glossary() -> dict[str, list[str]]:
    return entries((ROOT / "GLOSSARY.md").read_text(encoding="utf-8"))


@cache
def _code() -> str:
    return "\n".join(
        words for name, words in texts() if name.startswith("src/") and name.endswith(".py")
    )


def test_every_entry_names_something_in_the_code() -> None:
    assert [term for term, names in _glossary().items() if not names] == []


def test_every_name_in_the_glossary_is_in_the_code() -> None:
    gone = [
        f"{term}: {name}"
        for term, names in _glossary().items()
        for name in names
        if not re.search(rf"\b{re.escape(name)}\b", _code())
    ]
    assert gone == []


def test_entries_are_in_alphabetical_order() -> None:
    terms = [term.casefold() for term in _glossary()]
    assert terms == sorted(terms)


def test_an_entry_is_read_with_its_names() -> None:
    text = "**Dose** One day's amount.\nIn the code: `Dose`, `next_dose`.\n\n**Room** No name.\n"
    assert entries(text) == {"Dose": ["Dose", "next_dose"], "Room": []}
