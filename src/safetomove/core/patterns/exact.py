"""Every model at once: each contributor is out, in on the same day, or in on the next day.

With K contributors there are 3**K models, each a Gaussian regression whose evidence has a
closed form (spike and slab: Mitchell and Beauchamp 1988; conjugate slab: George and McCulloch
1997). Taking a contributor out of a matrix of sums of products, in or out of the model, leaves
a smaller matrix for three times as many models, so nearly all work is done on tiny matrices.
To get every contributor's own effect, halves are taken out in turn until one is left.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from safetomove.core.patterns.priors import SIZE, SIZE_SPREAD, LinkPrior
from safetomove.core.patterns.residuals import ORDINARY_VARIANCE, Evidence

LEAST_POINT = 0.02  # of the best grid point's weight; a lesser one is dropped
NOISE_DAYS = 6.0  # days that the prior guess of the residual variance is worth; assumed
Z90 = 1.6448536269514722  # a 90% interval is this many SDs to either side

_HUMP = ORDINARY_VARIANCE / SIZE_SPREAD**2  # precision of one hump

Single = NDArray[np.float32]  # seven digits: evidence adds up some 60 days, so they suffice
Pair = tuple[LinkPrior, LinkPrior]


@dataclass(frozen=True, slots=True, kw_only=True)
class Slab:
    """One contributor at one lag, over all models: how sure, and how much if there."""

    inclusion: float
    mean: float  # SDs of outcome per own SD, over the models that hold the link
    sd: float
    positive: float  # the chance that more of it goes with more of the outcome, if there


@dataclass(frozen=True, slots=True, kw_only=True)
class Posterior:
    """Two slabs for each contributor, and the chance of the model without any link."""

    slabs: tuple[tuple[Slab, Slab], ...]
    nothing: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Models:
    """`sums` (s, s, M): outcome first, then two columns for each contributor that is left."""

    sums: Single
    weight: Single  # (M,), times the evidence of what was taken out so far
    empty: int  # the first so many hold no link yet, one for each grid point


def posterior(evidence: Evidence, priors: Sequence[Pair]) -> Posterior:
    """Weigh all models under all grid points.

    Parameters
    ----------
    evidence : Evidence
        Sums over p = 2 K columns, ordered contributor by contributor, same day first.
    priors : sequence of K pairs
        What is thought of each contributor beforehand; slab variances scale with the residual's.
    """
    if not priors:
        return Posterior(slabs=(), nothing=1.0)
    noise = _Noise(
        shape=(NOISE_DAYS + evidence.days - 1) / 2, scale=NOISE_DAYS * ORDINARY_VARIANCE / 2
    )
    start = _start(evidence, priors, noise)
    found = dict(_each(start, tuple(range(len(priors))), priors, noise))
    slabs = tuple(found[c][0] for c in range(len(priors)))
    return Posterior(slabs=slabs, nothing=found[0][1])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Noise:
    """The inverse-gamma of the residual variance, without the residual sum of squares."""

    shape: float
    scale: float


def _start(evidence: Evidence, priors: Sequence[Pair], noise: _Noise) -> _Models:
    """Add the slabs' precision to the sums, for all columns as if all were in."""
    sums = evidence.gram.copy()
    flat = [prior for pair in priors for prior in pair]
    precision = np.array([_precision(prior) for prior in flat])
    pull = precision * np.array([prior.effect for prior in flat])
    sums[:, 1:, 1:] += np.diag(precision)
    sums[:, 0, 1:] += pull
    sums[:, 1:, 0] += pull
    kept = _worth_keeping(evidence, flat, noise)
    weight = np.exp(evidence.log_weight - evidence.log_weight[kept].max())[kept]
    stacked = np.ascontiguousarray(np.moveaxis(sums[kept], 0, -1), dtype=np.float32)
    return _Models(sums=stacked, weight=weight.astype(np.float32), empty=len(weight))


def _worth_keeping(
    evidence: Evidence, flat: Sequence[LinkPrior], noise: _Noise
) -> NDArray[np.bool_]:
    """Drop grid points that a stand-in for all models, one Gaussian, gives next to no weight."""
    mean = np.array([prior.inclusion * prior.effect for prior in flat])
    square = np.array([prior.inclusion * (prior.variance + prior.effect**2) for prior in flat])
    spread = (square - mean**2) / ORDINARY_VARIANCE
    inner = evidence.gram[:, 1:, 1:]
    off = evidence.gram[:, 1:, 0] - inner @ mean
    left = evidence.gram[:, 0, 0] - (evidence.gram[:, 0, 1:] + off) @ mean
    whole = inner + np.diag(1.0 / spread)
    square_sum = left - (off * np.linalg.solve(whole, off[..., None])[..., 0]).sum(axis=1)
    fit = evidence.log_weight - np.linalg.slogdet(whole)[1] / 2
    fit -= noise.shape * np.log(noise.scale + square_sum / 2)
    kept: NDArray[np.bool_] = fit > fit.max() + math.log(LEAST_POINT)
    return kept


