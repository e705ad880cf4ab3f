"""Outlines of the parts of the body, as SVG path data.

A limb's outline runs along +x from its joint, the back of the limb on +y. A piece of trunk and
the head run up along +x, the front on +y.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np

from safetomove.core.figures.body import LENGTH

Profile = Sequence[tuple[float, float, float]]
"""Share of the length, half width in front and half width behind."""

SIDE: Final[dict[str, Profile]] = {
    "thigh": [(0, 6.1, 6.9), (0.25, 6.3, 6.2), (0.65, 5.0, 4.8), (1, 4.0, 4.0)],
    "shank": [(-0.05, 3.9, 3.8), (0.08, 3.7, 4.0), (0.3, 3.3, 4.5), (0.6, 2.8, 3.5), (1, 2.4, 2.6)],
    "upper_arm": [(0.05, 2.9, 2.9), (0.4, 2.9, 3.1), (1, 2.3, 2.4)],
    "forearm": [(0, 2.3, 2.4), (0.3, 2.4, 2.6), (1, 1.6, 1.6)],
    "hand": [(0, 1.6, 1.5), (0.4, 2.2, 1.6), (0.85, 1.5, 1.2)],
    "neck": [(-0.1, 2.9, 2.9), (0.5, 2.8, 3.0), (1.3, 3.0, 3.2)],
}
FRONT: Final[dict[str, Profile]] = {
    "thigh": [(0, 5.2, 4.9), (0.25, 5.1, 4.9), (0.65, 4.3, 4.3), (1, 3.8, 3.8)],
    "shank": [(-0.06, 3.7, 3.7), (0.1, 3.7, 3.7), (0.3, 3.7, 3.8), (0.6, 2.8, 2.9), (1, 2.2, 2.2)],
    "upper_arm": [(0.05, 2.6, 2.6), (0.4, 2.8, 2.8), (1, 2.3, 2.3)],
    "forearm": [(0, 2.3, 2.3), (0.3, 2.5, 2.4), (1, 1.6, 1.6)],
    "hand": [(0, 1.6, 1.5), (0.4, 2.2, 1.8), (0.85, 1.4, 1.2)],
    "neck": [(-0.3, 4.4, 4.4), (0.5, 2.8, 2.8), (1.3, 3.1, 3.1)],
}
# Trunk: place from the hip centre (0) to the base of the neck (1), half widths front and behind.
TRUNK: Final[Profile] = [
    (0.0, 6.2, 7.2), (0.18, 6.2, 6.4), (0.34, 6.1, 5.2), (0.5, 6.1, 5.0),
    (0.7, 6.7, 5.5), (0.86, 6.2, 5.8), (1.0, 3.9, 4.3),
]  # fmt: skip
BREADTH: Final = [
    (0.0, 9.3), (0.18, 9.0), (0.34, 8.3), (0.5, 8.5), (0.7, 9.9), (0.84, 10.8), (0.93, 9.6),
    (1.0, 5.4),
]  # fmt: skip
SLEEVE: Final = {  # share of the upper arm that a sleeve covers, and how loose it is
    "short": (0.6, 0.9),
}
SHOE_SIDE: Final = [
    (-3.9, 3.4), (-3.9, 1.2), (-2.6, -2.4), (2.0, -2.7), (4.4, -1.0), (8.6, 0.5), (11.0, 2.0),
    (10.9, 3.6), (5.0, 3.9), (0.0, 3.9),
]  # fmt: skip
SOLE_SIDE: Final = "M-3.9 2.9L10.9 3Q11.4 4.4 10 4.4L-3.4 4.4Q-4.4 4.2-3.9 2.9z"
SHOE_FRONT: Final = [
    (-2.5, -2.6), (-3.4, 0.6), (-3.9, 3.6), (0.0, 4.8), (3.9, 3.6), (3.4, 0.6), (2.5, -2.6),
]  # fmt: skip
SOLE_FRONT: Final = "M-3.8 3.2Q0 5 3.8 3.2Q4.3 4.9 3 5.2L-3 5.2Q-4.3 4.9-3.8 3.2z"


def number(value: float) -> str:
    """Write a number with one decimal at most and no more letters than it needs."""
    text = f"{value:.1f}".removesuffix(".0").replace("-0.", "-.")
    return "0" if text in ("-0", "-") else text.removeprefix("0") or "0"


def pairs(values: Sequence[float]) -> str:
    """Write numbers for a path: a minus sign needs no blank before it."""
    return " ".join(number(value) for value in values).replace(" -", "-")


def smooth(points: Sequence[tuple[float, float]]) -> str:
    """Close a smooth line through points (Catmull-Rom, written as cubic curves)."""
    place = np.array(points, float)
    before, after, beyond = (np.roll(place, shift, axis=0) for shift in (1, -1, -2))
    curves = np.hstack([(after - before) / 6, after - (beyond - place) / 6 - place, after - place])
    return f"M{pairs(points[0])}c{pairs([float(each) for each in curves.ravel()])}z"


def limb(bone: str, profile: Profile, wide: float = 1.0) -> str:
    """Draw one bone's outline with round ends."""
    length = LENGTH[bone]
    front = [(t * length, -f * wide) for t, f, _ in profile]
    back = [(t * length, b * wide) for t, _, b in reversed(profile)]
    (t0, f0, b0), (t1, f1, b1) = profile[0], profile[-1]
    start = (t0 * length - wide * (f0 + b0) / 2, wide * (b0 - f0) / 2)
    end = (t1 * length + wide * 0.85 * (f1 + b1) / 2, wide * (b1 - f1) / 2)
    return smooth([start, *front, end, *back])


