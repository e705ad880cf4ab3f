"""Ways to choose a dose, to be compared: rules in use, a yardstick that knows all, and ours.

Each takes the day that was told and returns the next day's dose. The textbook rules are as
strong as we could make them: they see the same diary, and their two numbers are swept.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any

import numpy as np

from safetomove.core.pacing import DayObservations, DosePolicy, default_policy, rule
from safetomove.core.simulation.living import Body
from safetomove.core.simulation.noise import Flags, Numbers

WEEK = 7.0
_WEEKLY = (0.0, 0.025, 0.05, 0.1, 0.15, 0.2)


@dataclass(slots=True)
class Standing:
    """Where n people stand under a rule of thumb; arrays of shape (n,)."""

    level: Numbers
    goal: Numbers
    lowest: Numbers
    first: bool
    flaring: Flags
    pain: Numbers  # running usual
    days: Numbers  # that the usual weighs


class _Rule:
    """The start that rules of thumb share: a share of habit, and no dose above the goal."""

    start_share: float

    def start(self, n: int, *, baseline: Any, goal: Any) -> Standing:
        """Return n people at their share of the baseline."""
        at = np.broadcast_to(np.asarray(baseline, dtype=np.float64), (n,))
        none = np.zeros(n)
        level = at * self.start_share
        goals = np.broadcast_to(np.asarray(goal, dtype=np.float64), (n,))
        lowest = rule.LOWEST_SHARE_OF_BASELINE * at
        return Standing(level, goals, lowest, True, none > 0, none + 5.0, none + 4.0)

    def next(self, state: Standing, day: DayObservations) -> Numbers:
        """Take in a day and return the next day's dose; the first day's is the start."""
        if not state.first:
            state.level = np.clip(self._after(state, day), state.lowest, state.goal)
        state.first = False
        state.flaring = np.where(np.isnan(day.flare), state.flaring, day.flare > 0.5)
        return state.level.copy()

    def _after(self, state: Standing, day: DayObservations) -> Numbers:
        raise NotImplementedError


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit(_Rule):
    """No plan: what people did before, every day."""

    start_share: float = 1.0

    def _after(self, state: Standing, day: DayObservations) -> Numbers:
        return state.level


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatYouCan(_Rule):
    """Do what you can: no number at all; people stop and go on as they feel."""

    start_share: float = 1.0

    def next(self, state: Standing, day: DayObservations) -> Numbers:
        """Return NaN: the person chooses."""
        return np.full(state.level.shape, np.nan)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota(_Rule):
    """So much more each week by the calendar, whatever is told."""

    weekly: float
    start_share: float = 1.0

    def _after(self, state: Standing, day: DayObservations) -> Numbers:
        up: Numbers = state.level * (1.0 + self.weekly) ** (1.0 / WEEK)
        return up


@dataclass(frozen=True, slots=True, kw_only=True)
class FlareHold(_Rule):
    """A quota that steps back when a flare-up begins, and waits until it is over."""

    weekly: float
    back: float
    start_share: float = 1.0

    def _after(self, state: Standing, day: DayObservations) -> Numbers:
        flare = day.flare > 0.5
        waits = flare | (state.flaring & np.isnan(day.flare))
        up = state.level * (1.0 + self.weekly) ** (1.0 / WEEK)
        kept = np.where(waits, state.level, up)
        return np.where(flare & ~state.flaring, state.level * (1.0 - self.back), kept)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrafficLight(_Rule):
    """Green grows, amber holds, red cuts: by pain against the usual, or a flare-up told.

    Red is a flare-up told or pain two points up; amber one point up; no answer is amber.
    """

    daily: float
    back: float
    start_share: float = 1.0

    def _after(self, state: Standing, day: DayObservations) -> Numbers:
        told, above = ~np.isnan(day.pain), day.pain - state.pain
        red = (day.flare > 0.5) | (above >= 2.0)
        green = told & ~red & (above < 1.0)
        level = np.where(green, state.level * (1.0 + self.daily), state.level)
        state.days = np.where(told, np.minimum(state.days + 1.0, 28.0), state.days)
        state.pain = np.where(told, state.pain + above / state.days, state.pain)
        return np.where(red, state.level * (1.0 - self.back), level)


@dataclass(frozen=True, slots=True, kw_only=True)
class Oracle(_Rule):
    """Know every body, and ask for the most whose added onset chance stays below a limit.

    It keeps to the bounds of the shipped rule, and asks for no more than will be felt as
    enough. It doesn't look ahead: a plan over weeks could beat it.
    """

    limit: float
    start_share: float = 1.0

    def next_knowing(self, state: Standing, day: DayObservations, body: Body) -> Numbers:
        """Return the best dose for the coming day."""
        most = np.minimum(state.level * (1.0 + rule.MAX_DAILY_RISE), state.goal)
        most = np.maximum(np.minimum(most, np.maximum(body.ability, state.lowest)), state.lowest)
        low, high = state.lowest, most
        for _ in range(12):  # halves the gap: to a four-thousandth of it
            middle = 0.5 * (low + high)
            fits = body.excess(middle) <= self.limit
            low, high = np.where(fits, middle, low), np.where(fits, high, middle)
        state.level = np.where(body.excess(most) <= self.limit, most, low)
        return state.level.copy()


@dataclass(slots=True)
class Ours:
    """The shipped rule, from the baseline that it would find: a share of what people did."""

    start_share: float = rule.BASELINE_SHARE
    shipped: DosePolicy | None = None

    def start(self, n: int, *, baseline: Any, goal: Any) -> Any:
        """Return n people at the baseline that their tries would give."""
        self.shipped = self.shipped or default_policy()
        return self.shipped.start(n, baseline=np.asarray(baseline) * self.start_share, goal=goal)

    def next(self, state: Any, day: DayObservations) -> Numbers:
        """Return the shipped rule's next dose."""
        assert self.shipped is not None
        return self.shipped.next(state, day)


