"""What must hold of every movement at every moment, as plain sentences about what is wrong."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from safetomove.core.figures.body import ANKLE, LEAN, LIMIT, REST, Array, Limb
from safetomove.core.figures.geometry import degrees_between, unit
from safetomove.core.figures.motion import Motion, base, centre_of_mass, motion_of
from safetomove.core.figures.movement import Anchor, Figure, Level, On, PropKind, View
from safetomove.core.figures.skeleton import Bodies

CHEST_TILT: Final = LEAN + REST["lumbar"] + REST["thorax"]
"""How far the top of the chest tips forward in easy standing, where a hanging arm counts as 0."""
SLACK: Final = 0.6  # degrees that rounding and easing may go past a limit
SLIP: Final = 0.6  # % of height that a resting hand or foot may miss its place
MOST_SPINE: Final = 75.0  # degrees a second in a relaxed movement: assumed
MOST_LIMB: Final = 190.0  # assumed
LOWEST: Final = {"hip": 4.8, "knee": 2.4, "ankle": 1.5, "hand": 0.6, "elbow": 1.2, "head": 5.2}
STANDING_HIPS: Final = 37.0  # above this the feet carry the weight alone
SEATS: Final = (PropKind.CHAIR, PropKind.BALL, PropKind.BENCH)
HELD_UP: Final = (PropKind.WALL, PropKind.BAND, PropKind.TABLE)
TRUNK_DEEP, TRUNK_WIDE, TRUNK_INSIDE = 4.6, 8.0, 0.8


def problems(figure: Figure, number: int) -> list[str]:
    """Say what is wrong with a level; an empty list where nothing is."""
    motion, level = motion_of(figure, number), figure.level(number)
    figure = figure.seen_at(number)
    found = [
        *_limits(motion, ankles=not figure.view.front),
        *_speeds(motion),
        *_contacts(motion),
        *_through(motion),
    ]
    if not figure.view.from_above:
        found += _sunk(motion)
    if figure.view is View.SIDE and figure.anchor is Anchor.HIPS:
        found += _balance(motion, level)
    return found


def joints(body: Bodies) -> dict[str, Array]:
    """Measure every joint, degrees, by the names of `body.LIMIT` and a side."""
    found = {}
    for name in ("lumbar", "thorax", "neck"):
        for n, kind in enumerate(("", "_side", "_turn")):
            found[name + kind] = body.channels[name][:, n]
    for limb in Limb:
        a, b, c, d = np.moveaxis(body.limbs[limb], 1, 0)
        frame = body.frames[:, 0] if limb.is_leg else body.chest
        names = ("hip", "knee") if limb.is_leg else ("shoulder", "elbow")
        neutral = 0.0 if limb.is_leg else CHEST_TILT
        found[f"{names[0]} {limb}"] = _swing(frame, b - a) - neutral
        found[f"{names[1]} {limb}"] = degrees_between(b - a, c - b)
        if limb.is_leg:
            found[f"ankle {limb}"] = 90.0 - degrees_between(b - c, d - c)
    return found


def _swing(frame: Array, way: Array) -> Array:
    """How far a limb swings forward of a frame; 0 for one that points straight out."""
    x, y, _ = np.einsum("nji,nj->in", frame, unit(way))
    angle = np.degrees(np.arctan2(x, -y))
    angle = np.where(np.hypot(x, y) < 0.35, 0.0, angle)
    return np.where(angle < -120, angle + 360, angle)


def _limits(motion: Motion, *, ankles: bool) -> Iterator[str]:
    for name, angle in joints(motion.body).items():
        if name.startswith("ankle") and not ankles:
            continue  # a foot seen from the front is drawn, not solved
        low, high = LIMIT[name.split()[0]]
        if angle.min() < low - SLACK or angle.max() > high + SLACK:
            worst = angle.min() if angle.min() < low - SLACK else angle.max()
            when = int(np.argmin(angle) if worst == angle.min() else np.argmax(angle))
            yield f"{name} goes to {worst:.0f}, outside {low:.0f} to {high:.0f}, at {when}%"


def _speeds(motion: Motion) -> Iterator[str]:
    step = motion.seconds / (len(motion.body.nodes) - 1)
    for name, angle in joints(motion.body).items():
        speed = np.abs(np.diff(angle)) / step
        if " " not in name and speed.max() > MOST_SPINE:
            yield f"{name} moves at {speed.max():.0f} degrees a second at {int(speed.argmax())}%"
    for limb, joint in motion.body.limbs.items():
        for n, bone in enumerate(limb.bones[:2]):
            way = joint[:, n + 1] - joint[:, n]
            speed = degrees_between(way[1:], way[:-1]) / step
            if speed.max() > MOST_LIMB:
                at = int(speed.argmax())
                yield f"{bone} of {limb} moves at {speed.max():.0f} degrees a second at {at}%"


def _contacts(motion: Motion) -> Iterator[str]:
    """A resting hand or foot reaches its place, and a place on the floor stays where it is."""
    body = motion.body
    for limb in Limb:
        pins = body.pins[limb]
        world = np.isin(pins, (On.FLOOR, On.THING))
        target = body.channels[f"{limb}_at"] + np.array([0.0, ANKLE if limb.is_leg else 0.0, 0.0])
        miss = np.linalg.norm(body.limbs[limb][:, 2] - target, axis=-1) * world
        if miss.max() > SLIP:
            yield f"{limb} misses its place by {miss.max():.1f} at {int(miss.argmax())}%"
        low = body.channels[f"{limb}_at"][:, 1] * (pins == On.FLOOR)
        if limb.is_leg and low.min() < -0.1:
            yield f"{limb} rests below the floor"


def _sunk(motion: Motion) -> Iterator[str]:
    body = motion.body
    heights = {"hip": body.nodes[:, 0, 1], "head": body.at_head(1.0, 5.0)[:, 1]}
    for limb in Limb:
        middle, end = body.limbs[limb][:, 1, 1], body.limbs[limb][:, 2, 1]
        heights[f"{'knee' if limb.is_leg else 'hand'} {limb}"] = middle if limb.is_leg else end
        heights[f"{'ankle' if limb.is_leg else 'elbow'} {limb}"] = end if limb.is_leg else middle
    for name, height in heights.items():
        if height.min() < LOWEST[name.split()[0]]:
            yield f"{name} sinks to {height.min():.1f} at {int(height.argmin())}%"


def _through(motion: Motion) -> Iterator[str]:
    """No elbow or hand goes through the trunk."""
    body = motion.body
    frames = np.concatenate([body.frames[:, :1], body.frames[:, :-1]], axis=1)
    nodes = body.nodes[:, :-1]
    for limb in (Limb.ARM_L, Limb.ARM_R):
        for name, n in (("elbow", 1), ("hand", 2)):
            way = body.limbs[limb][:, None, n] - nodes
            nearest = np.linalg.norm(way, axis=-1).argmin(axis=1)
            rows = np.arange(len(way))
            x, y, z = np.einsum("nji,nj->in", frames[rows, nearest], way[rows, nearest])
            inside = (np.abs(y) < 3) & (
                (x / TRUNK_DEEP) ** 2 + (z / TRUNK_WIDE) ** 2 < TRUNK_INSIDE
            )
            if inside.any():
                yield f"{name} {limb} goes through the trunk at {int(inside.argmax())}%"


def _balance(motion: Motion, level: Level) -> Iterator[str]:
    """Whoever stands on both feet, and holds on to nothing, has the weight over them."""
    body = motion.body
    leaning = not any(prop.by.startswith("hand") for prop in level.props)
    leaning &= bool((body.pins[Limb.ARM_R] == On.THING).any())
    if leaning or any(prop.kind in HELD_UP for prop in level.props):
        return
    seated = any(prop.kind in SEATS for prop in level.props)
    on_feet = (body.pins[Limb.LEG_L] == On.FLOOR) & (body.pins[Limb.LEG_R] == On.FLOOR)
    free = ~np.isin(body.pins[Limb.ARM_R], (On.FLOOR, On.THING)) | (body.nodes[:, 0, 1] > 45)
    high = body.nodes[:, 0, 1] > (STANDING_HIPS + 3 if seated else 30.0)
    weight, (heel, toe) = centre_of_mass(body)[:, 0], base(body).T
    spread = np.abs(body.limbs[Limb.LEG_L][:, 2, 0] - body.limbs[Limb.LEG_R][:, 2, 0]) / 2
    out = np.maximum(heel - spread - weight, weight - toe - spread) * (on_feet & free & high)
    if out.max() > 0.5:
        yield f"would fall over at {int(out.argmax())}%, by {out.max():.1f}"
