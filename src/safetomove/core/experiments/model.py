"""How much an experiment changed the days: exact Bayes over a grid of ways days hang together.

A rating is a level, plus half the effect on a day to try or minus half on a usual one, plus
noise. The noise is part yesterday's (AR), part a slow drift (random walk), part this day's
alone (rounding included). Given one mix of the three, level, effect and size of the noise
have closed forms (normal, inverse gamma), so each mix is one small Cholesky and no sampling.
The mixes are then weighed by how well they explain the days.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr

from safetomove.core.experiments.design import Side
from safetomove.core.experiments.series import Felt

Numbers = NDArray[np.float64]

# The grid: assumed; it brackets the day-to-day memory of back pain diaries (.3 to .7).
AR_GRID: Final = (0.0, 0.25, 0.5, 0.75)
DRIFT_GRID: Final = (0.0, 0.003, 0.02)  # random-walk variance a day, per variance of the rest
ALONE_GRID: Final = (0.1, 0.4, 0.8)  # share of the noise that has no memory

EFFECT_SD: Final = 0.5  # prior: effects of about half of the noise's SD, either way. Assumed
NOISE_SHAPE: Final = 1.5  # inverse gamma prior of the noise variance: weak, about 1 point
NOISE_SCALE: Final = 1.5  # points²
HALVINGS: Final = 48  # of the span in which a quantile is sought


@dataclass(frozen=True, slots=True, kw_only=True)
class Posterior:
    """What the days so far say about one effect: a mixture of t-distributions.

    Arrays have shape (mixes,). Points are those of the outcome; the effect is a day to try
    minus a usual one.
    """

    weights: Numbers
    centres: Numbers
    scales: Numbers
    freedom: float
    noise: Numbers  # variance of one day's noise under each mix, points²
    days: int

    @property
    def mean(self) -> float:
        """Return the expected effect, points."""
        return float(self.weights @ self.centres)

    def as_measured(self) -> tuple[float, float]:
        """Return the estimate and its SD, points, without what the prior added."""
        spread = self.scales**2 * self.freedom / (self.freedom - 2)
        variance = float(self.weights @ (spread + (self.centres - self.mean) ** 2))
        prior = EFFECT_SD**2 * float(self.weights @ self.noise)
        precision = max(1 / variance - 1 / prior, 1e-6)
        return self.mean / variance / precision, float(precision**-0.5)

    def below(self, points: float) -> float:
        """Return the probability that the effect is below so many points."""
        return float(self.weights @ stdtr(self.freedom, (points - self.centres) / self.scales))

    def quantile(self, share: float) -> float:
        """Return the effect below which this share of the probability lies, points."""
        reach = 60.0 * float(self.scales.max())
        low, high = float(self.centres.min()) - reach, float(self.centres.max()) + reach
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            low, high = (middle, high) if self.below(middle) < share else (low, middle)
        return (low + high) / 2


def posteriors(
    places: Sequence[int], tried: Sequence[bool], ratings: Sequence[float], cuts: Sequence[int]
) -> list[Posterior]:
    """Return what was known after each of `cuts` days, all from one factorisation.

    Parameters
    ----------
    places
        Days since the start, increasing, shape (n,); what is missing is a gap.
    tried
        Whether chance gave the day to trying, shape (n,).
    ratings
        The outcome, points, shape (n,).
    cuts
        Places before which a day counts, such as 14, 21, 28; each leaves at least one day.

    Source
    ------
    Conjugate linear regression with known correlation (Gelman and others, Bayesian Data
    Analysis, 3rd edition, 14.7). The leading block of a Cholesky factor is the factor of
    the leading block, so the days up to any cut are a cumulative sum.
    """
    lower = np.linalg.cholesky(covariances(places))  # (mixes, n, n)
    plain = np.column_stack([np.ones(len(places)), np.where(tried, 0.5, -0.5), ratings])
    white: Numbers = np.linalg.solve(lower, np.broadcast_to(plain, (len(lower), *plain.shape)))
    moments = np.cumsum(white[:, :, :, None] * white[:, :, None, :], axis=1)  # (mixes, n, 3, 3)
    logdet = np.cumsum(np.log(np.diagonal(lower, axis1=1, axis2=2)), axis=1)
    counts = [int(np.searchsorted(places, cut)) for cut in cuts]
    return [_posterior(moments[:, n - 1], logdet[:, n - 1], n) for n in counts]


def _posterior(moments: Numbers, logdet: Numbers, n: int) -> Posterior:
    """Weigh the mixes; `moments` holds crossproducts of level, side and rating."""
    precision = moments[:, :2, :2].copy()
    precision[:, 1, 1] += EFFECT_SD**-2
    cross = moments[:, :2, 2]
    covariance = np.linalg.inv(precision)
    centre = np.einsum("mij,mj->mi", covariance, cross)
    rest = NOISE_SCALE + (moments[:, 2, 2] - np.einsum("mi,mi->m", centre, cross)) / 2
    shape = NOISE_SHAPE + (n - 1) / 2  # the flat prior of the level costs half a day
    logs = -logdet - np.log(np.linalg.det(precision)) / 2 - shape * np.log(rest)
    weights = np.exp(logs - logs.max())
    weights /= weights.sum()
    return Posterior(
        weights=weights,
        centres=centre[:, 1],
        scales=np.sqrt(covariance[:, 1, 1] * rest / shape),
        freedom=2 * shape,
        noise=rest / (shape - 1),
        days=n,
    )


def mixes() -> Numbers:
    """Return every mix of AR, drift and share alone, shape (mixes, 3)."""
    return np.array(list(product(AR_GRID, DRIFT_GRID, ALONE_GRID)))


def covariances(places: Sequence[int]) -> Numbers:
    """Return how days hang together under each mix, for noise of size 1: (mixes, n, n)."""
    days = np.array(places, dtype=np.float64)
    apart = np.abs(days[:, None] - days[None, :])
    _, drift, alone = (column[:, None, None] for column in mixes().T)
    memory = np.array(AR_GRID)[:, None, None] ** apart  # once for all mixes that share it
    kept = np.repeat(memory, len(alone) // len(AR_GRID), axis=0)
    common = np.minimum(days[:, None], days[None, :]) + 1.0
    whole: Numbers = (1 - alone) * kept + drift * common + alone * np.eye(len(days))
    return whole


def as_arrays(felt: Sequence[Felt]) -> tuple[list[int], list[bool], list[float]]:
    """Split felt days into the columns that `posteriors` takes."""
    places = [one.place for one in felt]
    return places, [one.side is Side.TRY for one in felt], [one.rating for one in felt]
