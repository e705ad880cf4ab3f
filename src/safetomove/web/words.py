"""The words of pages, from content, with the numbers to ring filled in."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from safetomove.content import catalogue, files
from safetomove.content.catalogue import Catalogue
from safetomove.content.words import CareCard, Evidence, FrontMatter

# What the card macros call the loudness of a card. A crisis is never announced as "not urgent".
LEVELS = {
    "emergency": "emergency",
    "urgent": "same_day",
    "non-urgent": "soon",
    "support": "same_day",
    "start": "proceed",
}


def spoken() -> Catalogue:
    """Return the words in the site's language."""
    return catalogue.load()


@cache
def page(name: str) -> Mapping[str, Any]:
    """Return the words of one file as nested tables."""
    found = _file(name)
    filled: Mapping[str, Any] = _fill(found.body, _numbers())
    return filled


def origin(name: str) -> dict[str, Any]:
    """Say where a file's words come from: sources, and when they were written."""
    front: FrontMatter = _file(name).front
    return cited(front.sources, front)


def cited(ids: tuple[str, ...], front: FrontMatter) -> dict[str, Any]:
    """List sources once each as links, with a file's dates."""
    sources = [spoken().source(id) for id in dict.fromkeys(ids)]
    return {
        "list": [source_link(each) for each in sources],
        "written": front.written,
        "review_by": front.review_by,
    }


def front_of(name: str) -> FrontMatter:
    """Return a file's front matter."""
    return _file(name).front


def source_link(source: Evidence) -> dict[str, str]:
    """Turn a source into what the sources macro shows."""
    return {"title": source.citation, "href": source.link, "note": source.strength.capitalize()}


def card(words: CareCard) -> dict[str, Any]:
    """Turn a card's words into what the care card macro shows."""
    return {
        "kind": LEVELS[words.kind.value],
        "heading": words.heading,
        "lead": words.lead,
        "do": list(words.do),
        "call": list(words.call),
        "net": words.net,
    }


def _file(name: str) -> files.WordFile:
    layers = (layer for layer in spoken().layers if name in layer)
    return next(layers)[name]


def _numbers() -> dict[str, str]:
    return {f"{{{id}}}": call.number for id, call in spoken().numbers.items()}


def _fill(value: Any, numbers: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        for sign, number in numbers.items():
            value = value.replace(sign, number)
        return value
    if isinstance(value, Mapping):
        return {key: _fill(each, numbers) for key, each in value.items()}
    return [_fill(each, numbers) for each in value] if isinstance(value, list) else value
