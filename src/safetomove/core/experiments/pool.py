"""What one experiment says across people who agreed to share: alike, but not the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
from scipy.special import ndtr

from safetomove.core.errors import BadInput
from safetomove.core.experiments.design import Outcome
from safetomove.core.experiments.model import Numbers

PEOPLE_LEAST: Final = 3  # fewer say nothing about how people differ
SPREADS: Final = tuple(0.05 * step for step in range(41))  # points between people, 0 to 2
SPREAD_PRIOR: Final = 0.5  # points; half-normal: most habits differ by less between people. Assumed
MEAN_PRIOR: Final = 1.0  # points; few habits move a day by more. Assumed
Z90: Final = 1.6449


class TooFew(BadInput):
    """Too few results to say how people differ."""


class Measured(Protocol):
    """What is pooled of one experiment: a `Result`, or a `Share` of it."""

    @property
    def outcome(self) -> Outcome: ...

    @property
    def measured(self) -> float: ...

    @property
    def measured_sd(self) -> float: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Pooled:
    """Across people: a day to try minus a usual one, points. `each` is in the order given."""

    people: int
    mean: float
    low: float
    high: float
    spread: float
    next_better: float  # probability that somebody new is better off
    each: tuple[float, ...]

    @property
    def newcomer(self) -> tuple[float, float]:
        """Return the ends between which somebody new has their effect, nine times in ten."""
        half = float(np.hypot((self.high - self.low) / 2, Z90 * self.spread))
        return self.mean - half, self.mean + half


def pool(results: Sequence[Measured]) -> Pooled:
    """Pool the results of one experiment on one outcome.

    Random effects: each person has an effect of their own, drawn around a common one. How
    far people differ is summed over a grid; the rest is in closed form. A result of few
    days is drawn in towards the common effect.

    Raises
    ------
    TooFew
        Fewer than three people.
    BadInput
        The results are of different outcomes.

    Source
    ------
    Normal hierarchical model (Gelman and others, Bayesian Data Analysis, 3rd edition, 5.4).
    """
    if len(results) < PEOPLE_LEAST:
        raise TooFew(f"{PEOPLE_LEAST} results at least are needed to say how people differ")
    if len({one.outcome for one in results}) > 1:
        raise BadInput("results of different outcomes can't be pooled")
    measured = np.array([one.measured for one in results])
    variance = np.array([one.measured_sd for one in results]) ** 2
    spreads = np.array(SPREADS)
    around = variance + spreads[:, None] ** 2  # (spreads, people)
    precision = (1 / around).sum(axis=1) + MEAN_PRIOR**-2
    centre = (measured / around).sum(axis=1) / precision
    weights = _weights(measured, around, precision, centre, spreads)
    mean = float(weights @ centre)
    sd = float(np.sqrt(weights @ (1 / precision + (centre - mean) ** 2)))
    kept = spreads[:, None] ** 2 / around  # share of a person's own result that is kept
    each = weights @ (kept * measured + (1 - kept) * centre[:, None])
    new = np.sqrt(1 / precision + spreads**2)
    less = float(weights @ ndtr(-centre / new))
    return Pooled(
        people=len(results),
        mean=mean,
        low=mean - Z90 * sd,
        high=mean + Z90 * sd,
        spread=float(weights @ spreads),
        next_better=less if results[0].outcome.better < 0 else 1 - less,
        each=tuple(float(one) for one in each),
    )


def _weights(
    measured: Numbers, around: Numbers, precision: Numbers, centre: Numbers, spreads: Numbers
) -> Numbers:
    """Weigh each spread by how well it explains the results, the common effect summed out."""
    fit = np.log(around).sum(axis=1) + (measured**2 / around).sum(axis=1)
    logs = -(fit + np.log(precision) - centre**2 * precision + (spreads / SPREAD_PRIOR) ** 2) / 2
    weights: Numbers = np.exp(logs - logs.max())
    return weights / float(weights.sum())
