"""What people type or tap, checked and kept as typed; no Django forms on the busiest pages."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from safetomove.core.diary import BadCheckIn, CheckIn
from safetomove.core.diary.cells import parse_day, parse_flare, parse_number
from safetomove.core.diary.check_in import DOSE_TOP, NOTE_CHARACTERS_TOP, SCALE_TOP
from safetomove.core.pacing import Unit
from safetomove.services.patterns import OWN
from safetomove.web.patient.words import page
from safetomove.web.typed import can_be_kept as can_be_kept
from safetomove.web.typed import showable as showable
from safetomove.web.typed import tidy as tidy

TAPS = ("interference", "sleep_quality", "stress", "mood")
IN_TURN = ("worry", "guarding", "social")  # asked now and then of those who look for patterns
SCALES = (*TAPS, *IN_TURN, "pain")
ASKED = (*SCALES, "flare", "note")
OWN_FIELDS = ("own-1", "own-2", "own-3")  # things on the person's own map: yes or no
NAME_TOP, GOAL_TEXT_TOP = 60, 200
STEP = SCALE_TOP / 4  # five words over a scale of 0 to 10

THOUSANDS = re.compile(r"[1-9]\d{0,2}(,\d{3})+")

Errors = list[tuple[str, str]]  # the id of the field, and the words


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedCheckIn:
    """A check-in as sent: what was typed, and the value if every part can be kept."""

    typed: Mapping[str, str]
    day: dt.date | None
    check_in: CheckIn | None
    clear: tuple[str, ...]
    errors: Errors


def parse_check_in(sent: Mapping[str, Any]) -> TypedCheckIn:
    """Read the check-in form; every answer may be missing."""
    typed = {name: tidy(sent.get(name, "")) for name in ASKED}
    errors: Errors = []
    day = _day(sent.get("day", ""), errors)
    values: dict[str, Any] = {}
    for name in SCALES:
        if text := typed[name]:
            _keep(values, errors, name, text)
    if typed["flare"]:
        _keep_flare(values, errors, typed["flare"])
    if note := typed["note"]:
        _keep_note(values, errors, note)
    if own := _own(sent):
        values["extra"] = own
    had = str(sent.get("had", "")).split()
    clear = tuple(name for name in ASKED if name in had and not typed[name])
    if not (values or clear or errors):
        errors.append(("form", page("today")["errors"]["nothing"]))
    check_in = None if errors or day is None else CheckIn(day=day, **values)
    return TypedCheckIn(typed=typed, day=day, check_in=check_in, clear=clear, errors=errors)


def parse_amount(text: str, *, least: float = 0.0) -> float | None:
    """Read how much was done or is wanted; None where it can't be read as a number."""
    try:
        amount = parse_number(_as_written(text.strip()), top=DOSE_TOP)
    except BadCheckIn:
        return None
    return amount if amount > least or amount == least == 0 else None


def _as_written(text: str) -> str:
    """Read 1,200 as the pages write it, 2,5 as much of Europe does, and 8½ as we show it."""
    whole = text.replace(",", "") if THOUSANDS.fullmatch(text) else text.replace(",", ".")
    return whole.replace("½", ".5")


def parse_unit(text: str) -> Unit | None:
    """Read a unit from its list."""
    return Unit(text) if text in set(Unit) else None


def fault_of(texts: Iterable[str], *, longest: int, most: int | None = None) -> str:
    """Name what keeps some texts from being kept: "long", "many", "sign", or nothing."""
    texts = tuple(texts)
    if any(len(each) > longest for each in texts):
        return "long"
    if most is not None and len(texts) > most:
        return "many"
    return "" if all(map(can_be_kept, texts)) else "sign"


def lines_of(text: str) -> tuple[str, ...]:
    """Part a text into its lines, each once, blank ones left out."""
    return tuple(dict.fromkeys(line.strip() for line in text.split("\n") if line.strip()))


def day_or_none(text: str) -> dt.date | None:
    """Read a day from an address or a hidden field."""
    try:
        return parse_day(text)
    except BadCheckIn:
        return None


def _day(text: str, errors: Errors) -> dt.date | None:
    day = day_or_none(text)
    if day is None:
        errors.append(("form", page("today")["errors"]["day"]))
    return day


def _own(sent: Mapping[str, Any]) -> dict[str, str]:
    """Read what was said of the person's own things; what isn't one of them is left out."""
    said = ((str(sent.get(f"{field}-name", "")), sent.get(field, "")) for field in OWN_FIELDS)
    return {
        OWN + name: answer
        for name, answer in said
        if answer in {"yes", "no"} and 0 < len(name) <= NAME_TOP and can_be_kept(name)
    }


def _keep(values: dict[str, Any], errors: Errors, name: str, text: str) -> None:
    try:
        values[name] = parse_number(text, top=SCALE_TOP)
    except BadCheckIn:
        words = page("today")
        what = words["questions"][name]["short"]
        errors.append((name, words["errors"]["number"].format(what=what)))


def _keep_flare(values: dict[str, Any], errors: Errors, text: str) -> None:
    try:
        values["flare"] = parse_flare(text)
    except BadCheckIn:
        errors.append(("flare", page("today")["errors"]["flare"]))


def _keep_note(values: dict[str, Any], errors: Errors, note: str) -> None:
    words = page("today")["errors"]
    if len(note) > NOTE_CHARACTERS_TOP:
        counts = {"count": f"{len(note):,}", "most": f"{NOTE_CHARACTERS_TOP:,}"}
        errors.append(("note", words["note_long"].format(**counts)))
    elif "\x00" in note or any("\ud800" <= sign <= "\udfff" for sign in note):
        errors.append(("note", words["note_sign"]))
    else:
        values["note"] = note
