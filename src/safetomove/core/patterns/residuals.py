"""How the days hang together apart from any contributor: slow swings, drift and rounding.

The outcome is intercept + links + AR(1) + random walk + rounding error. All of it is Gaussian,
so each point of a small grid of (AR coefficient, drift) needs one Cholesky factor, and missing
days are just days that are not there.
"""

from dataclasses import dataclass
from itertools import product

import numpy as np

from safetomove.core.patterns.days import Numbers

AR = (0.0, 0.25, 0.5, 0.75, 0.9)  # day-to-day; diaries of pain lie around 0.2 to 0.7 (Mun 2019)
DRIFT = (0.0, 0.1)  # residual SDs a day; 0.1 wanders by 0.8 SD in 60 days; assumed
POINTS = tuple(product(AR, DRIFT))
ORDINARY_VARIANCE = 0.7  # of the outcome's own variance: what no contributor explains; assumed


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Sums of squares and products under each point of the grid, the intercept taken out.

    `gram` has the shape (P, 1 + p, 1 + p) with the outcome first; `log_weight` (P,) is what each
    point's determinants contribute; `days` is how many observed days the sums rest on.
    """

    gram: Numbers
    log_weight: Numbers
    days: int


def weigh(outcome: Numbers, links: Numbers, unsure: Numbers, rounding: float) -> Evidence:
    """Whiten the observed days under each grid point and sum them up.

    Parameters
    ----------
    outcome : array (T,)
        In its own SDs; NaN on days without it.
    links : array (T, p)
        One column for each contributor and lag, in SDs, no gaps.
    unsure : array (T,)
        Variance that filled-in values add to a day, in squared SDs of the outcome.
    rounding : float
        Variance of the rounding error, in squared SDs of the outcome.
    """
    seen = np.flatnonzero(np.isfinite(outcome))
    noise = (unsure[seen] + rounding) / ORDINARY_VARIANCE
    factor = np.linalg.cholesky(_covariances(seen, noise))
    columns = np.column_stack([np.ones(len(seen)), outcome[seen], links[seen]])
    white = np.linalg.solve(factor, np.broadcast_to(columns, (len(POINTS), *columns.shape)))
    sums = white.transpose(0, 2, 1) @ white
    level = sums[:, 0, 0]
    gram = sums[:, 1:, 1:] - sums[:, 1:, :1] * sums[:, :1, 1:] / level[:, None, None]
    roots = np.log(np.diagonal(factor, axis1=1, axis2=2)).sum(axis=1)
    return Evidence(gram=gram, log_weight=-roots - 0.5 * np.log(level), days=len(seen))


def grain(values: Numbers) -> float:
    """Return the step to which values were rounded: 1, a half, or 0 for finer."""
    known = values[np.isfinite(values)]
    fits = (step for step in (1.0, 0.5) if np.array_equal(known / step, np.rint(known / step)))
    return next(fits, 0.0)


def rounding_variance(step: float) -> float:
    """Return the variance of an error spread evenly over one step (Sheppard 1898)."""
    return step**2 / 12.0


def _covariances(seen: np.ndarray, noise: Numbers) -> Numbers:
    """Return one covariance of the observed days for each grid point, AR variance 1."""
    apart = np.abs(seen[:, None] - seen[None, :])
    swing = np.power.outer(AR, np.arange(seen[-1] - seen[0] + 1))[:, apart]
    since = 1.0 + np.minimum(seen[:, None], seen[None, :]) - seen[0]
    wander = np.square(DRIFT)[:, None, None] * since + np.diag(noise + 1e-9)
    covariances: Numbers = (swing[:, None] + wander).reshape(-1, len(seen), len(seen))
    return covariances
