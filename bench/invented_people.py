"""People made by rule, to measure what the pattern finder finds: nobody's data.

Days of eight contributors that hang together and linger, an outcome with links to a few of
them, autocorrelated residuals, a drift, missing days, everything rounded to whole numbers from
0 to 10. Each person is drawn from a key, so that the same seed always makes the same people.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from safetomove.core.diary import CheckIn, Diary

Numbers = NDArray[np.float64]
FIRST = date(2026, 1, 5)  # a Monday
NAMES = (
    "sleep_quality",
    "stress",
    "mood",
    "worry",
    "guarding",
    "social",
    "steps",
    "late coffee",
)
RARE = "late coffee"  # yes or no, on about a day in nine


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """How a population's days come about. Effects are SDs of the residual per own SD."""

    days: int = 60
    inclusion: tuple[float, ...] = (0.50, 0.45, 0.40, 0.30, 0.25, 0.20, 0.15, 0.10)
    with_more_pain: tuple[float, ...] = (0.10, 0.90, 0.10, 0.90, 0.90, 0.20, 0.30, 0.85)
    next_day: tuple[float, ...] = (0.0,) * 8  # share of links that work a day later
    effect: tuple[float, float] = (0.12, 0.60)
    residual_ar: tuple[float, float] = (0.3, 0.7)
    drift: tuple[float, float] = (0.02, 0.10)  # residual SDs a day
    lingering: tuple[float, float] = (0.3, 0.8)  # AR of the contributors
    together: float = 0.3  # correlation of any two of them, on their scale before rounding
    missing: float = 0.15
    points: float = 1.2  # points that one residual SD is worth
    linked: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A diary and the truth behind it: `effects` (8, 2) in points per own SD, by lag."""

    diary: Diary
    effects: Numbers = field(repr=False)
    outcome: Numbers = field(repr=False)  # (T,), NaN on missing days
    noted: Numbers = field(repr=False)  # (T, 8)


def person(world: World, seed: int, number: int) -> Person:
    """Make one person; `number` counts within the seed."""
    rng = np.random.default_rng([seed, number])
    z = _contributors(world, rng)
    scored = _scored(z, rng)
    own = (scored - scored.mean(axis=0)) / np.maximum(scored.std(axis=0), 1e-9)
    effects = _effects(world, rng) if world.linked else np.zeros((len(NAMES), 2))
    pull = own @ effects[:, 0]
    pull[1:] += own[:-1] @ effects[:, 1]
    raw = 4.5 + rng.normal(0, 0.8) + world.points * (pull + _residual(world, rng))
    outcome = np.clip(np.rint(raw), 0, 10) + 0.0
    gone = rng.random(world.days) < world.missing
    outcome[gone], scored[gone] = np.nan, np.nan
    return Person(
        diary=_diary(outcome, scored), effects=effects * world.points, outcome=outcome, noted=scored
    )


def _effects(world: World, rng: np.random.Generator) -> Numbers:
    n = len(NAMES)
    there = rng.random(n) < np.array(world.inclusion)
    sign = np.where(rng.random(n) < np.array(world.with_more_pain), 1.0, -1.0)
    size = rng.uniform(*world.effect, n) * sign * there
    later = rng.random(n) < np.array(world.next_day)
    return np.stack([np.where(later, 0.0, size), np.where(later, size, 0.0)], axis=1)


def _contributors(world: World, rng: np.random.Generator) -> Numbers:
    """Return AR(1) columns that share one common swing, SD 1."""
    n = len(NAMES)
    ar = rng.uniform(*world.lingering, n)
    side = np.array([-1, 1, -1, 1, 1, -1, -1, 0.0])  # good nights go with less stress
    shared = side * np.sqrt(world.together)
    mix = rng.normal(size=(world.days, 1)) * shared
    mix += rng.normal(size=(world.days, n)) * np.sqrt(1 - shared**2)
    z = np.empty((world.days, n))
    z[0] = mix[0]
    for t in range(1, world.days):
        z[t] = ar * z[t - 1] + np.sqrt(1 - ar**2) * mix[t]
    return z


def _scored(z: Numbers, rng: np.random.Generator) -> Numbers:
    """Round to what a diary holds: 0 to 10, steps, and one rare yes."""
    scored = np.clip(np.rint(5 + rng.normal(0, 0.8, z.shape[1]) + 1.8 * z), 0, 10) + 0.0  # no -0
    scored[:, NAMES.index("steps")] = np.rint(5000 * np.exp(0.4 * z[:, NAMES.index("steps")]))
    scored[:, NAMES.index(RARE)] = z[:, NAMES.index(RARE)] > 1.23  # 11% of days
    return scored


def _residual(world: World, rng: np.random.Generator) -> Numbers:
    ar, drift = rng.uniform(*world.residual_ar), rng.uniform(*world.drift)
    noise = rng.normal(size=world.days)
    swing = np.empty(world.days)
    swing[0] = noise[0]
    for t in range(1, world.days):
        swing[t] = ar * swing[t - 1] + np.sqrt(1 - ar**2) * noise[t]
    return swing + np.cumsum(drift * rng.normal(size=world.days))


def _diary(outcome: Numbers, scored: Numbers) -> Diary:
    days = [_check_in(t, outcome[t], scored[t]) for t in range(len(outcome))]
    return Diary(tuple(one for one in days if one is not None))


def _check_in(t: int, outcome: float, scored: Numbers) -> CheckIn | None:
    if np.isnan(outcome):
        return None
    told = {n: float(v) for n, v in zip(NAMES, scored, strict=True) if n != RARE}
    rare = "yes" if scored[NAMES.index(RARE)] else "no"
    day = FIRST + timedelta(days=t)
    return CheckIn(day=day, pain=float(outcome), extra={RARE: rare}, **told)
