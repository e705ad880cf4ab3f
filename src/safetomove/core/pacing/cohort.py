"""The same rule for many people at once: the door for virtual patients."""

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Protocol

from safetomove.core.errors import BadInput

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]


NEVER_BELOW_0 = ("flare", "done", "planned")


class BadDay(BadInput):
    """Observations of a day that don't fit together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayObservations:
    """One lived day of n people: arrays of shape (n,), NaN where nothing was said.

    `flare` is 0 or 1; `done` and `planned` are in the activity's unit. `sleep` (quality, more
    is better), `stress` and `pain` are 0 to 10; the rule looks at sleep and stress only against
    each person's own usual. A row all NaN is a missed check-in.
    """

    flare: "FloatArray"
    pain: "FloatArray"
    sleep: "FloatArray"
    stress: "FloatArray"
    done: "FloatArray"
    planned: "FloatArray"

    def __post_init__(self) -> None:
        import numpy as np

        for one in fields(self):
            column = np.asarray(getattr(self, one.name), dtype=np.float64)
            object.__setattr__(self, one.name, column)
            if column.ndim != 1 or column.shape != self.flare.shape:
                raise BadDay(f"{one.name} has shape {column.shape}; every column must be (n,)")
            if np.isinf(column).any() or (one.name in NEVER_BELOW_0 and (column < 0).any()):
                raise BadDay(f"{one.name} holds a number that no day can have")
        if (self.flare > 1).any():
            raise BadDay("flare must be 0, 1 or NaN")


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
