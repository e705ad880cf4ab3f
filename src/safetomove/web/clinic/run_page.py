"""What the page of a running session shows, as the template and its script read it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from safetomove.content import course, lessons, movements
from safetomove.core.course.happened import Deed, Event
from safetomove.core.course.run import why
from safetomove.core.course.run_clock import Part, Phase
from safetomove.services.clinic.circuits import Offer, Stand
from safetomove.services.clinic.runs import InRoom, Room
from safetomove.web.words import page, spoken

CLOCK = (Deed.STEP, Deed.PAUSE, Deed.RESUME, Deed.MORE, Deed.END)


def about(room: Room, *, now: datetime) -> dict[str, Any]:
    """Return everything that the page of a session takes, beside the desk."""
    numbers = spoken().numbers
    turn = _turn(room)
    return {
        "group": room.group,
        "session": room.session,
        "course": room.course,
        "content": room.content,
        "room": room,
        "turn": turn,
        "stations": [_station(room, number, turn) for number in _numbers(room)],
        "off": [each for each in room.people if not _stands(each, turn)],
        "phases": _phases(room),
        "now": now,
        "state": state(room, now=now),
        "movements": movements.load(),
        "lessons": lessons.load().lessons,
        "stops": room.course.stops(room.content.number),
        "words": page("course"),
        "told": lambda text: course.spoken(text, numbers),
        "w": page("clinic_run"),
    }


def state(room: Room, *, now: datetime) -> dict[str, Any]:
    """Return what a device needs to go on by itself; times are ISO 8601 in UTC."""
    return {
        "now": now.isoformat(),
        "parts": [
            {"index": each.index, "phase": each.phase, "number": each.number,
             "minutes": each.minutes, "title": _title(room, each)}
            for each in room.parts
        ],
        "turns": room.content.circuit.turns,
        "events": [_clock_event(each) for each in room.events if each.deed in CLOCK],
        "people": [_person(each) for each in room.people],
        "notes": [_note(each) for each in room.run.notes],
        "movements": _movements(room),
    }  # fmt: skip


def _clock_event(event: Event) -> dict[str, Any]:
    return {name: value for name, value in event.to_json().items() if name != "by"}


def _note(event: Event) -> dict[str, str]:
    return {"key": event.key, "member": event.member, "text": event.text}


def _person(each: InRoom) -> dict[str, Any]:
    return {
        "id": str(each.member.id),
        "mark": each.mark or "",
        "may": each.may,
        "asked": each.asked,
        "stops": [why(stop) for stop in each.safety.stops],
        "stands": [_stand(stand) for stand in each.stands],
    }


def _stand(stand: Stand) -> dict[str, Any]:
    return {
        "turn": stand.turn,
        "station": stand.station,
        "how": stand.how,
        "plan": _offer(stand.plan),
        "swap": _offer(stand.swap),
        "swapped": stand.swapped,
        "ask": [*stand.ask],
    }


def _offer(offer: Offer | None) -> dict[str, Any] | None:
    if offer is None:
        return None
    return {"movement": offer.movement, "level": offer.level, "low": offer.low, "high": offer.high}


def _movements(room: Room) -> dict[str, Any]:
    every = movements.load()
    named = {each.movement for one in room.content.circuit.stations for each in (one.do, one.swap)}
    return {
        id: {"title": every[id].title, "levels": [level.name for level in every[id].levels]}
        for id in sorted(named)
    }


def _title(room: Room, part: Part) -> str:
    """Name a part; a turn is named by the script, which knows how many there are."""
    if part.phase is Phase.LEARN:
        return room.content.education[part.number - 1].title
    return str(page("clinic_run")["phases"][part.phase])


def _turn(room: Room) -> int:
    """Return the turn that runs; before the circuit the first, after it the last."""
    now = room.where
    if now is None or now.part.phase in (Phase.LEARN, Phase.WARM):
        return 1
    return now.part.number if now.part.phase is Phase.STATIONS else room.content.circuit.turns


def _numbers(room: Room) -> range:
    return range(1, len(room.content.circuit.stations) + 1)


def _stands(each: InRoom, turn: int) -> bool:
    return each.in_circuit and any(stand.turn == turn for stand in each.stands)


def _station(room: Room, number: int, turn: int) -> dict[str, Any]:
    station = room.content.circuit.stations[number - 1]
    found = (
        (each, stand)
        for each in room.people
        for stand in each.stands
        if each.in_circuit and stand.turn == turn and stand.station == number
    )
    return {"number": number, "station": station, "people": [*found]}


def _phases(room: Room) -> list[Mapping[str, Any]]:
    """Return the four stretches of the hour with how far each is through, in seconds."""
    found: list[Mapping[str, Any]] = []
    for phase in Phase:
        own = [each for each in room.parts if each.phase is phase]
        found.append(
            {
                "phase": phase,
                "minutes": sum(each.minutes for each in own),
                "count": len(own),
                "here": room.where is not None and room.where.part.phase is phase,
                "gone": _gone(room, own),
            }
        )
    return found


def _gone(room: Room, own: list[Part]) -> int:
    if room.where is None:
        return sum(60 * each.minutes for each in own) if room.run.ended_at else 0
    here, left = room.where.part, room.where.left
    before = sum(60 * each.minutes for each in own if each.index < here.index)
    if here.index not in {each.index for each in own}:
        return before
    return int(before + min(60 * here.minutes, max(0, 60 * here.minutes - left)))
