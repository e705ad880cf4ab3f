"""One person's page for paper: the parts of the screen, as lines."""

import datetime as dt
from typing import Any, Final

from safetomove.services.clinic.members import Member
from safetomove.services.clinic.staff import Desk
from safetomove.web.clinic import summary_page
from safetomove.web.clinic.days import day_of, time_of
from safetomove.web.jinja_env import language
from safetomove.web.words import page

NOTES_ON_PAPER: Final = 3
GOAL_TOP: Final = 90  # letters of a goal
NOTE_TOP: Final = 240  # letters of a note; the whole of it is on the screen

Filled = dict[str, Any]


def sheet(at: Desk, member: Member, filled: Filled, reasons: list[str], now: dt.datetime) -> Filled:
    """Return what the template `summary` prints."""
    words = page("clinic_summary")
    return {
        **about(at, member),
        "title": words["paper"]["title"],
        "lead": [words["paper"]["lead"].format(at=time_of(now, at.held.zone), by=at.staff.name)],
        "track": summary_page.TRACK,
        "parts": [
            _part("why", reasons),
            _part("ask", (), filled["asks"]),
            *_doing(filled["doing"]),
            *_shared(filled),
        ],
        "net": [words["measures"]["net"], words["paper"]["net"]],
    }


def about(at: Desk, member: Member) -> Filled:
    """Return what every printed page about one person says: who, where, in which language."""
    words, known = page("clinic_summary")["paper"], member.known
    born = words["born"].format(day=day_of(known.born)) if known.born else words["born_unknown"]
    number = known.number and " ".join((known.number[:3], known.number[3:6], known.number[6:]))
    facts = [born, *([words["number"].format(number=number)] if number else [])]
    return {
        "clinic": at.held.name,
        "language": str(language())[:2],
        "foot": words["foot"].format(clinic=at.held.name),
        "name": known.name,
        "facts": facts,
    }


def _shared(filled: Filled) -> list[Filled]:
    words = page("clinic_summary")
    named = {id: words["paper"]["map"][id] for id in words["paper"]["map"]}
    notes, chart = filled["notes"], filled["map"]
    recent, measures = filled["recent"], filled["measures"]
    return [
        _part("safety", filled["safety"]),
        _part("measures", None if measures is None else [" ".join(each) for each in measures]),
        _part("recent", None if recent is None else _recent(recent)),
        _part("notes", None if notes is None else _notes(notes)),
        _part(
            "map",
            None
            if chart is None
            else [f"{named[side]}: {', '.join(things)}." for side, things in chart.items()],
        ),
        _part("came", _came(filled)),
    ]


def _part(id: str, lines: Any, items: Any = ()) -> Filled:
    """Return one part; None is not shared, and nothing at all is said to be blank."""
    words = page("clinic_summary")
    if lines is None:
        lines = [words["paper"]["not_shared"]]
    said = [*lines] or ([] if items else [words[id]["none"]])
    return {"heading": words[id]["heading"], "lines": said, "items": [*items], "does": []}


def _doing(found: Filled | None) -> list[Filled]:
    """Return a part for each activity, with its line from nought to the most."""
    if found is None:
        return [_part("doing", None)]
    activities = found["activities"]
    head = _part("doing", [*found["lines"], *found["changes"]], activities) | {"items": []}
    parts = [head, *({"heading": "", "lines": [], "items": []} for _ in activities[1:])]
    for part, each in zip(parts, activities, strict=False):
        says = f"{each['name']}.{_quoted(each['goal_text'])} {each['says']}"
        part["does"] = [{"says": says, "track": each["track"]}]
    return parts


def _quoted(text: str) -> str:
    return (
        f" “{text if len(text) <= GOAL_TOP else f'{text[:GOAL_TOP].rstrip()}…'}”." if text else ""
    )


def _recent(rows: list[Filled]) -> list[str]:
    words = page("clinic_summary")["recent"]
    return [words["says"].format(days=len(rows))] if rows else []


def _notes(notes: tuple[tuple[dt.date, str], ...]) -> list[str]:
    cut = page("clinic_summary")["paper"]["cut"]
    return [
        f"{day_of(day)}: {text if len(text) <= NOTE_TOP else f'{text[:NOTE_TOP].rstrip()}… {cut}'}"
        for day, text in notes[:NOTES_ON_PAPER]
    ]


def _came(filled: Filled) -> list[str]:
    words = page("clinic_summary")["came"]
    came = filled["came"]
    return [words["count"].format(came=filled["attended"], noted=len(came))] if came else []
