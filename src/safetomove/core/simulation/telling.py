"""What people tell: rounded, noisy, sometimes wrong, and missing most when it matters."""

from dataclasses import dataclass

import numpy as np

from safetomove.core.pacing import DayObservations
from safetomove.core.simulation.noise import Draw, Flags, Noise, Numbers
from safetomove.core.simulation.parameters import Parameter, People, Shape

EMA_SOURCE = "De Paepe, 34 people with fibromyalgia, 4 prompts a day: rounded"
FLARE_PAIN_SOURCE = "set by 465 of 591 told flare-up days being no high-pain days: Costa 2021"

TABLE = (
    Parameter(
        name="miss",
        value=0.18,
        unit="chance a day",
        shape=Shape.SHARE,
        spread=0.6,
        meaning="no check-in",
    ),
    Parameter(name="miss_flare", value=0.05, unit="chance, in a flare-up", meaning="added to miss"),
    Parameter(
        name="sensitivity", value=0.9, unit="chance", meaning="that a flare-up day is told as one"
    ),
    Parameter(
        name="specificity", value=0.985, unit="chance", meaning="that another day is told as none"
    ),
    Parameter(
        name="pain",
        value=4.5,
        unit="points of 10",
        shape=Shape.NORMAL,
        spread=1.55,
        meaning="usual pain",
        source=EMA_SOURCE,
    ),
    Parameter(
        name="pain_spread",
        value=1.4,
        unit="points, SD",
        shape=Shape.LOG_NORMAL,
        spread=0.25,
        meaning="how pain varies by day",
        source=EMA_SOURCE,
    ),
    Parameter(
        name="pain_memory",
        value=0.42,
        unit="lag-1 correlation",
        meaning="how much of a day's pain lasts to the next",
        source=EMA_SOURCE,
    ),
    Parameter(
        name="pain_flare",
        value=1.5,
        unit="points",
        meaning="what a flare-up adds to pain",
        source=FLARE_PAIN_SOURCE,
    ),
    Parameter(
        name="pain_sleep",
        value=0.25,
        unit="points per SD",
        meaning="what a rough night adds to pain",
        source="direction: Gerhart 2017; size assumed",
    ),
    Parameter(
        name="sleep_usual",
        value=5.5,
        unit="points of 10",
        shape=Shape.NORMAL,
        spread=1.0,
        meaning="usual sleep score",
    ),
    Parameter(
        name="stress_usual",
        value=4.5,
        unit="points of 10",
        shape=Shape.NORMAL,
        spread=1.2,
        meaning="usual stress score",
    ),
    Parameter(name="score_spread", value=1.8, unit="points, SD", meaning="of both, by day"),
    Parameter(name="sleep_memory", value=0.3, unit="lag-1 correlation", meaning="of sleep, by day"),
    Parameter(
        name="stress_memory",
        value=0.5,
        unit="lag-1 correlation",
        meaning="of stress, by day",
        source="0.33 at 4 prompts a day, De Paepe; more by day is assumed",
    ),
    Parameter(
        name="sleep_stress", value=-0.3, unit="correlation", meaning="of new sleep with new stress"
    ),
)


@dataclass(slots=True)
class Weather:
    """Sleep, stress and pain that come whatever is done: standard scores, shape (n,)."""

    people: People
    sleep: Numbers
    stress: Numbers
    ache: Numbers

    @classmethod
    def of(cls, people: People) -> "Weather":
        """Stand before the first day, at each person's usual."""
        usual = np.zeros_like(people["pain"])
        return cls(people, usual, usual, usual)

    def turn(self, noise: Noise, day: int) -> None:
        """Move on to the next day, keeping each score's spread at 1."""
        p, stress = self.people, noise.normal(Draw.STRESS, day)
        tied = p["sleep_stress"]
        sleep = tied * stress + np.sqrt(1.0 - tied**2) * noise.normal(Draw.SLEEP, day)
        self.sleep = _moved(self.sleep, p["sleep_memory"], sleep)
        self.stress = _moved(self.stress, p["stress_memory"], stress)
        self.ache = _moved(self.ache, p["pain_memory"], noise.normal(Draw.PAIN, day))

    def told(
        self, flaring: Flags, gone: Flags, plan: Numbers, done: Numbers, noise: Noise, day: int
    ) -> DayObservations:
        """Return the day as it was told; a row all NaN is a missed check-in."""
        p, said = self.people, noise.uniform(Draw.TELL, day)
        flare = np.where(flaring, said < p["sensitivity"], said > p["specificity"])
        silent = gone | (noise.uniform(Draw.MISS, day) < p["miss"] + p["miss_flare"] * flaring)
        pain = p["pain"] + p["pain_spread"] * self.ache
        pain = pain + p["pain_flare"] * flaring - p["pain_sleep"] * self.sleep
        columns = {
            "flare": flare.astype(np.float64),
            "pain": _score(pain),
            "sleep": _score(p["sleep_usual"] + p["score_spread"] * self.sleep),
            "stress": _score(p["stress_usual"] + p["score_spread"] * self.stress),
            "done": done,
            "planned": plan,
        }
        return DayObservations(
            **{name: np.where(silent, np.nan, it) for name, it in columns.items()}
        )


def _moved(before: Numbers, memory: Numbers, new: Numbers) -> Numbers:
    return memory * before + np.sqrt(1.0 - memory**2) * new


def _score(value: Numbers) -> Numbers:
    return np.clip(np.round(value), 0.0, 10.0)
