"""What staff type about somebody, checked and kept as typed."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from safetomove.core.errors import BadInput
from safetomove.services.clinic.known import EARLIEST_BIRTH, Known
from safetomove.web.words import page

FIELDS = ("name", "born", "number", "contact")
_DAY_FIRST = re.compile(r"(\d{1,2})[ ./-]+(\d{1,2})[ ./-]+(\d{4})")

Errors = dict[str, str]  # the id of the field, and the words


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """The form as sent: what was typed, and who it says, if every part can be kept."""

    typed: Mapping[str, str]
    known: Known | None = None
    errors: Errors = field(default_factory=dict)


def parse(sent: Mapping[str, Any], *, today: dt.date, about: dict[str, Any]) -> Typed:
    """Read the form; `about` is what other pages keep with this person."""
    typed = {name: str(sent.get(name, "")).strip() for name in FIELDS}
    errors: Errors = {}
    born = _born(typed["born"], today, errors)
    for name in ("name", "number", "contact"):
        try:
            Known(**({"name": "x"} | {name: typed[name]}))  # type: ignore[arg-type]
        except BadInput:
            errors[name] = page("clinic_people")["errors"][name]
    shown = {name: printable(text) for name, text in typed.items()}
    if errors:
        return Typed(typed=shown, errors=errors)
    told: dict[str, Any] = {name: text for name, text in typed.items() if name != "born"}
    return Typed(typed=shown, known=Known(born=born, about=about, **told))


def as_typed(known: Known) -> dict[str, str]:
    """Return what the form would have held."""
    born = known.born
    return {
        "name": known.name,
        "born": f"{born.day} {born.month} {born.year}" if born else "",
        "number": known.number,
        "contact": known.contact,
    }


def day_typed(text: str) -> dt.date | None:
    """Read a date written day first, or year first with dashes; None where it can't be read."""
    try:
        if match := _DAY_FIRST.fullmatch(text):
            day, month, year = (int(part) for part in match.groups())
            return dt.date(year, month, day)
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def printable(text: str) -> str:
    """Put a mark where a sign can't be shown again."""
    return "".join(sign if sign.isprintable() or sign in "\r\n\t" else "\ufffd" for sign in text)


def _born(text: str, today: dt.date, errors: Errors) -> dt.date | None:
    if not text:
        return None
    words, born = page("clinic_people")["errors"], day_typed(text)
    if born is None:
        errors["born"] = words["born"]
    elif born > today:
        errors["born"] = words["born_future"]
    elif born < EARLIEST_BIRTH:
        errors["born"] = words["born_early"]
    return born
