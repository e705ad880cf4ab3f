"""Do virtual diaries look like published ones? Each figure beside its source and its doubt."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from safetomove.core.pacing import DayObservations
from safetomove.core.simulation.family import FamilyId
from safetomove.core.simulation.living import Cohort, live
from safetomove.core.simulation.noise import Numbers
from safetomove.core.simulation.policies import Habit, Quota

COSTA_DAYS, COSTA_PEOPLE = 28, 126
HIGH_PAIN = 2.0  # points above the person's own mean
PLAN_DAYS = 84
SETTLING_DAYS = 14  # nobody begins in a flare-up: these come first and aren't counted
LEAST_TOLD = 5  # days told by a person who counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A published figure: a range where the source leaves one, and its standard error."""

    id: str
    low: float
    high: float
    error: float
    meaning: str
    source: str

    def fits(self, value: float) -> bool:
        """Say whether a value lies within two standard errors of the range."""
        return self.low - 2 * self.error <= value <= self.high + 2 * self.error


_COSTA = "813 flare-up days of 126 people asked for 28 days: Costa 2021"
_DE_PAEPE = "34 people with fibromyalgia, SD 2.06, ICC 0.585: De Paepe; not back pain"

FIGURES = (
    Figure(
        id="told_flare_days",
        low=0.168,
        high=0.245,
        error=0.014,
        meaning="share of days told as a flare-up; by whether 126 or 86 people filled them in",
        source=_COSTA,
    ),
    Figure(
        id="high_pain_days",
        low=0.099,
        high=0.145,
        error=0.009,
        meaning="share of days with pain two points above the person's mean",
        source=_COSTA,
    ),
    Figure(
        id="flares_without_high_pain",
        low=0.787,
        high=0.787,
        error=0.025,
        meaning="share of told flare-up days that are no high-pain days: 465 of 591",
        source=_COSTA,
    ),
    Figure(
        id="pain_within",
        low=1.33,
        high=1.33,
        error=0.16,
        meaning="SD of a person's pain from day to day, points",
        source=_DE_PAEPE,
    ),
    Figure(
        id="pain_between",
        low=1.58,
        high=1.58,
        error=0.19,
        meaning="SD of mean pain from person to person, points",
        source=_DE_PAEPE,
    ),
    Figure(
        id="pain_memory",
        low=0.36,
        high=0.36,
        error=0.05,
        meaning="correlation of pain with the last pain told; hours apart there, a day here",
        source=_DE_PAEPE,
    ),
    Figure(
        id="activity_and_high_pain",
        low=0.0,
        high=0.0,
        error=0.05,
        meaning="within-person correlation of minutes done and a high-pain day: none was found",
        source="Costa 2022, Pain",
    ),
    Figure(
        id="activity_and_told_flares",
        low=-0.3,
        high=0.0,
        error=0.0,
        meaning="the same for a told flare-up: fewer on active days; the size is assumed",
        source="Costa 2022, Pain",
    ),
    Figure(
        id="left_a_plan",
        low=0.39,
        high=0.51,
        error=0.055,
        meaning="share who left a pacing programme by its end or three months on; error assumed",
        source="Antcliff 2021, BMJ Open",
    ),
)


class _Listening:
    """Life by habit, with every diary day kept."""

    def __init__(self) -> None:
        self.heard: list[DayObservations] = []
        self._habit = Habit()

    def start(self, n: int, *, baseline: Any, goal: Any) -> Any:
        return self._habit.start(n, baseline=baseline, goal=goal)

    def next(self, state: Any, day: DayObservations) -> Numbers:
        self.heard.append(day)
        return self._habit.next(state, day)


def calibrate(family: FamilyId, *, people: int, seed: int) -> Mapping[str, float]:
    """Return each figure as it is in a family: 28 days by habit, and who left a plan."""
    cohort = Cohort.of(family, people=people, days=SETTLING_DAYS + COSTA_DAYS + 1, seed=seed)
    listening = _Listening()
    live(cohort, listening)
    heard = listening.heard[-COSTA_DAYS:]
    flare, pain, done = (np.stack([getattr(day, it) for day in heard]) for it in _TOLD)
    enough = (~np.isnan(pain)).sum(axis=0) >= LEAST_TOLD
    flare, pain, done = flare[:, enough], pain[:, enough], done[:, enough]
    high = np.where(np.isnan(pain), np.nan, pain - np.nanmean(pain, axis=0) >= HIGH_PAIN)
    planned = Cohort.of(family, people=people, days=PLAN_DAYS, seed=seed)
    return {
        "told_flare_days": float(np.nanmean(flare)),
        "high_pain_days": float(np.nanmean(high)),
        "flares_without_high_pain": float(1.0 - np.nanmean(high[flare == 1])),
        "pain_within": float(np.nanmean(np.nanstd(pain, axis=0, ddof=1))),
        "pain_between": float(np.nanstd(np.nanmean(pain, axis=0), ddof=1)),
        "pain_memory": _correlation(pain[:-1], pain[1:]),
        "activity_and_high_pain": _correlation(done, high),
        "activity_and_told_flares": _correlation(done, flare),
        "left_a_plan": float(live(planned, Quota(weekly=0.1)).gone[-1].mean()),
    }


_TOLD = ("flare", "pain", "done")


def _correlation(one: Numbers, other: Numbers) -> float:
    """Return the correlation within people over the days on which both were told."""
    both = ~(np.isnan(one) | np.isnan(other))
    a, b = (_centred(np.where(both, it, np.nan)) for it in (one, other))
    return float(np.nansum(a * b) / np.sqrt(np.nansum(a**2) * np.nansum(b**2)))


def _centred(values: Numbers) -> Numbers:
    told = ~np.isnan(values)
    mean = np.where(told, values, 0.0).sum(axis=0) / np.maximum(told.sum(axis=0), 1)
    centred: Numbers = values - mean
    return centred
