"""Null: flare-ups come with poor sleep, stress and chance, whatever is done.

Nobody flares more for moving more here, so a rule that eases is only ever teaching
protection. It is the test of that.
"""

from dataclasses import dataclass

import numpy as np

from safetomove.core.simulation.family import LENGTH, FamilyId, Flares, Today
from safetomove.core.simulation.noise import Numbers
from safetomove.core.simulation.parameters import Parameter, People, Shape


@dataclass(slots=True)
class Chances:
    """What a person is able to do, in minutes; nothing here reaches the flare-ups."""

    people: People
    flares: Flares
    capacity: Numbers


class Null:
    """The dose changes what people can do and nothing else."""

    id = FamilyId.NULL
    table = (
        *LENGTH,
        Parameter(
            name="room",
            value=1.3,
            unit="times habit",
            shape=Shape.LOG_NORMAL,
            spread=0.2,
            meaning="capacity at the start",
        ),
        Parameter(
            name="builds",
            value=0.014,
            unit="log a day",
            shape=Shape.LOG_NORMAL,
            spread=0.4,
            meaning="growth of capacity on a day that uses all of it",
        ),
        Parameter(name="fades", value=0.004, unit="log a day", meaning="loss of capacity"),
        Parameter(
            name="stray",
            value=0.05,
            unit="chance a day",
            shape=Shape.LOG_NORMAL,
            spread=0.5,
            meaning="flare-ups on a usual day",
        ),
        Parameter(
            name="by_sleep",
            value=0.25,
            unit="log per SD",
            meaning="likelier after poor sleep",
            source="direction: Costa 2022, Pain; size assumed",
        ),
        Parameter(name="by_stress", value=0.25, unit="log per SD", meaning="likelier with stress"),
    )

    def start(self, people: People) -> Chances:
        """Stand with capacity a little above habit."""
        return Chances(people, Flares.of(people), people["room"] * people["habit"])

    def ability(self, state: Chances) -> Numbers:
        """Return capacity, less in a flare-up."""
        return state.capacity * np.where(state.flares.on, 0.8, 1.0)

    def live(self, state: Chances, today: Today, minutes: Numbers) -> None:
        """Live one day: the draw decides about flare-ups, and use builds capacity."""
        p = state.people
        tilt = p["by_stress"] * today.stress - p["by_sleep"] * today.sleep
        state.flares.live(1.0 - np.exp(-p["stray"] * np.exp(tilt)), today)
        used = np.minimum(minutes / state.capacity, 1.0)
        state.capacity = state.capacity * np.exp(p["builds"] * used - p["fades"])

    def excess(self, state: Chances, today: Today, minutes: Numbers) -> Numbers:
        """Return 0: no dose adds anything."""
        return np.zeros_like(minutes)
