"""How a series may hang together: a small set of structural models, all filtered at once.

Each says: value = level + swing + noise. The level wanders (random walk), the swing comes back
(AR 1), the noise doesn't last. Given the shares, a Kalman filter (Kalman 1960) is exact, and an
inverse-gamma keeps track of the overall variance, so a forecast is Student's t. Models are
averaged by how well they have forecast so far (Bayesian model averaging, Hoeting 1999).
"""

from itertools import product
from math import lgamma, pi

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

SWINGS = ((0.0, 0.0), (0.4, 0.5), (0.4, 2.0), (0.8, 0.5), (0.8, 2.0))
"""AR coefficient a day, and variance in units of the noise."""
WANDER = (0.0, 0.01, 0.1, 0.5)  # variance of the level's daily step, in units of the noise
SWING_SHARES = (0.14, 0.17, 0.38, 0.12, 0.19)
WANDER_SHARES = (0.35, 0.32, 0.21, 0.12)
"""How probable each was, in the mean, after each of 108 invented series of 30 to 140 days: what a
series with no days of its own starts from. `scripts/fit_forecast_weights.py` makes them again,
and a test compares. No real diary had a part in it; reviewed 2026-11-22."""

MODELS = tuple((ar, size, step) for (ar, size), step in product(SWINGS, WANDER))
_START = np.log(np.outer(SWING_SHARES, WANDER_SHARES).ravel())
_AR, _SIZE, _STEP = (np.array(column) for column in zip(*MODELS, strict=True))

SCALE_DAYS = 1.0  # observed days that the first guess of the noise is worth; assumed
NOISE_SHARE = 0.05  # first guess of the noise's SD, as a share of the scale's top; assumed
LEVEL_SHARE = 0.25  # first guess of the level's SD, as a share of the scale's top; assumed
FORGETTING = 0.995  # a day observed: old success fades, half of it in 138 days; assumed


class Filter:
    """Every model's state after the days so far; `step` moves on by one observed day."""

    def __init__(self, top: float) -> None:
        """Start in the middle of a scale from 0 to `top`, knowing next to nothing."""
        ones = np.ones(len(MODELS))
        noise = (NOISE_SHARE * top) ** 2
        self.level, self.swing = ones * top / 2, ones * 0.0
        self.cov = np.stack([ones * (LEVEL_SHARE * top) ** 2 / noise, ones * 0.0, _SIZE * ones])
        self.shape, self.rate = SCALE_DAYS / 2, ones * noise * SCALE_DAYS / 2
        self.log_weight = _START.copy()

    def wait(self, days: int) -> None:
        """Let days pass: the level wanders and the swing fades."""
        fade = _AR ** float(days)
        level, cross, swing = self.cov
        self.cov = np.stack([level + _STEP * days, cross * fade, fade**2 * (swing - _SIZE) + _SIZE])
        self.swing = self.swing * fade

    def mixture(self) -> tuple[Numbers, Numbers, Numbers, float]:
        """Return weights, means and scales, each of shape (G,), and the degrees of freedom."""
        scale = np.sqrt(self.rate / self.shape * self._spread())
        return np.exp(self.log_weight), self.level + self.swing, scale, 2.0 * self.shape

    def observe(self, value: float) -> None:
        """Learn from a day's value."""
        _, mean, scale, freedom = self.mixture()
        spread, error = self._spread(), value - mean
        fit = self.log_weight * FORGETTING + _log_t(error / scale, freedom) - np.log(scale)
        self.log_weight = fit - fit.max() - np.log(np.exp(fit - fit.max()).sum())
        level, cross, swing = self.cov
        gains = (level + cross) / spread, (cross + swing) / spread
        self.level, self.swing = self.level + gains[0] * error, self.swing + gains[1] * error
        self.cov = np.stack(
            [
                level - gains[0] * (level + cross),
                cross - gains[0] * (cross + swing),
                swing - gains[1] * (cross + swing),
            ]
        )
        self.shape += 0.5
        self.rate = self.rate + 0.5 * error**2 / spread

    def _spread(self) -> Numbers:
        spread: Numbers = self.cov[0] + 2.0 * self.cov[1] + self.cov[2] + 1.0
        return spread


def _log_t(z: Numbers, freedom: float) -> Numbers:
    """Return the log density of Student's t."""
    constant = lgamma((freedom + 1) / 2) - lgamma(freedom / 2) - 0.5 * np.log(freedom * pi)
    density: Numbers = constant - (freedom + 1) / 2 * np.log1p(z**2 / freedom)
    return density
