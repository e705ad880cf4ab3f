"""Fill the map of what turns pain up and down, and read what was ticked and typed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import QueryDict

from safetomove.core.contributors import (
    THINGS_TOP,
    WORDS_TOP,
    Area,
    BadMap,
    PainMap,
    Thing,
    Turns,
)
from safetomove.core.safety import NoteCard, scan_note
from safetomove.web.patient.forms import fault_of, lines_of, showable, tidy
from safetomove.web.patient.learn.shelf import address
from safetomove.web.words import card, page, spoken

OWN = ("up_own", "down_own", "avoided", "missed")
OWN_AREA = Area.LIFE  # a thing in the person's own words stands with life, which holds anything


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A map as it was sent: what to show again, and the map if it can be kept."""

    ticked: frozenset[str]
    times: frozenset[str]
    own: Mapping[str, str]
    errors: list[tuple[str, str]]
    about: PainMap | None


@cache
def ready_made() -> Mapping[str, Mapping[str, str]]:
    """List the things that most people know, by id, in the order shown."""
    return {row["id"]: row for row in page("map")["thing"]}


def read(sent: QueryDict) -> Typed:
    """Read the form; what was not on offer counts as not ticked."""
    ticked = [id for id in sent.getlist("thing") if id in ready_made()]
    times = [id for id in sent.getlist("times") if id in page("map")["times"]]
    own = {name: tidy(sent.get(name, "")) for name in OWN}
    errors = [(name, wrong) for name in OWN if (wrong := _wrong(lines_of(own[name])))]
    about = None
    if not errors:
        try:
            about = _map(ticked, times, own)
        except BadMap:
            errors = [("up_own", page("map")["errors"][_why(ticked, own)])]
    return Typed(
        ticked=frozenset(ticked),
        times=frozenset(times),
        own={name: showable(text) for name, text in own.items()},
        errors=errors,
        about=about,
    )


def typed_of(about: PainMap) -> Typed:
    """Return a kept map as the form shows it."""
    own = {
        "up_own": _own_lines(about, Turns.UP),
        "down_own": _own_lines(about, Turns.DOWN),
        "avoided": "\n".join(about.avoided),
        "missed": "\n".join(about.missed),
    }
    ticked = frozenset(one.id for one in about.things if one.id)
    times = frozenset(about.worst_times)
    return Typed(ticked=ticked, times=times, own=own, errors=[], about=about)


def choices(turns: Turns) -> list[tuple[str, list[tuple[str, str]]]]:
    """List the ready-made things that turn pain one way, by area."""
    words = page("map")["areas"]
    rows = [row for row in ready_made().values() if row["turns"] == turns]
    return [
        (words[area.value], [(row["id"], row["words"]) for row in rows if row["area"] == area])
        for area in Area
    ]


def picture(about: PainMap) -> dict[str, Any]:
    """Lay the map out: areas from top to bottom, up on the left and down on the right."""
    words = page("map")
    sides = {turns: _by_area(about.things, turns) for turns in (Turns.UP, Turns.DOWN)}
    return {
        "areas": [
            {"name": words["areas"][area.value], "up": sides[Turns.UP][area],
             "down": sides[Turns.DOWN][area]}
            for area in Area
        ],
        "times": [words["times"][id] for id in about.worst_times if id in words["times"]],
        "avoided": about.avoided,
        "missed": about.missed,
    }  # fmt: skip


def onward(about: PainMap) -> list[tuple[str, str]]:
    """Say what can be done with the map: address and words, for pages that this site has."""
    words = page("map")["page"]
    rows = (
        ("ladder", words["to_ladder"], bool(about.avoided)),
        ("start", words["to_start"], bool(about.missed)),
        ("patterns", words["to_patterns"], bool(about.things)),
    )
    return [(address(to), said) for to, said, fits in rows if fits and address(to)]


def cards(about: PainMap) -> list[dict[str, Any]]:
    """Return the safety cards that the person's own words raise: they come before the map."""
    own = (*(one.words for one in about.things if one.words), *about.avoided, *about.missed)
    raised: dict[NoteCard, None] = {}
    for words in own:
        raised |= dict.fromkeys(scan_note(words))
    return [card(spoken().note_card(one)) for one in raised]


def _map(ticked: Sequence[str], times: Sequence[str], own: Mapping[str, str]) -> PainMap:
    ours = tuple(_thing(ready_made()[id]) for id in dict.fromkeys(ticked))
    theirs = tuple(
        Thing(area=OWN_AREA, turns=turns, words=line)
        for name, turns in (("up_own", Turns.UP), ("down_own", Turns.DOWN))
        for line in lines_of(own[name])
    )
    return PainMap(
        things=(*ours, *theirs),
        worst_times=tuple(times),
        avoided=lines_of(own["avoided"]),
        missed=lines_of(own["missed"]),
    )


def _thing(row: Mapping[str, str]) -> Thing:
    area, turns = Area(row["area"]), Turns(row["turns"])
    return Thing(area=area, turns=turns, id=row["id"], column=row.get("column", ""))


def _by_area(things: Iterable[Thing], turns: Turns) -> dict[Area, list[dict[str, Any]]]:
    found: dict[Area, list[dict[str, Any]]] = {area: [] for area in Area}
    for one in things:
        if one.turns in (turns, Turns.BOTH):
            words = ready_made()[one.id]["words"] if one.id in ready_made() else one.words
            if words:
                found[one.area].append({"words": words, "asked": bool(one.column)})
    return found


def _wrong(lines: Sequence[str]) -> str:
    fault = fault_of(lines, longest=WORDS_TOP)
    return str(page("map")["errors"][fault]) if fault else ""


def _why(ticked: Sequence[str], own: Mapping[str, str]) -> str:
    count = len(ticked) + sum(len(lines_of(text)) for text in own.values())
    return "many" if count > THINGS_TOP else "twin"


def _own_lines(about: PainMap, turns: Turns) -> str:
    return "\n".join(one.words for one in about.things if one.words and one.turns is turns)
