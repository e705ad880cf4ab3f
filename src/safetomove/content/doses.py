"""Doses, and the reasons for them, in words: for the pages and the command line alike."""

from collections.abc import Mapping
from functools import cache

from safetomove.content import catalogue, files
from safetomove.core.pacing import Reason, Unit

DAYS = frozenset({"days", "flare_free_days"})
COUNTS = DAYS | {"tries", "tries_left", "flare_ups", "percent"}
"""Facts that count something; any other number is an amount of the activity."""


def because(reason: Reason) -> str:
    """Write one reason for a dose as a sentence or three."""
    unit = Unit(str(reason.facts["unit"]))
    shown = {name: _shown(name, fact, unit) for name, fact in reason.facts.items()}
    code = reason.code.value
    one_day = any(reason.facts.get(name) == 1 for name in DAYS) and code in _table("one_day")
    return files.text(_table("one_day" if one_day else "reasons"), code).format(**shown)


def amount_of(amount: float, unit: Unit) -> str:
    """Write an amount with its unit: 12 minutes."""
    return f"{plain(amount)} {unit_word(unit, amount)}"


def unit_word(unit: Unit, amount: float = 0) -> str:
    """Name a unit as it follows a number: 1 minute, 12 minutes."""
    one, many = files.texts(_table("units"), unit.value)
    return one if amount == 1 else many


def plain(value: float) -> str:
    """Write a number with no more digits than it needs: 12, 2.5."""
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def _shown(name: str, fact: float | str, unit: Unit) -> str:
    if isinstance(fact, str):
        return fact
    return plain(fact) if name in COUNTS else amount_of(fact, unit)


@cache
def _table(name: str) -> Mapping[str, object]:
    """Return a table of the doses' words, in the first language that has the file."""
    layers = (layer for layer in catalogue.load().layers if "doses" in layer)
    return files.section(next(layers)["doses"].body, name)
