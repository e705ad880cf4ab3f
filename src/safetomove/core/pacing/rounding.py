"""From the rule's number to one that a person can follow."""

from dataclasses import dataclass
from math import ceil, floor, inf
from typing import assert_never

from safetomove.core.pacing import rule
from safetomove.core.pacing.plan import ActivityPlan, Unit

Grains = tuple[tuple[float, int, int], ...]
"""(below this dose, grain as numerator, denominator): whole numbers keep the grid exact."""

_SECONDS: Grains = (
    (20, 1, 1),
    (40, 2, 1),
    (90, 5, 1),
    (180, 10, 1),
    (600, 15, 1),
    (1800, 30, 1),
    (7200, 60, 1),
    (inf, 300, 1),
)
_MINUTES: Grains = tuple((below / 60, grain, 60) for below, grain, _ in _SECONDS)
_METRES: Grains = (
    (5, 1, 10),
    (10, 1, 2),
    (50, 1, 1),
    (100, 5, 1),
    (500, 10, 1),
    (2000, 50, 1),
    (inf, 100, 1),
)
_STEPS: Grains = ((50, 1, 1), (100, 5, 1), (500, 10, 1), (2000, 50, 1), (inf, 100, 1))
_REPETITIONS: Grains = ((inf, 1, 1),)

WHOLE = frozenset({Unit.REPETITIONS, Unit.SECONDS, Unit.STEPS})
"""Units in which nothing lies between one number and the next."""

_SLACK = 1e-9  # of a grain: arithmetic dust must not cost a whole one


def grains(unit: Unit) -> Grains:
    """Return the steps that a person can follow, coarser as the dose grows."""
    match unit:
        case Unit.MINUTES:
            return _MINUTES
        case Unit.SECONDS:
            return _SECONDS
        case Unit.REPETITIONS:
            return _REPETITIONS
        case Unit.METRES:
            return _METRES
        case Unit.STEPS:
            return _STEPS
        case _:
            assert_never(unit)


def round_down(amount: float, unit: Unit) -> float:
    """Round down to the unit's grain at that size."""
    return _down(amount, grains(unit))


def round_up(amount: float, unit: Unit) -> float:
    """Round up to the unit's grain at that size."""
    grain, parts = next((g, p) for below, g, p in grains(unit) if amount < below)
    return ceil(amount * parts / grain - _SLACK) * grain / parts


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounding:
    """How the doses of one plan are shown."""

    grains: Grains
    whole: bool  # only whole numbers can be done or timed
    lowest: float  # half the baseline, rounded up, or less where a clinic said so
    smallest: float
    goal: float

    @classmethod
    def of(
        cls,
        plan: ActivityPlan,
        baseline: float,
        share: float = rule.LOWEST_SHARE_OF_BASELINE,
    ) -> "Rounding":
        """Prepare to round the doses of a plan that starts at `baseline`."""
        _, grain, parts = grains(plan.unit)[0]
        lowest = round_up(baseline * share, plan.unit)
        return cls(
            grains=grains(plan.unit),
            whole=plan.unit in WHOLE,
            lowest=max(lowest, grain / parts),
            smallest=grain / parts,
            goal=plan.goal,
        )

    def show(self, dose: float, yesterday: float, *, held: bool) -> float:
        """Round a dose down to what a person can do, given what was shown the day before.

        `yesterday` is 0 where nothing was shown. The goal is shown as the person set it.
        """
        most = yesterday if held and yesterday else self.most_after(yesterday)
        shown = _down(dose if dose < most else most, self.grains)
        if self.goal <= dose and self.goal <= most:
            shown = self.goal
        if shown < self.lowest <= most:
            return self.lowest
        return shown if shown > self.smallest else self.smallest

    def most_after(self, yesterday: float) -> float:
        """Return the most that may be shown the day after.

        Under seven of a whole unit one more is a rise of over 15%, with nothing between.
        """
        if not yesterday:
            return inf
        most = yesterday * (1.0 + rule.MAX_DAILY_RISE)
        return max(most, yesterday + 1.0) if self.whole else most


def _down(amount: float, grid: Grains) -> float:
    for below, grain, parts in grid:
        if amount < below:
            return floor(amount * parts / grain + _SLACK) * grain / parts
    return amount
