"""What turns one person's pain up and down: their own map of body, mind and life.

The map is theirs, in their words; it diagnoses nothing. What stands on it can be asked about
in the check-in, so that Patterns may look whether it goes along with their days.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from safetomove.core.diary.check_in import SCALES
from safetomove.core.errors import BadInput

WORDS_TOP = 60  # characters of one thing
THINGS_TOP = 40  # on one map
OWN_ASKED_TOP = 3  # own things that the check-in may ask about: each costs a tap
SHAPE = 1


class Area(StrEnum):
    """The three parts of the map; a thing may well belong to all of them."""

    BODY = "body"
    MIND = "mind"
    LIFE = "life"


class Turns(StrEnum):
    """Which way a thing turns the pain, as the person sees it."""

    UP = "up"
    DOWN = "down"
    BOTH = "both"


class BadMap(BadInput):
    """A map that can't be kept as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """One thing on the map. `id` is a ready-made one's; the person's own have words only.

    `column` is the diary's question about it, if the check-in has one.
    """

    area: Area
    turns: Turns
    id: str = ""
    words: str = ""
    column: str = ""

    def __post_init__(self) -> None:
        if bool(self.id) == bool(self.words):
            raise BadMap("a thing is either one of ours or in words of your own")
        _check_words(self.words)
        if self.column and self.column not in SCALES:
            raise BadMap(f"the diary has no question named {self.column!r}")

    def to_json(self) -> dict[str, str]:
        """Return what is set, as plain values."""
        every = {"area": self.area.value, "turns": self.turns.value, "id": self.id}
        every |= {"words": self.words, "column": self.column}
        return {name: value for name, value in every.items() if value}


@dataclass(frozen=True, slots=True, kw_only=True)
class PainMap:
    """A person's map as it stands. Empty parts were not answered, or have nothing in them."""

    things: tuple[Thing, ...] = ()
    worst_times: tuple[str, ...] = ()  # ids of ready-made answers
    avoided: tuple[str, ...] = ()  # movements and places, in the person's words
    missed: tuple[str, ...] = ()  # what they used to love doing, in their words

    def __post_init__(self) -> None:
        lines = (*self.avoided, *self.missed)
        if len(self.things) + len(lines) > THINGS_TOP:
            raise BadMap(f"a map holds at most {THINGS_TOP} things")
        for line in lines:
            if not line.strip():
                raise BadMap("a thing on the map says something")
            _check_words(line)
        _refuse_twins([(one.id or one.words).casefold() for one in self.things])

    @property
    def empty(self) -> bool:
        return not (self.things or self.worst_times or self.avoided or self.missed)

    def to_json(self) -> dict[str, Any]:
        """Return the map as plain values that JSON can hold."""
        return {
            "shape": SHAPE,
            "things": [one.to_json() for one in self.things],
            "worst_times": list(self.worst_times),
            "avoided": list(self.avoided),
            "missed": list(self.missed),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "PainMap":
        """Read what `to_json` wrote; refuse another shape."""
        if data.get("shape") != SHAPE:
            raise BadMap(f"a map of shape {data.get('shape')!r} is not known here")
        return cls(
            things=tuple(_thing(one) for one in data["things"]),
            worst_times=tuple(data["worst_times"]),
            avoided=tuple(data["avoided"]),
            missed=tuple(data["missed"]),
        )


def columns_asked(about: PainMap) -> tuple[str, ...]:
    """Return the diary's questions that the map calls for, in the diary's order."""
    wanted = {one.column for one in about.things if one.column}
    return tuple(column for column in SCALES if column in wanted)


def own_asked(about: PainMap) -> tuple[str, ...]:
    """Return the person's own things that the check-in may ask about, the first ones put down."""
    return tuple(one.words for one in about.things if one.words)[:OWN_ASKED_TOP]


def _thing(data: Mapping[str, str]) -> Thing:
    area, turns = Area(data["area"]), Turns(data["turns"])
    rest = {name: data.get(name, "") for name in ("id", "words", "column")}
    return Thing(area=area, turns=turns, **rest)


def _check_words(words: str) -> None:
    if len(words) > WORDS_TOP:
        raise BadMap(f"at most {WORDS_TOP} characters are kept of one thing")
    if any(sign < " " or "\ud800" <= sign <= "\udfff" or sign == "\x7f" for sign in words):
        raise BadMap("this has signs in it that can't be kept")


def _refuse_twins(names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise BadMap("the same thing stands twice on the map")
        seen.add(name)
