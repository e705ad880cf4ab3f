"""Fitness, fatigue and fear: a body that adapts over six weeks and tires over six days.

A flare-up is pain that strays two points above usual, and it ends when pain has come back.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from safetomove.core.simulation.family import FamilyId, Flares, Today
from safetomove.core.simulation.noise import Draw, Numbers
from safetomove.core.simulation.parameters import Parameter, People, Shape

FITNESS_DAYS, FATIGUE_DAYS = 42.0, 6.0  # time constants of the fitness-fatigue model
BEGINS, ENDS = 2.0, 0.5  # points of pain above usual
MEMORY = 0.7  # lag-1 correlation of pain's own wandering
LOAD_WEIGHT = 0.3  # of a day's other load, as a log
_FRESH = (1.0 - MEMORY**2) ** 0.5


@dataclass(slots=True)
class Adapting:
    """Running means of what was done, in minutes, and how pain wanders by itself."""

    people: People
    flares: Flares
    fitness: Numbers
    fatigue: Numbers
    wander: Numbers


class Fitness:
    """Flare-ups follow a run of days that outpaced fitness."""

    id = FamilyId.FITNESS
    table = (
        Parameter(
            name="room",
            value=1.3,
            unit="times habit",
            shape=Shape.LOG_NORMAL,
            spread=0.12,
            meaning="ability at the start",
        ),
        Parameter(
            name="follows",
            value=0.8,
            unit="log per log",
            shape=Shape.LOG_NORMAL,
            spread=0.2,
            meaning="how far ability follows fitness",
        ),
        Parameter(
            name="ache_per_fatigue",
            value=2.2,
            unit="points",
            shape=Shape.LOG_NORMAL,
            spread=0.3,
            meaning="pain for fatigue of twice what fitness bears",
        ),
        Parameter(name="ache_by_sleep", value=0.4, unit="points per SD", meaning="of poor sleep"),
        Parameter(name="ache_by_stress", value=0.4, unit="points per SD", meaning="of stress"),
        Parameter(name="ache_by_fear", value=1.0, unit="points, at full fear", meaning="of fear"),
        Parameter(
            name="wander",
            value=1.7,
            unit="points, SD",
            shape=Shape.LOG_NORMAL,
            spread=0.2,
            meaning="pain that comes by itself",
        ),
    )

    def start(self, people: People) -> Adapting:
        """Stand at habit, as fit and as tired as habit makes one."""
        habit = people["habit"]
        return Adapting(people, Flares.of(people), habit.copy(), habit.copy(), np.zeros_like(habit))

    def ability(self, state: Adapting) -> Numbers:
        """Return what fitness bears, less while pain is up."""
        eased = np.where(state.flares.on, 0.8, 1.0)
        return _bears(state) * eased * np.exp(-0.08 * np.maximum(state.wander, 0.0))

    def live(self, state: Adapting, today: Today, minutes: Numbers) -> None:
        """Live one day: tire fast, adapt slowly, and see whether pain crosses the mark."""
        p, flares, load = state.people, state.flares, _load(today, minutes)
        state.fatigue = state.fatigue + (load - state.fatigue) / FATIGUE_DAYS
        state.fitness = state.fitness + (load - state.fitness) / FITNESS_DAYS
        expected = _expected(state, today, state.fatigue)
        flares.chance = _beyond(state, expected)
        new = _FRESH * p["wander"] * today.noise.normal(Draw.WANDER, today.day)
        state.wander = MEMORY * state.wander + new
        flares.began = ~flares.on & (expected + new > BEGINS)
        flares.on = flares.began | (flares.on & (expected + new > ENDS))

    def excess(self, state: Adapting, today: Today, minutes: Numbers) -> Numbers:
        """Return what the dose adds to the chance, summed over the days that fatigue lasts."""
        rest = state.fatigue * (1.0 - 1.0 / FATIGUE_DAYS)
        tired = rest + _load(today, minutes) / FATIGUE_DAYS
        none = _beyond(state, _expected(state, today, rest))
        return (_beyond(state, _expected(state, today, tired)) - none) * FATIGUE_DAYS


def _load(today: Today, minutes: Numbers) -> Numbers:
    return minutes * np.exp(LOAD_WEIGHT * today.load)


def _bears(state: Adapting) -> Numbers:
    """Return the minutes a day that fitness bears."""
    p = state.people
    return p["room"] * p["habit"] * (state.fitness / p["habit"]) ** p["follows"]


def _expected(state: Adapting, today: Today, fatigue: Numbers) -> Numbers:
    """Return pain above usual, in points, before anything new comes by itself."""
    p = state.people
    tired = p["ache_per_fatigue"] * (fatigue / (_bears(state) / p["room"]) - 1.0)
    mood = p["ache_by_stress"] * today.stress - p["ache_by_sleep"] * today.sleep
    return tired + mood + p["ache_by_fear"] * (today.fear - 0.5) + MEMORY * state.wander


def _beyond(state: Adapting, expected: Numbers) -> Numbers:
    beyond: Numbers = ndtr((expected - BEGINS) / (_FRESH * state.people["wander"]))
    return beyond
