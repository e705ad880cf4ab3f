"""Every model at once: each contributor is out, in on the same day, or in on the next day.

With K contributors there are 3**K models, each a Gaussian regression whose evidence has a
closed form (spike and slab: Mitchell and Beauchamp 1988; conjugate slab: George and McCulloch
1997). Taking a contributor out of a matrix of sums of products, in or out of the model, leaves
a smaller matrix for three times as many models, so nearly all work is done on tiny matrices.
To get every contributor's own effect, halves are taken out in turn until one is left.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from safetomove.core.patterns.days import Numbers
from safetomove.core.patterns.priors import SIZE, SIZE_SPREAD, LinkPrior
from safetomove.core.patterns.residuals import ORDINARY_VARIANCE, Evidence

LEAST_POINT = 0.02  # of the best grid point's weight; a lesser one is dropped
AT_ONCE = 4  # grid points: what is worked on then stays small enough for a processor's cache
NOISE_DAYS = 6.0  # days that the prior guess of the residual variance is worth; assumed
Z90 = 1.6448536269514722  # a 90% interval is this many SDs to either side

TINY = 1e-300  # instead of dividing by 0

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
    usual: Single  # (grid points,) the noise's scale that is to be expected of each; varies fastest


@dataclass(frozen=True, slots=True, kw_only=True)
class _Added:
    """Models added up, relative to one whose likelihood is `top`."""

    out: float  # without a link to the contributor that is left
    nothing: float  # without any
    humps: Numbers  # (3, 2, 2), with it: by moment, lag and sign
    top: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Noise:
    """The inverse-gamma of the residual variance, without the residual sum of squares."""

    shape: float
    scale: float


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
    every = range(len(priors))
    found: list[list[_Added]] = [[] for _ in every]
    for models in start:
        for contributor, added in _each(models, tuple(every), priors, noise):
            found[contributor].append(added)
    told = [_together(added, noise) for added in found]
    return Posterior(slabs=tuple(slabs for slabs, _ in told), nothing=told[0][1])


def _start(evidence: Evidence, priors: Sequence[Pair], noise: _Noise) -> Iterator[_Models]:
    """Add the slabs' precision to the sums, for all columns as if all were in."""
    sums = evidence.gram.copy()
    flat = [prior for pair in priors for prior in pair]
    precision = np.array([_precision(prior) for prior in flat])
    pull = precision * np.array([prior.effect for prior in flat])
    sums[:, 1:, 1:] += np.diag(precision)
    sums[:, 0, 1:] += pull
    sums[:, 1:, 0] += pull
    fit, usual = _stand_in(evidence, flat, noise)
    kept = np.flatnonzero(fit > fit.max() + math.log(LEAST_POINT))
    weight = evidence.log_weight - noise.shape * np.log(usual)
    for part in np.array_split(kept, -(-len(kept) // AT_ONCE)):
        yield _Models(
            sums=np.ascontiguousarray(np.moveaxis(sums[part], 0, -1), dtype=np.float32),
            weight=np.exp(weight[part] - weight[kept].max()).astype(np.float32),
            usual=usual[part].astype(np.float32),
        )


def _stand_in(
    evidence: Evidence, flat: Sequence[LinkPrior], noise: _Noise
) -> tuple[Numbers, Numbers]:
    """Weigh the grid points by one Gaussian that stands for all models.

    Returns
    -------
    tuple of arrays (P,) and (P,)
        The log of each point's evidence, and the scale of its noise.
    """
    mean = np.array([prior.inclusion * prior.effect for prior in flat])
    square = np.array([prior.inclusion * (prior.variance + prior.effect**2) for prior in flat])
    spread = (square - mean**2) / ORDINARY_VARIANCE
    inner = evidence.gram[:, 1:, 1:]
    off = evidence.gram[:, 1:, 0] - inner @ mean
    left = evidence.gram[:, 0, 0] - (evidence.gram[:, 0, 1:] + off) @ mean
    whole = inner + np.diag(1.0 / spread)
    square_sum = left - (off * np.linalg.solve(whole, off[..., None])[..., 0]).sum(axis=1)
    usual = noise.scale + square_sum / 2
    fit = evidence.log_weight - np.linalg.slogdet(whole)[1] / 2 - noise.shape * np.log(usual)
    return fit, usual


def _each(
    models: _Models, left: tuple[int, ...], priors: Sequence[Pair], noise: _Noise
) -> Iterator[tuple[int, _Added]]:
    """Leave each contributor as the last one in, by halves."""
    if len(left) == 1:
        yield left[0], _add(models, priors[left[0]], noise)
        return
    half = len(left) // 2
    for stay, go in ((left[:half], left[half:]), (left[half:], left[:half])):
        fewer = _ordered(models, [left.index(one) for one in (*stay, *go)])
        for one in reversed(go):
            fewer = _take_out(fewer, priors[one])
        yield from _each(fewer, stay, priors, noise)


def _ordered(models: _Models, order: Sequence[int]) -> _Models:
    places = [0, *(1 + 2 * one + lag for one in order for lag in (0, 1))]
    return replace(models, sums=models.sums[np.ix_(places, places)])


def _take_out(models: _Models, pair: Pair) -> _Models:
    """Split every model in three by the last contributor: out, same day, next day."""
    r, m = models.sums.shape[0] - 2, models.sums.shape[-1]
    rest = models.sums[:r, :r]
    sums = np.empty((r, r, 3, m), dtype=np.float32)
    weight = np.empty((3, m), dtype=np.float32)
    sums[:, :, 0], weight[0] = rest, models.weight * np.float32(_out(pair))
    for lag, prior in enumerate(pair):
        column, fewer = models.sums[:r, r + lag], sums[:, :, 1 + lag]
        inverse = 1.0 / models.sums[r + lag, r + lag]
        np.multiply((column * inverse)[:, None], column, out=fewer)
        np.subtract(rest, fewer, out=fewer)
        fewer[0, 0] += np.float32(_pull(prior))
        weight[1 + lag] = models.weight * np.sqrt(inverse) * np.float32(_in(prior))
    return replace(models, sums=sums.reshape(r, r, 3 * m), weight=weight.reshape(3 * m))


def _add(models: _Models, pair: Pair, noise: _Noise) -> _Added:
    """Add up one part. Scales are doubled here, and what all models share comes in at the end."""
    pull, stiffer, chance = _humps(pair)
    inverse = 1.0 / (models.sums[(1, 2), (1, 2)] + stiffer)[:, None]
    towards = models.sums[0, 1:, None] + pull
    mean = towards * inverse
    scale = np.empty((5, len(models.weight)), dtype=np.float32)
    scale[0] = models.sums[0, 0] + np.float32(2.0 * noise.scale)
    within = scale[1:].reshape(mean.shape)
    np.subtract(scale[0] + np.float32(SIZE**2 * _HUMP), towards * mean, out=within)
    better = np.tile(2.0 * models.usual, len(models.weight) // len(models.usual)) / scale
    top = better.max()
    weight = _power(better / top, noise.shape)
    weight[0] *= models.weight
    inside = weight[1:].reshape(mean.shape)
    inside *= models.weight * np.sqrt(inverse)
    within *= inside * inverse
    return _Added(
        out=_out(pair) * float(weight[0].sum()),
        nothing=_out(pair) * float(weight[0, : len(models.usual)].sum()),
        humps=chance * _moments(inside, mean, within.sum(axis=-1) / (2.0 * noise.shape - 2.0)),
        top=float(top),
    )


def _moments(weight: Single, mean: Single, within: Numbers) -> Numbers:
    """Return weights, weights times means, and times mean squares, (3, 2, 2), summed up."""
    held = weight.sum(axis=-1, dtype=np.float64)
    centre = np.sum(weight * mean, axis=-1) / np.maximum(held, TINY)
    around = np.sum(weight * np.square(mean - centre[..., None].astype(np.float32)), axis=-1)
    return np.array([held, held * centre, within + around + held * centre**2])


def _together(added: Sequence[_Added], noise: _Noise) -> tuple[tuple[Slab, Slab], float]:
    """Put all grid points together, and both lags of a contributor apart."""
    top = max(one.top for one in added)
    share = [(one.top / top) ** noise.shape for one in added]
    out, nothing, humps = (
        sum(s * getattr(one, name) for s, one in zip(share, added, strict=True))
        for name in ("out", "nothing", "humps")
    )
    total = float(out + humps[0].sum())
    same, after = (_slab(humps[:, lag], total) for lag in (0, 1))
    return (same, after), nothing / total


def _slab(humps: Numbers, total: float) -> Slab:
    """Put two humps together: rows are weight, first and second moment."""
    held, first, second = (float(row.sum()) for row in humps)
    if held == 0.0:
        return Slab(inclusion=0.0, mean=0.0, sd=0.0, positive=0.5)
    mean = first / held
    spread = max(second / held - mean**2, 0.0)
    return Slab(
        inclusion=held / total,
        mean=mean,
        sd=math.sqrt(spread),
        positive=float(humps[0, 0]) / held,
    )


def _humps(pair: Pair) -> tuple[Single, Single, Numbers]:
    """Return what humps add to the pull (2, 2, 1) and precision (2, 1), and chances (2, 2)."""
    pull = [[s * SIZE * _HUMP - p.effect * _precision(p) for s in (1, -1)] for p in pair]
    stiffer = [[_HUMP - _precision(p)] for p in pair]
    share = [[p.inclusion * s for s in (p.positive, 1.0 - p.positive)] for p in pair]
    single = np.array(pull, dtype=np.float32)[..., None], np.array(stiffer, dtype=np.float32)
    return *single, np.array(share) * math.sqrt(_HUMP)


def _power(base: Single, shape: float) -> Single:
    """Return base ** shape by squaring, for a shape that is whole or a half more: it is quicker."""
    whole, half = divmod(round(2.0 * shape), 2)
    power = np.sqrt(base) if half else np.ones_like(base)
    while whole:
        if whole % 2:
            power *= base
        whole //= 2
        np.multiply(base, base, out=base)
    return power


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
