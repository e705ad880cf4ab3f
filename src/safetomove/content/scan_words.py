"""The things that a scan report can name, in two plain sentences each."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from safetomove.content import catalogue, files
from safetomove.content.files import BadContent
from safetomove.core.scans import term_ids

SENTENCES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class TermWords:
    """What a thing is called, and what it means."""

    id: str
    name: str
    says: tuple[str, ...]


def term(id: str) -> TermWords:
    """Return the words for one thing that a report can name."""
    return terms()[id]


@cache
def terms() -> Mapping[str, TermWords]:
    """Return the words for all of them; refuses a term without its two sentences."""
    layers = [layer["scan_terms"] for layer in catalogue.load().layers if "scan_terms" in layer]
    table = files.section(layers[0].body, "terms")
    return {id: _term(id, files.as_table(table.get(id), id)) for id in term_ids()}


def _term(id: str, entry: Mapping[str, object]) -> TermWords:
    says = files.texts(entry, "says")
    if len(says) != SENTENCES:
        raise BadContent(f"scan_terms.{id} needs {SENTENCES} sentences")
    return TermWords(id=id, name=files.text(entry, "name"), says=says)
