"""Doses, and the reasons for them, in words: for the pages and the command line alike."""

from collections.abc import Mapping
from functools import cache

from safetomove.content import catalogue, files
from safetomove.core.pacing import Reason, Unit

DAYS = frozenset({"days", "flare_free_days"})
COUNTS = DAYS | {"tries", "tries_left", "flare_ups", "percent"}
"""Facts that count something; any other number is an amount of the activity."""
SECONDS = 60  # in a minute


def because(reason: Reason) -> str:
    """Write one reason for a dose as a sentence or three."""
    unit = Unit(str(reason.facts["unit"]))
    shown = {name: _shown(name, fact, unit) for name, fact in reason.facts.items()}
    code = reason.code.value
    one_day = any(reason.facts.get(name) == 1 for name in DAYS) and code in _table("one_day")
    return files.text(_table("one_day" if one_day else "reasons"), code).format(**shown)


def amount_of(amount: float, unit: Unit) -> str:
    """Write an amount with its unit: 12 minutes, 2½ minutes, 8 minutes 45 seconds."""
    return " ".join(number_and_unit(amount, unit))


def number_and_unit(amount: float, unit: Unit) -> tuple[str, str]:
    """Part an amount into its number and what follows: ("8", "minutes 45 seconds")."""
    if unit is not Unit.MINUTES or _half_minutes(amount):
        return _number(amount, unit), unit_word(unit, amount)
    minutes, seconds = divmod(round(amount * SECONDS), SECONDS)
    rest = unit_word(Unit.SECONDS, seconds)
    if not minutes:
        return str(seconds), rest
    return plain(minutes), f"{unit_word(unit, minutes)} {seconds} {rest}"


def span(low: float, high: float, unit: Unit) -> tuple[str, str]:
    """Write two amounts for one sentence; the unit is said once where both share it."""
    number, after = number_and_unit(low, unit)
    shared = after in _words_of(unit) and number_and_unit(high, unit)[1] in _words_of(unit)
    return (number if shared else f"{number} {after}"), amount_of(high, unit)


def label(amount: float, unit: Unit) -> str:
    """Write an amount for a place with little room: 12, 2½, 8 min 45 s."""
    if unit is not Unit.MINUTES or _half_minutes(amount):
        return _number(amount, unit)
    minutes, seconds = divmod(round(amount * SECONDS), SECONDS)
    short = _table("short")
    told = f"{seconds} {files.text(short, 'seconds')}"
    return f"{minutes} {files.text(short, 'minutes')} {told}" if minutes else told


def unit_word(unit: Unit, amount: float = 0) -> str:
    """Name a unit as it follows a number: 1 minute, 12 minutes."""
    one, many = _words_of(unit)
    return one if amount == 1 else many


def plain(value: float) -> str:
    """Write a number with no more digits than it needs: 12, 2.5."""
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def _words_of(unit: Unit) -> tuple[str, ...]:
    return files.texts(_table("units"), unit.value)


def _half_minutes(minutes: float) -> bool:
    """Say whether minutes can be said as a number: none, or a minute and more by the half."""
    seconds = round(minutes * SECONDS)
    return seconds < 1 or (seconds >= SECONDS and seconds % (SECONDS // 2) == 0)


def _number(amount: float, unit: Unit) -> str:
    if unit is not Unit.MINUTES or round(amount * SECONDS) < 1:
        return plain(amount)
    whole, half = divmod(round(amount * SECONDS), SECONDS)
    return plain(whole) + ("½" if half else "")


def _shown(name: str, fact: float | str, unit: Unit) -> str:
    if isinstance(fact, str):
        return fact
    return plain(fact) if name in COUNTS else amount_of(fact, unit)


@cache
def _table(name: str) -> Mapping[str, object]:
    """Return a table of the doses' words, in the first language that has the file."""
    layers = (layer for layer in catalogue.load().layers if "doses" in layer)
    return files.section(next(layers)["doses"].body, name)