class PolicyId(StrEnum):
    """The policies that a trial names; each is one point of its class."""

    OURS = "ours"
    HABIT = "habit"
    QUOTA_5 = "quota-5"
    QUOTA_10 = "quota-10"
    QUOTA_20 = "quota-20"
    FLARE_HOLD = "flare-hold"
    TRAFFIC_LIGHT = "traffic-light"
    WHAT_YOU_CAN = "what-you-can"
    ORACLE = "oracle"


def policy(name: PolicyId) -> DosePolicy:
    """Return a fresh policy by name."""
    return Ours() if name is PolicyId.OURS else _NAMED[name]


_NAMED: Mapping[PolicyId, DosePolicy] = MappingProxyType(
    {
        PolicyId.HABIT: Habit(),
        PolicyId.QUOTA_5: Quota(weekly=0.05),
        PolicyId.QUOTA_10: Quota(weekly=0.10),
        PolicyId.QUOTA_20: Quota(weekly=0.20),
        PolicyId.FLARE_HOLD: FlareHold(weekly=0.10, back=0.2),
        PolicyId.TRAFFIC_LIGHT: TrafficLight(daily=0.015, back=0.1),
        PolicyId.WHAT_YOU_CAN: WhatYouCan(),
        PolicyId.ORACLE: Oracle(limit=0.04),
    }
)


class RuleClass(StrEnum):
    """Classes of rules in use, each swept from timid to bold."""

    QUOTA = "quota"
    FLARE_HOLD = "flare-hold"
    TRAFFIC_LIGHT = "traffic-light"


SWEEPS: Mapping[RuleClass, tuple[DosePolicy, ...]] = MappingProxyType(
    {
        RuleClass.QUOTA: tuple(
            Quota(weekly=weekly, start_share=share)
            for share, rises in ((0.6, (0.0, 0.1)), (0.8, (0.0, 0.05, 0.1)), (1.0, _WEEKLY))
            for weekly in rises
        ),
        RuleClass.FLARE_HOLD: tuple(
            FlareHold(weekly=weekly, back=back, start_share=share)
            for share in (0.6, 0.8, 1.0)
            for back in (0.1, 0.2)
            for weekly in (0.1, 0.2, 0.3)
        ),
        RuleClass.TRAFFIC_LIGHT: tuple(
            TrafficLight(daily=daily, back=back, start_share=share)
            for share in (0.7, 1.0)
            for back in (0.05, 0.1, 0.2)
            for daily in (0.015, 0.03, 0.05)
        ),
    }
)
