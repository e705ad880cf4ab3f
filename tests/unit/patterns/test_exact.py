"""The sums: every model counted, each as a Gaussian regression gives it."""

from itertools import product

import numpy as np
import pytest

from safetomove.core.patterns import POPULATION
from safetomove.core.patterns.exact import NOISE_DAYS, posterior
from safetomove.core.patterns.priors import SIZE, SIZE_SPREAD, LinkPrior
from safetomove.core.patterns.residuals import (
    ORDINARY_VARIANCE,
    POINTS,
    grain,
    rounding_variance,
    weigh,
)

DAYS = 40


def log_t_evidence(y: np.ndarray, mean: np.ndarray, cov: np.ndarray) -> float:
    """Evidence of y ~ N(mean, s² cov) with the intercept and s² integrated out, from scratch."""
    inverse = np.linalg.inv(cov)
    one = np.ones(len(y))
    level = one @ inverse @ one
    off = y - mean
    square = off @ inverse @ off - (one @ inverse @ off) ** 2 / level
    shape = (NOISE_DAYS + len(y) - 1) / 2
    scale = NOISE_DAYS * ORDINARY_VARIANCE / 2 + square / 2
    return -0.5 * np.linalg.slogdet(cov)[1] - 0.5 * np.log(level) - shape * np.log(scale)


def test_inclusions_are_those_of_counting_every_model_one_by_one() -> None:
    """One contributor, so that its two humps are exact: five models on each of ten grid points."""
    rng = np.random.default_rng(5)
    x = rng.normal(size=(DAYS, 2))
    y = 0.4 * x[:, 0] + rng.normal(size=DAYS)
    y[[3, 4, 17]] = np.nan
    pair = (LinkPrior(inclusion=0.3, positive=0.8), LinkPrior(inclusion=0.1, positive=0.4))
    found = posterior(weigh(y, x, np.zeros(DAYS), 0.02), [pair])

    seen = np.flatnonzero(np.isfinite(y))
    weights: dict[tuple[int, int], float] = {}
    for (ar, drift), (lag, sign) in product(POINTS, [(-1, 0), (0, 1), (0, -1), (1, 1), (1, -1)]):
        apart = np.abs(np.subtract.outer(seen, seen))
        cov = ar**apart + drift**2 * (1 + np.minimum.outer(seen, seen) - seen[0])
        cov = cov + np.eye(len(seen)) * 0.02 / ORDINARY_VARIANCE
        mean, chance = np.zeros(len(seen)), 1 - pair[0].inclusion - pair[1].inclusion
        if lag >= 0:
            column, prior = x[seen, lag], pair[lag]
            cov = cov + np.outer(column, column) * SIZE_SPREAD**2 / ORDINARY_VARIANCE
            mean = sign * SIZE * column
            chance = prior.inclusion * (prior.positive if sign > 0 else 1 - prior.positive)
        here = np.log(chance) + log_t_evidence(y[seen], mean, cov)
        weights[lag, sign] = np.logaddexp(weights.get((lag, sign), -np.inf), here)
    total = np.logaddexp.reduce(list(weights.values()))
    chances = {model: float(np.exp(weight - total)) for model, weight in weights.items()}

    same, following = found.slabs[0]
    assert found.nothing == pytest.approx(chances[-1, 0], abs=1e-4)
    assert same.inclusion == pytest.approx(chances[0, 1] + chances[0, -1], abs=1e-4)
    assert following.inclusion == pytest.approx(chances[1, 1] + chances[1, -1], abs=1e-4)


def test_the_order_of_contributors_changes_nothing() -> None:
    rng = np.random.default_rng(6)
    x = rng.normal(size=(DAYS, 5, 2))
    y = x[:, 1, 0] + rng.normal(size=DAYS)
    pairs = [POPULATION.of(name) for name in ("stress", "mood", "worry", "steps", "social")]
    order = [3, 1, 4, 0, 2]
    one = posterior(weigh(y, x.reshape(DAYS, -1), np.zeros(DAYS), 0.0), pairs)
    mixed = x[:, order].reshape(DAYS, -1)
    other = posterior(weigh(y, mixed, np.zeros(DAYS), 0.0), [pairs[c] for c in order])
    for place, c in enumerate(order):
        for lag in (0, 1):
            ours, theirs = one.slabs[c][lag], other.slabs[place][lag]
            assert ours.inclusion == pytest.approx(theirs.inclusion, abs=1e-4)
            assert ours.mean == pytest.approx(theirs.mean, abs=1e-3)


def test_half_a_year_of_strong_links_gives_the_effect_and_doubt_of_a_plain_regression() -> None:
    """Evidence then spans more than single precision holds: nothing may run over or under."""
    rng = np.random.default_rng(7)
    days, links, noise = 182, 3, 0.15
    x = rng.normal(size=(days, 2 * links))
    y = 0.7 * x[:, 0] - 0.6 * x[:, 3] + noise * rng.normal(size=days)
    pairs = [POPULATION.other] * links
    found = posterior(weigh(y, x, np.zeros(days), 0.0), pairs).slabs
    for slab, effect in ((found[0][0], 0.7), (found[1][1], -0.6)):
        assert slab.inclusion == pytest.approx(1.0, abs=1e-6)
        assert slab.mean == pytest.approx(effect, abs=4 * noise / np.sqrt(days))
        assert slab.sd == pytest.approx(noise / np.sqrt(days), rel=0.25)
    assert found[2][0].inclusion + found[2][1].inclusion < 0.2


def test_a_step_of_rounding_is_told_from_the_values() -> None:
    assert grain(np.array([3.0, np.nan, 7.0])) == 1.0
    assert grain(np.array([3.0, 2.5])) == 0.5
    assert grain(np.array([3.0, 2.7])) == 0.0
    assert rounding_variance(1.0) == pytest.approx(1 / 12)
