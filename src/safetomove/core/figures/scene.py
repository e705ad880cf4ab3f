"""What is drawn for a level, and how the levels of a movement fit one box."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from safetomove.core.figures.motion import Motion, motion_of
from safetomove.core.figures.movement import Figure, View, Way
from safetomove.core.figures.parts import Part, Thing, flat
from safetomove.core.figures.things import things_of
from safetomove.core.figures.trunk import body_parts

WIDE: Final = 160.0
HIGH: Final = 120.0
EDGE: Final = 7.0  # least room between the drawing and the edge of the box
FLOOR_AT: Final = 108.0  # the floor of someone who stands
LARGEST: Final = 1.3  # times larger than a standing person is drawn
FLESH: Final = 5.0  # how far a body goes beyond its joints, % of height
CROWN: Final = 12.5  # top of the hair above the neck
KEPT: Final = 512  # levels whose drawing is remembered


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """How a figure's levels fit one box: scale, and where the world's origin is."""

    scale: float
    x: float
    floor: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What is drawn for one level: parts from back to front, and the motion they came from."""

    view: View
    motion: Motion
    parts: Sequence[Part]
    things: Sequence[Thing]


@lru_cache(maxsize=KEPT)
def scene_of(figure: Figure, number: int) -> Scene:
    """Build what is drawn for a level."""
    motion, seen = motion_of(figure, number), figure.seen_at(number)
    things = things_of(figure.level(number).props, motion.body, seen.view)
    back, held, front = (
        [thing.part for thing in things if thing.layer == layer]
        for layer in ("back", "held", "front")
    )
    parts = [*back, *body_parts(seen, motion.body, held), *front]
    return Scene(view=seen.view, motion=motion, parts=parts, things=things)


@lru_cache(maxsize=KEPT)
def frame_of(figure: Figure, number: int) -> Frame:
    """Fit every moment of every level that is seen alike into the box, at one scale."""
    view = scene_of(figure, number).view
    alike = [n for n in figure.levels if scene_of(figure, n).view is view]
    ends = np.array([_extent(scene_of(figure, n)) for n in alike])
    left, right, top, low = ends[:, 0].min(), ends[:, 1].max(), ends[:, 2].max(), ends[:, 3].min()
    scale = min(LARGEST, (WIDE - 2 * EDGE) / (right - left))
    if view.from_above:
        scale = min(scale, (HIGH - 2 * EDGE) / (top - low))
        floor = HIGH / 2 + scale * (top + low) / 2
    else:
        scale = min(scale, (FLOOR_AT - EDGE) / top)
        floor = min(FLOOR_AT, HIGH / 2 + 0.58 * scale * top)
    x = WIDE / 2 - scale * (left + right) / 2
    return Frame(scale=float(scale), x=float(x), floor=float(floor))


def _extent(scene: Scene) -> tuple[float, float, float, float]:
    """Left, right, top and low of everything in a level, up being +."""
    body = scene.motion.body
    joints = [body.nodes, *body.limbs.values(), body.at_head(0, CROWN)[:, None]]
    page = np.concatenate([flat(scene.view, each.reshape(-1, 3)) for each in joints])
    known = [thing.extent for thing in scene.things if thing.extent is not None]
    left = min([page[:, 0].min() - FLESH, *(each[0] for each in known)])
    right = max([page[:, 0].max() + FLESH, *(each[1] for each in known)])
    top = max([2.0 - page[:, 1].min(), *(each[2] for each in known)])
    return float(left), float(right), float(top), float(-page[:, 1].max() - FLESH)


def telling(figure: Figure, number: int) -> int:
    """Choose the moment that says most: the far end, or the longest hold of a loop."""
    marks, poses = scene_of(figure, number).motion.marks, figure.level(number).poses
    chosen = [mark for mark, pose in zip(marks, poses, strict=True) if pose.id == figure.telling]
    if chosen:
        return chosen[0]
    if figure.way is Way.THERE_AND_BACK:
        return marks[-1]
    return marks[max(range(1, len(poses)), key=lambda n: (poses[n].show, poses[n].hold, -n))]
