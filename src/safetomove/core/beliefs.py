"""What a person holds true about their back: ten statements of ours, asked three times.

Ten plain statements, each rated from 0 (not at all how I see it) to 10 (that is how I see it).
A higher number is a belief that keeps more people from doing what they love. The statements
are our own and have not been tested as a scale; their sum is not a diagnosis of anything.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from statistics import fmean
from typing import Any

from safetomove.core.diary.check_in import SCALE_TOP
from safetomove.core.errors import BadInput

WORRIES_FROM = 6.0  # of 10: such a statement chooses the next lesson (own-rule)
ANSWERS_FOR_A_MEAN = 8  # of 10 statements; with fewer, no mean is given (own-rule)
LEAST_CHANGE = 2.0  # points of 10 on one statement; less is called about the same (own-rule)
SHAPE = 1


class Belief(StrEnum):
    """What one statement is about, and a lesson speaks to."""

    DAMAGE = "damage"
    MOVEMENT_HARMS = "movement_harms"
    REST = "rest"
    SCAN_WORRY = "scan_worry"
    HURT_MEANS_HARM = "hurt_means_harm"
    BACK_WEAK = "back_weak"
    NEVER_BETTER = "never_better"
    NEED_FIX = "need_fix"
    FLARE_DAMAGE = "flare_damage"
    WORK_HARMS = "work_harms"


class Round(StrEnum):
    """When the statements are asked; anybody may answer more often."""

    BEFORE = "before"
    FOUR_WEEKS = "four_weeks"
    TWELVE_WEEKS = "twelve_weeks"


DUE_AFTER = {
    Round.BEFORE: timedelta(0),
    Round.FOUR_WEEKS: timedelta(weeks=4),
    Round.TWELVE_WEEKS: timedelta(weeks=12),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NotScorable:
    """There is no mean, and this is why."""

    answered: int
    needed: int = ANSWERS_FOR_A_MEAN


@dataclass(frozen=True, slots=True, kw_only=True)
class BeliefAnswers:
    """What was answered on one day; a statement left blank is not there."""

    given_on: date
    scores: Mapping[Belief, float]

    def __post_init__(self) -> None:
        if not self.scores:
            raise BadInput("answer at least one of the statements")
        for belief, score in self.scores.items():
            if not 0 <= score <= SCALE_TOP:
                raise BadInput(f"{belief} must be a number from 0 to {SCALE_TOP:g}")

    @property
    def mean(self) -> float | NotScorable:
        """The mean of the answers, 0 to 10; lower gets in the way less."""
        if len(self.scores) < ANSWERS_FOR_A_MEAN:
            return NotScorable(answered=len(self.scores))
        return fmean(self.scores.values())

    def to_json(self) -> dict[str, Any]:
        """Return the answers as plain values, without the day."""
        return {"shape": SHAPE, "scores": {one.value: score for one, score in self.scores.items()}}

    @classmethod
    def from_json(cls, data: Mapping[str, Any], *, given_on: date) -> "BeliefAnswers":
        """Read what `to_json` wrote; refuse another shape."""
        if data.get("shape") != SHAPE:
            raise BadInput(f"belief answers of shape {data.get('shape')!r} are not known here")
        scores = {Belief(name): float(score) for name, score in data["scores"].items()}
        return cls(given_on=given_on, scores=scores)


class Direction(StrEnum):
    """How far a statement has moved."""

    EASED = "eased"
    SAME = "same"
    GREW = "grew"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One statement, answered on both days."""

    belief: Belief
    before: float
    now: float

    @property
    def direction(self) -> Direction:
        """Name the change; a point up or down is within what one mood does to an answer."""
        if abs(self.now - self.before) < LEAST_CHANGE:
            return Direction.SAME
        return Direction.EASED if self.now < self.before else Direction.GREW


def changes(first: BeliefAnswers, last: BeliefAnswers) -> tuple[Change, ...]:
    """Compare the statements answered on both days, the most eased first."""
    both = [one for one in Belief if one in first.scores and one in last.scores]
    found = (Change(belief=one, before=first.scores[one], now=last.scores[one]) for one in both)
    return tuple(sorted(found, key=lambda one: one.now - one.before))


def worries(answers: BeliefAnswers) -> tuple[Belief, ...]:
    """Name the statements that still worry, the strongest first."""
    strong = [one for one in Belief if answers.scores.get(one, 0.0) >= WORRIES_FROM]
    return tuple(sorted(strong, key=lambda one: -answers.scores[one]))


def due(days: Iterable[date], *, today: date) -> Round | None:
    """Say which round is to be asked for; `days` are those on which it was answered before.

    A round counts as answered by any answers since it fell due. A later round takes the
    place of an earlier one that was missed.
    """
    given: Sequence[date] = sorted(days)
    if not given:
        return Round.BEFORE
    for each in reversed(Round):
        falls_due = given[0] + DUE_AFTER[each]
        if falls_due <= today:
            return None if given[-1] >= falls_due else each
    return None
