"""Pooling: many small results say more than each alone, and each is drawn in by its doubt."""

import math
from dataclasses import replace

import numpy as np
import pytest

from safetomove.core.errors import BadInput
from safetomove.core.experiments import Outcome, Result, TooFew, Verdict, pool


def result(measured: float, sd: float, **changes: object) -> Result:
    one = Result(
        verdict=Verdict.CANT_TELL,
        outcome=Outcome.PAIN,
        days=56,
        effect=measured,
        low=measured - sd,
        high=measured + sd,
        chance_better=0.5,
        tried_days=24,
        usual_days=24,
        tried_mean=4.0,
        usual_mean=4.0,
        measured=measured,
        measured_sd=sd,
    )
    return replace(one, **changes)  # type: ignore[arg-type]


def people(n: int, *, mean: float, spread: float, seed: int) -> list[Result]:
    rng = np.random.default_rng(seed)
    return [
        result(rng.normal(mean, spread) + 0.3 * rng.normal(), 0.3) for _ in range(n)
    ]  # fmt: skip


def test_alike_results_are_pooled_into_a_surer_one() -> None:
    pooled = pool([result(-0.4, 0.3)] * 12)
    assert -0.45 < pooled.mean < -0.35
    assert pooled.high - pooled.low < 2 * 1.645 * 0.3 / 2
    assert pooled.next_better > 0.9


def test_a_vague_result_is_drawn_in_further_than_a_sharp_one() -> None:
    sharp, vague = result(1.0, 0.1), result(1.0, 1.0)
    pooled = pool([sharp, vague, *[result(0.0, 0.2)] * 8])
    assert 0.0 < pooled.each[1] < pooled.each[0] < 1.0


def test_people_who_differ_are_seen_to_differ() -> None:
    alike, apart = (pool(people(40, mean=-0.3, spread=s, seed=3)) for s in (0.0, 0.8))
    assert alike.spread < 0.2
    assert 0.6 < apart.spread < 1.0
    assert apart.next_better < alike.next_better


def test_ninety_per_cent_intervals_hold_the_common_effect_nine_times_in_ten() -> None:
    runs = 150
    held = 0
    for seed in range(runs):
        pooled = pool(people(12, mean=-0.3, spread=0.3, seed=seed))
        held += pooled.low <= -0.3 <= pooled.high
    assert abs(held / runs - 0.9) < 3 * math.sqrt(0.9 * 0.1 / runs)


def test_pooling_predicts_people_better_than_their_own_results_do() -> None:
    rng = np.random.default_rng(9)
    truth = rng.normal(-0.3, 0.25, 60)
    noted = truth + 0.3 * rng.normal(size=60)
    pooled = pool([result(each, 0.3) for each in noted])
    drawn_in = np.mean((np.array(pooled.each) - truth) ** 2)
    assert drawn_in < 0.8 * np.mean((noted - truth) ** 2)


def test_the_more_people_differ_the_less_is_known_of_somebody_new() -> None:
    alike, apart = (pool(people(40, mean=0.0, spread=s, seed=3)) for s in (0.0, 0.8))
    widths = [one.newcomer[1] - one.newcomer[0] for one in (alike, apart)]
    assert widths[0] < 1.0 < 2.0 < widths[1]
    assert alike.newcomer[0] < alike.low < alike.high < alike.newcomer[1]


def test_where_more_is_better_a_rise_is_a_help() -> None:
    sleep = [result(0.5, 0.2, outcome=Outcome.SLEEP_QUALITY)] * 6
    assert pool(sleep).next_better > 0.9


def test_two_people_are_too_few() -> None:
    with pytest.raises(TooFew):
        pool([result(0.0, 0.3)] * 2)


def test_different_outcomes_are_not_pooled() -> None:
    with pytest.raises(BadInput):
        pool([result(0.0, 0.3), result(0.0, 0.3), result(0.0, 0.3, outcome=Outcome.MOOD)])
