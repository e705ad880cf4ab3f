"""Bar for the command line: python -m bench.next_dose

A whole `next-dose` on ten years of diary, every column filled in, against a whole process
that only imports NumPy. The two take turns, so that a busy machine slows both.
"""

import csv
import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

MOST = 1.5  # times the median of importing NumPy
ROUNDS, DAYS = 21, 3650
FIRST = date(2016, 1, 1)

COLUMNS = (
    "date,pain,pain_worst,interference,flare,sleep_quality,sleep_hours,stress,mood,worry,"
    "guarding,social,steps,note,dose:walking,planned:walking"
).split(",")


def main() -> int:
    """Print both medians and their ratio; exit 1 where the bar is missed."""
    with tempfile.TemporaryDirectory(prefix="bench-next-dose-") as folder:
        diary = Path(folder) / "diary.csv"
        _write(diary)
        ours, bare = _measure(_next_dose(diary), [sys.executable, "-c", "import numpy"])
    ratio = ours / bare
    passed = ratio <= MOST
    print(f"next-dose, {DAYS:,} days: {ours * 1000:.0f} ms; import numpy: {bare * 1000:.0f} ms")
    print(f"ratio {ratio:.2f}, at most {MOST}: {'PASS' if passed else 'FAIL'}")
    return 0 if passed else 1


def _next_dose(diary: Path) -> list[str]:
    on = str(FIRST + timedelta(days=DAYS))
    words = ["next-dose", str(diary), "--activity", "walking", "--goal", "60", "--on", on, "--json"]
    return [sys.executable, "-m", "safetomove", *words]


def _measure(*commands: list[str]) -> list[float]:
    """Return the median time of each command; a first round that doesn't count warms up."""
    times: list[list[float]] = [[] for _ in commands]
    for _ in range(ROUNDS + 1):
        for command, taken in zip(commands, times, strict=True):
            taken.append(_time(command))
    return [statistics.median(taken[1:]) for taken in times]


def _time(command: list[str]) -> float:
    # A machine that keeps no compiled code would time the compiler.
    settings = {key: it for key, it in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    begun = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=settings)
    return time.perf_counter() - begun


def _write(path: Path) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(_row(n) for n in range(DAYS))


def _row(n: int) -> list[object]:
    scales = [n % 7, 2 + n % 8, n % 5 + 0.5]
    night = [3 + n % 6, 5 + n % 4 + 0.5]
    rest = [n % 8, n % 6, n % 5, n % 4, n % 7, 3000 + n * 37 % 6000]
    flare = "yes" if n % 31 in {12, 13} else "no"
    walked, planned = 10 + n * 7 % 9, 9 + n * 5 % 9
    day = FIRST + timedelta(days=n)
    return [day, *scales, flare, *night, *rest, f"a walk on day {n}", walked, planned]


if __name__ == "__main__":
    sys.exit(main())
