"""Things that are moved: balls, boxes, bands. Drawn in % of height, x right and y down."""

from collections.abc import Sequence
from typing import Final, assert_never

import numpy as np

from safetomove.core.figures.body import Array, Limb
from safetomove.core.figures.furniture import STILL
from safetomove.core.figures.heads import Drawing
from safetomove.core.figures.movement import On, Prop, PropKind, View
from safetomove.core.figures.outlines import disc, number, pairs, rect
from safetomove.core.figures.parts import Part, Thing, flat, track
from safetomove.core.figures.skeleton import Bodies

STRAPS: Final = "M-3.6 7Q0-4 3.6 7"
CUP: Final = "M-2.6-2.6h5.2l-.6 5.4q-.2 1.2-1.4 1.2h-1.2q-1.2 0-1.4-1.2z"


def things_of(props: Sequence[Prop], body: Bodies, view: View) -> list[Thing]:
    """Draw every thing of a level."""
    return [_thing(prop, body, view) for prop in props]


def _thing(prop: Prop, body: Bodies, view: View) -> Thing:
    kind = prop.kind
    match kind:
        case PropKind.BALL:
            return _ball(prop, body, view)
        case PropKind.BAND:
            return _band(prop, body, view)
        case PropKind.PATH:
            return _path(prop, body)
        case PropKind.BREATH:
            return _breath(body, view)
        case PropKind.BAG | PropKind.BAR | PropKind.BOX | PropKind.BUNDLE | PropKind.CUP:
            return _held(prop, body, view)
        case PropKind.SLED | PropKind.STICK | PropKind.WEIGHT:
            return _held(prop, body, view)
        case PropKind.CHAIR | PropKind.BENCH | PropKind.MAT | PropKind.SHELF | PropKind.STEP:
            return STILL[kind](prop, view)
        case PropKind.TABLE | PropKind.TOWER | PropKind.WALL | PropKind.ARROW:
            return STILL[kind](prop, view)
        case _:
            assert_never(kind)


def palm(body: Bodies, arm: Limb) -> Array:
    """Find the middle of a hand, (n, 3)."""
    points = body.limbs[arm]
    return np.asarray(points[:, 2] + 0.55 * (points[:, 3] - points[:, 2]))


def carried_at(body: Bodies, by: str) -> Array:
    """Find what carries a thing, (n, 3)."""
    both = (Limb.ARM_L, Limb.ARM_R)
    match by:
        case "hand_r" | "hand_l":
            return palm(body, Limb.ARM_R if by == "hand_r" else Limb.ARM_L)
        case "foot_r":
            return np.asarray(body.limbs[Limb.LEG_R][:, 2])
        case "hips":
            return np.asarray(body.nodes[:, 0])
        case "feet":
            return np.asarray(
                np.mean([body.limbs[leg][:, 2] for leg in (Limb.LEG_L, Limb.LEG_R)], axis=0)
            )
        case "neck":
            return np.asarray(body.nodes[:, -2])
        case _:
            return np.asarray(np.mean([palm(body, arm) for arm in both], axis=0))


def _way_of(prop: Prop, body: Bodies) -> Array:
    """Follow a thing: where it lies until it is held, then with the hand, then where it is left."""
    way = carried_at(body, prop.by)
    gripping = _gripping(prop, body)
    if not gripping.any() or prop.by not in ("hands", "hand_r", "hand_l"):
        return way
    first, last = np.flatnonzero(gripping)[[0, -1]]
    grip = way[first] - np.array([*prop.at, way[first, 2]])
    way = way - grip
    way[:first], way[last + 1 :] = way[first], way[last]
    return np.asarray(way)


def _gripping(prop: Prop, body: Bodies) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    arm = Limb.ARM_L if prop.by == "hand_l" else Limb.ARM_R
    return np.asarray(body.pins[arm] == On.THING)


