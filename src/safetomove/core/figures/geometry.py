"""Turning and reaching, for every moment of a movement at once: arrays are (moments, 3)."""

import numpy as np

from safetomove.core.figures.body import Array

PARALLEL = 1e-6  # a pole this close to the reach says nothing of which way to bend


def unit(v: Array) -> Array:
    """Scale vectors to length 1; a vector of no length stays as it is."""
    length = np.linalg.norm(v, axis=-1, keepdims=True)
    return np.asarray(v / np.where(length == 0, 1.0, length))


def rotation(bend: Array) -> Array:
    """Bend forward, lean right and turn right: (n, 3) degrees to (n, 3, 3) matrices.

    The turn is about the upright axis of what it is applied to, then the bend, then the lean.
    """
    f, s, t = np.radians(bend * [-1.0, 1.0, -1.0]).T
    zero, one = np.zeros_like(f), np.ones_like(f)
    forward = _stack(np.cos(f), -np.sin(f), zero, np.sin(f), np.cos(f), zero, zero, zero, one)
    lean = _stack(one, zero, zero, zero, np.cos(s), -np.sin(s), zero, np.sin(s), np.cos(s))
    turn = _stack(np.cos(t), zero, np.sin(t), zero, one, zero, -np.sin(t), zero, np.cos(t))
    turned: Array = turn @ forward @ lean
    return turned


def _stack(*cells: Array) -> Array:
    return np.stack(cells, axis=-1).reshape(-1, 3, 3)


def apply(matrices: Array, vectors: Array) -> Array:
    """Turn each vector by the matrix of its moment; one vector may stand for all moments."""
    spread = np.broadcast_to(vectors, (len(matrices), 3))
    return np.asarray(np.einsum("nij,nj->ni", matrices, spread))


def direction(main: Array, off: Array, side: float, *, front: bool) -> Array:
    """Point a limb: `main` turns it in the plane that is seen, `off` out of that plane.

    Seen from the side, `main` swings forward and `off` outwards; from the front, the reverse.
    """
    m, o = np.radians(main), np.radians(off)
    along, down, away = np.cos(o) * np.sin(m), -np.cos(o) * np.cos(m), np.sin(o)
    seen = (away, down, side * along) if front else (along, down, side * away)
    return np.stack(seen, axis=-1)


def angles(way: Array, side: float, *, front: bool) -> tuple[Array, Array]:
    """Find `main` and `off` of a direction: the inverse of `direction`."""
    x, y, z = way.T
    along, away = (side * z, x) if front else (x, side * z)
    return np.degrees(np.arctan2(along, -y)), np.degrees(np.arcsin(np.clip(away, -1, 1)))


def two_bones(
    start: Array, target: Array, lengths: tuple[float, float], pole: Array
) -> tuple[Array, Array]:
    """Reach with two bones: the middle joint and the end, bent towards the pole; closed form."""
    first, second = lengths
    reach = target - start
    far = np.clip(np.linalg.norm(reach, axis=-1), abs(first - second) + 0.01, first + second - 0.01)
    along = unit(reach)
    share = (first**2 - second**2 + far**2) / (2 * far)
    height = np.sqrt(np.maximum(first**2 - share**2, 0.0))
    bend = unit(_across(along, pole))
    return start + share[:, None] * along + height[:, None] * bend, start + far[:, None] * along


def _across(along: Array, pole: Array) -> Array:
    """Take from the pole what lies along the reach; where nothing is left, any way across."""
    left = pole - np.sum(pole * along, axis=-1, keepdims=True) * along
    any_way = np.cross(along, np.roll(along, 1, axis=-1) + np.array([0.1, 0.2, 0.3]))
    short = np.linalg.norm(left, axis=-1, keepdims=True) < PARALLEL
    return np.where(short, any_way, left)


def degrees_between(a: Array, b: Array) -> Array:
    """Measure the angle between two sets of vectors."""
    cosine = np.sum(unit(a) * unit(b), axis=-1)
    return np.asarray(np.degrees(np.arccos(np.clip(cosine, -1, 1))))
