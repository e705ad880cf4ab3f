"""Fill the pages of the library: lists, one movement, and what is said where one doesn't fit."""

from itertools import groupby
from typing import Any

from django.urls import reverse

from safetomove.content import movements
from safetomove.content.movements import Movement, Shown
from safetomove.content.search import Kind, related
from safetomove.core.doing import ABILITIES, Kit, Tag, Verdict
from safetomove.web import words
from safetomove.web.patient.move.figure_views import has_figure
from safetomove.web.patient.move.reaching import Looking
from safetomove.web.patient.safety_keeping import Keeping
from safetomove.web.patient.waiting import why_waiting
from safetomove.web.words import page

QUERY_TOP = 80  # letters
FOUND_TOP = 20  # movements: what comes after them has little to do with the question
NET_PLACES = {"chest": "help_now", "dizzy": "help_now"}  # the other nets lead to the questions


def hub(who: Looking, *, resume: dict[str, Any] | None) -> dict[str, Any]:
    """Fill the front page of Move."""
    said = page("move")["hub"]
    count = len(movements.listed(who.about))
    return {
        "library_says": said["library"].format(count=count),
        "resume": resume,
        "safe": safe_first(who),
        "relaxations": page("relaxations")["relaxation"],
        "ladder": page("ladder")["hub"],
        "flare_plan": page("flare_plan")["hub"],
        "progress": page("progress")["hub"],
        "week": page("week_review")["hub"],
    }


def library(who: Looking, query: str) -> dict[str, Any]:
    """Fill the list of movements, or what a search found among them."""
    query = " ".join(query.replace("\x00", " ").split())[:QUERY_TOP]
    shown = movements.listed(who.about)
    met = related(query, Kind.MOVEMENT)
    fitting = {each.movement.id: each for each in shown}
    found = [fitting[one.id] for one in met.results if one.id in fitting][:FOUND_TOP]
    return {
        "query": query,
        "says": _found_says(query, len(found)) if query and not met.danger else "",
        "found": [_row(each) for each in found],
        "families": [] if query else _families(shown),
        "cards": [_note_card(card) for card in met.danger],
        "out_of_reach": who.keeping is Keeping.OUT_OF_REACH,
        "left_out": len(shown) < len(movements.load()),
        "safe": safe_first(who),
    }


def movement(who: Looking, shown: Shown, *, level: int, moving: bool) -> dict[str, Any]:
    """Fill one movement's page; where it doesn't fit, there is nothing of how to do it."""
    what = shown.movement
    about: dict[str, Any] = {
        "id": what.id,
        "title": what.title,
        "listed": shown.suits.listed,
        "notice": notice_of(shown),
        "swap": None if shown.swap is None else _link(shown.swap),
        "safe": safe_first(who),
    }
    if not shown.suits.listed:
        return about
    return about | {
        "m": what,
        "family": page("move")["families"][what.family],
        "picture": picture(what, level, moving=moving),
        "level": what.levels[level - 1],
        "number": level,
        "levels": _levels(what, level),
        "needs": needs(what),
        "checks": checks_of(shown),
        "worries": [_worry(each) for each in what.worries],
        "sources": words.cited(what.front.sources, what.front),
    }


def level_asked(movement: Movement, text: str) -> int:
    """Read the level from an address; anything odd is the easiest."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 3 else 1
    return number if 1 <= number <= len(movement.levels) else 1


def picture(movement: Movement, level: int, *, moving: bool = False) -> dict[str, Any] | None:
    """Say where a movement's pictures are; None while there is none."""
    if not has_figure(movement.id, level):
        return None
    said = page("move")["movement"]
    named = {"title": movement.title, "level": movement.levels[level - 1].name}
    places = {
        kind: reverse("figure", args=[movement.id, level, kind])
        for kind in ("still", "moving", "strip")
    }
    return places | {
        "moves": moving,
        "says": said["moving" if moving else "still"].format(**named),
        "strip_says": said["strip"].format(**named),
    }


