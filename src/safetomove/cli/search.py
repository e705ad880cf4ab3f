"""`search`."""

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from safetomove.cli import files
from safetomove.core.errors import BadInput

if TYPE_CHECKING:
    from safetomove.content.search import Found


def search(options: argparse.Namespace) -> None:
    """Print what a question meets: cards first, then lessons, movements, answers and pages."""
    from safetomove.content.search import find

    query = " ".join(options.query)
    if not query.strip():
        raise BadInput("type a word or a question to search for")
    found = find(query)
    data = {
        "danger": [card.value for card in found.danger],
        "results": [
            {"id": one.id, "title": one.title, "kind": one.kind.value} for one in found.results
        ],
    }
    files.answer(options, data, _words(found))


def _words(found: "Found") -> Iterator[str]:
    from safetomove.content import catalogue

    for card in found.danger:
        words = catalogue.load().note_card(card)
        yield from (words.heading, words.lead, *(f"  - {each}" for each in words.do), words.net, "")
    for one in found.results:
        yield f"{one.title} ({one.kind}: {one.id})"
    if not found.results:
        yield "Nothing found. Try one plain word, such as sleep, scan or bending."
