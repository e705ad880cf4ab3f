"""The staircase for n people at once: `staircase`, line for line, in arrays.

Only this module of the package needs NumPy. Only + − × ÷, comparisons and a square root
are used, in the same order as for one person, so that both give the same bits; a test
holds them together. NaN is an answer that wasn't given.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from safetomove.core.pacing import rule
from safetomove.core.pacing.cohort import BadDay, DayObservations
from safetomove.core.pacing.footing import Footing, start

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
Crowd = Footing[Any]  # of Numbers


class Staircase:
    """The shipped dose rule as a `DosePolicy`."""

    def start(self, n: int, *, baseline: ArrayLike, goal: ArrayLike) -> Crowd:
        """Return n people at their baselines; either may be one number or shape (n,)."""
        at = np.broadcast_to(np.asarray(baseline, dtype=np.float64), (n,)).copy()
        goals = np.broadcast_to(np.asarray(goal, dtype=np.float64), (n,)).copy()
        if not ((at > 0).all() and (goals > 0).all()):
            raise BadDay("every baseline and every goal must be more than 0")
        return start(at, goals, np.zeros(n), np.zeros(n, dtype=bool))

    def next(self, state: Crowd, day: DayObservations) -> Numbers:
        """Take in the day that was lived and return the next day's dose, shape (n,)."""
        if day.flare.shape != state.level.shape:
            raise BadDay("the day doesn't hold as many people as the policy was started with")
        _live(state, day)
        dose: Numbers = state.dose.copy()
        return dose


def _live(foot: Crowd, day: DayObservations) -> None:
    yes, no, observed = day.flare > 0.5, day.flare < 0.5, _observed(day)
    strain, told = _strain(foot, day)
    level = _level(foot, yes)
    foot.given = _dose(foot, level, np.where(told, strain, foot.strain), yes, no)
    foot.last = np.where(foot.given < foot.dose, foot.given, foot.dose)
    foot.strain = np.where(told, strain, 0.0)
    _weigh_load(foot, day, observed)
    _note_flare(foot, yes, no, observed, level)
    planned = np.where(day.planned > 0.0, day.planned, foot.last)
    foot.kept_low = day.done < rule.DONE_ENOUGH_SHARE * planned
    foot.unheard = np.where(observed, foot.unheard + 1.0, foot.unheard)
    foot.unheard = np.where(day.done > 0.0, 0.0, foot.unheard)
    waits = foot.in_flare | foot.kept_low | (foot.unheard > rule.DOING_UNHEARD_DAYS)
    foot.level = np.where(observed & ~waits, _up(foot), foot.level)
    foot.missed = np.where(observed, 0.0, foot.missed + 1.0)
    _learn(foot, day)
    nobody = np.zeros_like(yes)
    foot.dose = _dose(foot, foot.level, foot.strain, nobody, nobody)


def _observed(day: DayObservations) -> Flags:
    said = np.zeros(day.flare.shape, dtype=bool)
    for column in (day.flare, day.pain, day.sleep, day.stress, day.done):
        said |= ~np.isnan(column)
    return said


def _dose(foot: Crowd, level: Numbers, strain: Numbers, yes: Flags, no: Flags) -> Numbers:
    eased = level * (1.0 - rule.EASE_PER_SD * strain)
    away = foot.missed > rule.LONG_GAP_DAYS
    eased = np.where(away, eased * rule.SHARE_AFTER_GAP, eased)
    lowest = foot.baseline * rule.LOWEST_SHARE_OF_BASELINE
    eased = np.where(eased < lowest, lowest, eased)
    held = yes | (foot.since_flare == 0.0) | (foot.in_flare & ~no)
    most = np.where(held, foot.last, foot.last * (1.0 + rule.MAX_DAILY_RISE))
    return np.where(eased < most, eased, most)


def _level(foot: Crowd, yes: Flags) -> Numbers:
    few = foot.onsets < rule.ONSETS_BEFORE_NOTICING
    follow = few | (foot.onset_load * foot.ordinary > foot.ordinary_load * foot.onsets)
    lowest = foot.baseline * rule.LOWEST_SHARE_OF_BASELINE
    back = foot.level * rule.FLARE_STEP_BACK
    back = np.where(back > lowest, back, lowest)
    level: Numbers = np.where(yes & ~foot.in_flare & follow, back, foot.level)
    return level


