"""Heads: a face and a way to wear one's hair, from the side and from the front.

Points are (forward or right, up) from the top of the neck; `head` turns them so that up is +x.
Each drawing is (colour class, path data); classes are those of `draw.colours`.
"""

from typing import Final

from safetomove.core.figures.outlines import pairs, smooth

Drawing = tuple[str, str]
Points = list[tuple[float, float]]

FACE_SIDE: Final[Points] = [
    (2.2, -2.6), (4.8, -2.4), (6.1, -0.7), (5.9, 0.9), (6.4, 1.5), (7.7, 2.3), (6.4, 4.3),
    (6.6, 6.2), (5.6, 9.1), (1.6, 11.3), (-3.6, 10.0), (-5.7, 6.0), (-4.8, 1.4), (-2.8, -1.8),
]  # fmt: skip
FACE_FRONT: Final[Points] = [
    (0, -3.2), (2.7, -2.2), (4.6, 0.8), (5.1, 5.0), (4.2, 9.2), (0, 11.3), (-4.2, 9.2),
    (-5.1, 5.0), (-4.6, 0.8), (-2.7, -2.2),
]  # fmt: skip
CAP_SIDE: Final[Points] = [
    (5.9, 7.6), (5.6, 9.9), (1.6, 12.1), (-4.0, 10.8), (-6.6, 6.2), (-6.0, 1.8), (-4.4, -0.4),
    (-2.6, 1.0), (-1.9, 4.4), (0.2, 6.0), (1.0, 7.8), (3.2, 8.4),
]  # fmt: skip
CAP_FRONT: Final[Points] = [
    (-5.6, 4.6), (-5.6, 8.6), (-3.4, 11.6), (0, 12.4), (3.4, 11.6), (5.6, 8.6), (5.6, 4.6),
    (4.7, 7.0), (2.6, 8.9), (-0.8, 9.1), (-3.6, 8.4), (-4.7, 7.0),
]  # fmt: skip
BOB_SIDE: Final[Points] = [
    (6.0, 7.4), (5.6, 10.2), (1.4, 12.4), (-4.4, 11.0), (-7.0, 6.2), (-6.8, 0.6), (-5.2, -2.2),
    (-2.0, -2.4), (0.0, -1.4), (0.4, 2.2), (0.8, 5.8), (3.0, 8.2),
]  # fmt: skip
BOB_FRONT: Final[Points] = [
    (-5.8, -1.6), (-6.6, 4.0), (-5.8, 9.4), (-3.0, 12.2), (0, 12.7), (3.0, 12.2), (5.8, 9.4),
    (6.6, 4.0), (5.8, -1.6), (4.3, -1.8), (4.5, 3.0), (4.2, 7.0), (0.6, 9.2), (-3.6, 8.0),
    (-4.5, 3.0), (-4.3, -1.8),
]  # fmt: skip
SCARF_SIDE: Final[Points] = [
    (5.9, 7.8), (5.3, 10.6), (1.2, 12.5), (-4.8, 10.8), (-7.3, 5.4), (-6.6, -0.6), (-6.2, -5.6),
    (-1.0, -6.8), (4.4, -6.2), (5.0, -3.6), (3.2, -2.2), (2.4, 0.6), (2.6, 4.6), (4.4, 7.4),
]  # fmt: skip
SCARF_FRONT: Final[Points] = [
    (0, 8.9), (-3.4, 7.4), (-4.2, 3.6), (-3.4, -0.6), (0, -3.0), (3.4, -0.6), (4.2, 3.6),
    (3.4, 7.4), (0, 8.9), (0, 12.6), (4.4, 11.2), (6.4, 6.2), (6.0, -0.8), (7.0, -5.4), (0, -6.8),
    (-7.0, -5.4), (-6.0, -0.8), (-6.4, 6.2), (-4.4, 11.2), (0, 12.6),
]  # fmt: skip
BEARD_SIDE: Final[Points] = [
    (0.2, 3.4), (-0.4, 0.0), (2.0, -3.4), (5.2, -3.4), (6.6, -1.0), (6.1, 1.0), (4.2, 0.9),
    (1.8, 1.2),
]  # fmt: skip
BEARD_FRONT: Final[Points] = [
    (-4.9, 3.0), (-4.4, -0.6), (-2.6, -3.2), (0, -4.2), (2.6, -3.2), (4.4, -0.6), (4.9, 3.0),
    (3.0, 1.0), (0, 1.4), (-3.0, 1.0),
]  # fmt: skip
RIM_SIDE: Final[Points] = [
    (-1.4, 6.8), (-4.6, 7.6), (-6.3, 5.4), (-5.7, 1.6), (-4.2, -0.6), (-2.6, 1.0), (-1.8, 4.2),
]  # fmt: skip
CURLS_SIDE: Final[Points] = [
    (4.2, 9.8), (1.2, 11.4), (-2.4, 11.0), (-5.2, 8.8), (-6.4, 5.4), (-6.0, 2.2), (-3.4, 5.6),
    (-1.6, 8.4),
]  # fmt: skip
TAIL_SIDE: Final[Points] = [
    (-5.0, 8.4), (-8.0, 8.0), (-9.4, 4.0), (-8.6, -1.4), (-7.4, -3.6), (-6.8, 0.4), (-6.6, 4.0),
]  # fmt: skip
RIM_FRONT: Final[Points] = [(4.5, 3.2), (5.7, 4.2), (5.4, 7.2), (4.6, 6.2)]