def needs(movement: Movement) -> str:
    """Say which things a movement needs that not everybody has."""
    kit = page("move")["kit"]
    things = " + ".join(kit[each] for each in Kit if each in movement.needs)
    return str(page("move")["library"]["needs"].format(things=things)) if things else ""


def safe_first(who: Looking) -> dict[str, Any] | None:
    """Say what comes before any movement, unless the person is cleared."""
    if who.today is None:
        return {"kind": "never", "cards": [], "href": reverse("safe")}
    waiting = why_waiting(who.today.record, who.today.review)
    if waiting is None:
        return None
    kind = "held" if waiting["cards"] else "never"
    return {"kind": kind, "cards": waiting["cards"], "href": waiting["href"]}


def notice_of(shown: Shown) -> dict[str, str] | None:
    """Say why a movement waits, is swapped or is left out, and how to put that right."""
    said = page("move")["movement"]
    match shown.suits.verdict:
        case Verdict.ALLOWED:
            return None
        case Verdict.CLINICIAN:
            part = said["clinician"]
        case Verdict.SWAP:
            part = said["swapped"]
        case Verdict.HIDDEN:
            part = said["hidden"]
    because = shown.suits.because
    told = _joined([page("move")["tags"][tag]["told"] for tag in because])
    ability = all(tag in ABILITIES for tag in because)
    key = "text_pregnancy" if Tag.PREGNANCY in because and "text_pregnancy" in part else "text"
    return {
        "heading": part["heading"],
        "text": part[key].format(told=told),
        "ask": said["swapped"]["wrong"],
        "link": said["swapped"]["wrong_ability" if ability else "wrong_health"],
        "href": reverse("move_fit" if ability else "safe_questions"),
    }


def checks_of(shown: Shown) -> list[str]:
    """Return what to ask oneself first: what this movement's tags need to know, and nobody told."""
    told = page("move")["tags"]
    return [told[tag]["ask"] for tag in shown.suits.unknown]


def net_of(name: str) -> dict[str, str]:
    """Return a safety net's words and where its link leads."""
    net = page("move")["nets"][name]
    return {**net, "href": reverse(NET_PLACES.get(name, "safe"))}


def _found_says(query: str, count: int) -> str:
    said = page("move")["library"]
    key = {0: "found_none", 1: "found_one"}.get(count, "found")
    return str(said[key].format(count=count, query=query))


def _families(shown: tuple[Shown, ...]) -> list[dict[str, Any]]:
    names = page("move")["families"]
    return [
        {"id": family, "name": names[family], "rows": [_row(each) for each in rows]}
        for family, rows in groupby(shown, key=lambda each: each.movement.family)
    ]


def _row(shown: Shown) -> dict[str, Any]:
    what, verdict = shown.movement, shown.suits.verdict
    said = page("move")
    first = said["movement"]["first_heading"] if shown.suits.unknown else ""
    with_physio = said["library"]["with_physio"] if verdict is Verdict.CLINICIAN else ""
    return {
        **_link(what),
        "purpose": what.purpose,
        "label": with_physio or first,
        "picture": picture(what, 1),
    }


def _link(movement: Movement) -> dict[str, str]:
    return {"title": movement.title, "href": reverse("movement", args=[movement.id])}


def _levels(movement: Movement, chosen: int) -> list[dict[str, Any]]:
    return [
        {"number": n, "name": level.name, "how": level.how, "chosen": n == chosen}
        for n, level in enumerate(movement.levels, start=1)
    ]


def _worry(worry: movements.Worry) -> dict[str, Any]:
    return {"ask": worry.ask, "answer": worry.answer, "net": net_of(worry.net)}


def _joined(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _note_card(card: Any) -> dict[str, Any]:
    return words.card(words.spoken().note_card(card)) | {"told": []}