def _up(foot: Crowd) -> Numbers:
    up = foot.level * (1.0 + rule.CLIMB_PER_FLARE_FREE_DAY)
    up = np.where(up > foot.goal, foot.goal, up)
    level: Numbers = np.where(up > foot.level, up, foot.level)
    return level


def _note_flare(foot: Crowd, yes: Flags, no: Flags, observed: Flags, level: Numbers) -> None:
    foot.onset = yes & ~foot.in_flare
    foot.before_flare = np.where(foot.onset, foot.level, foot.before_flare)
    foot.level = level
    foot.since_flare = np.where(yes, 0.0, foot.since_flare + 1.0)
    still_open = ~no & (foot.since_flare <= rule.FLARE_OPEN_DAYS)
    foot.in_flare = yes | (foot.in_flare & still_open)
    calm = np.where(observed & ~foot.in_flare, foot.calm + 1.0, foot.calm)
    foot.calm = np.where(yes, 0.0, calm)


def _strain(foot: Crowd, day: DayObservations) -> tuple[Numbers, Flags]:
    stress = _deviation(day.stress, foot.stress_mean, foot.stress_variance)
    sleep = _deviation(day.sleep, foot.sleep_mean, foot.sleep_variance)
    untold = np.isnan(day.sleep).astype(np.int8) + np.isnan(day.stress)
    rough = np.where(untold == 0, (stress - sleep) * 0.5, stress - sleep)
    rough = np.where(rough < 0.0, 0.0, rough)
    rough = np.where(rough < rule.MOST_STRAIN_SD, rough, rule.MOST_STRAIN_SD)
    return rough, untold < 2


def _deviation(score: Numbers, mean: Numbers, variance: Numbers) -> Numbers:
    spread = np.sqrt(variance)
    spread = np.where(spread > rule.LEAST_SPREAD, spread, rule.LEAST_SPREAD)
    return np.where(np.isnan(score), 0.0, (score - mean) / spread)


def _learn(foot: Crowd, day: DayObservations) -> None:
    foot.sleep_days, foot.sleep_mean, foot.sleep_variance = _usual(
        day.sleep, foot.sleep_days, foot.sleep_mean, foot.sleep_variance
    )
    foot.stress_days, foot.stress_mean, foot.stress_variance = _usual(
        day.stress, foot.stress_days, foot.stress_mean, foot.stress_variance
    )


def _usual(
    score: Numbers, days: Numbers, mean: Numbers, variance: Numbers
) -> tuple[Numbers, Numbers, Numbers]:
    known = ~np.isnan(score)
    days = np.where(known & (days < rule.MEMORY_DAYS), days + 1.0, days)
    weight, off = 1.0 / days, score - mean
    spread = (1.0 - weight) * (variance + weight * off * off)
    return (
        days,
        np.where(known, mean + weight * off, mean),
        np.where(known, spread, variance),
    )


def _weigh_load(foot: Crowd, day: DayObservations, observed: Flags) -> None:
    before = (foot.load + foot.load_before) * 0.5
    onset = (day.flare > 0.5) & ~foot.in_flare
    ordinary = (day.flare < 0.5) & ~foot.in_flare
    foot.onsets = np.where(onset, foot.onsets + 1.0, foot.onsets)
    foot.onset_load = np.where(onset, foot.onset_load + before, foot.onset_load)
    foot.ordinary = np.where(ordinary, foot.ordinary + 1.0, foot.ordinary)
    foot.ordinary_load = np.where(ordinary, foot.ordinary_load + before, foot.ordinary_load)
    foot.load_before = foot.load
    planned = np.where(day.planned > 0.0, day.planned, foot.last)
    amount = np.where(np.isnan(day.done), planned, day.done)
    load = amount / foot.typical
    load = np.where(load < rule.MOST_RELATIVE_LOAD, load, rule.MOST_RELATIVE_LOAD)
    foot.load = np.where(observed, load, 1.0)
    typical = foot.typical + (amount - foot.typical) / rule.TYPICAL_LOAD_DAYS
    lowest = foot.baseline * rule.LOWEST_SHARE_OF_BASELINE
    typical = np.where(typical > lowest, typical, lowest)
    foot.typical = np.where(observed, typical, foot.typical)
