"""Bars for learning from many diaries: `python bench/fleet.py`, about a minute.

The same diaries are learnt from three ways, by turns in one run: one after the other, by two
processes, and by two workers of a Dask cluster on this machine. All three must give the same
bits: no tolerance. Times are the best of the turns, once with the workers up and once with
their start counted; a ratio above 1 is faster than one after the other. People are invented.
"""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from bench.invented_people import World, person
from safetomove import fleet
from safetomove.core.diary import write_csv
from safetomove.core.patterns import POPULATION, Priors

PEOPLE, PASSES, WORKERS, TURNS, SEED = 80, 2, 2, 2, 6006
WARM_UP = 4 * WORKERS  # diaries
LEAST_BY_PROCESSES = 1.0  # times as fast as one after the other: else they aren't worth having

# Dask's own default hands freed memory back at once. Models of this size ask for it again and
# again, and then the workers spend most of their time getting it.
HELD = str(2**28)  # bytes
KEEP_MEMORY = {
    f"distributed.nanny.pre-spawn-environ.{name}": HELD
    for name in ("MALLOC_TRIM_THRESHOLD_", "MALLOC_MMAP_THRESHOLD_")
}

Way = Callable[[], AbstractContextManager[fleet.Fit]]


def main() -> int:
    """Print both ratios of each way; exit 1 where a bit differs or processes are slower."""
    texts = [write_csv(person(World(), SEED, n).diary) for n in range(PEOPLE)]
    ways: dict[str, Way] = {"one after the other": lambda: nullcontext(fleet.serial)}
    ways["processes"] = lambda: fleet.processes(WORKERS)
    if _has_dask():
        ways["Dask on this machine"] = _local_cluster
    fleet.learn(texts[:2], passes=1)  # whatever is loaded once is loaded
    runs = {name: _turns(way, texts) for name, way in ways.items()}
    print(f"{PEOPLE} diaries of 60 days x 8, {PASSES} passes, {WORKERS} workers")
    same = _same_bits([learnt for _, _, learnt in runs.values()])
    warm, cold, _ = runs["one after the other"]
    print(f"  one after the other: {warm:.1f} s")
    for name, (up, whole, _) in list(runs.items())[1:]:
        print(f"  {name}: {warm / up:.2f} times as fast, {cold / whole:.2f} with their start")
    fast = warm / runs["processes"][0] >= LEAST_BY_PROCESSES
    print(f"  processes, at least {LEAST_BY_PROCESSES}: {'PASS' if fast else 'MISSED'}")
    return int(not (same and fast))


def _turns(way: Way, texts: list[str]) -> tuple[float, float, list[Priors]]:
    """Return the best time with workers up, the best from their start on, and what was learnt."""
    up, whole, learnt = [], [], []
    for _ in range(TURNS):
        begun = time.perf_counter()
        with way() as fit:
            fit(texts[:WARM_UP], "pain", POPULATION)  # so that every worker has loaded
            ready = time.perf_counter()
            learnt.append(fleet.learn(texts, passes=PASSES, fit=fit))
            done = time.perf_counter()
        up.append(done - ready)
        whole.append(done - begun)
    return min(up), min(whole), learnt


def _same_bits(learnt: list[list[Priors]]) -> bool:
    same = len({repr(one.to_json()) for turns in learnt for one in turns}) == 1
    print(f"  the same bits from every way and turn: {'PASS' if same else 'MISSED'}")
    return same


def _has_dask() -> bool:
    try:
        import distributed  # noqa: F401
    except ImportError:
        print("  Dask isn't installed: left out")
        return False
    return True


@contextmanager
def _local_cluster() -> Iterator[fleet.Fit]:
    """Start a scheduler and its workers here, and stop them again."""
    import dask
    from distributed import LocalCluster

    settings = {"n_workers": WORKERS, "threads_per_worker": 1, "dashboard_address": None}
    with (
        dask.config.set(KEEP_MEMORY),
        LocalCluster(**settings) as local,  # type: ignore[no-untyped-call]
        fleet.cluster(local.scheduler_address) as fit,
    ):
        yield fit


if __name__ == "__main__":
    sys.exit(main())
