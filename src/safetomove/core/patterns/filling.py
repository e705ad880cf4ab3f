"""What a contributor may have been on a day when nobody noted it, and how unsure that is.

A value that is missing is replaced by what this person's other answers lead one to expect: the
same contributor on the day before and after, and the others on that day. The outcome is never
used. Put into a regression, an expectation leaves the slope where it is and only adds noise
(Berkson 1950), and that noise is handed on: such a day counts for less.
"""

import numpy as np

from safetomove.core.patterns.days import Numbers

ROUNDS = 2  # the second lets filled values inform each other; a third changes little
RIDGE_DAYS = 10.0  # days' worth of "nothing predicts anything"; assumed
STRETCH_TOP = 3.0  # SDs from the person's own mean: one odd day can't decide


def in_own_sds(noted: Numbers) -> tuple[Numbers, Numbers]:
    """Put each column in SDs of its own noted days, NaN where missing.

    Parameters
    ----------
    noted : array (T, K)
        Own units; NaN is a gap. Every column has at least two different values.

    Returns
    -------
    tuple of arrays (T, K) and (K,)
        The columns around 0, at most three SDs away from it, and each column's SD.
    """
    spread = np.nanstd(noted, axis=0, ddof=1)
    z = (noted - np.nanmean(noted, axis=0)) / spread
    return np.clip(z, -STRETCH_TOP, STRETCH_TOP), spread


def fill(z: Numbers) -> tuple[Numbers, Numbers]:
    """Return columns without gaps, and each value's variance: 0 where it was noted.

    Parameters
    ----------
    z : array (T, K)
        SDs, as `in_own_sds` gives them.
    """
    gap = np.isnan(z)
    filled, unsure = np.where(gap, 0.0, z), np.zeros_like(z)
    for _ in range(ROUNDS if gap.any() else 0):
        for column in np.flatnonzero(gap.any(axis=0)):
            expected, left = _expect(filled, int(column), ~gap[:, column])
            filled[:, column] = np.where(gap[:, column], expected, z[:, column])
            unsure[:, column] = np.where(gap[:, column], left, 0.0)
    return filled, unsure


def _expect(filled: Numbers, column: int, known: np.ndarray) -> tuple[Numbers, float]:
    """Regress one column on its neighbours in time and on the others, with a ridge."""
    clues = np.zeros((len(filled), filled.shape[1] + 1))
    clues[1:, 0], clues[:-1, 1] = filled[:-1, column], filled[1:, column]
    clues[:, 2 : column + 2] = filled[:, :column]
    clues[:, column + 2 :] = filled[:, column + 1 :]
    x, y = clues[known], filled[known, column]
    ridge = RIDGE_DAYS * np.eye(clues.shape[1])
    slopes = np.linalg.solve(x.T @ x + ridge, x.T @ y)
    left = float(np.square(y - x @ slopes).sum() / max(len(y) - 1, 1))
    return clues @ slopes, left
