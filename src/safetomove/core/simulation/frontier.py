"""Compare rules where they cost the same: activity at equal flare-up days.

Any rule gets more activity out of more flare-up days. So each class of rules is swept from
timid to bold, and its best points make a frontier; two classes are compared at one number
of flare-up days, along their frontiers, with the same people drawn again and again to see
how sure that is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from safetomove.core.simulation.measures import Scores
from safetomove.core.simulation.noise import Noise, Numbers

DRAWS = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """How far one policy lies above a frontier, in points of habit; NaN out of its reach."""

    points: float
    low: float
    high: float


def frontier_at(flare_days: Numbers, activity: Numbers, at: float) -> float:
    """Return the most activity that a class of rules gets at `at` flare-up days.

    Parameters
    ----------
    flare_days, activity : means of each rule of the class, shape (rules,).
    at : flare-up days.

    Returns
    -------
    float : on the upper concave hull of the points. A mix of two rules, one for each of two
        groups of people, gets every point between them. Below the most timid rule, and
        above the boldest one's activity, NaN: nothing was tried there.
    """
    if not flare_days.min() <= at <= flare_days.max():
        return float("nan")
    low, high = flare_days <= at, flare_days >= at
    x0, y0 = flare_days[low][:, None], activity[low][:, None]
    x1, y1 = flare_days[high][None, :], activity[high][None, :]
    wide = np.where(x1 > x0, x1 - x0, 1.0)
    mixed = np.where(x1 > x0, y0 + (at - x0) / wide * (y1 - y0), np.maximum(y0, y1))
    return float(mixed.max())


def gap(ours: Scores, others: Sequence[Scores], *, seed: int, draws: int = DRAWS) -> Gap:
    """Return ours less the others' frontier at our flare-up days, in points of habit.

    The interval draws the same people again and again for both, so that luck which they
    share does not count as doubt. `draws` of 0 gives none.
    """
    flares = np.stack([ours.flare_days, *(one.flare_days for one in others)])
    activity = np.stack([ours.activity, *(one.activity for one in others)])
    points = _less(flares.mean(axis=1), activity.mean(axis=1))
    weights = _drawn_again(flares.shape[1], seed, draws)
    return _with_interval(points, [_less(flares @ one, activity @ one) for one in weights])


def gained(
    new: Scores, old: Scores, others: Sequence[Scores], *, seed: int, draws: int = DRAWS
) -> Gap:
    """Return how much further above the others' frontier one rule lies than another.

    Each is measured at its own flare-up days, and all by the same people drawn again and
    again: luck that the two share does not count as doubt.
    """
    flares = np.stack([one.flare_days for one in (new, old, *others)])
    activity = np.stack([one.activity for one in (new, old, *others)])
    points = _step(flares.mean(axis=1), activity.mean(axis=1))
    weights = _drawn_again(flares.shape[1], seed, draws)
    return _with_interval(points, [_step(flares @ one, activity @ one) for one in weights])


def ratio(ours: Scores, other: Scores, *, seed: int, draws: int = DRAWS) -> Gap:
    """Return our activity over the other's, with its interval."""
    share = float(ours.activity.mean() / other.activity.mean())
    weights = _drawn_again(len(ours.activity), seed, draws)
    drawn = [float((ours.activity @ one) / (other.activity @ one)) for one in weights]
    return _with_interval(share, drawn)


def _drawn_again(people: int, seed: int, draws: int) -> Iterator[Numbers]:
    """Yield weights that sum to 1: how often each person was drawn."""
    noise = Noise(seed, people)
    for turn in range(draws):
        who = (noise.of_person(f"drawn again {turn}") * people).astype(np.int64)
        yield np.bincount(who, minlength=people) / people


def _with_interval(points: float, drawn: Sequence[float]) -> Gap:
    if np.isnan(points) or not drawn or np.isnan(drawn).all():
        return Gap(points=points, low=float("nan"), high=float("nan"))
    low, high = np.nanquantile(drawn, [0.025, 0.975])
    return Gap(points=points, low=float(low), high=float(high))


def _less(flares: Numbers, activity: Numbers) -> float:
    return 100.0 * float(activity[0] - frontier_at(flares[1:], activity[1:], float(flares[0])))


def _step(flares: Numbers, activity: Numbers) -> float:
    """Return the first rule's height above the frontier, less the second's."""
    return _less(np.delete(flares, 1), np.delete(activity, 1)) - _less(flares[1:], activity[1:])
