"""What a person keeps of a week, and to stay well: values that are written and read as JSON."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from safetomove.core.progress import SHAPE, BadReview, check_shape, check_words


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekReview:
    """What went well in the week before `monday`, and the one thing chosen for this one.

    `chosen` is an id of what was offered, or "" where only own words were given.
    """

    monday: date
    well: str = ""
    chosen: str = ""
    own: str = ""

    def __post_init__(self) -> None:
        if self.monday.weekday() != 0:
            raise BadReview("a weekly review is kept under its Monday")
        for words in (self.well, self.chosen, self.own):
            check_words(words)

    @property
    def empty(self) -> bool:
        return not (self.well or self.chosen or self.own)

    def to_json(self) -> dict[str, Any]:
        """Return the review as plain values; its Monday names the document."""
        return {"shape": SHAPE, "well": self.well, "chosen": self.chosen, "own": self.own}

    @classmethod
    def from_json(cls, data: Mapping[str, Any], *, monday: date) -> "WeekReview":
        """Read what `to_json` wrote; refuse another shape."""
        check_shape(data)
        return cls(monday=monday, well=data["well"], chosen=data["chosen"], own=data["own"])


@dataclass(frozen=True, slots=True, kw_only=True)
class StayWell:
    """A plan for staying well, in the person's words, and since when it has stood alone.

    `since` is the day the person chose to go on alone; None while they don't.
    """

    keep: str = ""
    signs: str = ""
    then: str = ""
    who: str = ""
    since: date | None = None

    def __post_init__(self) -> None:
        for words in self.words:
            check_words(words)

    @property
    def words(self) -> tuple[str, str, str, str]:
        return (self.keep, self.signs, self.then, self.who)

    @property
    def empty(self) -> bool:
        return not any(self.words)

    def to_json(self) -> dict[str, Any]:
        """Return the plan as plain values."""
        since = None if self.since is None else self.since.isoformat()
        return {"shape": SHAPE, **asdict(self), "since": since}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "StayWell":
        """Read what `to_json` wrote; refuse another shape."""
        check_shape(data)
        texts = {name: data[name] for name in ("keep", "signs", "then", "who")}
        since = data["since"]
        return cls(**texts, since=None if since is None else date.fromisoformat(since))
