"""Parameters of virtual patients: a table in which nothing is hidden, drawn by person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import assert_never

import numpy as np
from scipy.special import expit, logit, ndtri

from safetomove.core.errors import BadInput
from safetomove.core.simulation.noise import Noise, Numbers

ASSUMED = "assumed"

People = Mapping[str, Numbers]
"""Each parameter's value for each person, shape (n,)."""


class BadParameter(BadInput):
    """A parameter that can't be drawn."""


class Shape(StrEnum):
    """How people differ: what is normal about the parameter across them."""

    LOG_NORMAL = "log-normal"  # value is the median, spread the SD of the logarithm
    NORMAL = "normal"  # value is the mean, spread the SD
    SHARE = "logit-normal"  # value is the median, spread the SD of the log odds
    YES_NO = "yes or no"  # value is the chance of yes
    SAME = "the same for all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One row of the table."""

    name: str
    value: float
    unit: str
    shape: Shape = Shape.SAME
    spread: float = 0.0
    meaning: str
    source: str = ASSUMED

    def __post_init__(self) -> None:
        if not np.isfinite(self.value) or not np.isfinite(self.spread) or self.spread < 0:
            raise BadParameter(f"{self.name} needs a finite value and a spread of 0 or more")
        if self.shape in (Shape.SHARE, Shape.YES_NO) and not 0 < self.value < 1:
            raise BadParameter(f"{self.name} must lie between 0 and 1, not {self.value:g}")
        if self.shape is Shape.LOG_NORMAL and self.value <= 0:
            raise BadParameter(f"{self.name} must be more than 0, not {self.value:g}")

    def draw(self, noise: Noise) -> Numbers:
        """Return each person's value, shape (n,), keyed by the parameter's name."""
        drawn = noise.of_person(self.name)
        normal: Numbers = ndtri(drawn)
        match self.shape:
            case Shape.LOG_NORMAL:
                return self.value * np.exp(self.spread * normal)
            case Shape.NORMAL:
                return self.value + self.spread * normal
            case Shape.SHARE:
                share: Numbers = expit(logit(self.value) + self.spread * normal)
                return share
            case Shape.YES_NO:
                return (drawn < self.value).astype(np.float64)
            case Shape.SAME:
                return np.full(noise.people, self.value)
            case _:
                assert_never(self.shape)


def draw_people(
    table: Sequence[Parameter], noise: Noise, changed: Mapping[str, float] | None = None
) -> People:
    """Draw every parameter for every person; `changed` puts other values in the table."""
    changed = changed or {}
    known = {one.name for one in table}
    if unknown := sorted(set(changed) - known):
        raise BadParameter(f"there is no parameter {', '.join(unknown)}")
    return {one.name: _with(one, changed.get(one.name)).draw(noise) for one in table}


def _with(one: Parameter, value: float | None) -> Parameter:
    return one if value is None else replace(one, value=value)
