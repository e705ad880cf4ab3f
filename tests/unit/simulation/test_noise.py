"""A person has the same luck on a day, whatever was drawn before and for whom else."""

import numpy as np
import pytest

from safetomove.core.simulation.noise import Draw, Noise, person_keys


def test_a_draw_hangs_on_who_when_and_what_for_and_not_on_the_order() -> None:
    one, other = Noise(7, 50, keep=True), Noise(7, 50)
    first = one.uniform(Draw.ONSET, 3)
    other.normal(Draw.SKIP, 9)
    other.uniform(Draw.ONSET, 4)
    assert (other.uniform(Draw.ONSET, 3) == first).all()
    assert (one.uniform(Draw.ONSET, 3) == first).all()


def test_more_people_do_not_change_the_first_ones() -> None:
    assert (Noise(7, 50).normal(Draw.PAIN, 2) == Noise(7, 900).normal(Draw.PAIN, 2)[:50]).all()


@pytest.mark.parametrize("other", [(8, Draw.SLEEP, 1), (7, Draw.STRESS, 1), (7, Draw.SLEEP, 2)])
def test_another_seed_decision_or_day_draws_unrelated_numbers(other: tuple[int, Draw, int]) -> None:
    seed, what, day = other
    one = Noise(7, 20_000).normal(Draw.SLEEP, 1)
    two = Noise(seed, 20_000).normal(what, day)
    assert abs(np.corrcoef(one, two)[0, 1]) < 4 / 20_000**0.5


def test_draws_are_spread_evenly_and_normal_ones_have_the_normal_moments() -> None:
    noise = Noise(1, 100_000)
    counts = np.histogram(noise.uniform(Draw.QUIT, 5), bins=20, range=(0, 1))[0]
    assert ((counts - 5000) ** 2 / 5000).sum() < 36.2  # chi-squared, 19 degrees, 1 in 100
    z = noise.normal(Draw.LOAD, 5)
    for moment, expected in ((1, 0.0), (2, 1.0), (3, 0.0), (4, 3.0)):
        assert float((z**moment).mean()) == pytest.approx(expected, abs=0.05)


def test_every_person_has_a_key_of_their_own() -> None:
    first, second = person_keys(3, 100_000)
    assert len(set(zip(first.tolist(), second.tolist(), strict=True))) == 100_000
