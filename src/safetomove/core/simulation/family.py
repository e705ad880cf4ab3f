"""What every family of virtual patients has in common, and where families differ.

A family is one idea of why flare-ups come. The ideas contradict each other on purpose: a
dose rule is worth something where it does well whichever of them is true.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

import numpy as np

from safetomove.core.simulation.noise import Draw, Flags, Noise, Numbers
from safetomove.core.simulation.parameters import Parameter, People, Shape


class FamilyId(StrEnum):
    """The families there are."""

    THRESHOLD = "threshold"
    FITNESS = "fitness"
    INFLAMMATION = "inflammation"
    NULL = "null"
    SPELLS = "spells"


HELD_OUT = FamilyId.SPELLS
"""No rule and no number is tuned on this family."""


LENGTH = (
    Parameter(
        name="length",
        value=3.0,
        unit="days",
        shape=Shape.LOG_NORMAL,
        spread=0.3,
        meaning="how long this person's flare-ups last",
    ),
    Parameter(name="length_spread", value=0.6, unit="log, SD", meaning="one flare-up to the next"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """What a body meets on one day besides the dose; arrays of shape (n,)."""

    sleep: Numbers  # SD above the person's usual
    stress: Numbers
    load: Numbers  # log of everything else done, 0 is usual
    fear: Numbers  # 0 to 1
    noise: Noise
    day: int


@dataclass(slots=True)
class Flares:
    """Flare-ups of n people: whether in one, whether it began today, and how long it lasts."""

    people: People
    on: Flags
    began: Flags
    left: Numbers  # days
    chance: Numbers  # that one would begin, on the last day lived

    @classmethod
    def of(cls, people: People) -> "Flares":
        """Stand before the first day, with no flare-up."""
        none = np.zeros_like(people["habit"])
        return cls(people, none > 0, none > 0, none, none)

    def live(self, chance: Numbers, today: Today) -> None:
        """Let flare-ups begin and end. In one, no other begins."""
        p, self.chance = self.people, chance
        self.left = np.maximum(self.left - 1.0, 0.0)
        was_on = self.left > 0
        self.began = ~was_on & (today.noise.uniform(Draw.ONSET, today.day) < chance)
        length = p["length"] * np.exp(
            p["length_spread"] * today.noise.normal(Draw.LENGTH, today.day)
        )
        self.left = np.where(self.began, np.maximum(np.round(length), 1.0), self.left)
        self.on = self.left > 0


class Family(Protocol):
    """One idea of how activity and flare-ups hang together.

    A state has `flares`; all else in it is the family's own business.
    """

    @property
    def id(self) -> FamilyId:
        """The family's name."""
        ...

    @property
    def table(self) -> tuple[Parameter, ...]:
        """The parameters that people of this family have besides those of all."""
        ...

    def start(self, people: People) -> Any:
        """Return the bodies of n people before their first day."""
        ...

    def ability(self, state: Any) -> Numbers:
        """Return the minutes that feel like enough today, shape (n,)."""
        ...

    def live(self, state: Any, today: Today, minutes: Numbers) -> None:
        """Live one day on which `minutes` were done; the state changes in place."""
        ...

    def excess(self, state: Any, today: Today, minutes: Numbers) -> Numbers:
        """Return the onset chance that `minutes` adds to that of none, over all days it acts."""
        ...
