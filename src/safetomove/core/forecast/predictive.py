"""One day's forecast as a distribution: part smooth, part on the person's own values."""

from dataclasses import dataclass

import numpy as np
from scipy.special import stdtr

from safetomove.core.forecast.structure import Numbers

POINTS = 121  # of the grid; the score changes in the fourth digit with twice as many
REACH = 6.0  # scales to either side of the means
LEAST_WEIGHT = 0.002  # a model below it is left out of the sum


@dataclass(frozen=True, slots=True, kw_only=True)
class Smooth:
    """The distribution function of a mixture of Student's t, on a grid within the scale."""

    points: Numbers
    below: Numbers

    @classmethod
    def of(cls, mixture: tuple[Numbers, Numbers, Numbers, float], top: float) -> "Smooth":
        """Sum up the models that matter; all mass outside 0 to `top` sits at the ends."""
        weight, mean, scale, freedom = mixture
        keep = weight > LEAST_WEIGHT
        weight, mean, scale = weight[keep] / weight[keep].sum(), mean[keep], scale[keep]
        first, last = (mean - REACH * scale).min(), (mean + REACH * scale).max()
        points = np.linspace(max(first, 0.0), min(max(last, 1e-6), top), POINTS)
        below = weight @ stdtr(freedom, (points - mean[:, None]) / scale[:, None])
        below[-1] = 1.0
        return cls(points=points, below=below)

    def __call__(self, x: Numbers) -> Numbers:
        """Return the chance of a value of at most x."""
        return np.interp(x, self.points, self.below, left=0.0, right=1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Predictive:
    """Ascending `at` with the chance `of` each: the forecast in small pieces, adding up to 1."""

    at: Numbers
    of: Numbers

    @classmethod
    def mixed(cls, smooth: Smooth, values: Numbers, chances: Numbers, new: float) -> "Predictive":
        """Join a smooth forecast, of weight `new`, with the values used so far."""
        new = new if values.size else 1.0
        middles = (smooth.points[1:] + smooth.points[:-1]) / 2
        at = np.concatenate([smooth.points[:1], middles, values])
        of = np.concatenate(
            [smooth.below[:1] * new, np.diff(smooth.below) * new, chances * (1 - new)]
        )
        order = np.argsort(at, kind="stable")
        return cls(at=at[order], of=of[order])

    @property
    def mean(self) -> float:
        """Return the expected value."""
        return float(self.at @ self.of)

    @property
    def sd(self) -> float:
        """Return the standard deviation."""
        return float(np.sqrt(np.square(self.at - self.mean) @ self.of))

    def interval(self, share: float = 0.9) -> tuple[float, float]:
        """Return the shortest interval that holds `share`."""
        total = np.cumsum(self.of)
        before = np.concatenate([[0.0], total[:-1]])
        ends = np.searchsorted(total, before + share - 1e-12)
        starts = np.flatnonzero(ends < len(self.at))
        best = starts[np.argmin(self.at[ends[starts]] - self.at[starts])]
        return float(self.at[best]), float(self.at[ends[best]])

    def crps(self, value: float) -> float:
        """Return the continuous ranked probability score (Gneiting and Raftery 2007); 0 is best."""
        at = np.concatenate([self.at, [value]])
        order = np.argsort(at, kind="stable")
        of = np.concatenate([self.of, [0.0]])[order]
        step = np.cumsum(of)[:-1] - (at[order][:-1] >= value)
        return float(np.square(step) @ np.diff(at[order]))
