"""One thing that happened while a session ran, as a device tells it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final
from unicodedata import category

from safetomove.core.errors import BadInput

KEY: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
TEXT_TOP: Final = 1000  # letters of a note
NUMBER_TOP: Final = 200  # parts of a session, stations and levels are far fewer
ORDER_TOP: Final = 100  # people in one room


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
        text = tidy_words(self.text, top=TEXT_TOP)
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


def tidy_words(text: str, *, top: int) -> str:
    """Return typed words with plain line ends; BadRun for too many letters or control signs."""
    tidy = text.replace("\r\n", "\n").replace("\t", " ").strip()
    if len(tidy) > top or any(category(each) == "Cc" for each in tidy.replace("\n", "")):
        raise BadRun(f"this takes at most {top} letters, and plain ones")
    return tidy


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
