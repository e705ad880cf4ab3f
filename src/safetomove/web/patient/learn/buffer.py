"""The rail on the hill: where it stands for what pulls it down and what helps it up.

All numbers here are made up so that the picture moves the right way. They measure nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

LEVEL_TOP: Final = 3  # none, a little, some, a lot
USUAL, LOWEST = 0.9, 0.16  # where the rail stands on the way from gate (0) to edge (1)
DOWN: Final = {"sleep": 0.24, "worry": 0.28, "guarding": 0.26}  # at "a lot"
UP: Final = {"reassurance": 0.22, "practice": 0.42}
BIT_LOW, LOW = 0.78, 0.48  # below these the rail is said to be a bit low, and far too low

EDGE_X, FOOT_Y, TOP_Y = 292.0, 236.0, 96.0  # in the picture's own units, 360 by 276
SAMPLES: Final = 28


class Zone(StrEnum):
    """What is said of where the rail stands."""

    USUAL = "usual"
    BIT_LOW = "bit_low"
    LOW = "low"
    REGAINED = "regained"


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A place in the picture."""

    x: float
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """The rail for some levels: where it stands, what to draw, what to say."""

    levels: Mapping[str, int]
    at: float
    zone: Zone
    rail: Point
    man: Point
    room: str  # the path of the ground between rail and edge

    @property
    def still(self) -> "Still":
        """What is the same wherever the rail stands."""
        return STILL


@dataclass(frozen=True, slots=True, kw_only=True)
class Still:
    """What does not move, and what the script needs to move the rest."""

    usual: float
    lowest: float
    bit_low: float
    low: float
    edge: float
    top: float
    hill: str
    heights: str  # of the path, at even steps from the gate to the edge
    pulls: Mapping[str, float]  # at "a lot"; what pulls down is below nought
    presets: Mapping[str, Mapping[str, int]]


PRESETS: Final[Mapping[str, Mapping[str, int]]] = {
    "usual": dict.fromkeys((*DOWN, *UP), 0),
    "months": {"sleep": 2, "worry": 3, "guarding": 3, "reassurance": 0, "practice": 0},
    "practice": {"sleep": 1, "worry": 1, "guarding": 1, "reassurance": 2, "practice": 3},
}


def ground(x: float) -> float:
    """Return the height of the path at `x`: a gentle S from the gate to the edge."""
    t = x / EDGE_X
    return FOOT_Y - (FOOT_Y - TOP_Y) * (0.4 * t + 0.6 * t * t * (3 - 2 * t))


def place(levels: Mapping[str, int]) -> float:
    """Return where the rail stands, from gate to edge."""
    down = sum(pull * levels[name] / LEVEL_TOP for name, pull in DOWN.items())
    up = sum(push * levels[name] / LEVEL_TOP for name, push in UP.items())
    return min(USUAL, max(LOWEST, USUAL - down + up))


def zone_of(levels: Mapping[str, int], at: float) -> Zone:
    """Say how the rail stands; it is on its way up only where something helps it."""
    if at >= BIT_LOW and not any(levels[name] for name in DOWN):
        return Zone.USUAL
    if at < LOW:
        return Zone.LOW
    return Zone.REGAINED if any(levels[name] for name in UP) else Zone.BIT_LOW


def picture(asked: Mapping[str, str]) -> Picture:
    """Draw what the address asks for; without a word it is as after months of pain."""
    levels = _levels(asked)
    at = place(levels)
    rail, man = _on_path(at * EDGE_X), _on_path(at * EDGE_X - 34)
    zone = zone_of(levels, at)
    return Picture(levels=levels, at=at, zone=zone, rail=rail, man=man, room=room_path(at))


def room_path(at: float) -> str:
    """Draw the ground between the rail and the edge."""
    start = at * EDGE_X
    steps = [start + (EDGE_X - start) * n / SAMPLES for n in range(SAMPLES + 1)]
    return "M" + "L".join(f"{x:.1f} {ground(x):.1f}" for x in steps)


def hill_path() -> str:
    """Draw the path from the gate to the edge, left of the picture's frame included."""
    steps = [EDGE_X * n / SAMPLES for n in range(SAMPLES + 1)]
    return f"M-6 {FOOT_Y}L" + "L".join(f"{x:.1f} {ground(x):.1f}" for x in steps)


def _levels(asked: Mapping[str, str]) -> Mapping[str, int]:
    if not any(name in asked for name in (*DOWN, *UP)):
        return PRESETS["months"]
    return {name: _level(asked.get(name, "")) for name in (*DOWN, *UP)}


def _level(text: str) -> int:
    return int(text) if text in {"0", "1", "2", "3"} else 0


def _on_path(x: float) -> Point:
    return Point(x=round(x, 1), y=round(ground(x), 1))


STILL: Final = Still(
    usual=USUAL,
    lowest=LOWEST,
    bit_low=BIT_LOW,
    low=LOW,
    edge=EDGE_X,
    top=TOP_Y,
    hill=hill_path(),
    heights=" ".join(f"{ground(EDGE_X * n / SAMPLES):.1f}" for n in range(SAMPLES + 1)),
    pulls={**{name: -pull for name, pull in DOWN.items()}, **UP},
    presets=PRESETS,
)
