"""What an ordinary next day looks like, and how good such forecasts have been in this diary."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from safetomove.core.diary import Diary
from safetomove.core.diary.check_in import LIMITS
from safetomove.core.errors import BadInput
from safetomove.core.forecast.habit import Habit
from safetomove.core.forecast.predictive import Predictive, Smooth
from safetomove.core.forecast.structure import Filter
from safetomove.core.forecast.yardsticks import LocalLevel, naive, normal_crps

DAYS_FIRST = 14  # observed days before the first forecast that counts


class BadColumn(BadInput):
    """A column that can't be forecast."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """One observed day and what was forecast for it from the days before alone."""

    day: date
    observed: float
    mean: float
    sd: float
    low: float  # the shortest interval that holds 90%
    high: float
    crps: tuple[float, float, float]  # ours, naive, local level

    @property
    def covered(self) -> bool:
        """Say whether the day fell inside its interval."""
        return self.low <= self.observed <= self.high

    def to_json(self) -> dict[str, Any]:
        """Show it as the command line does."""
        names = ("observed", "mean", "sd", "low", "high")
        return {"date": self.day.isoformat()} | {name: getattr(self, name) for name in names}


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecasts:
    """A whole rolling origin; scores are None where no day could be forecast."""

    column: str
    days: tuple[Forecast, ...]

    @property
    def coverage_90(self) -> float | None:
        """Return the share of days inside their interval."""
        return float(np.mean([day.covered for day in self.days])) if self.days else None

    @property
    def crps(self) -> dict[str, float | None]:
        """Return mean scores, in the column's own unit; lower is better."""
        names = ("model", "naive", "local_level")
        if not self.days:
            return dict.fromkeys(names)
        means = np.mean([day.crps for day in self.days], axis=0)
        return {name: float(mean) for name, mean in zip(names, means, strict=True)}

    def to_json(self) -> dict[str, Any]:
        """Show it as the command line does."""
        days = [day.to_json() for day in self.days]
        return {
            "column": self.column,
            "days": days,
            "crps": self.crps,
            "coverage_90": self.coverage_90,
        }


def rolling(diary: Diary, column: str = "pain") -> Forecasts:
    """Forecast every observed day after the first fourteen from the days before it.

    Gaps stay gaps: a day that was not noted is neither forecast nor learnt from, and time passes.

    Parameters
    ----------
    diary : Diary
        One person's days.
    column : str
        A number column; forecasts are in its own unit, from 0 to its top.

    Raises
    ------
    BadColumn
        The diary knows no such number column.
    """
    if column not in LIMITS:
        raise BadColumn(f"the column must be one of {', '.join(LIMITS)}, not {column!r}")
    days = [(one.day, getattr(one, column)) for one in diary.check_ins]
    noted = [(day, float(value)) for day, value in days if value is not None]
    return Forecasts(column=column, days=_roll(noted, LIMITS[column]))


def _roll(noted: list[tuple[date, float]], top: float) -> tuple[Forecast, ...]:
    if len(noted) <= DAYS_FIRST:
        return ()
    ours, habit, plain = Filter(top), Habit(), LocalLevel(noted[0][1])
    found, values = [], np.array([value for _, value in noted])
    for place, (day, value) in enumerate(noted):
        if place:
            waited = (day - noted[place - 1][0]).days
            ours.wait(waited)
            plain.wait(waited)
        smooth = Smooth.of(ours.mixture(), top)
        if place >= DAYS_FIRST:
            whole = Predictive.mixed(smooth, *habit.lay(smooth), habit.new)
            rivals = naive(values[:place]), plain.forecast()
            found.append(_forecast(day, value, whole, rivals))
        ours.observe(value)
        habit.note(value, smooth)
        if place:
            plain.observe(value)
    return tuple(found)


def _forecast(
    day: date, value: float, whole: Predictive, rivals: tuple[tuple[float, float], ...]
) -> Forecast:
    low, high = whole.interval()
    scores = [normal_crps(value, *rival) for rival in rivals]
    return Forecast(
        day=day,
        observed=value,
        mean=whole.mean,
        sd=whole.sd,
        low=low,
        high=high,
        crps=(whole.crps(value), scores[0], scores[1]),
    )
