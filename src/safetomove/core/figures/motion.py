"""From key poses to every moment between: solve each pose, then ease from one to the next."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from safetomove.core.figures.body import HEAD_CENTRE, HEEL_SHARE, LENGTH, MASS, PIECES, Array, Limb
from safetomove.core.figures.geometry import angles, apply, unit
from safetomove.core.figures.movement import Figure, Level, LimbPose, On, Pose, Way, half_width
from safetomove.core.figures.skeleton import SPINE, Bodies, Pins, bodies, yaw

MOMENTS: Final = 100
"""Moments a way there, or a loop, is parted into: one for each per cent of a keyframe rule."""
BALANCE_TURNS: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Motion:
    """A level in motion: the body at MOMENTS + 1 moments, and where each pose is met."""

    body: Bodies
    seconds: float
    marks: tuple[int, ...]
    loop: bool


@lru_cache(maxsize=512)
def motion_of(figure: Figure, number: int) -> Motion:
    """Work out how a level moves."""
    figure, level = figure.seen_at(number), figure.level(number)
    poses = solved(figure, level)
    times, at, rest = _knots(level.poses, loop=figure.way is Way.LOOP)
    now = np.linspace(0.0, times[-1], MOMENTS + 1)
    eased = {name: _ease(times, table[at], rest, now) for name, table in poses.channels.items()}
    body = bodies(eased, _pins(poses.pins, times, at, now), figure.anchor, front=figure.view.front)
    marks = tuple(
        round(
            float(np.mean(times[: _last(figure, at)][at[: _last(figure, at)] == n]))
            / times[-1]
            * MOMENTS
        )
        for n in range(len(level.poses))
    )
    return Motion(body=body, seconds=float(times[-1]), marks=marks, loop=figure.way is Way.LOOP)


def _last(figure: Figure, at: Array) -> int:
    return len(at) - 1 if figure.way is Way.LOOP else len(at)


def solved(figure: Figure, level: Level) -> Bodies:
    """Solve every key pose; resting limbs get the angles that their reach gives them."""
    front = figure.view.front
    channels = channels_of(level.poses, front=front)
    pins = {limb: np.array([pose.limbs[limb].on for pose in level.poses]) for limb in Limb}
    body = bodies(channels, pins, figure.anchor, front=front)
    wanted = np.array([pose.balance for pose in level.poses])
    for _ in range(BALANCE_TURNS if wanted.any() else 0):
        fall = (centre_of_mass(body)[:, 0] - base(body).mean(axis=1)) * wanted
        channels["at"] = channels["at"] - fall[:, None] * np.array([1.0, 0.0, 0.0])
        body = bodies(channels, pins, figure.anchor, front=front)
    for limb in Limb:
        channels[limb.value] = _reached(limb, body, front)
    return bodies(channels, pins, figure.anchor, front=front)


def channels_of(poses: Sequence[Pose], *, front: bool) -> dict[str, Array]:
    """Write poses as one array a channel, a row a pose."""
    found = {
        name: np.array([getattr(pose, name) for pose in poses], float) for name in ("at", *SPINE)
    }
    found["shrug"] = np.array([[pose.shrug] for pose in poses])
    found["belly"] = np.array([[pose.belly] for pose in poses])
    for limb in Limb:
        said = [pose.limbs[limb] for pose in poses]
        found[limb.value] = np.array([_numbers(limb, each, front) for each in said])
        found[f"{limb.value}_at"] = np.array([_place(limb, each) for each in said])
    return found


def _numbers(limb: Limb, said: LimbPose, front: bool) -> tuple[float, ...]:
    fold = -said.bend if limb.is_leg else said.bend
    low_up = said.up + fold if said.low_up is None else said.low_up
    low_out = said.out if said.low_out is None else said.low_out
    main, off = (said.out, said.up) if front else (said.up, said.out)
    low_main, low_off = (low_out, low_up) if front else (low_up, low_out)
    return (
        main,
        off,
        low_main,
        low_off,
        _tip(limb, said, low_main, front),
        said.pole,
        said.pole_out,
    )


def _tip(limb: Limb, said: LimbPose, low: float, front: bool) -> float:
    if said.point is not None:
        return said.point if front else 90.0 + said.point
    if limb.is_leg and said.on is not On.FREE:
        return 0.0 if front else 90.0
    if limb.is_leg:
        return low if front else low + 90.0
    return low if front else low + said.curl


def _place(limb: Limb, said: LimbPose) -> tuple[float, float, float]:
    x, y, z = said.at
    return (x, y, limb.side * (z if z or said.on.on_body else half_width(limb)))


def _reached(limb: Limb, body: Bodies, front: bool) -> Array:
    """Read the angles of a reaching limb off its joints, each nearest to the pose before."""
    numbers, points = body.channels[limb.value].copy(), body.limbs[limb]
    back = np.transpose(yaw(limb, body.channels), (0, 2, 1))
    held = body.pins[limb] != On.FREE
    for first in (0, 1):
        way = apply(back, unit(points[:, first + 1] - points[:, first]))
        main, off = angles(way, limb.side, front=front)
        for n in np.flatnonzero(held):
            near = numbers[n - 1, 2 * first] if n else main[n]
            numbers[n, 2 * first] = main[n] + 360.0 * round((near - main[n]) / 360.0)
            numbers[n, 2 * first + 1] = off[n]
    return numbers


def centre_of_mass(body: Bodies) -> Array:
    """Find the middle of the body's weight, (n, 3), from the share of each part."""
    node, top = body.nodes, 1 + PIECES["lumbar"]
    parts = [
        (MASS["pelvis"], (node[:, 0] + node[:, 1]) / 2),
        (MASS["lumbar"], (node[:, 1] + node[:, top]) / 2),
        (MASS["thorax"], (node[:, top] + node[:, -2]) / 2),
        (MASS["head"], body.at_head(*HEAD_CENTRE)),
    ]
    for limb, joint in body.limbs.items():
        for n, bone in enumerate(limb.bones):
            parts.append((MASS.get(bone, 0.0), 0.57 * joint[:, n] + 0.43 * joint[:, n + 1]))
    weight = sum(share for share, _ in parts)
    return np.asarray(sum(share * place for share, place in parts) / weight)


