"""What people do with a plan: follow it, stop short, overdo, skip, or leave.

No dose rule can be judged without this: people do not do what they are asked, and how they
miss is not by chance. The same behaviour meets every family and every policy.
"""

from dataclasses import dataclass

import numpy as np

from safetomove.core.simulation.noise import Draw, Flags, Noise, Numbers
from safetomove.core.simulation.parameters import Parameter, People, Shape

HABIT_SOURCE = "assumed; a short daily walk"
QUIT_SOURCE = "set so that about 39% have left after 12 weeks: Antcliff 2021, BMJ Open"

TABLE = (
    Parameter(
        name="habit",
        value=15.0,
        unit="minutes a day",
        shape=Shape.LOG_NORMAL,
        spread=0.45,
        meaning="done each day before there is a plan",
        source=HABIT_SOURCE,
    ),
    Parameter(
        name="wish_bias",
        value=-0.08,
        unit="log of felt ability",
        shape=Shape.NORMAL,
        spread=0.2,
        meaning="what they choose by themselves, against what they feel able to do",
    ),
    Parameter(
        name="wish_noise", value=0.18, unit="log, SD", meaning="how that choice varies by day"
    ),
    Parameter(
        name="persister",
        value=0.35,
        unit="share of people",
        shape=Shape.YES_NO,
        meaning="goes on past the plan on a good day",
    ),
    Parameter(
        name="overdo", value=0.15, unit="chance a day", meaning="a persister has such a good day"
    ),
    Parameter(name="overdo_by", value=1.5, unit="times the plan", meaning="how much is then done"),
    Parameter(
        name="stop_at",
        value=1.1,
        unit="times felt ability",
        shape=Shape.LOG_NORMAL,
        spread=0.12,
        meaning="where a session is felt to be enough",
    ),
    Parameter(
        name="heed", value=0.75, unit="chance a day", meaning="that they then stop, not push on"
    ),
    Parameter(
        name="skip",
        value=0.06,
        unit="chance a day",
        shape=Shape.SHARE,
        spread=0.6,
        meaning="nothing is done, on an ordinary day without fear",
    ),
    Parameter(name="skip_fear", value=0.12, unit="chance, at full fear", meaning="added to skip"),
    Parameter(name="skip_flare", value=0.2, unit="chance, in a flare-up", meaning="added to skip"),
    Parameter(
        name="fear",
        value=0.4,
        unit="0 to 1",
        shape=Shape.SHARE,
        spread=0.7,
        meaning="fear of movement at the start",
    ),
    Parameter(name="fear_up", value=0.07, unit="of 1, each onset", meaning="what a flare-up adds"),
    Parameter(
        name="fear_down", value=0.006, unit="of 1, each day done", meaning="what doing takes away"
    ),
    Parameter(
        name="load_spread",
        value=0.2,
        unit="log, SD",
        meaning="how lifting, chores and sitting vary by day",
    ),
    Parameter(
        name="quit",
        value=0.0028,
        unit="chance a day",
        shape=Shape.LOG_NORMAL,
        spread=0.5,
        meaning="stops using the plan; habit comes back and nothing more is told",
        source=QUIT_SOURCE,
    ),
    Parameter(
        name="quit_flare", value=4.0, unit="times, all days in flare-up", meaning="added to quit"
    ),
    Parameter(name="quit_fail", value=3.0, unit="times, all plans failed", meaning="added to quit"),
)

FAILED_SHARE = 0.5  # of the plan; less done than this is a failed plan
RECENT_DAYS = 14.0  # of the running shares of flare-up days and of failed plans


@dataclass(slots=True)
class Doer:
    """Where n people stand with their plan; arrays of shape (n,), brought up to date in place."""

    people: People
    fear: Numbers
    flare_share: Numbers
    fail_share: Numbers
    gone: Flags  # has stopped using the plan

    @classmethod
    def of(cls, people: People) -> "Doer":
        """Stand before the first day."""
        none = np.zeros_like(people["habit"])
        return cls(people, people["fear"].copy(), none, none.copy(), none > 0)

    def do(
        self, plan: Numbers, ability: Numbers, flaring: Flags, noise: Noise, day: int
    ) -> Numbers:
        """Return the minutes done, shape (n,). A plan of NaN means: do what you can."""
        p = self.people
        wish = ability * np.exp(p["wish_bias"] + p["wish_noise"] * noise.normal(Draw.WISH, day))
        plan = np.where(self.gone, np.fmin(p["habit"], wish), np.where(np.isnan(plan), wish, plan))
        good = (noise.uniform(Draw.OVERDO, day) < p["overdo"]) & (p["persister"] > 0) & ~flaring
        minutes = np.where(good, plan * p["overdo_by"], plan)
        enough = ability * p["stop_at"] * np.exp(0.1 * noise.normal(Draw.STOP, day))
        stops = (minutes > enough) & (noise.uniform(Draw.HEED, day) < p["heed"])
        minutes = np.where(stops, enough, minutes)
        skip = p["skip"] + p["skip_fear"] * self.fear + p["skip_flare"] * flaring
        return np.where(noise.uniform(Draw.SKIP, day) < skip, 0.0, minutes)

    def after(
        self, plan: Numbers, minutes: Numbers, onset: Flags, flaring: Flags, noise: Noise, day: int
    ) -> None:
        """Take in how the day went: fear, flare-up and failure, and whether they leave."""
        p = self.people
        done = minutes >= FAILED_SHARE * np.where(np.isnan(plan), 0.0, plan)
        change = p["fear_up"] * onset - p["fear_down"] * (done & ~flaring & (minutes > 0))
        self.fear = np.clip(self.fear + change, 0.0, 1.0)
        self.flare_share += (flaring - self.flare_share) / RECENT_DAYS
        self.fail_share += (~done - self.fail_share) / RECENT_DAYS
        more = p["quit_flare"] * self.flare_share + p["quit_fail"] * self.fail_share
        self.gone |= noise.uniform(Draw.QUIT, day) < p["quit"] * (1.0 + more)
