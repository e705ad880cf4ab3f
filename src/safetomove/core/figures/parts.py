"""Rigid parts: what is drawn, and how it moves on the part that carries it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from safetomove.core.figures.body import Array
from safetomove.core.figures.heads import Drawing
from safetomove.core.figures.movement import View

SIDE_DEPTH: Final = (0.22, 0.12)  # how far a near thing is drawn to the left, and lower
# how far a near thing is drawn to the left, and lower
FRONT_DEPTH: Final = 0.10  # how much lower a thing is drawn for being nearer
# how much lower a thing is drawn for being nearer


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """Where a part is on its carrier at each moment: place, angle, stretch along and across."""

    x: Array
    y: Array
    turn: Array
    along: Array
    across: Array

    def table(self) -> Array:
        """Return the five numbers as columns, (n, 5)."""
        return np.stack([self.x, self.y, self.turn, self.along, self.across], axis=-1)

    @classmethod
    def of(cls, table: Array) -> "Track":
        """Make a track of its five columns."""
        x, y, turn, along, across = table.T
        return cls(x=x, y=y, turn=turn, along=along, across=across)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Something rigid: its drawings, its track, and what it carries.

    `reach` is how far its farthest point lies from its joint; keyframes are as exact as that
    asks for. `fixed` is an unmoving transform outside it; `shown` hides it at some moments.
    """

    looks: Sequence[Drawing] = ()
    track: Track | None = None
    reach: float = 8.0
    fixed: str = ""
    carries: Sequence["Part"] = field(default_factory=tuple)
    shown: np.ndarray[tuple[int], np.dtype[np.bool_]] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """A drawn thing: its layer (back, held, front) and how far it reaches (left, right, top)."""

    layer: str
    part: Part
    extent: tuple[float, float, float] | None = None


def track(
    count: int,
    x: Array | float = 0.0,
    y: Array | float = 0.0,
    turn: Array | float = 0.0,
    along: Array | float = 1.0,
    across: Array | float = 1.0,
) -> Track:
    """Make a track from arrays, or from numbers that hold all the time."""
    full = [np.broadcast_to(np.asarray(v, float), (count,)) for v in (x, y, turn, along, across)]
    return Track(x=full[0], y=full[1], turn=full[2], along=full[3], across=full[4])


def flat(view: View, places: Array) -> Array:
    """Draw places (n, 3) on the page (n, 2); down is + on the page."""
    x, y, z = places.T
    match view:  # seen from above, a person lies across the page, head to the left
        case View.SIDE:
            return np.stack([x - SIDE_DEPTH[0] * z, SIDE_DEPTH[1] * z - y], axis=-1)
        case View.PLAN:
            return np.stack([SIDE_DEPTH[1] * z - y, SIDE_DEPTH[1] * z - x], axis=-1)
        case View.FRONT:
            return np.stack([-z, FRONT_DEPTH * x - y], axis=-1)
        case View.ABOVE:
            return np.stack([-y, z], axis=-1)


def bone_on_page(view: View, a: Array, b: Array, length: float) -> tuple[Array, Array]:
    """Angle on the page (unwrapped) and length, as a share, of a bone from a to b."""
    way = flat(view, b) - flat(view, a)
    angle = np.degrees(np.unwrap(np.arctan2(way[:, 1], way[:, 0])))
    return angle, np.hypot(*way.T) / length


def straight(view: View, a: Array, b: Array, length: float, across: Array | float) -> Track:
    """Follow a bone from a to b, outright: place, angle and length on the page."""
    place = flat(view, a)
    angle, along = bone_on_page(view, a, b, length)
    return track(len(a), place[:, 0], place[:, 1], angle, along, across)