def base(body: Bodies) -> Array:
    """Find the heel and the toe that the person stands on, (n, 2)."""
    ankles = np.mean([body.limbs[leg][:, 2, 0] for leg in (Limb.LEG_L, Limb.LEG_R)], axis=0)
    foot = LENGTH["foot"]
    return np.stack([ankles - HEEL_SHARE * foot, ankles + (1 - HEEL_SHARE) * foot], axis=-1)


def _knots(poses: Sequence[Pose], *, loop: bool) -> tuple[Array, Array, Array]:
    """Say when each pose is met, and whether the body is at rest then."""
    times, at, rest, now = [], [], [], 0.0
    for n, pose in enumerate(poses):
        end = not loop and n in (0, len(poses) - 1)
        hold = pose.hold / (2 if end else 1)  # there and back: an end pose is met twice running
        now += pose.move if n else 0.0
        for moment in (now, now + hold) if hold else (now,):
            times.append(moment)
            at.append(n)
            rest.append(bool(hold) or end)
        now += hold
    if loop:
        times.append(now + poses[0].move)
        at.append(0)
        rest.append(rest[0])
    return np.array(times), np.array(at), np.array(rest)


def _ease(times: Array, values: Array, rest: Array, now: Array) -> Array:
    """Ease through the knots: still where it rests, never beyond a pose, no stop in passing.

    Cubic Hermite with the harmonic mean of the slopes on both sides (Fritsch and Butland 1984).
    """
    gap = np.diff(times)
    slope = np.diff(values, axis=0) / gap[:, None]
    before, after = np.vstack([slope[-1:], slope]), np.vstack([slope, slope[:1]])
    both = before + after
    lean = np.where(before * after > 0, 2 * before * after / np.where(both == 0, 1, both), 0.0)
    lean[rest] = 0.0
    n = np.clip(np.searchsorted(times, now, "right") - 1, 0, len(gap) - 1)
    u, h = ((now - times[n]) / gap[n])[:, None], gap[n][:, None]
    start = (1 + 2 * u) * (1 - u) ** 2 * values[n] + h * u * (1 - u) ** 2 * lean[n]
    end = u * u * (3 - 2 * u) * values[n + 1] - h * u * u * (1 - u) * lean[n + 1]
    return np.asarray(start + end)


def _pins(pins: Pins, times: Array, at: Array, now: Array) -> Pins:
    """A limb stays on what it rests on only between two poses that both rest it there."""
    n = np.clip(np.searchsorted(times, now, "right") - 1, 0, len(times) - 2)
    here, there = at[n], at[n + 1]
    exact = np.isclose(now, times[n])
    return {
        limb: np.where((names[here] == names[there]) | exact, names[here], On.FREE.value)
        for limb, names in pins.items()
    }
