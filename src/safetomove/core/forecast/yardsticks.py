"""The simple forecasts that a cleverer one must beat."""

from math import erf, exp, pi, sqrt

import numpy as np

from safetomove.core.forecast.structure import Numbers

LEAST_SD = 0.05  # points: a forecast that is surer than this is not a forecast
RATIOS = np.geomspace(0.002, 8.0, 25)  # level step over noise, tried for the best fit


def normal_crps(value: float, mean: float, sd: float) -> float:
    """Return the score of a normal forecast (Gneiting and Raftery 2007)."""
    z = (value - mean) / sd
    return sd * (z * erf(z / sqrt(2)) + 2 * exp(-z * z / 2) / sqrt(2 * pi) - 1 / sqrt(pi))


def naive(values: Numbers) -> tuple[float, float]:
    """Forecast the last value again, with the usual size of a change."""
    return float(values[-1]), max(float(np.sqrt(np.square(np.diff(values)).mean())), LEAST_SD)


class LocalLevel:
    """A wandering level plus noise, fitted by maximum likelihood to the days so far."""

    def __init__(self, value: float) -> None:
        """Start at the first value."""
        self.level, self.cov = np.full(RATIOS.shape, value), np.ones(RATIOS.shape)
        self.squares, self.log_det = np.zeros(RATIOS.shape), np.zeros(RATIOS.shape)
        self.days = 0

    def wait(self, days: int) -> None:
        """Let days pass."""
        self.cov = self.cov + RATIOS * days

    def forecast(self) -> tuple[float, float]:
        """Return mean and SD under the best fit."""
        variance = np.maximum(self.squares / max(self.days, 1), LEAST_SD**2)
        best = int(np.argmin(self.days * np.log(variance) + self.log_det))
        return float(self.level[best]), sqrt(variance[best] * (self.cov[best] + 1.0))

    def observe(self, value: float) -> None:
        """Learn from a day's value."""
        spread, error = self.cov + 1.0, value - self.level
        self.squares = self.squares + error**2 / spread
        self.log_det = self.log_det + np.log(spread)
        self.level = self.level + self.cov / spread * error
        self.cov = self.cov / spread
        self.days += 1
