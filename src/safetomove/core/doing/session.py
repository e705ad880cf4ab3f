"""One session of movements: what is in it, what was done of it, and how it felt."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, Final

from safetomove.core.errors import BadInput, CoreError

VERSION: Final = 1  # of the shape that is kept
ITEMS_TOP: Final = 60
SECONDS_TOP: Final = 3600  # seconds: no item lasts longer than an hour


class BadSession(BadInput):
    """A session that can't have been, or can't be read."""


class SessionOver(CoreError):
    """There is nothing left to do in this session."""


class Part(StrEnum):
    """What an item is there for."""

    WARM_UP = "warm_up"
    MAIN = "main"
    RELAX = "relax"


class Outcome(StrEnum):
    """What became of an item."""

    DONE = "done"
    SKIPPED = "skipped"


class Felt(StrEnum):
    """How the whole session felt, in the order asked."""

    EASY = "easy"
    RIGHT = "right"
    HARD = "hard"
    TOO_MUCH = "too_much"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One movement at one level; `seconds` is how long it was truly done."""

    movement: str
    level: int
    levels: int
    part: Part
    work_s: int
    rest_s: int
    outcome: Outcome | None = None
    seconds: int = 0

    def __post_init__(self) -> None:
        if not 1 <= self.level <= self.levels:
            raise BadSession(f"{self.movement} has levels 1 to {self.levels}, not {self.level}")
        for seconds in (self.work_s, self.rest_s, self.seconds):
            if not 0 <= seconds <= SECONDS_TOP:
                raise BadSession(f"an item can't last {seconds} seconds")


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveSession:
    """A session as it stands; `counted` names the activity that its minutes went to.

    `counted` is None until the person was asked, and empty where they said no.
    """

    id: str
    day: date
    minutes: int
    items: tuple[Item, ...]
    felt: Felt | None = None
    counted: str | None = None

    def __post_init__(self) -> None:
        if not 0 < len(self.items) <= ITEMS_TOP:
            raise BadSession(f"a session has 1 to {ITEMS_TOP} movements, not {len(self.items)}")

    @property
    def at(self) -> int | None:
        """Return the place of the item that is next, or None at the end."""
        return next((n for n, item in enumerate(self.items) if item.outcome is None), None)

    @property
    def over(self) -> bool:
        """Say whether every item was done or skipped."""
        return self.at is None

    @property
    def count_done(self) -> int:
        """Return how many movements were done."""
        return sum(item.outcome is Outcome.DONE for item in self.items)

    @property
    def minutes_done(self) -> int:
        """Return whole minutes of what was done, rests between included."""
        done = [item for item in self.items if item.outcome is Outcome.DONE]
        return round(sum(item.seconds + item.rest_s for item in done if item.seconds) / 60)

    def done(self, seconds: int | None = None) -> "MoveSession":
        """Mark the item as done; without a clock its planned time counts, and never more."""
        item = self._now()
        spent = item.work_s if seconds is None else min(max(seconds, 0), item.work_s)
        return self._with(replace(item, outcome=Outcome.DONE, seconds=spent))

    def skipped(self) -> "MoveSession":
        """Leave the item out."""
        return self._with(replace(self._now(), outcome=Outcome.SKIPPED))

    def levelled(self, step: int) -> "MoveSession":
        """Make the item easier (-1) or harder (+1); at either end it stays."""
        item = self._now()
        return self._with(replace(item, level=min(max(item.level + step, 1), item.levels)))

    def swapped(self, movement: str, *, level: int, levels: int) -> "MoveSession":
        """Put another movement in the item's place."""
        return self._with(replace(self._now(), movement=movement, level=level, levels=levels))

    def ended(self) -> "MoveSession":
        """Stop here: all that is left counts as skipped."""
        here = self
        while not here.over:
            here = here.skipped()
        return here

    def to_json(self) -> dict[str, Any]:
        """Return plain values that JSON can hold."""
        return asdict(self) | {"version": VERSION, "day": self.day.isoformat()}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "MoveSession":
        """Read what `to_json` wrote; a shape that we don't know is refused."""
        if data.get("version") != VERSION:
            raise BadSession(f"a session of version {data.get('version')!r} can't be read")
        try:
            felt = data["felt"]
            return cls(
                id=data["id"],
                day=date.fromisoformat(data["day"]),
                minutes=data["minutes"],
                items=tuple(_item(each) for each in data["items"]),
                felt=None if felt is None else Felt(felt),
                counted=data["counted"],
            )
        except (KeyError, TypeError, ValueError) as wrong:
            raise BadSession(f"the session can't be read: {wrong}") from None

    def _now(self) -> Item:
        if self.at is None:
            raise SessionOver("this session is at its end")
        return self.items[self.at]

    def _with(self, item: Item) -> "MoveSession":
        at = self.at
        items = (item if n == at else each for n, each in enumerate(self.items))
        return replace(self, items=tuple(items))


def levels_next(session: MoveSession, before: Mapping[str, int]) -> dict[str, int]:
    """Return the level to begin each movement with next time; one lower after "too much"."""
    back = 1 if session.felt is Felt.TOO_MUCH else 0
    done = [item for item in session.items if item.outcome is Outcome.DONE]
    return {**before, **{item.movement: max(item.level - back, 1) for item in done}}


def _item(data: Mapping[str, Any]) -> Item:
    outcome = data["outcome"]
    parts = {"part": Part(data["part"]), "outcome": outcome and Outcome(outcome)}
    return Item(**{**data, **parts})