def _held(prop: Prop, body: Bodies, view: View) -> Thing:
    place = flat(view, _way_of(prop, body))
    turn: Array | float = 0.0
    if prop.kind is PropKind.STICK and not view.front:
        turn = (
            body.channels["pelvis"][:, 0]
            + body.channels["lumbar"][:, 0]
            + body.channels["thorax"][:, 0]
        )
    at = track(len(place), place[:, 0], place[:, 1], turn)
    part = Part(looks=_shape(prop, view), track=at, reach=8.0)
    layer = "back" if prop.by in ("feet", "hand_l") else "held"
    half = max(prop.size[0], 8.0) / 2
    extent = (
        float(place[:, 0].min()) - half,
        float(place[:, 0].max()) + half,
        float(-place[:, 1].min()) + 4,
    )
    return Thing(layer=layer, part=part, extent=extent)


def _shape(prop: Prop, view: View) -> list[Drawing]:
    wide, high = prop.size
    match prop.kind:
        case PropKind.BOX:
            return _box(wide, high)
        case PropKind.BUNDLE:
            roll, bands = rect(-9, -6, 18, 12, 5.5), rect(-4.6, -6, 2.2, 12, 0.4)
            return [("warm", roll), ("glow", bands + rect(2.4, -6, 2.2, 12, 0.4))]
        case PropKind.BAG:
            bag = f"M-6.5 6h13l1.6 {number(high)}q0 2-2 2h-12.2q-2 0-2-2z"
            return [("strap", STRAPS), ("warm", bag), ("glow", rect(-3, 10, 6, 3.4, 0.6))]
        case PropKind.CUP:
            return [("warm", CUP), ("strapthin", "M2.4-1.4q2.6.2 1.4 2.2-.6.9-1.9.9")]
        case PropKind.WEIGHT:
            return [("pad", disc(0, 0, high)), ("metal", disc(0, 0, high * 0.42))]
        case PropKind.BAR if view.front:
            grips = rect(-wide / 2, -1.5, 7, 3, 1.4) + rect(wide / 2 - 7, -1.5, 7, 3, 1.4)
            return [("metal", rect(-wide / 2, -1, wide, 2, 1)), ("pad", grips)]
        case PropKind.STICK:
            near, far = (-9.0, 3.6), (2.4, -2.6)  # an end comes towards us, an end goes away
            return [("rod", f"M{pairs(far)}L{pairs(near)}")]
        case PropKind.SLED:
            return [("metal", rect(4.5, -14, 3.4, 26, 1.2)), ("metal", rect(7, -2, 10, 3.2, 1))]
        case _:
            return [("metal", disc(0, 0, 1.8))]


def _box(wide: float, high: float) -> list[Drawing]:
    lid = f"M{pairs((-wide / 2, -high))}l2.6-1.8h{number(wide)}v{number(high)}l-2.6 1.8z"
    tape = rect(-1.5, -high, 3, high * 0.45, 0.4)
    return [("prop2", lid), ("prop", rect(-wide / 2, -high, wide, high, 0.8)), ("glow", tape)]


def _ball(prop: Prop, body: Bodies, view: View) -> Thing:
    """A ball: under the hips it gives and rolls a little; by hands or feet it rolls along."""
    r, y0 = prop.size[0], prop.at[1]
    moved = carried_at(body, prop.by)
    x0 = prop.at[0]
    if prop.by == "hips" and y0 == 0:
        tall = np.minimum((moved[:, 1] - prop.size[1]) / (2 * r), 1.0)
        x = -prop.pull * moved[:, 2] if view.front else x0 + prop.pull * (moved[:, 0] - x0)
        at = track(len(moved), x, 0.0, 0.0, 1 / np.sqrt(tall), tall)
        looks = [("prop", disc(0, -r, r)), ("glow", _shine(-r, r))]
        return Thing(
            layer="back",
            part=Part(looks=looks, track=at, reach=r),
            extent=(x.min() - r, x.max() + r, 2 * r),
        )
    roll = prop.pull * (moved[:, 0] - moved[0, 0])
    x, y = x0 + roll * (y0 == 0), np.full(len(moved), -r)
    if y0:  # held against a wall: the ball goes with half of the body's way
        y = -(y0 + prop.pull * (moved[:, 1] - moved[0, 1]))
        x, roll = np.full(len(moved), x0), moved[:, 1] - moved[0, 1]
    looks = [("prop", disc(0, 0, r)), ("prop2", _seam(r)), ("glow", _shine(0, r))]
    at = track(len(moved), x, y, np.degrees(roll / r) * 0.6)
    extent = (float(x.min()) - r, float(x.max()) + r, float(-y.min()) + r)
    return Thing(layer="back", part=Part(looks=looks, track=at, reach=r), extent=extent)


