"""A session as it runs: what happened, in any order it comes in, folded into how things stand.

Two devices write at once, and one of them may be without a network for a while. So an event
says when it happened and bears a key of its own device; the state is a pure fold of all
events by time and key, and an event that comes twice counts once.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final, assert_never

from safetomove.core.course.happened import Deed, Event, How, Why

MORE: Final = 60  # seconds that "1 minute more" adds


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """How things stand. `part` is None before the first step; times are those of the devices."""

    began_at: datetime | None = None
    ended_at: datetime | None = None
    part: int | None = None
    part_at: datetime | None = None
    paused_at: datetime | None = None
    paused_for: float = 0.0  # seconds of this part that were pauses, up to the last one
    more: Mapping[int, int] = field(default_factory=dict)  # seconds added, by part
    came: Mapping[str, Event] = field(default_factory=dict)
    levels: Mapping[tuple[str, str], int] = field(default_factory=dict)  # by person and movement
    swaps: frozenset[tuple[str, int]] = frozenset()  # person and station
    asked: Mapping[str, Event] = field(default_factory=dict)
    stops: Mapping[str, Event] = field(default_factory=dict)  # not settled, by key
    notes: tuple[Event, ...] = ()
    order: tuple[str, ...] = ()  # who stood in the circuit when it began

    def stopped(self, member: str) -> tuple[Event, ...]:
        """Return what stops this person's circuit; nothing where nothing does."""
        return tuple(each for each in self.stops.values() if each.member == member)


@dataclass(slots=True, kw_only=True)
class _Folding:
    """What a fold gathers on its way."""

    now: Run = field(default_factory=Run)
    more: dict[int, int] = field(default_factory=dict)
    came: dict[str, Event] = field(default_factory=dict)
    levels: dict[tuple[str, str], int] = field(default_factory=dict)
    swaps: set[tuple[str, int]] = field(default_factory=set)
    asked: dict[str, Event] = field(default_factory=dict)
    notes: list[Event] = field(default_factory=list)


def fold(events: Iterable[Event]) -> Run:
    """Return how things stand after these events, in whatever order and however often they come."""
    ordered = in_order(events)
    gathered, clock = _Folding(), _Clock()
    for each in ordered:
        _note(gathered, each)
        clock.take(each)
    return Run(
        **clock.told(),
        more=MappingProxyType(gathered.more),
        came=MappingProxyType(gathered.came),
        levels=MappingProxyType(gathered.levels),
        swaps=frozenset(gathered.swaps),
        asked=MappingProxyType(gathered.asked),
        stops=MappingProxyType(open_stops(ordered)),
        notes=tuple(gathered.notes),
    )


def in_order(events: Iterable[Event]) -> tuple[Event, ...]:
    """Return each event once, by the time at which it happened, and by key where that is equal."""
    once: dict[str, Event] = {}
    for each in events:
        if each.key not in once or _rank(each) < _rank(once[each.key]):
            once[each.key] = each
    return tuple(sorted(once.values(), key=_rank))


def open_stops(events: Iterable[Event]) -> dict[str, Event]:
    """Return the stops that nothing settled, by key.

    A stop is settled by its key and never by a later time: a tap that a device held back, or
    a clock that runs slow, can't put anybody back. Questions settle only what is merely new.
    """
    every = tuple(events)
    settled = {
        (key, each.value) for each in every if each.deed is Deed.CLEAR for key in each.clears
    }
    stops = {each.key: each for each in every if stops_circuit(each)}
    return {key: each for key, each in stops.items() if not _settled(each, settled)}


def stops_circuit(event: Event) -> bool:
    """Say whether an event takes somebody out of the circuit."""
    return event.deed is Deed.STOP or (event.deed is Deed.NEW and event.value == "yes")


def why(stop: Event) -> Why:
    """Say what kind of stop it is."""
    return Why.NEW if stop.deed is Deed.NEW else Why(stop.value)


def _settled(stop: Event, settled: set[tuple[str, str]]) -> bool:
    if (stop.key, How.CLINICIAN) in settled:
        return True
    return why(stop) is Why.NEW and (stop.key, How.QUESTIONS) in settled


def _note(found: _Folding, event: Event) -> None:
    match event.deed:
        case Deed.MORE:
            found.more[event.to] = found.more.get(event.to, 0) + MORE
        case Deed.CAME:
            found.came[event.member] = event
        case Deed.LEVEL:
            found.levels[event.member, event.movement] = event.to
        case Deed.SWAP:
            change = found.swaps.add if event.value == "swap" else found.swaps.discard
            change((event.member, event.to))
        case Deed.NOTE:
            found.notes.append(event)
        case Deed.NEW:
            found.asked[event.member] = event
        case Deed.STEP | Deed.PAUSE | Deed.RESUME | Deed.END | Deed.STOP | Deed.CLEAR:
            pass  # the clock's, or settled by key
        case _:
            assert_never(event.deed)


@dataclass(slots=True)
class _Clock:
    """The part that runs, and how long it stood still."""

    began_at: datetime | None = None
    ended_at: datetime | None = None
    part: int | None = None
    part_at: datetime | None = None
    paused_at: datetime | None = None
    paused_for: float = 0.0
    order: tuple[str, ...] = ()

    def take(self, event: Event) -> None:
        """Take in one event; one that changes nothing, such as a second pause, is let pass."""
        if event.deed is Deed.STEP:
            self.began_at = self.began_at or event.at
            self.part, self.part_at, self.ended_at = event.to, event.at, None
            self.paused_at, self.paused_for = None, 0.0
            self.order = self.order or event.order
        elif event.deed is Deed.END and self.part is not None:
            self.ended_at = event.at
        elif event.deed is Deed.PAUSE and self.part is not None and self.paused_at is None:
            self.paused_at = event.at
        elif event.deed is Deed.RESUME and self.paused_at is not None:
            self.paused_for += (event.at - self.paused_at).total_seconds()
            self.paused_at = None

    def told(self) -> dict[str, Any]:
        """Return what the run says of the clock."""
        return {name: getattr(self, name) for name in self.__slots__}


def _rank(event: Event) -> tuple[datetime, str, str]:
    """Order events; two that share time and key are ordered by all that they say."""
    return event.at, event.key, repr(event)
