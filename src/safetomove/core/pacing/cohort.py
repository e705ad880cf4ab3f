"""The same rule for many people at once: the door for virtual patients."""

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Protocol

from safetomove.core.errors import BadInput

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]


class BadDay(BadInput):
    """Observations of a day that don't fit together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayObservations:
    """One lived day of n people: float arrays of shape (n,), NaN where nothing was said.

    `flare` is 0 or 1; `pain`, `sleep` (quality, 10 best) and `stress` run 0 to 10;
    `done` and `planned` are in the activity's unit. A row all NaN is a missed check-in.
    """

    flare: "FloatArray"
    pain: "FloatArray"
    sleep: "FloatArray"
    stress: "FloatArray"
    done: "FloatArray"
    planned: "FloatArray"

    def __post_init__(self) -> None:
        shape = self.flare.shape
        for one in fields(self):
            column = getattr(self, one.name)
            if column.shape != shape or len(shape) != 1:
                raise BadDay(f"{one.name} has shape {column.shape}; every column must be (n,)")
            top = {"flare": 1.0, "done": None, "planned": None}.get(one.name, 10.0)
            if (column < 0).any() or (top is not None and (column > top).any()):
                raise BadDay(f"{one.name} holds a number outside its scale")


class DosePolicy(Protocol):
    """A way to choose doses, driven a day at a time."""

    def start(self, n: int, *, baseline: Any, goal: Any) -> Any:
        """Return the state of n people at their baselines, before their first day."""
        ...

    def next(self, state: Any, day: DayObservations) -> "FloatArray":
        """Take in the day that was lived and return the next day's dose, shape (n,).

        The state is brought up to date in place. A first call with an all-NaN day returns
        the baseline. The dose is unrounded, in the activity's unit.
        """
        ...


def default_policy() -> DosePolicy:
    """Return the shipped rule, the staircase, for many people at once."""
    from safetomove.core.pacing.crowd import Staircase

    return Staircase()
