"""Spells: people fall into bad spells for weeks, and doing little makes that likelier.

Held out: no rule and no number is tuned on this family. In a bad spell flare-ups are common
and ability is down. A jump above what the last two weeks were used to flares; so, more
slowly, does doing less than they were used to. The chance is shaped like a U, as in none
of the others.
"""

from dataclasses import dataclass

import numpy as np

from safetomove.core.simulation.family import LENGTH, FamilyId, Flares, Today
from safetomove.core.simulation.noise import Draw, Flags, Numbers
from safetomove.core.simulation.parameters import Parameter, People, Shape

USED_DAYS = 14.0  # days of what a person is used to
JUMP_FREE = 0.1  # log of minutes above the used to that costs nothing


@dataclass(slots=True)
class Spell:
    """Whether a bad spell is on, what a person is used to, and ability in good times."""

    people: People
    flares: Flares
    bad: Flags
    used: Numbers
    capacity: Numbers


class Spells:
    """Flare-ups follow bad spells and jumps; too little brings bad spells on."""

    id = FamilyId.SPELLS
    table = (
        *LENGTH,
        Parameter(
            name="room",
            value=1.3,
            unit="times habit",
            shape=Shape.LOG_NORMAL,
            spread=0.25,
            meaning="ability at the start, in good times",
        ),
        Parameter(
            name="builds",
            value=0.05,
            unit="of the gap a day",
            meaning="how fast ability follows what a person is used to, upwards",
        ),
        Parameter(
            name="enter",
            value=0.012,
            unit="chance a day",
            shape=Shape.LOG_NORMAL,
            spread=0.5,
            meaning="a bad spell begins",
        ),
        Parameter(
            name="idle",
            value=3.0,
            unit="times, doing nothing",
            meaning="added to enter where less than habit is done",
            source="direction: sitting as a trigger, Suri 2018 (acute pain); size assumed",
        ),
        Parameter(name="leave", value=0.05, unit="chance a day", meaning="a bad spell ends"),
        Parameter(
            name="stray_good",
            value=0.036,
            unit="chance a day",
            shape=Shape.LOG_NORMAL,
            spread=0.4,
            meaning="flare-ups in good times",
        ),
        Parameter(
            name="stray_bad",
            value=0.11,
            unit="chance a day",
            shape=Shape.LOG_NORMAL,
            spread=0.4,
            meaning="flare-ups in a bad spell",
        ),
        Parameter(
            name="jump",
            value=2.5,
            unit="log per log",
            shape=Shape.LOG_NORMAL,
            spread=0.4,
            meaning="how sharply a jump above the used to raises the chance",
        ),
    )

    def start(self, people: People) -> Spell:
        """Stand in good times, used to one's habit."""
        habit = people["habit"]
        flares = Flares.of(people)
        return Spell(people, flares, flares.on, habit.copy(), people["room"] * habit)

    def ability(self, state: Spell) -> Numbers:
        """Return ability, three quarters of it in a bad spell."""
        return state.capacity * np.where(state.bad, 0.75, 1.0)

    def live(self, state: Spell, today: Today, minutes: Numbers) -> None:
        """Live one day: the spell turns or not, then the day's jump counts."""
        p = state.people
        idle = np.maximum(1.0 - state.used / p["habit"], 0.0)
        enters = p["enter"] * np.exp(0.4 * today.stress) * (1.0 + p["idle"] * idle)
        turn = today.noise.uniform(Draw.SPELL, today.day)
        state.bad = np.where(state.bad, turn >= p["leave"], turn < enters)
        state.flares.live(1.0 - np.exp(-_hazard(state, today, minutes)), today)
        state.used = state.used + (minutes - state.used) / USED_DAYS
        gap = np.maximum(1.3 * state.used - state.capacity, 0.0)
        state.capacity = state.capacity + p["builds"] * gap

    def excess(self, state: Spell, today: Today, minutes: Numbers) -> Numbers:
        """Return the chance that the dose adds today; that of doing too little is left out."""
        none = _hazard(state, today, np.zeros_like(minutes))
        return np.exp(-none) - np.exp(-_hazard(state, today, minutes))


def _hazard(state: Spell, today: Today, minutes: Numbers) -> Numbers:
    p = state.people
    jump = np.log((minutes + 1.0) / (state.used + 1.0)) + 0.2 * today.load - JUMP_FREE
    base = np.where(state.bad, p["stray_bad"], p["stray_good"])
    return base * np.exp(p["jump"] * np.clip(jump, 0.0, 1.0) - 0.15 * today.sleep)