def _each(
    models: _Models, left: tuple[int, ...], priors: Sequence[Pair], noise: _Noise
) -> Mapping[int, tuple[tuple[Slab, Slab], float]]:
    """Leave each contributor as the last one in, by halves."""
    if len(left) == 1:
        return {left[0]: _last(models, priors[left[0]], noise)}
    half = len(left) // 2
    found: dict[int, tuple[tuple[Slab, Slab], float]] = {}
    for stay, go in ((left[:half], left[half:]), (left[half:], left[:half])):
        fewer = _ordered(models, [left.index(one) for one in (*stay, *go)])
        for one in reversed(go):
            fewer = _take_out(fewer, priors[one])
        found |= _each(fewer, stay, priors, noise)
    return found


def _ordered(models: _Models, order: Sequence[int]) -> _Models:
    places = [0, *(1 + 2 * one + lag for one in order for lag in (0, 1))]
    return replace(models, sums=models.sums[np.ix_(places, places)])


def _take_out(models: _Models, pair: Pair) -> _Models:
    """Split every model in three by the last contributor: out, same day, next day."""
    r, m = models.sums.shape[0] - 2, models.sums.shape[-1]
    sums = np.empty((r, r, 3, m), dtype=np.float32)
    weight = np.empty((3, m), dtype=np.float32)
    sums[:, :, 0], weight[0] = models.sums[:r, :r], models.weight * np.float32(_out(pair))
    for lag, prior in enumerate(pair):
        inverse = 1.0 / models.sums[r + lag, r + lag]
        column = models.sums[:r, r + lag]
        sums[:, :, 1 + lag] = models.sums[:r, :r] - (column * inverse)[:, None] * column
        sums[0, 0, 1 + lag] += np.float32(_pull(prior))
        weight[1 + lag] = models.weight * np.sqrt(inverse) * np.float32(_in(prior))
    return replace(models, sums=sums.reshape(r, r, 3 * m), weight=weight.reshape(3 * m))


def _last(models: _Models, pair: Pair, noise: _Noise) -> tuple[tuple[Slab, Slab], float]:
    """Weigh all models; the one contributor that is left gets its two humps apart.

    Rows are: out, same day (+, −), next day (+, −).
    """
    sums = models.sums
    squares, weight = np.stack([sums[0, 0]] * 5), np.stack([models.weight] * 5)
    mean, variance = np.zeros_like(squares), np.zeros_like(squares)
    weight[0] *= np.float32(_out(pair))
    for row, (lag, prior, sign) in enumerate(_humps(pair), start=1):
        pull, share = sign * SIZE * _HUMP, prior.positive if sign > 0 else 1.0 - prior.positive
        inverse = 1.0 / (sums[1 + lag, 1 + lag] + np.float32(_HUMP - _precision(prior)))
        towards = sums[0, 1 + lag] + np.float32(pull - prior.effect * _precision(prior))
        mean[row], variance[row] = towards * inverse, inverse
        squares[row] += np.float32(pull * sign * SIZE) - towards * mean[row]
        weight[row] *= np.sqrt(inverse) * np.float32(prior.inclusion * share * _HUMP**0.5)
    scale = np.float32(noise.scale) + squares / 2
    weight *= np.exp(-np.float32(noise.shape) * np.log(scale / scale.min()))
    variance *= scale / np.float32(noise.shape - 1)
    total = float(weight.sum())
    same, after = (
        _slab(weight[r], mean[r], variance[r], total) for r in (slice(1, 3), slice(3, 5))
    )
    return (same, after), float(weight[0, : models.empty].sum()) / total


def _slab(weight: Single, mean: Single, variance: Single, total: float) -> Slab:
    """Sum up two humps, each of shape (2, M)."""
    signs = weight.sum(axis=1)
    held = float(signs.sum())
    if held == 0.0:
        return Slab(inclusion=0.0, mean=0.0, sd=0.0, positive=0.5)
    centre = float((weight * mean).sum()) / held
    spread = float((weight * (variance + np.square(mean - np.float32(centre)))).sum()) / held
    return Slab(
        inclusion=held / total, mean=centre, sd=math.sqrt(spread), positive=float(signs[0]) / held
    )


def _humps(pair: Pair) -> Iterable[tuple[int, LinkPrior, int]]:
    return ((lag, prior, sign) for lag, prior in enumerate(pair) for sign in (1, -1))


def _out(pair: Pair) -> float:
    return 1.0 - pair[0].inclusion - pair[1].inclusion


def _in(prior: LinkPrior) -> float:
    """Return a link's prior odds part: its share, and the width of its slab."""
    return prior.inclusion * math.sqrt(_precision(prior))


def _pull(prior: LinkPrior) -> float:
    """Return what the slab's own mean adds to the sum of squares."""
    return prior.effect**2 * _precision(prior)


def _precision(prior: LinkPrior) -> float:
    return ORDINARY_VARIANCE / prior.variance
