"""Turn a day's answers into what the check-in form and its saved state show."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any
from uuid import uuid4

from django.template import engines
from django.utils.translation import get_language
from markupsafe import Markup

from safetomove.core.diary import CheckIn
from safetomove.core.diary.series import days_from
from safetomove.services.patterns import OWN
from safetomove.web.patient.forms import ASKED, IN_TURN, OWN_FIELDS, STEP, TAPS, TypedCheckIn
from safetomove.web.patient.words import page, plain

ALWAYS = TAPS[:3]  # the outcome, and what the dose rule eases by
DAYS_BY_HAND = 14  # how far back a day may be written in by hand, as the service has it
NOTE_SHOWN_TOP = 400  # letters of a note shown again on Today


def form(
    day: dt.date, check_in: CheckIn | None, *, change: bool = False, asked: Sequence[str] = ()
) -> dict[str, Any]:
    """Fill the form for a day; what was said before is chosen only when it is to be changed.

    `asked` are today's questions that take turns: the first takes the place of mood.
    """
    values = _as_typed(check_in) if change and check_in is not None else {}
    had = " ".join(name for name in ASKED if values.get(name))
    filled = _form(day, values, had=had, asked=asked)
    if values or any(name.startswith(OWN) for name in asked):
        return filled
    return filled | {"blank": _blank(get_language() or "", filled["taps"], filled["later"])}


def typed_form(
    typed: TypedCheckIn,
    day: dt.date,
    errors: Iterable[tuple[str, str]],
    had: str,
    asked: Sequence[str] = (),
) -> dict[str, Any]:
    """Show again exactly what was typed, with what is wrong beside it and a fresh key."""
    shown = {name: text.replace("\x00", "\ufffd") for name, text in typed.typed.items()}
    kept = " ".join(name for name in had.split() if name in ASKED)
    filled = _form(day, shown, had=kept, asked=asked)
    return filled | {"errors": list(errors), "wrong": dict(errors)}


def saved(check_in: CheckIn | None) -> list[tuple[str, str]]:
    """List what is kept of a day's answers: short label and words; empty when nothing is."""
    if check_in is None:
        return []
    questions = page("today")["questions"]
    rows = [
        (questions[name]["short"], _scale_word(questions[name]["words"], value))
        for name in (*TAPS, *IN_TURN)
        if (value := getattr(check_in, name)) is not None
    ]
    if check_in.flare is not None:
        rows.append((questions["flare"]["short"], questions["flare"]["words"][check_in.flare]))
    if check_in.pain is not None:
        rows.append((questions["pain"]["short"], plain(check_in.pain)))
    rows += [
        (name.removeprefix(OWN), page("patterns")["check_in"][said])
        for name, said in check_in.extra.items()
        if name.startswith(OWN) and said in {"yes", "no"}
    ]
    if check_in.note:
        rows.append((page("today")["check_in"]["note_label"], _cut(check_in.note)))
    return rows


def answered(check_in: CheckIn | None) -> bool:
    """Say whether any question of the form was answered that day."""
    return check_in is not None and any(getattr(check_in, name) not in (None, "") for name in ASKED)


def other_days(today: dt.date, noted: Mapping[dt.date, CheckIn]) -> list[dict[str, Any]]:
    """List the days that may be written in by hand, newest first, and which are blank."""
    days = days_from(today - dt.timedelta(days=DAYS_BY_HAND), today)
    return [{"day": day, "noted": answered(noted.get(day))} for day in reversed(days)]


@cache
def _blank(language: str, taps: tuple[str, ...], later: tuple[str, ...]) -> Markup:
    """Write the questions without answers once: they are the same on everybody's page."""
    template = engines["jinja2"].env.get_template("patient/_check_in_form.jinja")  # type: ignore[attr-defined]
    return Markup(template.module.questions({}, {}, False, page("today"), taps, later))


def _form(
    day: dt.date, values: Mapping[str, str], *, had: str, asked: Sequence[str] = ()
) -> dict[str, Any]:
    scales = [name for name in asked if not name.startswith(OWN)]
    own = [name.removeprefix(OWN) for name in asked if name.startswith(OWN)]
    taps = (*ALWAYS, scales[0] if scales else "mood")
    said = (name for name in (*TAPS, *IN_TURN) if values.get(name))
    later = tuple(name for name in dict.fromkeys([*scales, *said]) if name not in taps)
    return {
        "taps": taps,
        "later": later,
        "own": list(zip(OWN_FIELDS, own, strict=False)),
        "day": day,
        "iso": day.isoformat(),
        "key": str(uuid4()),
        "had": had,
        "values": values,
        "errors": [],
        "wrong": {},
        "open": bool(any(values.get(name) for name in ("pain", "note", *later))),
    }


def _as_typed(check_in: CheckIn) -> dict[str, str]:
    typed = {name: _typed(getattr(check_in, name)) for name in ASKED}
    return {name: text for name, text in typed.items() if text}


def _typed(value: float | bool | str | None) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case str():
            return value
        case _:
            return plain(value)


def _scale_word(words: list[str], value: float) -> str:
    place, rest = divmod(value, STEP)
    return words[int(place)] if rest == 0 else f"{plain(value)} / 10"


def _cut(note: str) -> str:
    return note if len(note) <= NOTE_SHOWN_TOP else note[:NOTE_SHOWN_TOP].rstrip() + " …"
