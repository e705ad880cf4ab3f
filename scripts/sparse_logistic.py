"""A ridge-held logistic regression over sparse rows, by accelerated gradient steps."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

RIDGE = 0.01  # pull of each weight to 0, per unit of summed loss
STEPS = 200

Array = np.ndarray


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Sparse rows: the traits of each, and their values."""

    places: Array  # int, all rows one after the other
    starts: Array  # where each row begins
    lengths: Array

    def values(self, rarity: Array) -> Array:
        """Give each trait its rarity over the root of the row's length."""
        return rarity[self.places] / np.sqrt(np.repeat(self.lengths, self.lengths))


def rarity_of(data: Rows, places: int) -> Array:
    """Give a rare trait more say: the log of rows over rows that have it."""
    row = np.repeat(np.arange(len(data.lengths)), data.lengths)
    at = np.unique(row * places + data.places) % places
    return np.log((1 + len(data.lengths)) / (1 + np.bincount(at, minlength=places))) / 4


def fit(data: Rows, rarity: Array, yes: Array, weight: Array) -> tuple[Array, float]:
    """Fit a logistic regression; give the weight of each place and the start.

    Parameters
    ----------
    data, rarity
        The rows, and how much say each place has.
    yes
        Whether each row is of the kind sought.
    weight
        How much each row counts.
    """
    used, at = np.unique(data.places, return_inverse=True)
    values = data.values(rarity)

    def margins(w: Array, b: float) -> Array:
        return np.add.reduceat(w[at] * values, data.starts) + b

    def back(g: Array) -> Array:
        return np.bincount(at, values * np.repeat(g, data.lengths), len(used))

    slope = 0.25 * _largest(margins, back, weight, len(used)) + RIDGE
    w = ahead_w = np.zeros(len(used))
    b = ahead_b = 0.0
    pace = 1.0
    for _ in range(STEPS):
        pull = weight * (1 / (1 + np.exp(-margins(ahead_w, ahead_b))) - yes)
        new_w = ahead_w - (back(pull) + RIDGE * ahead_w) / slope
        new_b = ahead_b - pull.sum() / slope
        if (ahead_w - new_w) @ (new_w - w) > 0:  # overshot: start the pace again
            pace = 1.0
        faster = (1 + np.sqrt(1 + 4 * pace * pace)) / 2
        ahead_w = new_w + (pace - 1) / faster * (new_w - w)
        ahead_b = new_b + (pace - 1) / faster * (new_b - b)
        w, b, pace = new_w, new_b, faster
    whole = np.zeros(len(rarity))
    whole[used] = w * rarity[used]
    return whole, float(b)


def _largest(
    margins: Callable[[Array, float], Array],
    back: Callable[[Array], Array],
    weight: Array,
    size: int,
) -> float:
    """Bound the steepest curve of the loss by power iteration."""
    v, b, length = np.full(size, size**-0.5), 0.1, 1.0
    for _ in range(12):
        g = weight * margins(v, b)
        v, b = back(g), float(g.sum())
        length = float(np.sqrt(v @ v + b * b))
        v, b = v / length, b / length
    return length * 1.1
