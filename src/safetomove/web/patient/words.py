"""The words of the person's own pages: amounts, activities and reasons as sentences."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from safetomove.content.doses import (
    amount_of,
    because,
    label,
    number_and_unit,
    plain,
    span,
    unit_word,
)
from safetomove.core.pacing import Unit
from safetomove.web import words
from safetomove.web.words import page

__all__ = [
    "ReadyMade",
    "amount_of",
    "because",
    "label",
    "number_and_unit",
    "origin",
    "page",
    "plain",
    "ready_made",
    "span",
    "unit_word",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadyMade:
    """An activity that comes with its unit and its drawing."""

    id: str
    name: str
    unit: Unit
    art: str
    example: str


@cache
def origin(name: str) -> Mapping[str, Any]:
    """Say where the words of a page come from."""
    return words.origin(name)


@cache
def ready_made() -> Mapping[str, ReadyMade]:
    """List what people often miss doing, by id, in the order shown."""
    rows = page("start")["activity"]
    return {row["id"]: ReadyMade(**row | {"unit": Unit(row["unit"])}) for row in rows}
