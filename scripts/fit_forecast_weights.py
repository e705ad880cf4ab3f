"""Learn what a forecast starts from: `python scripts/fit_forecast_weights.py`, some seconds.

Prints the two lines of first weights in core/forecast/structure.py. They come from invented
series alone, nine named families of twelve people each: the five families of virtual patients under
no plan, and four worlds of invented diaries: steady or drifting, and with days that hang
together or days that each stand alone. No real diary has a part in it. `--check` ends with 1
where the shipped numbers differ.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np

from bench.invented_people import World, person
from safetomove.core import chance
from safetomove.core.forecast import structure
from safetomove.core.forecast.structure import SWINGS, WANDER, Filter, Numbers
from safetomove.core.pacing import DayObservations
from safetomove.core.simulation import Cohort, FamilyId, PolicyId, live, policy

SEED = 5005
PEOPLE = 12  # of each family
DAYS = (30, 140)  # a series is this long, each length as likely
TOP = 10.0  # points: the pain scale
ALONE = (0.0, 0.0)
DRIFTS = (0.1, 0.3)  # residual SDs a day
WORLDS = {
    "steady world": World(days=DAYS[1]),
    "drifting world": World(days=DAYS[1], drift=DRIFTS),
    "days alone": World(days=DAYS[1], residual_ar=ALONE, lingering=ALONE),
    "days alone, drifting": World(days=DAYS[1], residual_ar=ALONE, lingering=ALONE, drift=DRIFTS),
}
HALF_A_SERIES = (
    0.5  # that every kind of swing and of wander counts as having had: none is ruled out
)
DIGITS = 2


def main(check: bool = False) -> int:
    """Print what was learnt."""
    learnt = weights()
    for name, shares in learnt.items():
        print(f"{name} = {shares}")
    same = all(getattr(structure, name) == shares for name, shares in learnt.items())
    if check:
        print("the shipped numbers are these" if same else "the shipped numbers are OTHERS")
    return int(check and not same)


def weights() -> dict[str, tuple[float, ...]]:
    """Return both lines: the mean, over all series, of how probable each kind was in the end.

    One pass from even odds, and no more. Passes until nothing moves would give four fifths to
    one kind of swing: that is how alike invented people are, and real ones needn't be.
    """
    fits = np.array([fitted(one) for family in families().values() for one in family])
    grid = fits.sum(axis=0).reshape(len(SWINGS), len(WANDER))
    return {
        "SWING_SHARES": _shares(grid.sum(axis=1)),
        "WANDER_SHARES": _shares(grid.sum(axis=0)),
    }


def families() -> dict[str, list[Numbers]]:
    """Return every family's series: pain by day, NaN where none was told."""
    virtual = {family.value: list(_virtual(family)) for family in FamilyId}
    worlds = {name: list(_diaries(name, world)) for name, world in WORLDS.items()}
    return virtual | worlds


def fitted(series: Numbers) -> Numbers:
    """Return how probable each model is after a whole series, shape (models,), from even odds."""
    filters, waited = Filter(TOP), 0
    filters.log_weight = np.full(len(filters.log_weight), -np.log(len(filters.log_weight)))
    for value in series:
        waited += 1
        if not np.isnan(value):
            filters.wait(waited)
            filters.observe(float(value))
            waited = 0
    odds = np.exp(filters.log_weight)
    found: Numbers = odds / odds.sum()
    return found


class _Listener:
    """People live by habit, and what they tell of their pain is written down."""

    def __init__(self) -> None:
        self.habit, self.pain = policy(PolicyId.HABIT), list[Numbers]()

    def start(self, n: int, *, baseline: Numbers, goal: Numbers) -> object:
        return self.habit.start(n, baseline=baseline, goal=goal)

    def next(self, state: object, day: DayObservations) -> Numbers:
        self.pain.append(day.pain)
        dose: Numbers = self.habit.next(state, day)
        return dose


def _virtual(family: FamilyId) -> Iterator[Numbers]:
    listener = _Listener()
    live(Cohort.of(family, people=PEOPLE, days=DAYS[1] + 1, seed=SEED), listener)
    for n, pain in enumerate(np.array(listener.pain[1:]).T):
        yield pain[: _length(family, n)]


def _diaries(name: str, world: World) -> Iterator[Numbers]:
    for n in range(PEOPLE):
        yield person(world, SEED, n).outcome[: _length(name, n)]


def _length(family: str, n: int) -> int:
    return DAYS[0] + int(chance.draw(SEED, "length", family, n) * (DAYS[1] - DAYS[0] + 1))


def _shares(sums: Numbers) -> tuple[float, ...]:
    """Round to shares that add up to 1: what is left over goes to the ones cut most."""
    parts = (sums + HALF_A_SERIES) / (sums + HALF_A_SERIES).sum() * 10**DIGITS
    whole = np.floor(parts)
    whole[np.argsort(whole - parts, kind="stable")[: round(10**DIGITS - whole.sum())]] += 1
    return tuple(float(one) for one in whole / 10**DIGITS)


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
