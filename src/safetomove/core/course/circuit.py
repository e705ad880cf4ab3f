"""Who is where at each turn of a circuit, doing what: even, safe for each, the same every time.

Everybody keeps a start and moves on one station at each turn, so numbers that were even stay
even. Whom a movement doesn't suit stands at the same station and does its swap, so nobody is
sent aside.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from safetomove.core.course.checks import Library
from safetomove.core.course.session import Block, Circuit, Exercise, Station
from safetomove.core.doing import AboutPerson, Suitability, Tag, Verdict, suits
from safetomove.core.errors import BadInput


class BadGroup(BadInput):
    """A group that can't be placed as told."""


class Pace(StrEnum):
    """Which level of a station a person begins with."""

    EASIER = "easier"
    HARDER = "harder"


class How(StrEnum):
    """How a person meets a station."""

    AS_PLANNED = "as_planned"
    ASK_FIRST = "ask_first"  # nobody asked yet whether it suits: `ask` says what
    SWAP = "swap"
    WITH_CLINICIAN = "with_clinician"
    CLINICIAN_CHOOSES = "clinician_chooses"  # neither it nor its swap fits


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody in the room. `levels` is what they reached at home; it wins over the pace.

    `arrives` is the turn from which they are there; `partner` is whom they like to be with.
    """

    key: str
    about: AboutPerson
    pace: Pace = Pace.EASIER
    levels: Mapping[str, int] = field(default_factory=dict)
    arrives: int = 1
    partner: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One person at one turn. `station` counts from 1; no movement where the clinician chooses."""

    member: str
    station: int
    how: How
    movement: str | None
    level: int | None
    because: tuple[Tag, ...] = ()
    ask: tuple[Tag, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One turn: everybody who is there, in the order of the stations."""

    number: int
    places: tuple[Place, ...]

    def at(self, station: int) -> tuple[Place, ...]:
        """Return who is at a station."""
        return tuple(each for each in self.places if each.station == station)


@dataclass(frozen=True, slots=True, kw_only=True)
class CircuitPlan:
    """The whole circuit of a group; `apart` are pairs for whom no station had room."""

    turns: tuple[Turn, ...]
    apart: tuple[tuple[str, str], ...] = ()


def plan_circuit(circuit: Circuit, members: Sequence[Member], library: Library) -> CircuitPlan:
    """Place a group, in the order of its register.

    No station ever has two people more than another. A latecomer put at the end of `members`
    moves nobody else. Two who name each other share a station where numbers allow it.

    Raises
    ------
    BadGroup
        If a key comes twice, or somebody arrives at a turn that isn't there.
    """
    _check(circuit, members)
    starts = _starts(members, len(circuit.stations))
    turns = (_turn(circuit, n, members, starts, library) for n in range(1, circuit.turns + 1))
    apart = (pair for pair in _pairs(members) if starts[pair[0]] != starts[pair[1]])
    return CircuitPlan(turns=tuple(turns), apart=tuple(apart))


def fits(block: Block, member: Member, library: Library) -> tuple[str, ...]:
    """Return which movements of a warm-up or rest suit somebody; the words are for everyone."""
    return tuple(
        each
        for each in block.movements
        if suits(library.movements[each].tags, member.about).verdict is Verdict.ALLOWED
    )


def _check(circuit: Circuit, members: Sequence[Member]) -> None:
    if len({each.key for each in members}) < len(members):
        raise BadGroup("somebody is in the group twice")
    for each in members:
        if not 1 <= each.arrives <= circuit.turns:
            raise BadGroup(f"there are turns 1 to {circuit.turns}, not {each.arrives}")


def _starts(members: Sequence[Member], stations: int) -> dict[str, int]:
    """Give each a start from 0: pairs first, then the rest, latecomers where fewest are."""
    there = [each for each in members if each.arrives == 1]
    room = [_share(len(there), stations, at) for at in range(stations)]
    starts: dict[str, int] = {}
    for pair in _pairs(there):
        at = next((n for n, left in enumerate(room) if left >= len(pair)), None)
        if at is not None:
            starts |= dict.fromkeys(pair, at)
            room[at] -= len(pair)
    late = sorted(members, key=lambda each: each.arrives)
    for each in (one for one in late if one.key not in starts):
        counts = Counter(starts.values())
        full = room if each.arrives == 1 else [-counts[at] for at in range(stations)]
        at = full.index(max(full))
        starts[each.key] = at
        room[at] -= 1
    return starts


def _share(people: int, stations: int, at: int) -> int:
    return people // stations + (1 if at < people % stations else 0)


def _pairs(members: Iterable[Member]) -> list[tuple[str, str]]:
    """Return those who name each other, each pair once."""
    wishes = {each.key: each.partner for each in members}
    found = [(key, other) for key, other in wishes.items() if other and wishes.get(other) == key]
    order = [*wishes]
    return [(one, two) for one, two in found if order.index(one) < order.index(two)]


def _turn(
    circuit: Circuit,
    number: int,
    members: Sequence[Member],
    starts: Mapping[str, int],
    library: Library,
) -> Turn:
    places = []
    for member in members:
        if member.arrives <= number:
            at = (starts[member.key] + number - 1) % len(circuit.stations)
            places.append(_place(circuit.stations[at], at + 1, member, library))
    return Turn(number=number, places=tuple(sorted(places, key=lambda each: each.station)))


def _place(station: Station, at: int, member: Member, library: Library) -> Place:
    first = _suits(station.do, member, library)
    told = first.because
    if first.verdict is Verdict.ALLOWED:
        how = How.ASK_FIRST if first.unknown else How.AS_PLANNED
        return _doing(station.do, how, at, member, ask=first.unknown)
    if first.verdict is Verdict.CLINICIAN:
        how = How.WITH_CLINICIAN
        return _doing(station.do, how, at, member, because=told, ask=first.unknown)
    second = _suits(station.swap, member, library)
    if second.verdict is Verdict.ALLOWED:
        return _doing(station.swap, How.SWAP, at, member, because=told, ask=second.unknown)
    if second.verdict is Verdict.CLINICIAN:
        both = (*told, *(tag for tag in second.because if tag not in told))
        return _doing(station.swap, How.WITH_CLINICIAN, at, member, because=both)
    return Place(
        member=member.key, station=at, how=How.CLINICIAN_CHOOSES, movement=None, level=None,
        because=told,
    )  # fmt: skip


def _suits(exercise: Exercise, member: Member, library: Library) -> Suitability:
    return suits(library.movements[exercise.movement].tags, member.about)


def _doing(
    exercise: Exercise,
    how: How,
    at: int,
    member: Member,
    *,
    because: tuple[Tag, ...] = (),
    ask: tuple[Tag, ...] = (),
) -> Place:
    usual = exercise.easier if member.pace is Pace.EASIER else exercise.harder
    reached = member.levels.get(exercise.movement, usual)
    return Place(
        member=member.key,
        station=at,
        how=how,
        movement=exercise.movement,
        level=min(max(reached, exercise.easier), exercise.harder),
        because=because,
        ask=ask,
    )
