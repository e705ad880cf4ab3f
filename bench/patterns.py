"""Bars for the pattern finder: `python bench/patterns.py`, about five minutes on two cores.

On invented people (see `invented_people.py`): how many true links are shown as likely, how many
of those shown are false, whether a 70% inclusion comes true in 70%, whether intervals cover, and
how many of 1,000 people without any link are ever shown one, looking every week. The rule and
its numbers were tuned on other worlds with other seeds: seeds below 50, shares of links
.12 to .50, effects .10 to .65 SD, 20% missing. A larger sample of the same world and one of a
changed world stand beside the bars. In-silico: it says nothing of real people.
"""

import os
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from bench.invented_people import FIRST, NAMES, World, person
from safetomove.core import patterns
from safetomove.core.patterns import POPULATION, Priors, Statistics, Verdict
from safetomove.core.patterns.associations import LIKELY, SCEPTIC

PEOPLE, LEARNERS, NULL_PEOPLE, PASSES = 200, 200, 1000, 3
LEARN_SEED, REPORT_SEED, NULL_SEED = 1001, 2002, 3003
MORE_PEOPLE, MORE_SEED = 800, 5005  # the same beside a larger sample: 200 people are few
LOOKS = range(35, 71, 7)  # days: every Monday from the first with 28 days noted, to ten weeks

SAME_DAY = World()
EITHER_DAY = World(next_day=(0.2, 0.35, 0.2, 0.3, 0.3, 0.3, 0.4, 0.3))
OTHER = World(residual_ar=(0.1, 0.9), effect=(0.2, 0.5), drift=(0.0, 0.15), together=0.15)
NULL = World(days=70, linked=False, residual_ar=(0.2, 0.8))

MOST_FDR, LEAST_RECALL, MOST_MISCALIBRATION = 0.08, 0.45, 0.03
LEAST_COVERAGE, MOST_FOOLED = 0.85, 0.03
EDGES = (0.1, 0.3, 0.5, 0.7, 0.9)


def main() -> int:
    """Print each figure with its 95% interval beside its bar; exit 1 where one is missed."""
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        run = partial(pool.map, chunksize=10)
        print(f"{PEOPLE} people x {SAME_DAY.days} days x {len(NAMES)}, each on two days")
        print(f"same-day links, priors learnt from {LEARNERS} others of that world: the bars")
        learnt = _learn(run, SAME_DAY)
        missed = _report(_rows(run, SAME_DAY, learnt))
        missed += _report_null(list(run(_fooled, range(NULL_PEOPLE))))
        for name, world in (("same-day links", SAME_DAY), ("links on either day", EITHER_DAY)):
            print(f"{name}, priors as shipped, that know nothing of this world: no bar")
            _report(_rows(run, world, POPULATION))
        print(f"{MORE_PEOPLE} more people of that world, the same learnt priors: no bar")
        _report(_rows(run, SAME_DAY, learnt, seed=MORE_SEED, people=MORE_PEOPLE))
        print("another world: lingering, drift, effects; its own learnt priors: no bar")
        _report(_rows(run, OTHER, _learn(run, OTHER)))
    return int(missed > 0)


def _report_null(fooled: list[bool]) -> int:
    print(
        f"nobody linked: ever shown a likely link in {len(LOOKS)} weekly looks, priors as shipped"
    )
    return int(not _bar("people fooled", sum(fooled), len(fooled), most=MOST_FOOLED))


def _learn(run: Callable[..., Iterable[Any]], world: World) -> Priors:
    priors = POPULATION
    for _ in range(PASSES):
        fits = run(partial(_fit, world, priors), range(LEARNERS))
        priors = patterns.combine(fits, start=POPULATION, version="bench")
    return priors


def _fit(world: World, priors: Priors, number: int) -> Statistics:
    return patterns.fit(person(world, LEARN_SEED, number).diary, priors=priors)


def _rows(
    run: Callable[..., Iterable[Any]],
    world: World,
    priors: Priors,
    *,
    seed: int = REPORT_SEED,
    people: int = PEOPLE,
) -> Any:
    """Return rows of: true effect, inclusion, effect, low, high, likely, chance of nothing."""
    found = run(partial(_told, world, priors, seed), range(people))
    return np.array([row for one in found for row in one])


