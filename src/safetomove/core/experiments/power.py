"""How likely an experiment is to find anything, told before it starts."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

import numpy as np
from scipy.special import ndtr

from safetomove.core.chance import draw
from safetomove.core.diary import Diary
from safetomove.core.experiments.design import Design, Outcome, Side, sides
from safetomove.core.experiments.looks import sure_sds
from safetomove.core.experiments.model import (
    EFFECT_SD,
    Numbers,
    Posterior,
    covariances,
    mixes,
    posteriors,
)
from safetomove.core.experiments.series import settles

# Assumed, as in trials of habits: four of five asked days are done, and one of twelve unasked.
DID_WHEN_ASKED: Final = 0.8
DID_AS_USUAL: Final = 0.08
SHARE_RATED: Final = 0.85  # of days; assumed
OWN_DAYS_LEAST: Final = 14  # rated days before a person's own ups and downs are used
OWN_DAYS_BACK: Final = 84
DRAWS: Final = 6  # plans that the chance is averaged over
_FAINT: Final = 0.01  # mixes less likely than this change nothing

# A typical person with lasting back pain: ratings vary by 1.25 points (published: 1 to 1.5).
TYPICAL_SD: Final = 1.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Noise:
    """How days go up and down by themselves; arrays have shape (mixes,)."""

    weights: Numbers = field(repr=False)
    variance: Numbers = field(repr=False)  # points²
    own_days: int  # rated days of the person's it rests on; 0 is a typical person's

    @property
    def sd(self) -> float:
        """Return the typical size of a day's noise, points."""
        return float(np.sqrt(self.weights @ self.variance))


def noise_of(diary: Diary, outcome: Outcome, *, today: date) -> Noise:
    """Learn a person's ups and downs from the last twelve weeks, or take a typical person's."""
    first = today - timedelta(days=OWN_DAYS_BACK)
    days = [
        ((one.day - first).days, float(rating))
        for one in diary.between(first, today)
        if (rating := getattr(one, outcome.value)) is not None
    ]
    if len(days) < OWN_DAYS_LEAST:
        return _typical()
    places, ratings = [place for place, _ in days], [rating for _, rating in days]
    # Sides that chance never gave: the one effect that is known to be nought.
    nobody = [draw(0, "no experiment", place) < 0.5 for place in places]
    (known,) = posteriors(places, nobody, ratings, [OWN_DAYS_BACK + 1])
    return _noise(known)


def chance_of_finding(design: Design, noise: Noise, *, effect: float) -> float:
    """Return the probability that a true change of `effect` points ends as a finding.

    What is asked is not always done, so the days differ by less than what doing it changes.
    The last look alone is counted: earlier ones add a little.

    Source
    ------
    Normal approximation of the same model, averaged over plans and gaps; a test holds it to
    simulated experiments.
    """
    seen = abs(effect) * (DID_WHEN_ASKED - DID_AS_USUAL)
    likely = np.flatnonzero(noise.weights > _FAINT)
    weights, variance = noise.weights[likely], noise.variance[likely]
    told = np.array([_information(design.days, design.block_days, one) for one in range(DRAWS)])
    information = told[:, likely] / variance
    drawn_in = np.sqrt(1 / (1 + 1 / (information * EFFECT_SD**2 * variance)))
    found = ndtr(seen * np.sqrt(information) - sure_sds(design) / drawn_in)  # (draws, mixes)
    return float(found.mean(axis=0) @ weights / weights.sum())


@lru_cache(maxsize=64)
def _information(days: int, block_days: int, one: int) -> Numbers:
    """Return what one drawn plan with one set of gaps tells, for noise of size 1: (mixes,)."""
    shape = Design(first_day=date.min, days=days, outcome=Outcome.PAIN, block_days=block_days)
    plan = sides(shape, one)
    places = [
        place
        for place in range(days)
        if not settles(shape, place) and draw(one, "rated", place) < SHARE_RATED
    ]
    columns = np.array([(1.0, 0.5 if plan[place] is Side.TRY else -0.5) for place in places])
    lower = np.linalg.cholesky(covariances(places))
    white = np.linalg.solve(lower, np.broadcast_to(columns, (len(lower), *columns.shape)))
    cross = np.einsum("mni,mnj->mij", white, white)
    told: Numbers = cross[:, 1, 1] - cross[:, 0, 1] ** 2 / cross[:, 0, 0]
    return told


def _noise(known: Posterior) -> Noise:
    return Noise(weights=known.weights, variance=known.noise, own_days=known.days)


def _typical() -> Noise:
    """Give every ordinary mix an even chance, at the typical size."""
    memory, drift, alone = mixes().T
    ordinary = (memory > 0.0) & (drift < 0.01) & (alone < 0.5)
    weights = ordinary / ordinary.sum()
    return Noise(weights=weights, variance=np.full(len(weights), TYPICAL_SD**2), own_days=0)
