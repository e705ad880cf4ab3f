"""Delayed inflammation with random flare-ups: overshooting is paid for two or three days later.

A day past capacity feeds one pool, which feeds a second, which flares. Some flare-ups come
at random, and one makes another a little likelier for a while.
"""

from dataclasses import dataclass

import numpy as np

from safetomove.core.simulation.family import LENGTH, FamilyId, Flares, Today
from safetomove.core.simulation.noise import Numbers
from safetomove.core.simulation.parameters import Parameter, People, Shape

INTO_SECOND, OUT_OF_SECOND = 0.5, 0.4  # of a pool a day: the second is highest on day two or three
AFTERSHOCK_KEPT = 0.9  # of it a day
OVER_TOP = 1.5  # times capacity: one odd day counts no more


@dataclass(slots=True)
class Pools:
    """Capacity in minutes, two pools of inflammation, and what the last flare-ups left."""

    people: People
    flares: Flares
    capacity: Numbers
    first: Numbers
    second: Numbers
    after: Numbers


class Inflammation:
    """The chance of a flare-up follows the second pool."""

    id = FamilyId.INFLAMMATION
    table = (
        *LENGTH,
        Parameter(
            name="room",
            value=1.25,
            unit="times habit",
            shape=Shape.LOG_NORMAL,
            spread=0.2,
            meaning="capacity at the start",
        ),
        Parameter(
            name="builds",
            value=0.012,
            unit="log a day",
            shape=Shape.LOG_NORMAL,
            spread=0.5,
            meaning="growth of capacity on a day that uses all of it",
        ),
        Parameter(name="fades", value=0.004, unit="log a day", meaning="loss of capacity"),
        Parameter(
            name="inflames",
            value=0.35,
            unit="chance per unit",
            shape=Shape.LOG_NORMAL,
            spread=0.4,
            meaning="onset chance for a second pool of one day's whole capacity",
        ),
        Parameter(
            name="stray",
            value=0.043,
            unit="chance a day",
            shape=Shape.LOG_NORMAL,
            spread=0.5,
            meaning="flare-ups at random",
        ),
        Parameter(
            name="aftershock", value=0.02, unit="chance", meaning="added by each flare-up, fading"
        ),
    )

    def start(self, people: People) -> Pools:
        """Stand with empty pools and capacity a little above habit."""
        none = np.zeros_like(people["habit"])
        capacity = people["room"] * people["habit"]
        return Pools(people, Flares.of(people), capacity, none, none, none)

    def ability(self, state: Pools) -> Numbers:
        """Return capacity, less while something is inflamed."""
        return state.capacity * np.exp(-0.3 * state.second) * np.where(state.flares.on, 0.8, 1.0)

    def live(self, state: Pools, today: Today, minutes: Numbers) -> None:
        """Live one day: overshoot flows from pool to pool, and use builds capacity."""
        p = state.people
        state.second = state.second * (1.0 - OUT_OF_SECOND) + INTO_SECOND * state.first
        state.first = state.first * (1.0 - INTO_SECOND) + _overshoot(state, today, minutes)
        hazard = p["stray"] + p["inflames"] * state.second + p["aftershock"] * state.after
        state.flares.live(1.0 - np.exp(-hazard), today)
        state.after = AFTERSHOCK_KEPT * state.after + state.flares.began
        used = np.minimum(minutes / state.capacity, 1.0)
        state.capacity = state.capacity * np.exp(p["builds"] * used - p["fades"])

    def excess(self, state: Pools, today: Today, minutes: Numbers) -> Numbers:
        """Return what the dose adds to the chance, summed over all days until it has drained."""
        return state.people["inflames"] * _overshoot(state, today, minutes) / OUT_OF_SECOND


def _overshoot(state: Pools, today: Today, minutes: Numbers) -> Numbers:
    """Return how far the day went past capacity, as a share of it."""
    load = minutes / state.capacity * np.exp(0.3 * today.load + 0.1 * today.stress)
    return np.clip(load - 1.0, 0.0, OVER_TOP)
