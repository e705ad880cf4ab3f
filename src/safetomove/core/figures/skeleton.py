"""Numbers of a pose to places of joints, for many moments at once.

A moment's numbers are a row of each channel: `at`, four parts of the spine as bend, lean and
turn, and for each limb its angles and the place it reaches for.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from safetomove.core.figures.body import (
    ANKLE,
    HEAD_TILT,
    HIP_HALF,
    LEAN,
    LENGTH,
    PIECES,
    REST,
    SHOULDER_DROP,
    SHOULDER_FORWARD,
    SHOULDER_HALF,
    Array,
    Limb,
)
from safetomove.core.figures.geometry import apply, direction, rotation, two_bones, unit
from safetomove.core.figures.movement import Anchor, On

SPINE = ("pelvis", "lumbar", "thorax", "neck")
Channels = Mapping[str, Array]
Pins = Mapping[Limb, NDArray[np.str_]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bodies:
    """The joints at n moments.

    nodes (n, 13, 3): hip centre, top of the pelvis, 4 lumbar, 6 thoracic, top of the neck;
    frames (n, 12, 3, 3) of the pieces below each node but the first; head (n, 3, 3); limbs
    (n, 4, 3) from the root outwards; `pins` names what each limb rests on, "" for nothing.
    """

    nodes: Array
    frames: Array
    head: Array
    limbs: Mapping[Limb, Array]
    pins: Pins
    channels: Channels

    @property
    def chest(self) -> Array:
        """Return the frame of the topmost thoracic piece."""
        return np.asarray(self.frames[:, -2])

    def at_head(self, forward: float, up: float, right: float = 0.0) -> Array:
        """Find a place on the head, measured from the top of the neck."""
        return np.asarray(self.nodes[:, -1] + apply(self.head, np.array([forward, up, right])))


def bodies(channels: Channels, pins: Pins, anchor: Anchor, *, front: bool) -> Bodies:
    """Place every joint.

    Parameters
    ----------
    channels
        Arrays (n, k) by name, as `poses.channels_of` makes them; degrees and % of height.
    pins
        What each limb rests on at each moment, (n,) names of `On`.
    anchor
        The point that the channel `at` places.
    front
        Whether limb angles are read in the front plane.
    """
    nodes, frames, head = _spine(channels)
    roots = _roots(channels, nodes, frames)
    nodes_at = _anchored(channels, nodes, frames, anchor, front)
    shift = (channels["at"] - nodes_at)[:, None, :]
    nodes, roots = nodes + shift, {limb: root + shift[:, 0] for limb, root in roots.items()}
    limbs: dict[Limb, Array] = {}
    for limb in Limb:  # legs first: a hand may rest on one
        limbs[limb] = _limb(
            limb, roots[limb], channels, pins[limb], (nodes, frames, head, limbs), front
        )
    return Bodies(nodes=nodes, frames=frames, head=head, limbs=limbs, pins=pins, channels=channels)


def _spine(channels: Channels) -> tuple[Array, Array, Array]:
    count = len(channels["at"])
    frame = rotation(channels["pelvis"])
    frames, nodes = [frame], [np.zeros((count, 3))]
    nodes.append(nodes[-1] + frame[:, :, 1] * LENGTH["pelvis"])
    frame = frame @ rotation(np.array([[LEAN, 0.0, 0.0]]))
    for name in SPINE[1:]:
        pieces = PIECES[name]
        step = rotation((channels[name] + np.array([REST[name], 0.0, 0.0])) / pieces)
        for _ in range(pieces):
            frame = frame @ step
            frames.append(frame)
            nodes.append(nodes[-1] + frame[:, :, 1] * (LENGTH[name] / pieces))
    head = frame @ rotation(np.array([[HEAD_TILT, 0.0, 0.0]]))
    return np.stack(nodes, axis=1), np.stack(frames, axis=1), head


def _roots(channels: Channels, nodes: Array, frames: Array) -> dict[Limb, Array]:
    pelvis, chest, roots = frames[:, 0], frames[:, -2], {}
    for limb in Limb:
        if limb.is_leg:
            roots[limb] = nodes[:, 0] + apply(pelvis, np.array([0.0, 0.0, limb.side * HIP_HALF]))
            continue
        place = np.tile(
            [SHOULDER_FORWARD, -SHOULDER_DROP, limb.side * SHOULDER_HALF], (len(nodes), 1)
        )
        place[:, 1] += channels["shrug"][:, 0]
        roots[limb] = nodes[:, -2] + apply(chest, place)
    return roots


def _anchored(
    channels: Channels, nodes: Array, frames: Array, anchor: Anchor, front: bool
) -> Array:
    if anchor is Anchor.HIPS:
        return np.asarray(nodes[:, 0])
    if anchor is Anchor.UPPER_BACK:
        return np.asarray(nodes[:, -2] - 4.0 * frames[:, -2, :, 1])
    main, off = channels["leg_r"][:, 0], channels["leg_r"][:, 1]
    way = direction(main, off, 1.0, front=front)
    return np.asarray(LENGTH["thigh"] * way * np.array([1.0, 1.0, 0.0]))


def yaw(limb: Limb, channels: Channels) -> Array:
    """Return how far a limb's free angles are carried round by a turn of the trunk."""
    parts = SPINE[:1] if limb.is_leg else SPINE[:3]
    turn = sum(channels[name][:, 2] for name in parts)
    zero = np.zeros(len(channels["at"]))
    return rotation(np.stack([zero, zero, turn + zero], axis=-1))


