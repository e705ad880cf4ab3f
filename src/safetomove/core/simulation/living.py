"""Live a cohort's days: the policy asks, people do, bodies answer, diaries tell a part of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from safetomove.core.errors import BadInput
from safetomove.core.pacing import DayObservations, DosePolicy
from safetomove.core.simulation import behaviour, telling
from safetomove.core.simulation.behaviour import Doer
from safetomove.core.simulation.family import Family, FamilyId, Today
from safetomove.core.simulation.fitness import Fitness
from safetomove.core.simulation.inflammation import Inflammation
from safetomove.core.simulation.noise import Draw, Noise, Numbers
from safetomove.core.simulation.null import Null
from safetomove.core.simulation.parameters import Parameter, People, draw_people
from safetomove.core.simulation.spells import Spells
from safetomove.core.simulation.telling import Weather
from safetomove.core.simulation.threshold import Threshold

FAMILIES: Mapping[FamilyId, Family] = {
    one.id: one for one in (Threshold(), Fitness(), Inflammation(), Null(), Spells())
}

GOAL_TIMES_HABIT = 3.0  # what people set out for; assumed
MOST_PEOPLE, MOST_DAYS = 200_000, 3_660
Days = NDArray[np.float32]


class BadTrial(BadInput):
    """A trial that can't be run."""


@runtime_checkable
class SeesBodies(Protocol):
    """A policy that is told the truth: no rule for people can be, but a yardstick may."""

    def next_knowing(self, state: Any, day: DayObservations, body: "Body") -> Numbers:
        """Return the next day's dose, shape (n,)."""
        ...


@dataclass(frozen=True, slots=True)
class Body:
    """What an all-knowing policy may ask about tomorrow: all but the dice."""

    family: Family
    state: Any
    tomorrow: Today

    def excess(self, minutes: Numbers) -> Numbers:
        """Return the onset chance that these minutes would add, shape (n,)."""
        return self.family.excess(self.state, self.tomorrow, minutes)

    @property
    def ability(self) -> Numbers:
        """The minutes that will feel like enough."""
        return self.family.ability(self.state)


@dataclass(frozen=True, slots=True)
class Cohort:
    """n people of one family with all their draws, to be lived under any policy."""

    family: Family
    people: People
    noise: Noise
    days: int

    @classmethod
    def of(
        cls,
        family: FamilyId,
        *,
        people: int,
        days: int,
        seed: int,
        changed: Mapping[str, float] | None = None,
        keep: bool = True,
    ) -> "Cohort":
        """Draw a cohort; `keep` holds each draw in memory, for living it more than once."""
        if not (1 <= people <= MOST_PEOPLE and 1 <= days <= MOST_DAYS):
            raise BadTrial(f"a trial takes 1 to {MOST_PEOPLE} people and 1 to {MOST_DAYS} days")
        noise = Noise(seed, people, keep=keep)
        drawn = draw_people(table_of(family), noise, changed)
        return cls(FAMILIES[family], drawn, noise, days)


@dataclass(frozen=True, slots=True)
class Lives:
    """What really happened, day by day: arrays of shape (days, n), and one of shape (n,)."""

    habit: Numbers  # minutes a day before the plan, shape (n,)
    minutes: Days
    flare: Days  # 1 on a day in a flare-up
    began: Days
    chance: Days  # that one would begin that day; NaN in a flare-up
    gone: Days  # 1 from the day after a person stopped using the plan
    ability: Days


def table_of(family: FamilyId) -> tuple[Parameter, ...]:
    """Return every parameter that a person of this family has."""
    return (*behaviour.TABLE, *telling.TABLE, *FAMILIES[family].table)


def live(cohort: Cohort, policy: DosePolicy) -> Lives:
    """Live every day of a cohort under a policy. The same cohort has the same luck each time."""
    people, n = cohort.people, cohort.noise.people
    body, doer, weather = cohort.family.start(people), Doer.of(people), Weather.of(people)
    state = policy.start(n, baseline=people["habit"], goal=GOAL_TIMES_HABIT * people["habit"])
    told, kept = _silence(n), _Kept(cohort)
    for day in range(cohort.days):
        weather.turn(cohort.noise, day)
        today = _today(cohort, doer, weather, day)
        plan = _asked(policy, state, told, Body(cohort.family, body, today))
        able, gone = cohort.family.ability(body), doer.gone.copy()
        done = doer.do(plan, able, body.flares.on, cohort.noise, day)
        free = ~body.flares.on
        cohort.family.live(body, today, done)
        flares = body.flares
        kept.keep(day, done, flares.on, flares.began, np.where(free, flares.chance, np.nan))
        kept.keep_also(day, gone, able)
        told = weather.told(flares.on, gone, plan, done, cohort.noise, day)
        doer.after(plan, done, flares.began, flares.on, cohort.noise, day)
    return kept.lives()


def _asked(policy: DosePolicy, state: Any, told: DayObservations, body: Body) -> Numbers:
    if isinstance(policy, SeesBodies):
        return policy.next_knowing(state, told, body)
    return policy.next(state, told)


def _today(cohort: Cohort, doer: Doer, weather: Weather, day: int) -> Today:
    load = cohort.people["load_spread"] * cohort.noise.normal(Draw.LOAD, day)
    return Today(
        sleep=weather.sleep,
        stress=weather.stress,
        load=load,
        fear=doer.fear,
        noise=cohort.noise,
        day=day,
    )


def _silence(n: int) -> DayObservations:
    nothing = np.full(n, np.nan)
    return DayObservations(
        flare=nothing, pain=nothing, sleep=nothing, stress=nothing, done=nothing, planned=nothing
    )


class _Kept:
    """The days lived so far, at half the memory."""

    def __init__(self, cohort: Cohort) -> None:
        self._habit = cohort.people["habit"]
        shape = (cohort.days, cohort.noise.people)
        self._days = [np.empty(shape, dtype=np.float32) for _ in range(6)]

    def keep(self, day: int, *columns: Any) -> None:
        for whole, one in zip(self._days[:4], columns, strict=True):
            whole[day] = one

    def keep_also(self, day: int, *columns: Any) -> None:
        for whole, one in zip(self._days[4:], columns, strict=True):
            whole[day] = one

    def lives(self) -> Lives:
        return Lives(self._habit, *self._days)
