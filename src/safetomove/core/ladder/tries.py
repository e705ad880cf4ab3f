"""Tries of a rung: what was expected, what came of it, and the gap between the two."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from statistics import fmean
from typing import Any, Final

from safetomove.core.ladder.checks import (
    RUNG_WORDS_TOP,
    SHAPE,
    WORDS_TOP,
    BadLadder,
    check_scale,
    check_shape,
    check_words,
)

NOTABLE: Final = 1.0  # points of 10 between expected and happened; less is as expected (own-rule)
LIKELY_TOP: Final = 100.0  # percent


class Happened(StrEnum):
    """Whether what was expected came true."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What a person thinks will happen, before they try. Likely in percent, bad from 0 to 10."""

    what: str
    likely: float
    bad: float

    def __post_init__(self) -> None:
        if not self.what.strip():
            raise BadLadder("say what you expect")
        check_words(self.what, top=WORDS_TOP)
        if not 0 <= self.likely <= LIKELY_TOP:
            raise BadLadder("how likely must be a number from 0 to 100")
        check_scale(self.bad, what="how bad")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of it, and the worry about this rung afterwards."""

    on: date
    happened: Happened
    bad: float
    worry: float
    learnt: str = ""

    def __post_init__(self) -> None:
        check_scale(self.bad, what="how bad")
        check_scale(self.worry, what="worry")
        check_words(self.learnt, top=WORDS_TOP)


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """One try of one rung; open until an outcome is told."""

    name: str
    rung: str
    begun: date
    expected: Expected
    worry: float  # before
    where: str = ""
    outcome: Outcome | None = None

    def __post_init__(self) -> None:
        check_scale(self.worry, what="worry")
        check_words(self.where, top=RUNG_WORDS_TOP)

    def to_json(self) -> dict[str, Any]:
        """Return the try as plain values; its name stands on the document."""
        came = self.outcome
        told = None if came is None else {
            "on": came.on.isoformat(), "happened": came.happened.value,
            "bad": came.bad, "worry": came.worry, "learnt": came.learnt,
        }  # fmt: skip
        said = self.expected
        return {
            "shape": SHAPE,
            "rung": self.rung,
            "begun": self.begun.isoformat(),
            "expected": {"what": said.what, "likely": said.likely, "bad": said.bad},
            "worry": self.worry,
            "where": self.where,
            "outcome": told,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any], *, name: str) -> "Try":
        """Read what `to_json` wrote; refuse another shape."""
        check_shape(data)
        told = data["outcome"]
        return cls(
            name=name,
            rung=data["rung"],
            begun=date.fromisoformat(data["begun"]),
            expected=Expected(**data["expected"]),
            worry=data["worry"],
            where=data["where"],
            outcome=None if told is None else _outcome(told),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Several tries together. Better and worse are against what was expected."""

    tries: int
    came_true: int
    partly: int
    better: int
    worse: int
    expected: float  # mean badness expected, 0 to 10
    happened: float  # mean badness in the end, 0 to 10
    likely: float  # mean likelihood given beforehand, percent


def compared(tries: Iterable[Try]) -> Compared | None:
    """Set what was expected beside what happened; None where nothing was tried to its end."""
    done = [(one.expected, one.outcome) for one in tries if one.outcome is not None]
    if not done:
        return None
    gaps = [before.bad - after.bad for before, after in done]
    return Compared(
        tries=len(done),
        came_true=sum(after.happened is Happened.YES for _, after in done),
        partly=sum(after.happened is Happened.PARTLY for _, after in done),
        better=sum(gap >= NOTABLE for gap in gaps),
        worse=sum(gap <= -NOTABLE for gap in gaps),
        expected=fmean(before.bad for before, _ in done),
        happened=fmean(after.bad for _, after in done),
        likely=fmean(before.likely for before, _ in done),
    )


def places(tries: Iterable[Try]) -> tuple[str, ...]:
    """Name where a rung was tried to its end, each place once, in the person's words."""
    done = [one.where.strip() for one in tries if one.outcome is not None and one.where.strip()]
    return tuple({where.casefold(): where for where in done}.values())


def _outcome(data: Mapping[str, Any]) -> Outcome:
    on, happened = date.fromisoformat(data["on"]), Happened(data["happened"])
    rest = {name: data[name] for name in ("bad", "worry", "learnt")}
    return Outcome(on=on, happened=happened, **rest)