Found = tuple[Array, Array, Array, Mapping[Limb, Array]]


def _limb(
    limb: Limb, root: Array, channels: Channels, pins: NDArray[np.str_], found: Found, front: bool
) -> Array:
    """Place one limb: as it is turned where it is free, by reaching where it rests on something."""
    first, second, last = (LENGTH[bone] for bone in limb.bones)
    a1, b1, a2, b2, a3, pole, pole_out = channels[limb.value].T
    round_, side = yaw(limb, channels), limb.side
    middle = root + first * apply(round_, direction(a1, b1, side, front=front))
    end = middle + second * apply(round_, direction(a2, b2, side, front=front))
    held = pins != On.FREE
    if held.any():
        target = _target(limb, channels, pins, found)
        bent, reached = two_bones(
            root, target, (first, second), _pole(limb, channels, found[1], (pole, pole_out))
        )
        middle = np.where(held[:, None], bent, middle)
        end = np.where(held[:, None], reached, end)
    off = np.zeros_like(b2) if limb.is_leg else b2
    tip = end + last * unit(apply(round_, direction(a3, off, side, front=front)))
    return np.stack([root, middle, end, tip], axis=1)


def _pole(limb: Limb, channels: Channels, frames: Array, said: tuple[Array, Array]) -> Array:
    """Choose which way a knee or elbow goes: forward of the hips, or back, down and out."""
    turn, out = said
    zero = np.zeros(len(turn))
    if limb.is_leg:
        half = np.stack(
            [channels["pelvis"][:, 0] / 2 + turn, zero, channels["pelvis"][:, 2]], axis=-1
        )
        return apply(
            rotation(half), np.stack([zero + 1.0, zero, limb.side * (0.15 + out)], axis=-1)
        )
    spin = rotation(np.stack([turn, zero, zero], axis=-1))
    bent = np.stack([zero - 0.9, zero - 0.25, limb.side * (0.45 + out)], axis=-1)
    return apply(frames[:, -2] @ spin, bent)


def _target(limb: Limb, channels: Channels, pins: NDArray[np.str_], found: Found) -> Array:
    """Find the place that a limb reaches for at each moment."""
    said = channels[f"{limb.value}_at"]
    target = said.copy()
    if limb.is_leg:
        target[:, 1] += ANKLE
        return target
    for on in (On.THIGH, On.SHIN, On.HIP, On.CHEST, On.HEAD):
        here = pins == on
        if here.any():
            target[here] = _on_body(on, limb, said, found)[here]
    return target


def _on_body(on: On, limb: Limb, said: Array, found: Found) -> Array:
    nodes, frames, head, limbs = found
    if on in (On.THIGH, On.SHIN):
        leg = limbs[Limb.LEG_R if limb.side > 0 else Limb.LEG_L]
        a, b = (leg[:, 0], leg[:, 1]) if on is On.THIGH else (leg[:, 1], leg[:, 2])
        along = b - a
        over = unit(np.stack([-along[:, 1], along[:, 0], np.zeros(len(along))], axis=-1))
        at = a + said[:, :1] * along + said[:, 1:2] * over
        at[:, 2] = said[:, 2]
        return at
    if on is On.HEAD:
        return np.asarray(nodes[:, -1] + apply(head, said))
    frame, node = (frames[:, 0], nodes[:, 0]) if on is On.HIP else (frames[:, -2], nodes[:, -2])
    return np.asarray(node + apply(frame, said))
