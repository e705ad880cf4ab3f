"""Things that stand still: chairs, mats, walls. Drawn in % of height, x right and y down."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import numpy as np

from safetomove.core.figures.heads import Drawing
from safetomove.core.figures.movement import Prop, PropKind, View
from safetomove.core.figures.outlines import number, pairs, rect
from safetomove.core.figures.parts import Part, Thing

CEILING: Final = 150.0  # a wall goes out of the picture


def _still(
    looks: list[Drawing], extent: tuple[float, float, float] | None, layer: str = "back"
) -> Thing:
    return Thing(layer=layer, part=Part(looks=looks), extent=extent)


def _chair(prop: Prop, view: View) -> Thing:
    """A chair; with a width below nought it faces the other way."""
    x, high = prop.at[0], prop.size[1] or 25.0
    if view.front:
        back = (
            rect(x - 14, -high - 27, 28, 25, 4)
            + rect(x - 11.5, -high - 3, 2.4, 4)
            + rect(x + 9.1, -high - 3, 2.4, 4)
        )
        legs = rect(x - 15, 2 - high, 2.8, high - 1) + rect(x + 12.2, 2 - high, 2.8, high - 1)
        seat = rect(x - 16, -high, 32, 3.4, 1.6)
        return _still(
            [("prop2", back), ("prop2", legs), ("prop", seat)], (x - 16, x + 16, high + 26)
        )
    if prop.size[0] < 0:
        turned = _chair(replace(prop, at=(-x, 0.0), size=(0.0, high)), view)
        left, right, top = turned.extent or (0.0, 0.0, 0.0)
        return replace(
            turned, part=replace(turned.part, fixed="scale(-1 1)"), extent=(-right, -left, top)
        )
    far = "".join(
        f"M{number(a)} {number(1 - high)}h2.2v{number(high - 2.4)}h-2.2z"
        for a in (x - 8.6, x + 10.4)
    )
    near = "".join(
        f"M{number(a)} {number(1 - high)}h2.4v{number(high)}h-2.4z" for a in (x - 12.4, x + 7.6)
    )
    side = f"M{pairs((x - 12.6, -high + 1))}l3.6-3.2h22.4l-2.6 3.2z"
    back = f"M{pairs((x - 13.4, 2 - high))}l-3.4-26q-.2-1.7 1.3-1.8t1.7 1.4l3.4 26z"
    return _still(
        [
            ("prop2", far),
            ("prop2", back.replace("M", "M", 1)),
            ("prop2", side),
            ("prop", near),
            ("prop", rect(x - 13.6, -high, 25, 2.8, 1.4)),
        ],
        (x - 18, x + 13, high + 26),
    )


def _bench(prop: Prop, view: View) -> Thing:
    """A padded seat on a frame; `to` is the top of its back rest, from the seat."""
    x, high = prop.at[0], prop.size[1] or 22.0
    lean, up = prop.to
    wide = prop.size[0] or 26.0
    frame = rect(x - 1.5, 3 - high, 3, high - 3, 0.4) + rect(x - 12, -2.2, 24, 2.2, 1)
    looks: list[Drawing] = [("metal", frame), ("pad", rect(x - wide / 2, -high, wide, 4.4, 2.2))]
    if up:
        low, top = (x - wide / 2 + 2.2, 1.5 - high), (x - wide / 2 + 2.2 + lean, 1.5 - high - up)
        rest = f"M{pairs(low)}L{pairs(top)}"
        looks.append(("padline", rest))
    return _still(looks, (x - wide / 2 - 4 + min(lean, 0), x + wide / 2, high + up))


def _mat(prop: Prop, view: View) -> Thing:
    (x0, y0), (x1, y1) = prop.at, prop.to
    if prop.size[0]:  # a pillow
        return _still([("puff", rect(x0, -y1, x1 - x0, y1 - y0, 4))], None)
    if view.from_above:
        looks = [
            ("prop2", rect(x0 + 1, -y1 + 1.4, x1 - x0, y1 - y0, 3)),
            ("prop", rect(x0, -y1, x1 - x0, y1 - y0, 3)),
        ]
        return _still(looks, (x0, x1, y1))
    top = f"M{pairs((x0, 0.6))}l4.4-3h{number(x1 - x0)}l-4.4 3z"
    return _still([("prop2", top), ("prop", rect(x0, 0.4, x1 - x0, 1.8, 0.9))], (x0, x1, 0))


def _shelf(prop: Prop, view: View) -> Thing:
    (x, high), wide = prop.at, prop.size[0] or 20.0
    bracket = f"M{pairs((x + wide - 3, 2 - high))}v9l-9-9z"
    return _still([("prop2", bracket), ("prop", rect(x, -high, wide, 2.6, 1))], (x, x + wide, high))


def _step(prop: Prop, view: View) -> Thing:
    x, (wide, high) = prop.at[0], prop.size
    top = f"M{pairs((x, -high + 0.5))}l3-2.6h{number(wide)}l-3 2.6z"
    side = f"M{pairs((x + wide, -high))}l3-2.6v{number(high)}l-3 2.6z"
    return _still(
        [("prop2", top + side), ("prop", rect(x, -high, wide, high + 0.6, 1))],
        (x, x + wide + 3, high),
    )


def _table(prop: Prop, view: View) -> Thing:
    x, (wide, high) = prop.at[0], prop.size
    legs = rect(x + 2, -high, 2.6, high + 0.4, 0.4) + rect(
        x + wide - 4.6, -high, 2.6, high + 0.4, 0.4
    )
    top = f"M{pairs((x, -high))}l4-3h{number(wide)}l-4 3z"
    return _still(
        [("prop2", legs), ("prop2", top), ("prop", rect(x, -high, wide, 3, 1))],
        (x, x + wide + 4, high),
    )


def _tower(prop: Prop, view: View) -> Thing:
    """A cable machine: a post with a stack of weights; `size` is which way its arm goes, height."""
    x, (arm, high) = prop.at[0], prop.size
    post = rect(x - 2, -high, 4, high + 0.4, 0.8) + rect(x - 10, -2.4, 20, 2.8, 1)
    stack = "".join(rect(x - 6.5, -8 - 4.4 * n, 13, 3.8, 0.6) for n in range(7))
    looks: list[Drawing] = [("metal", post)]
    if arm:
        looks.append(("metal", rect(min(x, x + arm), -high, abs(arm), 3, 1)))
    looks.append(("pad", stack))
    return _still(looks, (min(x - 10, x + arm), max(x + 10, x + arm), high))


def _wall(prop: Prop, view: View) -> Thing:
    x, away = prop.at[0], prop.size[0] or 130.0
    left = min(x, x + away)
    return _still(
        [("wall", rect(left, -CEILING, abs(away), CEILING + 0.5, 0))],
        (min(x, x + 5 * np.sign(away)), max(x, x + 5 * np.sign(away)), 0),
    )


def _arrow(prop: Prop, view: View) -> Thing:
    (x0, y0), (x1, y1), bow = prop.at, prop.to, prop.size[0]
    far = float(np.hypot(x1 - x0, y1 - y0))
    middle = ((x0 + x1) / 2 + bow * (y1 - y0) / far, (y0 + y1) / 2 - bow * (x1 - x0) / far)
    a = float(np.arctan2(y1 - middle[1], x1 - middle[0]))
    tips = [(x1 - 3.6 * np.cos(a + t), 3.6 * np.sin(a + t) - y1) for t in (0.55, -0.55)]
    path = (
        f"M{pairs((x0, -y0))}Q{pairs((middle[0], -middle[1], x1, -y1))}"
        f"M{pairs(tips[0])}L{pairs((x1, -y1))}L{pairs(tips[1])}"
    )
    return _still([("cue", path)], (min(x0, x1), max(x0, x1), max(y0, y1)), "front")


STILL: Final[dict[PropKind, Callable[[Prop, View], Thing]]] = {
    PropKind.ARROW: _arrow,
    PropKind.BENCH: _bench,
    PropKind.CHAIR: _chair,
    PropKind.MAT: _mat,
    PropKind.SHELF: _shelf,
    PropKind.STEP: _step,
    PropKind.TABLE: _table,
    PropKind.TOWER: _tower,
    PropKind.WALL: _wall,
}