def _told(world: World, priors: Priors, seed: int, number: int) -> list[tuple[float, ...]]:
    one = person(world, seed, number)
    result = patterns.associations(one.diary, contributors=NAMES, priors=priors)
    return [
        (
            one.effects[NAMES.index(a.contributor), a.lag],
            *(a.link.inclusion, a.link.effect, a.link.low, a.link.high),
            a.verdict is Verdict.LIKELY,
            result.nothing or 0.0,
        )
        for a in result.associations
        if a.link is not None
    ]


def _fooled(number: int) -> bool:
    """Say whether somebody without any link is shown one on any Monday."""
    one = person(NULL, NULL_SEED, number)
    looks = (FIRST + timedelta(days=day) for day in LOOKS)
    return any(
        a.verdict is Verdict.LIKELY
        for day in looks
        for a in patterns.associations(one.diary, contributors=NAMES, before=day).associations
    )


def _report(rows: Any) -> int:
    true, inclusion, effect, low, high, likely, nothing = rows.T
    right = (true != 0) & (np.sign(effect) == np.sign(true))
    links = int((true != 0).sum())
    hits, shown = int((likely * right).sum()), int(likely.sum())
    covered = ((low <= true) & (true <= high))[true != 0]
    bars = [
        _bar("recall", hits, links, least=LEAST_RECALL),
        _bar("false among shown", shown - hits, shown, most=MOST_FDR),
        _bar("90% intervals that cover", int(covered.sum()), links, least=LEAST_COVERAGE),
        _calibration(inclusion, true != 0),
    ]
    print("  what other bars would give (inclusion, weight of nothing): recall / false")
    for least, weight in (
        (0.6, 1),
        (0.7, 1),
        (LIKELY, SCEPTIC),
        (0.8, 1),
        (0.8, SCEPTIC),
        (0.9, 1),
    ):
        flag = inclusion / (1 + (weight - 1) * nothing) > least
        share, wrong = (flag & right).sum() / links, (flag & ~right).sum() / max(flag.sum(), 1)
        print(f"    {least:.2f}, {weight:>4g}: {share:.2f} / {wrong:.3f}")
    return sum(not met for met in bars)


def _bar(name: str, part: int, whole: int, *, least: float = 0.0, most: float = 1.0) -> bool:
    share = part / max(whole, 1)
    low, high = _wilson(part, whole)
    met = least <= share <= most
    bar = f"at least {least}" if least else f"at most {most}"
    print(
        f"  {name}: {share:.3f} ({low:.3f} to {high:.3f}; {part} of {whole}), {bar}: {_said(met)}"
    )
    return met


def _calibration(inclusion: Any, there: Any) -> bool:
    """Print the mean gap between what was said and what came true, weighted by bin."""
    bins = np.digitize(inclusion, EDGES)
    gaps, said = [], []
    for one in np.unique(bins):
        of = bins == one
        gaps.append(of.mean() * abs(inclusion[of].mean() - there[of].mean()))
        said.append(f"{inclusion[of].mean():.2f}>{there[of].mean():.2f}")
    met = sum(gaps) <= MOST_MISCALIBRATION
    print(f"  calibration error: {sum(gaps):.3f}, at most {MOST_MISCALIBRATION}: {_said(met)}")
    print(f"    said > came true: {'  '.join(said)}")
    return met


def _wilson(part: int, whole: int) -> tuple[float, float]:
    """Return the 95% interval of a share (Wilson 1927)."""
    if not whole:
        return 0.0, 1.0
    share, z = part / whole, 1.96
    middle = (share + z * z / (2 * whole)) / (1 + z * z / whole)
    reach = z / (1 + z * z / whole)
    reach *= float(np.sqrt(share * (1 - share) / whole + z * z / (4 * whole**2)))
    return max(middle - reach, 0.0), middle + reach


def _said(met: bool) -> str:
    return "PASS" if met else "MISSED"


if __name__ == "__main__":
    sys.exit(main())
