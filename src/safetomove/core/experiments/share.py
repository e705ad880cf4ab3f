"""All of a finished experiment that a person may give to be pooled: no name, day or word."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any, Final

from safetomove.core.errors import BadInput
from safetomove.core.experiments.design import Outcome
from safetomove.core.experiments.experiment import Experiment
from safetomove.core.experiments.looks import Result
from safetomove.core.experiments.ready import ready

VERSION: Final = 1  # of the JSON shape
DIGITS: Final = (
    2  # a hundredth of a point: finer ones would say more of the person than of the thing
)
MOST_POINTS: Final = 10.0  # the whole of a rating's scale


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """The difference between the two kinds of days, and how sure it is: points, and their SD."""

    question: str  # the id of a ready-made one
    outcome: Outcome
    measured: float
    measured_sd: float

    def __post_init__(self) -> None:
        known = ready(self.question)
        if known is None or known.outcome is not self.outcome:
            raise BadInput("only a ready-made experiment, with its own rating, can be shared")
        if not (isfinite(self.measured) and abs(self.measured) <= MOST_POINTS):
            raise BadInput("a difference lies within ten points")
        if not (isfinite(self.measured_sd) and self.measured_sd > 0.0):
            raise BadInput("a difference has a doubt of more than 0")

    def to_json(self) -> dict[str, Any]:
        """Return plain values; `from_json` reads them back."""
        return {
            "version": VERSION,
            "question": self.question,
            "outcome": self.outcome.value,
            "measured": self.measured,
            "measured_sd": self.measured_sd,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Share":
        """Read what `to_json` wrote, or refuse it with BadInput."""
        try:
            if data["version"] != VERSION:
                raise BadInput("this was written by another version")
            return cls(
                question=data["question"],
                outcome=Outcome(data["outcome"]),
                measured=float(data["measured"]),
                measured_sd=float(data["measured_sd"]),
            )
        except (KeyError, TypeError, ValueError):
            raise BadInput("what was shared can't be read here") from None


def share_of(experiment: Experiment, result: Result | None) -> Share | None:
    """Return what could be given; None without a result, and for a question of one's own.

    What somebody thought of themselves is theirs, and nobody else has tried it.
    """
    if result is None or experiment.ended is None or ready(experiment.question.id) is None:
        return None
    least = 10.0**-DIGITS
    return Share(
        question=experiment.question.id,
        outcome=result.outcome,
        measured=round(result.measured, DIGITS),
        measured_sd=max(round(result.measured_sd, DIGITS), least),
    )