def _shine(y: float, r: float) -> str:
    """Draw the light on the top left of a ball."""
    low, high, dip = (-0.66 * r, y - 0.3 * r), (0.1 * r, y - 0.76 * r), (-0.4 * r, y - 0.6 * r)
    arc = f"A{pairs((0.76 * r, 0.76 * r))} 0 0 1 {pairs(high)}"
    return f"M{pairs(low)}{arc}Q{pairs((*dip, *low))}z"


def _seam(r: float) -> str:
    return f"M{pairs((-r, 0))}Q{pairs((0, 0.5 * r, r, 0))}Q{pairs((0, 0.62 * r, -r, 0))}z"


def _band(prop: Prop, body: Bodies, view: View) -> Thing:
    """A band or cable from a fixed place (`at`) to what pulls it."""
    pulled = flat(view, carried_at(body, prop.by))
    x0, y0 = prop.at[0], -prop.at[1]
    way = pulled - np.array([x0, y0])
    turn, along = np.degrees(np.unwrap(np.arctan2(way[:, 1], way[:, 0]))), np.hypot(*way.T) / 10
    thick = prop.size[0] or 0.7
    look = ("band" if thick > 0.7 else "metal", f"M0 {number(-thick)}h10v{number(2 * thick)}h-10z")
    at = track(len(way), x0, y0, turn, along)
    part = Part(looks=[look], track=at, reach=10.0 * float(along.max()))
    layer = (
        "front" if prop.by == "hand_r" and view.front else "held" if prop.by != "hand_l" else "back"
    )
    return Thing(layer=layer, part=part, extent=(x0, x0, -y0))


def _path(prop: Prop, body: Bodies) -> Thing:
    """Marks on the ground that go by, once a loop, under someone who walks on the spot."""
    gap, count = prop.size[0], len(body.nodes)
    at = track(count, x=np.linspace(0, -gap, count))
    marks = "".join(
        rect(n * gap + offset, 5 + 2 * (offset > 9), 5, 1.2, 0.6)
        for n in range(-3, 5)
        for offset in (0, 0.45 * gap)
    )
    return Thing(layer="back", part=Part(looks=[("mark", marks)], track=at, reach=1.0))


def _breath(body: Bodies, view: View) -> Thing:
    """A puff before the mouth that grows as the belly falls."""
    belly = body.channels["belly"][:, 0]
    out = (belly.max() - belly) / max(float(np.ptp(belly)), 0.01)
    place = flat(view, body.at_head(10.5, 1.0))
    size = 0.15 + 0.85 * out
    at = track(len(place), place[:, 0], place[:, 1], 0.0, size, size)
    looks = [("puff", disc(0, 0, 3.4) + disc(5.2, -2.2, 2.5) + disc(5.4, 2.8, 1.8))]
    turn = -90.0 if abs(float(np.mean(body.channels["pelvis"][:, 0]))) > 60 else 0.0
    if turn:
        at = track(len(place), place[:, 0], place[:, 1], turn, size, size)
    return Thing(layer="front", part=Part(looks=looks, track=at, reach=8.0))
