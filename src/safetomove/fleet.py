"""Priors learnt from many diaries: by processes on this machine, or by a Dask cluster.

The work is `patterns.fit`, once for each diary and pass; a diary travels as CSV text and only
its sums come back. Sums are added exactly, so one process, ten, or a cluster give the same bits.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from importlib import import_module
from multiprocessing import get_context
from typing import Any

from safetomove.core import patterns
from safetomove.core.diary import read_csv
from safetomove.core.errors import CoreError
from safetomove.core.patterns import POPULATION, Priors, Statistics

Fit = Callable[[Sequence[str], str, Priors], list[Statistics]]

ONE_THREAD = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
"""Small matrices gain nothing from threads, and workers would fight over them."""


class NoCluster(CoreError):
    """The cluster asked for can't be used."""


def fit_one(text: str, outcome: str, priors: Priors) -> Statistics:
    """Return what one diary, as CSV, adds to the priors."""
    return patterns.fit(read_csv(text).diary, outcome, priors=priors)


def learn(
    texts: Sequence[str], *, outcome: str = "pain", passes: int = 4, fit: Fit | None = None
) -> Priors:
    """Learn priors from diaries: each pass weighs everybody under what the last one learnt."""
    fit, priors = fit or serial, POPULATION
    version = f"learnt from {len(texts)} diaries, {passes} passes, from {POPULATION.version}"
    for _ in range(passes):
        priors = patterns.combine(fit(texts, outcome, priors), start=POPULATION, version=version)
    return priors


def serial(texts: Sequence[str], outcome: str, priors: Priors) -> list[Statistics]:
    """Fit every diary here, one after the other."""
    return [fit_one(text, outcome, priors) for text in texts]


@contextmanager
def processes(workers: int) -> Iterator[Fit]:
    """Offer a fit by processes on this machine."""
    for name in ONE_THREAD:
        os.environ.setdefault(name, "1")
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:

        def fit(texts: Sequence[str], outcome: str, priors: Priors) -> list[Statistics]:
            n = len(texts)
            size = max(1, n // (4 * workers))
            return list(pool.map(fit_one, texts, [outcome] * n, [priors] * n, chunksize=size))

        yield fit


@contextmanager
def cluster(address: str) -> Iterator[Fit]:
    """Offer a fit by the workers of a Dask scheduler; each needs this package installed.

    Raises
    ------
    NoCluster
        Dask isn't installed here, or nobody answers at the address.
    """
    try:
        dask: Any = import_module("distributed")
    except ImportError:
        raise NoCluster("a cluster needs Dask: pip install distributed") from None
    try:
        client = dask.Client(address, timeout="10s")
    except (OSError, TimeoutError, ValueError) as error:
        raise NoCluster(f"no Dask scheduler answers at {address}") from error
    with client:

        def fit(texts: Sequence[str], outcome: str, priors: Priors) -> list[Statistics]:
            jobs = client.map(fit_one, texts, outcome=outcome, priors=priors, pure=False)
            return list(client.gather(jobs))

        yield fit