def _line(points: Points) -> str:
    return smooth([(up, across) for across, up in points])


def _round(across: float, up: float, wide: float, high: float | None = None) -> str:
    tall = wide if high is None else high
    turn = f"a{pairs((tall, wide))} 0 1 1 "
    return (
        f"M{pairs((up - tall, across))}{turn}{pairs((2 * tall, 0))}{turn}{pairs((-2 * tall, 0))}z"
    )


def _curls(centres: Points, size: float) -> str:
    return "".join(_round(across, up, size) for across, up in centres)


def head_side(hair: str) -> list[Drawing]:
    """Draw a head that looks to the right."""
    face: list[Drawing] = [
        ("skin", _line(FACE_SIDE)),
        ("ink", _round(4.5, 4.5, 0.6, 0.85)),
        ("line", "M6.7 3.5q.6 1 .1 2.1M.3 4.5q-.5 .9.2 1.6"),
    ]
    ear: Drawing = ("far skin", _round(-0.5, 3.7, 1.2, 1.7))
    cap: Drawing = ("hair", _line(CAP_SIDE))
    match hair:
        case "bun":
            return [("hair", _round(-6.4, 9.2, 3.1)), *face, cap, ear]
        case "bob":
            return [*face, ("hair", _line(BOB_SIDE))]
        case "curls":
            return [*face, ("hair", _curls(CURLS_SIDE, 3.1)), ear]
        case "tail":
            return [("hair", _line(TAIL_SIDE)), *face, cap, ear]
        case "scarf":
            return [*face, ("hair", _line(SCARF_SIDE))]
        case "bald":
            return [*face, ("hair", _line(RIM_SIDE)), ("hair", _line(BEARD_SIDE)), ear]
        case "beard":
            return [*face, cap, ("hair", _line(BEARD_SIDE)), ear]
        case _:
            return [*face, cap, ear]


def head_front(hair: str) -> list[Drawing]:
    """Draw a head that looks at us, without its eyes and mouth, which slide as it turns."""
    ears: Drawing = ("skin", _round(5.2, 3.4, 1.1, 1.6) + _round(-5.2, 3.4, 1.1, 1.6))
    face: list[Drawing] = [ears, ("skin", _line(FACE_FRONT))]
    match hair:
        case "bun":
            return [("hair", _round(0, 12.6, 3.2)), *face, ("hair", _line(CAP_FRONT))]
        case "bob":
            return [*face, ("hair", _line(BOB_FRONT))]
        case "curls":
            ring = [
                (-5.2, 5.6),
                (-5.0, 8.6),
                (-2.8, 10.8),
                (0.4, 11.4),
                (3.4, 10.4),
                (5.2, 8.0),
                (5.3, 5.2),
            ]
            return [*face, ("hair", _curls(ring, 2.7))]
        case "tail":
            return [*face, ("hair", _line(CAP_FRONT))]
        case "scarf":
            return [*face[1:], ("hair", _line(SCARF_FRONT))]
        case "bald":
            rims = _line(RIM_FRONT) + _line([(-across, up) for across, up in RIM_FRONT])
            return [*face, ("hair", rims), ("hair", _line(BEARD_FRONT))]
        case "beard":
            return [*face, ("hair", _line(CAP_FRONT)), ("hair", _line(BEARD_FRONT))]
        case _:
            return [*face, ("hair", _line(CAP_FRONT))]


FEATURES: Final[list[Drawing]] = [
    ("ink", _round(-2.1, 4.4, 0.6, 0.85) + _round(2.1, 4.4, 0.6, 0.85)),
    ("line", "M6.3-3q.6 .9.1 2M6.4 1.1q.6 .9 0 2M.4-1.5q-1 1.5 0 3"),
    ("far skin", _round(0, 2.2, 0.9, 0.8)),
]
