"""Threshold with sensitisation: pain protects from a line, and each flare-up lowers it a while.

The line starts a little above habit and rises most with doses close to it. Stress, poor
sleep and fear bring it down for a day.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from safetomove.core.simulation.family import LENGTH, FamilyId, Flares, Today
from safetomove.core.simulation.noise import Draw, Numbers
from safetomove.core.simulation.parameters import Parameter, People, Shape


@dataclass(slots=True)
class Lines:
    """Logarithms of minutes: the line that pain protects, and how far it is down just now."""

    people: People
    flares: Flares
    line: Numbers
    tissue: Numbers  # the most that the line can rise to
    raw: Numbers


class Threshold:
    """The chance of a flare-up rises steeply where the dose passes the line."""

    id = FamilyId.THRESHOLD
    table = (
        *LENGTH,
        Parameter(
            name="ahead",
            value=0.15,
            unit="log of habit",
            shape=Shape.NORMAL,
            spread=0.2,
            meaning="how far the line lies above habit at the start",
        ),
        Parameter(
            name="buffer",
            value=7.0,
            unit="times the line",
            shape=Shape.LOG_NORMAL,
            spread=0.2,
            meaning="how far the line can rise",
        ),
        Parameter(
            name="gain",
            value=0.013,
            unit="log a day",
            shape=Shape.LOG_NORMAL,
            spread=0.5,
            meaning="rise of the line at the best dose: 8% a week",
        ),
        Parameter(
            name="steep",
            value=3.0,
            unit="log odds per log of dose",
            shape=Shape.LOG_NORMAL,
            spread=0.3,
            meaning="how sharply the chance rises past the line",
        ),
        Parameter(
            name="at_line",
            value=-3.1,
            unit="log odds",
            shape=Shape.NORMAL,
            spread=0.4,
            meaning="chance of a flare-up at the line: 4% a day",
        ),
        Parameter(
            name="stray",
            value=0.02,
            unit="chance a day",
            shape=Shape.LOG_NORMAL,
            spread=0.5,
            meaning="flare-ups that have nothing to do with the line",
        ),
        Parameter(
            name="drop",
            value=0.15,
            unit="log",
            shape=Shape.LOG_NORMAL,
            spread=0.4,
            meaning="how far a flare-up brings the line down for a while",
        ),
        Parameter(name="by_sleep", value=0.1, unit="log per SD", meaning="lower after poor sleep"),
        Parameter(name="by_stress", value=0.1, unit="log per SD", meaning="lower with stress"),
    )

    def start(self, people: People) -> Lines:
        """Stand with the line a little above habit."""
        line = np.log(people["habit"]) + people["ahead"]
        tissue = line + np.log(people["buffer"])
        return Lines(people, Flares.of(people), line, tissue, np.zeros_like(line))

    def ability(self, state: Lines) -> Numbers:
        """Return the line as it is just now, in minutes."""
        return np.exp(state.line - state.raw)

    def live(self, state: Lines, today: Today, minutes: Numbers) -> None:
        """Live one day: past the line flares, close to the line grows."""
        p, over = state.people, _over(state, today, minutes)
        state.flares.live(_chance(state, over), today)
        best = np.exp(-0.5 * ((over + 0.15) / 0.5) ** 2) - 0.12
        room = 1.0 - np.exp(np.minimum(state.line - state.tissue, 0.0))
        grown = p["gain"] * best * room * (1.2 - 0.4 * today.fear)
        fell = state.flares.began * p["drop"]
        wander = 0.01 * today.noise.normal(Draw.WANDER, today.day)
        state.line = state.line + grown + wander - 0.15 * fell
        state.raw = 0.88 * state.raw + fell * (0.6 + 0.8 * today.fear)

    def excess(self, state: Lines, today: Today, minutes: Numbers) -> Numbers:
        """Return the chance that the dose adds today; it has no later effect."""
        none = _over(state, today, np.zeros_like(minutes))
        return _chance(state, _over(state, today, minutes)) - _chance(state, none)


def _over(state: Lines, today: Today, minutes: Numbers) -> Numbers:
    """Return how far the day lies above the line, in logs of minutes."""
    p = state.people
    load = np.log(minutes + 0.15 * p["habit"] * np.exp(today.load))
    strain = p["by_stress"] * today.stress - p["by_sleep"] * today.sleep
    return load - state.line + state.raw + strain + 0.4 * (today.fear - 0.5)


def _chance(state: Lines, over: Numbers) -> Numbers:
    p = state.people
    past: Numbers = expit(p["at_line"] + p["steep"] * over)
    return p["stray"] + (1.0 - p["stray"]) * past
