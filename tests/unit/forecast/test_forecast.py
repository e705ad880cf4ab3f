"""What an ordinary day looks like, told from the days before it alone."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from safetomove.core import forecast
from safetomove.core.diary import CheckIn, Diary, read_csv
from safetomove.core.forecast.predictive import Predictive, Smooth
from safetomove.core.forecast.yardsticks import normal_crps

FIRST = date(2026, 1, 1)
REAL = Path(__file__).resolve().parents[4] / "shared" / "data" / "diaries"


def diary(values: list[float | None]) -> Diary:
    days = [CheckIn(day=FIRST + timedelta(days=n), pain=v) for n, v in enumerate(values)]
    return Diary(tuple(days))


def swinging(days: int, seed: int, *, rounded: bool = True) -> list[float | None]:
    rng = np.random.default_rng(seed)
    swing, values = 0.0, []
    for _ in range(days):
        swing = 0.5 * swing + rng.normal()
        value = min(max(5 + swing + rng.normal(), 0), 10)
        values.append(float(np.rint(value)) + 0.0 if rounded else float(value))
    return [None if rng.random() < 0.2 else value for value in values]


def test_the_first_fourteen_observed_days_are_only_learnt_from() -> None:
    found = forecast.rolling(diary([3.0, None] * 14 + [4.0]))
    assert [day.day for day in found.days] == [FIRST + timedelta(days=28)]
    assert forecast.rolling(diary([3.0] * 14)).to_json()["crps"]["model"] is None


def test_a_forecast_knows_nothing_of_its_own_day_or_later() -> None:
    values = swinging(60, 1)
    last = max(n for n, value in enumerate(values) if value is not None)
    changed = [*values[:last], 10.0 - (values[last] or 0)]
    one, other = (forecast.rolling(diary(each)) for each in (values, changed))
    assert one.days[:-1] == other.days[:-1]
    names = ("mean", "sd", "low", "high")
    assert all(getattr(one.days[-1], n) == getattr(other.days[-1], n) for n in names)


@pytest.mark.parametrize("rounded", [True, False])
def test_nine_days_in_ten_fall_inside_by_their_sampling_error(rounded: bool) -> None:
    covered = [
        day.covered
        for seed in range(8)
        for day in forecast.rolling(diary(swinging(90, seed, rounded=rounded))).days
    ]
    spread = 3 * np.sqrt(0.9 * 0.1 / len(covered))
    below, above = 0.9 - spread, 0.9 + spread + (0.05 if rounded else 0.0)  # ends are whole values
    assert below <= np.mean(covered) <= above


def test_it_beats_the_simple_ones_on_days_that_swing() -> None:
    scores = [forecast.rolling(diary(swinging(90, seed))).crps for seed in range(8)]
    for rival in ("naive", "local_level"):
        ratios = [(one["model"] or 0) / (one[rival] or 1) for one in scores]
        assert np.mean(ratios) + 2 * np.std(ratios, ddof=1) / np.sqrt(len(ratios)) < 1


def test_the_score_of_a_fine_grid_is_the_closed_form_of_a_normal() -> None:
    weight, mean, scale = np.array([1.0]), np.array([5.0]), np.array([0.8])
    smooth = Smooth.of((weight, mean, scale, 1e6), 10.0)
    whole = Predictive.mixed(smooth, np.array([]), np.array([]), 1.0)
    for value in (5.0, 6.3, 2.0):
        assert whole.crps(value) == pytest.approx(normal_crps(value, 5.0, 0.8), abs=2e-3)
    low, high = whole.interval()
    assert (low, high) == pytest.approx((5 - 1.645 * 0.8, 5 + 1.645 * 0.8), abs=0.1)


def test_a_column_without_numbers_is_refused() -> None:
    with pytest.raises(forecast.BadColumn):
        forecast.rolling(Diary(), "flare")


def test_steady_days_give_a_forecast_and_no_error() -> None:
    found = forecast.rolling(diary([4.0] * 40))
    assert found.days[-1].low <= 4.0 <= found.days[-1].high
    assert found.days[-1].sd < 0.2
    later = replace(found.days[-1], observed=9.0)
    assert not later.covered


@pytest.mark.skipif(not REAL.is_dir(), reason="the real diaries aren't beside this checkout")
def test_on_real_diaries_it_is_better_than_the_last_value() -> None:
    """Five people's real diaries, on which nothing here was tuned."""
    ratios = []
    for path in sorted(REAL.glob("person[4-7]*.csv")):
        scores = forecast.rolling(read_csv(path.read_text()).diary).crps
        ratios.append((scores["model"] or 0) / (scores["naive"] or 1))
    assert np.mean(ratios) <= 0.82
