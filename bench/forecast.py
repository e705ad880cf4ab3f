"""Bars for the forecast: `python bench/forecast.py`, half a minute.

On real people's diaries, where they lie beside this checkout. Nothing was tuned on them: the
first weights of the structural models were learnt on invented series, and the other numbers are
round guesses written down before the first run. Ratios are means over people; in brackets, two
standard errors.
"""

import sys
from pathlib import Path

import numpy as np

from safetomove.core import forecast
from safetomove.core.diary import read_csv

DIARIES = Path(__file__).resolve().parents[2] / "shared" / "data" / "diaries"
MOST_OF_NAIVE, MOST_OF_LOCAL_LEVEL = 0.82, 0.96
COVERAGE = (0.88, 0.92)


def main() -> int:
    """Print each diary and the means; exit 1 where a bar is missed."""
    paths = sorted(DIARIES.glob("*.csv"))
    if not paths:
        print("skipped: the real diaries aren't beside this checkout")
        return 0
    rows = np.array([_one(path) for path in paths])
    means, errors = rows.mean(axis=0), 2 * rows.std(axis=0, ddof=1) / np.sqrt(len(rows))
    met = [
        means[0] <= MOST_OF_NAIVE,
        means[1] <= MOST_OF_LOCAL_LEVEL,
        COVERAGE[0] <= means[2] <= COVERAGE[1],
    ]
    names = (
        f"CRPS / naive, at most {MOST_OF_NAIVE}",
        f"CRPS / local level, at most {MOST_OF_LOCAL_LEVEL}",
        f"coverage of 90% intervals, {COVERAGE[0]} to {COVERAGE[1]}",
    )
    for name, mean, error, good in zip(names, means, errors, met, strict=True):
        print(f"{name}: {mean:.3f} (± {error:.3f}): {'PASS' if good else 'MISSED'}")
    return int(not all(met))


def _one(path: Path) -> tuple[float, float, float]:
    found = forecast.rolling(read_csv(path.read_text(encoding="utf-8")).diary)
    scores, covered = found.crps, found.coverage_90
    assert covered is not None
    ours = scores["model"] or 0.0
    row = ours / (scores["naive"] or 1.0), ours / (scores["local_level"] or 1.0), covered
    print(f"{path.stem}, {len(found.days)} days: {row[0]:.3f}, {row[1]:.3f}, {row[2]:.2f}")
    return row


if __name__ == "__main__":
    sys.exit(main())
