"""Many people, one set of priors: the same bits however the work is shared out."""

import sys

import pytest

from bench.invented_people import World, person
from safetomove import fleet
from safetomove.core import patterns
from safetomove.core.diary import write_csv

WORLD = World(days=30, missing=0.0)


@pytest.fixture(scope="module")
def texts() -> list[str]:
    return [write_csv(person(WORLD, 4, n).diary) for n in range(20)]


@pytest.fixture(scope="module")
def alone(texts: list[str]) -> patterns.Priors:
    return fleet.learn(texts, passes=2)


def test_processes_give_the_same_bits_as_one_after_the_other(
    texts: list[str], alone: patterns.Priors
) -> None:
    with fleet.processes(2) as fit:
        assert fleet.learn(texts, passes=2, fit=fit) == alone


def test_a_cluster_gives_the_same_bits_too(texts: list[str], alone: patterns.Priors) -> None:
    distributed = pytest.importorskip("distributed")
    settings = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None}
    with (
        distributed.LocalCluster(**settings) as cluster,
        fleet.cluster(cluster.scheduler_address) as fit,
    ):
        assert fleet.learn(texts, passes=2, fit=fit) == alone


def test_the_order_of_people_changes_no_bit(texts: list[str]) -> None:
    one = fleet.serial(texts, "pain", patterns.POPULATION)
    assert patterns.combine(one, version="x") == patterns.combine(one[::-1], version="x")


def test_without_dask_a_cluster_is_refused_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(fleet.NoCluster, match="Dask"), fleet.cluster("tcp://127.0.0.1:1"):
        pass


def test_shares_move_towards_what_people_have(alone: patterns.Priors) -> None:
    """Half of this world have a link with sleep, and one in ten with coffee."""
    assert alone.of("sleep_quality")[0].inclusion > alone.of("late coffee")[0].inclusion
    assert alone.of("late coffee") != patterns.POPULATION.other  # 20 people told of it: a row
    few = [patterns.fit(person(WORLD, 4, n).diary) for n in range(5)]
    assert "late coffee" not in patterns.combine(few, version="few").links


def test_nobody_at_all_leaves_the_priors_as_they_were() -> None:
    assert patterns.combine([], version="2").links == patterns.POPULATION.links
