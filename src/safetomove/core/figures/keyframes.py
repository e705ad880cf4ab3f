"""Tracks to CSS keyframes: as few as keep every part where it was solved, within a hair."""

from functools import lru_cache
from typing import Final

import numpy as np

from safetomove.core.figures.body import Array
from safetomove.core.figures.outlines import number
from safetomove.core.figures.parts import Track

TOLERANCE: Final = 0.4
"""How far a straight line between keyframes may stray, % of height: under 1 px at 400 px."""
WIDTH: Final = 5.0  # half width at which a stretch across is judged
REMEMBERED: Final = 4096  # tracks whose keyframes are remembered
STRETCHED: Final = 0.03  # a stretch smaller than this is not drawn


def kept(track: Track, reach: float) -> list[int]:
    """Choose the moments whose straight lines keep a part within TOLERANCE of its track."""
    return _kept(track.table().tobytes(), reach)


@lru_cache(maxsize=REMEMBERED)
def _kept(numbers: bytes, reach: float) -> list[int]:
    """Choose once for all the pieces of a back that move alike."""
    shifts = _shifts(_track(numbers), reach)
    found, todo = {0, len(shifts) - 1}, [(0, len(shifts) - 1)]
    while todo:
        i, j = todo.pop()
        share = np.linspace(0, 1, j - i + 1)[:, None]
        line = shifts[i] * (1 - share) + shifts[j] * share
        stray = np.abs(line - shifts[i : j + 1]).sum(axis=1)
        worst = int(stray.argmax())
        if stray[worst] > TOLERANCE:
            found.add(i + worst)
            todo += [(i, i + worst), (i + worst, j)]
    return sorted(found)


def _track(numbers: bytes) -> Track:
    return Track.of(np.frombuffer(numbers).reshape(-1, 5))


def _shifts(track: Track, reach: float) -> Array:
    """Weigh each number by how far a change of 1 in it moves the farthest point of the part."""
    weights = np.array([1.0, 1.0, np.radians(reach), reach, WIDTH])
    return np.asarray(track.table() * weights)


def moves(track: Track, reach: float) -> bool:
    """Say whether a part moves enough to be seen."""
    return bool(np.ptp(_shifts(track, reach), axis=0).sum() > TOLERANCE / 2)


def transform(track: Track, moment: int, *, css: bool) -> str:
    """Write where a part is at a moment: always the same functions, so that numbers are eased.

    The numbers that never change from nothing are left out.
    """
    px, deg = ("px", "deg") if css else ("", "")
    text, t = "", track
    if np.abs(t.x).max() >= 0.05 or np.abs(t.y).max() >= 0.05:
        text += f"translate({number(t.x[moment])}{px},{number(t.y[moment])}{px})"
    if np.abs(t.turn).max() >= 0.05:
        text += f"rotate({number(t.turn[moment])}{deg})"
    stretch = np.stack([t.along, t.across])
    if np.abs(stretch - 1).max() > STRETCHED:
        text += f"scale({_share(t.along[moment])},{_share(t.across[moment])})"
    return text


def _share(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".").removeprefix("0") or "0"


def rule(track: Track, reach: float) -> str:
    """Write a track's keyframes, without a name."""
    frames = [f"{k}%{{transform:{transform(track, k, css=True)}}}" for k in kept(track, reach)]
    return "".join(frames)


def visibility_rule(shown: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> str:
    """Write keyframes that switch something on and off."""
    turns = [0, *(int(n) + 1 for n in np.flatnonzero(np.diff(shown)))]
    words = ("hidden", "visible")
    return "".join(
        f"{k}%{{visibility:{words[int(shown[k])]};animation-timing-function:step-end}}"
        for k in turns
    )
