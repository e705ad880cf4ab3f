"""What is told is not what happened: rounded, sometimes wrong, and missing on purpose."""

import numpy as np

from safetomove.core.pacing import DayObservations
from safetomove.core.simulation import table_of
from safetomove.core.simulation.family import FamilyId
from safetomove.core.simulation.noise import Noise, Numbers
from safetomove.core.simulation.parameters import draw_people
from safetomove.core.simulation.telling import Weather

PEOPLE = 20_000


def told(flaring: bool, **changed: float) -> DayObservations:
    noise = Noise(3, PEOPLE)
    weather = Weather.of(draw_people(table_of(FamilyId.NULL), noise, changed))
    weather.turn(noise, 0)
    all_, none = np.full(PEOPLE, flaring), np.zeros(PEOPLE, dtype=bool)
    ten = np.full(PEOPLE, 10.0)
    return weather.told(all_, none, ten, ten, noise, 0)


def share(told_flare: Numbers) -> float:
    return float(np.nanmean(told_flare))


def test_flare_ups_are_told_with_the_tables_sensitivity_and_specificity() -> None:
    assert abs(share(told(True).flare) - 0.9) < 0.01
    assert abs(share(told(False).flare) - 0.015) < 0.004


def test_a_missed_check_in_tells_nothing_at_all_and_is_commoner_in_a_flare_up() -> None:
    bad, good = told(True), told(False)
    for day in (bad, good):
        silent = np.isnan(day.flare)
        for column in (day.pain, day.sleep, day.stress, day.done, day.planned):
            assert (np.isnan(column) == silent).all()
    assert np.isnan(bad.flare).mean() > np.isnan(good.flare).mean() + 0.03


def test_scores_are_whole_and_lie_on_the_scale() -> None:
    day = told(True)
    for column in (day.pain, day.sleep, day.stress):
        said = column[~np.isnan(column)]
        assert (said == np.round(said)).all()
        assert (said.min(), said.max()) == (0.0, 10.0)


def test_whoever_left_tells_nothing() -> None:
    noise = Noise(3, 50)
    weather = Weather.of(draw_people(table_of(FamilyId.NULL), noise))
    yes = np.ones(50, dtype=bool)
    day = weather.told(~yes, yes, np.ones(50), np.ones(50), noise, 0)
    assert np.isnan(day.flare).all()