def sleeve(kind: str, profile: Profile, wide: float) -> str:
    """Draw a sleeve around the upper arm, open at its end."""
    share, loose = SLEEVE[kind]
    length, cap = LENGTH["upper_arm"], 3.7 * wide
    end = share * length
    front = float(np.interp(share, [p[0] for p in profile], [p[1] for p in profile])) * wide + loose
    back = float(np.interp(share, [p[0] for p in profile], [p[2] for p in profile])) * wide + loose
    return (
        f"M{pairs((0, -cap))}Q{pairs((end * 0.5, -cap, end, -front))}"
        f"Q{pairs((end + 0.9, 0, end, back))}Q{pairs((end * 0.5, cap, 0, cap))}"
        f"A{pairs((cap, cap))} 0 0 1 {pairs((0, -cap))}z"
    )


def forearm_sleeve(profile: Profile, wide: float) -> str:
    """Draw the lower half of a long sleeve, to above the wrist."""
    covered = [(t, f + 0.7, b + 0.7) for t, f, b in profile[:-1]] + [(0.84, 2.3, 2.3)]
    return limb("forearm", covered, wide)


def piece(length: float, low: tuple[float, float], high: tuple[float, float]) -> str:
    """Draw a piece of trunk from the side: two circles, (offset to the front, radius), joined."""
    (o0, r0), (o1, r1) = low, high
    return (
        f"M{pairs((0, o0 - r0))}L{pairs((length, o1 - r1))}A{pairs((r1, r1))} 0 0 1 "
        f"{pairs((length, o1 + r1))}L{pairs((0, o0 + r0))}A{pairs((r0, r0))} 0 0 1 "
        f"{pairs((0, o0 - r0))}z"
    )


def slab(length: float, low: float, high: float, low_cap: float, high_cap: float) -> str:
    """Draw a piece of trunk from the front: half widths at both ends, and how round each is."""
    return (
        f"M{pairs((0, -low))}L{pairs((length, -high))}A{pairs((high_cap * high, high))} 0 0 1 "
        f"{pairs((length, high))}L{pairs((0, low))}A{pairs((low_cap * low, low))} 0 0 1 "
        f"{pairs((0, -low))}z"
    )


def trunk_at(place: float, broad: float) -> tuple[float, float]:
    """Return offset to the front and radius of the trunk at a place (0 hips, 1 neck)."""
    at, front, back = np.array(TRUNK).T
    paunch = max(broad - 1.0, 0.0) * 9.0 * float(np.exp(-(((place - 0.3) / 0.2) ** 2)))
    f = float(np.interp(place, at, front)) * broad + paunch
    b = float(np.interp(place, at, back)) * broad
    return (f - b) / 2, (f + b) / 2


def breadth_at(place: float, broad: float) -> float:
    """Return the half breadth of the trunk at a place (0 hips, 1 neck)."""
    at, half = np.array(BREADTH).T
    return float(np.interp(place, at, half)) * (1 + (broad - 1) * (1.3 - 0.8 * place))


def rect(x: float, y: float, wide: float, high: float, round_: float = 0.8) -> str:
    """Draw a box with round corners, from its top left."""
    r = min(round_, wide / 2, high / 2)
    arc = f"a{number(r)} {number(r)} 0 0 1 "
    return (
        f"M{pairs((x + r, y))}h{number(wide - 2 * r)}{arc}{pairs((r, r))}v{number(high - 2 * r)}"
        f"{arc}{pairs((-r, r))}h{number(2 * r - wide)}{arc}{pairs((-r, -r))}v{number(2 * r - high)}"
        f"{arc}{pairs((r, -r))}z"
    )


def disc(x: float, y: float, wide: float, high: float | None = None) -> str:
    """Draw a circle, or an ellipse, around a place."""
    tall = wide if high is None else high
    arc = f"a{pairs((wide, tall))} 0 1 1 "
    return f"M{pairs((x - wide, y))}{arc}{pairs((2 * wide, 0))}{arc}{pairs((-2 * wide, 0))}z"
