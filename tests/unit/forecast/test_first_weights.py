"""What a forecast starts from was learnt from invented people, and can be learnt again."""

import numpy as np
import pytest

from safetomove.core.forecast import structure
from scripts import fit_forecast_weights as made


def test_the_shipped_first_weights_are_those_that_the_script_makes() -> None:
    shipped = {name: getattr(structure, name) for name in ("SWING_SHARES", "WANDER_SHARES")}
    assert made.weights() == shipped, "run scripts/fit_forecast_weights.py"
    assert all(sum(shares) == pytest.approx(1.0) for shares in shipped.values())


def test_a_series_that_only_wanders_is_known_from_one_that_only_swings() -> None:
    rng = np.random.default_rng(8)
    wandering = np.clip(5 + np.cumsum(rng.normal(size=140)) * 0.6, 0, 10)
    still = np.clip(5 + rng.normal(size=140), 0, 10)
    grids = [made.fitted(one).reshape(len(structure.SWINGS), -1) for one in (wandering, still)]
    most_wander = [grid[:, -1].sum() for grid in grids]
    assert most_wander[0] > 5 * most_wander[1]


def test_every_family_gives_as_many_series_of_the_lengths_that_are_named() -> None:
    families = made.families()
    assert {len(one) for one in families.values()} == {made.PEOPLE}
    lengths = [len(series) for one in families.values() for series in one]
    assert made.DAYS[0] <= min(lengths)
    assert max(lengths) <= made.DAYS[1]
