"""Bars for the pattern finder's speed: `python bench/patterns_time.py`.

One person's sixteen links (eight contributors, two days) against maximum likelihood of the
nearest model that statsmodels has, local level + AR(1) + the same sixteen columns, on the same
diaries, by turns: processor time, the best of three. And a whole `safetomove patterns` on 90
days against a process that only imports NumPy and scipy.linalg, by turns.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from statsmodels.tsa.statespace.structural import UnobservedComponents

from bench.invented_people import NAMES, Person, World, person
from safetomove.core import patterns
from safetomove.core.diary import write_csv

LEAST_TIMES_FASTER = 10.0
MOST_COLD = 2.5  # times the imports
PEOPLE, TURNS, ROUNDS, SEED = 9, 3, 9, 4004
IMPORTS = "import numpy, scipy.linalg"


def main() -> int:
    """Print both ratios; exit 1 where a bar is missed."""
    warnings.simplefilter("ignore")
    faster, cold = _times_faster(), _cold_start()
    print(f"  {faster:.1f} times faster, at least {LEAST_TIMES_FASTER}", end="")
    print(": PASS" if faster >= LEAST_TIMES_FASTER else ": MISSED")
    print(f"  cold start {cold:.2f} times the imports, at most {MOST_COLD}", end="")
    print(": PASS" if cold <= MOST_COLD else ": MISSED")
    return int(faster < LEAST_TIMES_FASTER or cold > MOST_COLD)


def _times_faster() -> float:
    people = [person(World(), SEED, n) for n in range(PEOPLE)]
    ours, theirs = [], []
    patterns.associations(people[0].diary)
    for one in people:
        here, there = [], []
        for _ in range(TURNS):
            there.append(_processor(lambda one=one: _by_statsmodels(one)))
            here.append(_processor(lambda one=one: patterns.associations(one.diary, "pain", NAMES)))
        ours.append(min(here))
        theirs.append(min(there))
    here, there = statistics.median(ours), statistics.median(theirs)
    ratios = sorted(other / mine for mine, other in zip(ours, theirs, strict=True))
    print(f"one person, 60 days x 8: {here * 1e3:.0f} ms; statsmodels: {there * 1e3:.0f} ms")
    print(f"  ratio by person: {ratios[0]:.1f} to {ratios[-1]:.1f}")
    return there / here


def _by_statsmodels(one: Person) -> None:
    filled = np.where(np.isnan(one.noted), np.nanmean(one.noted, axis=0), one.noted)
    spread = filled.std(axis=0)
    scaled = ((filled - filled.mean(axis=0)) / np.where(spread > 0, spread, 1.0))[:, spread > 0]
    before = np.vstack([np.zeros(scaled.shape[1]), scaled[:-1]])
    scaled = np.hstack([scaled, before])
    model = UnobservedComponents(one.outcome, level="llevel", autoregressive=1, exog=scaled)
    model.fit(disp=False)


def _cold_start() -> float:
    with tempfile.TemporaryDirectory(prefix="bench-patterns-") as folder:
        diary = Path(folder) / "diary.csv"
        diary.write_text(write_csv(person(World(days=90), SEED, 0).diary), encoding="utf-8")
        ours = [sys.executable, "-m", "safetomove", "patterns", str(diary), "--json"]
        bare = [sys.executable, "-c", IMPORTS]
        times: list[tuple[float, float]] = []
        for _ in range(ROUNDS + 1):
            times.append((_time(lambda: _run(ours)), _time(lambda: _run(bare))))
    here, there = (statistics.median(column) for column in zip(*times[1:], strict=True))
    print(f"`patterns`, 90 days: {here * 1e3:.0f} ms; {IMPORTS}: {there * 1e3:.0f} ms")
    return here / there


def _run(command: list[str]) -> None:
    # A machine that keeps no compiled code would time the compiler.
    settings = {key: it for key, it in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=settings)


def _processor(work: Callable[[], object]) -> float:
    """Return processor seconds: a busy machine can't blur those as it does the clock."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def _time(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


if __name__ == "__main__":
    sys.exit(main())
