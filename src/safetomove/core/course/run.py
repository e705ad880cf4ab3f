"""A session as it runs: what happened, in any order it comes in, folded into how things stand.

Two devices write at once, and one of them may be without a network for a while. So an event
says when it happened and bears a key of its own device; the state is a pure fold of all
events by time and key, and an event that comes twice counts once.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final, assert_never

from safetomove.core.errors import BadInput

KEY: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
TEXT_TOP: Final = 1000  # letters of a note
NUMBER_TOP: Final = 200  # parts of a session, stations and levels are far fewer
ORDER_TOP: Final = 100  # people in one room
MORE: Final = 60  # seconds that "1 minute more" adds


class BadRun(BadInput):
    """What a device told of a session can't be read as meant."""


class Deed(StrEnum):
    """What can happen while a session runs."""

    STEP = "step"  # part `to` begins; the first of them begins the session
    PAUSE = "pause"
    RESUME = "resume"
    MORE = "more"  # a minute more for part `to`
    END = "end"
    CAME = "came"  # `value` is a mark of the register, or nothing
    LEVEL = "level"  # `member` does `movement` at level `to`
    SWAP = "swap"  # at station `to`: `value` is swap or plan
    NOTE = "note"
    NEW = "new"  # anything new since last time? `value` is no or yes
    STOP = "stop"  # no circuit for this person; `value` says what kind of stop
    CLEAR = "clear"  # the stops named in `clears` are settled; `value` says how


class Why(StrEnum):
    """What stopped somebody's circuit."""

    NEW = "new"  # something is new, and nobody has gone through it yet
    SIGN = "sign"  # the safety questions lead to a card
    ROOM = "room"  # something happened in the room


class How(StrEnum):
    """How a stop was settled."""

    QUESTIONS = "questions"  # the safety questions were gone through, with leave to move
    CLINICIAN = "clinician"  # a physiotherapist gave a reason


_VALUES: Final[Mapping[Deed, frozenset[str]]] = {
    Deed.CAME: frozenset({"present", "absent", "one_to_one", ""}),
    Deed.SWAP: frozenset({"swap", "plan"}),
    Deed.NEW: frozenset({"no", "yes"}),
    Deed.STOP: frozenset(Why),
    Deed.CLEAR: frozenset(How),
}
_OF_SOMEBODY: Final = frozenset({*_VALUES, Deed.LEVEL})


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened. `key` is the device's own; `order` is who stands in the circuit."""

    key: str
    at: datetime
    deed: Deed
    by: str = ""
    member: str = ""
    to: int = 0
    value: str = ""
    movement: str = ""
    text: str = ""
    order: tuple[str, ...] = ()
    clears: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not KEY.fullmatch(self.key):
            raise BadRun("a key is 1 to 64 letters, digits, - or _")
        if self.at.tzinfo is None:
            raise BadRun("an event needs the moment at which it happened")
        if not 0 <= self.to <= NUMBER_TOP:
            raise BadRun(f"there is nothing with number {self.to}")
        if self.value not in _VALUES.get(self.deed, {""}):
            raise BadRun(f"{self.deed} can't be {self.value!r}")
        if self.deed in _OF_SOMEBODY and not self.member:
            raise BadRun(f"{self.deed} is about somebody")
        self._check_text()

    def _check_text(self) -> None:
        text = self.text.replace("\r\n", "\n").strip()
        if len(text) > TEXT_TOP or not text.replace("\n", "").isprintable():
            raise BadRun(f"a note takes at most {TEXT_TOP} letters")
        if self.deed is Deed.NOTE and not text:
            raise BadRun("a note needs words")
        if len(self.order) > ORDER_TOP:
            raise BadRun(f"a room holds at most {ORDER_TOP} people")
        object.__setattr__(self, "text", text)

    def to_json(self) -> dict[str, Any]:
        """Return plain values that JSON can hold; what is empty is left out."""
        told = {name: getattr(self, name) for name in _FIELDS}
        made = {name: value for name, value in told.items() if value}
        return {
            "key": self.key,
            "at": self.at.astimezone(UTC).isoformat(),
            "deed": self.deed.value,
            **{
                name: [*value] if isinstance(value, tuple) else value
                for name, value in made.items()
            },
        }

    @classmethod
    def from_json(cls, data: object) -> "Event":
        """Read what `to_json` wrote, or a device sent; BadRun where it can't be read."""
        if not isinstance(data, Mapping):
            raise BadRun("an event is an object of names and values")
        texts = {name: _text(data, name) for name in ("key", *_TEXTS)}
        to = data.get("to", 0)
        if isinstance(to, bool) or not isinstance(to, int):
            raise BadRun("a number is missing")
        try:
            at = datetime.fromisoformat(_text(data, "at"))
            deed = Deed(_text(data, "deed"))
        except ValueError:
            raise BadRun("an event says what happened, and when") from None
        return cls(
            at=at,
            deed=deed,
            to=to,
            order=_list(data, "order"),
            clears=_list(data, "clears"),
            **texts,
        )


_TEXTS: Final = ("by", "member", "value", "movement", "text")
_FIELDS: Final = (*_TEXTS, "to", "order", "clears")


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


def _text(data: Mapping[Any, Any], name: str) -> str:
    value = data.get(name, "")
    if not isinstance(value, str):
        raise BadRun(f"{name} must be text")
    return value


def _list(data: Mapping[Any, Any], name: str) -> tuple[str, ...]:
    value = data.get(name, [])
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise BadRun(f"{name} must be a list of ids")
    return tuple(value)
