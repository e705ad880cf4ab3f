"""The numbers that a person uses: most rate with a few favourite values, again and again.

A smooth forecast is therefore laid on the values used so far. Each gets the chance of the stretch
of scale around it, times how often it came over how often it was forecast. What is left for a
number never used before is the share of values that came only once (Good 1953).
"""

from collections import Counter
from collections.abc import Callable

import numpy as np

from safetomove.core.forecast.structure import Numbers

PULL_DAYS = 3.0  # days of "as often as forecast" that each value starts with; assumed


class Habit:
    """How often each value came, and how often it was forecast."""

    def __init__(self) -> None:
        """Start with no value used yet."""
        self.came: Counter[float] = Counter()
        self.foretold: Counter[float] = Counter()

    @property
    def new(self) -> float:
        """Return the chance of a value that never came before."""
        once = sum(times == 1 for times in self.came.values())
        return (once + 0.5) / (self.came.total() + 1.0)

    def lay(self, smooth: Callable[[Numbers], Numbers]) -> tuple[Numbers, Numbers]:
        """Return the values used so far, ascending, and the chance of each; they add up to 1."""
        values = np.array(sorted(self.came))
        chances = self._stretches(values, smooth) * [self._ratio(value) for value in values]
        return values, chances / max(chances.sum(), 1e-300)

    def note(self, value: float, smooth: Callable[[Numbers], Numbers]) -> None:
        """Learn from a day's value and from what had been forecast for it."""
        values = np.array(sorted(self.came))
        for one, chance in zip(values, self._stretches(values, smooth), strict=True):
            self.foretold[float(one)] += float(chance)  # type: ignore[assignment]
        self.came[value] += 1

    def _stretches(self, values: Numbers, smooth: Callable[[Numbers], Numbers]) -> Numbers:
        if not values.size:
            return values
        below = smooth((values[1:] + values[:-1]) / 2)
        stretches: Numbers = np.diff(below, prepend=0.0, append=1.0)
        return stretches

    def _ratio(self, value: float) -> float:
        return (self.came[value] + PULL_DAYS) / (self.foretold[value] + PULL_DAYS)
