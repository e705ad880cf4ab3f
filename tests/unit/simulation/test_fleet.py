"""The compiled fleet lives the lives of the model that trials use."""

import numpy as np
import pytest

from safetomove.core.simulation import BadTrial, Cohort, FamilyId, live
from safetomove.core.simulation.fleet import Fleet
from safetomove.core.simulation.policies import Quota

pytestmark = pytest.mark.timeout(180)  # the first run on a machine compiles


def test_with_the_same_draws_the_fleet_is_the_model_in_arrays() -> None:
    lives = live(Cohort.of(FamilyId.THRESHOLD, people=1500, days=60, seed=4), Quota(weekly=0.1))
    fleet = Fleet.of(1500, seed=4).live(days=60, weekly=0.1, threads=2)
    assert (lives.flare.sum(axis=0) == fleet.flare_days).mean() > 0.999
    assert (lives.began.sum(axis=0) == fleet.onsets).mean() > 0.999
    minutes = lives.minutes.sum(axis=0)
    assert np.quantile(np.abs(fleet.minutes / minutes - 1), 0.99) < 1e-4


def test_threads_change_nothing() -> None:
    fleet = Fleet.of(1200, seed=9)
    one, two = (fleet.live(days=30, weekly=0.05, threads=n) for n in (1, 2))
    assert (one.minutes == two.minutes).all()
    assert (one.flare_days == two.flare_days).all()


def test_the_tails_of_the_compiled_normal_numbers_are_the_real_ones() -> None:
    from scipy.special import ndtri

    from safetomove.core.simulation import fleet_kernel

    words = np.array([0, 1, 99, 2**20, 2**31 - 1, 2**31, 2**32 - 100, 2**32 - 1], dtype=np.uint32)
    drawn = np.array([fleet_kernel._normal(word) for word in words])
    real = ndtri((words + 0.5) * 2.0**-32)
    assert drawn == pytest.approx(real, rel=5e-4, abs=2e-6)
    near = np.abs(real) < 5.5
    assert drawn[near] == pytest.approx(real[near], rel=5e-6, abs=2e-6)


def test_nobody_and_no_day_are_refused() -> None:
    with pytest.raises(BadTrial):
        Fleet.of(0, seed=1)
    with pytest.raises(BadTrial):
        Fleet.of(5, seed=1).live(days=0, weekly=0.1, threads=1)
