"""The trunk and head as parts: a chain of pieces from the side, longer pieces from the front."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np

from safetomove.core.figures.body import HEAD_TILT, LEAN, LENGTH, PIECES, REST, Array, Limb
from safetomove.core.figures.heads import FEATURES, Drawing, head_front, head_side
from safetomove.core.figures.limbs import limb_part
from safetomove.core.figures.movement import Figure, View
from safetomove.core.figures.outlines import (
    FRONT,
    SIDE,
    breadth_at,
    limb,
    number,
    piece,
    slab,
    trunk_at,
)
from safetomove.core.figures.parts import Part, bone_on_page, flat, straight, track
from safetomove.core.figures.skeleton import Bodies

TURNED_DEPTH: Final = 0.62  # depth of a trunk, as a share of its breadth
# depth of a trunk, as a share of its breadth
STEP: Final = LENGTH["lumbar"] / PIECES["lumbar"]  # length of one piece of spine
# length of one piece of spine
HIP_TO_NECK: Final = LENGTH["pelvis"] + LENGTH["lumbar"] + LENGTH["thorax"]

FRONT_NODES: Final = (1, 4, 7, 9, 11)  # the trunk from the front needs fewer, longer pieces
# the front needs fewer, longer pieces
BACKSWING: Final = 3.0  # a hand this far behind the hips is drawn behind the body
HEAD_REACH: Final = 18.0  # from the base of the neck to the crown
SPINE_REACH: Final = 110.0  # as far as the crown, several times: the pieces err together
HEM: Final = 3.4  # how far a shirt hangs over the hips
LEAST_FACE: Final = 0.35  # a face is never drawn narrower than this share
# a hand this far behind the hips is drawn behind the body


def body_parts(figure: Figure, body: Bodies, held: Sequence[Part]) -> list[Part]:
    """List the parts of the person from back to front; `held` lies under the near arm."""
    if figure.view.front:
        return _from_front(figure, body, held)
    far_arm, near_arm = (
        limb_part(figure, body, each, far=each is Limb.ARM_L) for each in (Limb.ARM_L, Limb.ARM_R)
    )
    far_leg, near_leg = (
        limb_part(figure, body, each, far=each is Limb.LEG_L) for each in (Limb.LEG_L, Limb.LEG_R)
    )
    hips, trunk = trunk_from_side(figure, body)
    return [far_arm, far_leg, hips, near_leg, trunk, *held, near_arm]


def trunk_from_side(figure: Figure, body: Bodies) -> tuple[Part, Part]:
    """Hips; then shirt, neck and head, each piece of spine carried by the one below it."""
    broad, count = figure.person.broad, len(body.nodes)
    root = flat(figure.view, body.nodes[:, 0])
    angle, _ = bone_on_page(figure.view, body.nodes[:, 0], body.nodes[:, 1], LENGTH["pelvis"])
    at = track(count, root[:, 0], root[:, 1])
    turn = track(count, turn=angle)
    low, top = trunk_at(0.0, broad), trunk_at(0.18, broad)
    hips = Part(track=turn, reach=12.0, looks=[("legs", piece(LENGTH["pelvis"], low, top))])
    shirt = (_hem(broad), _spine_from_side(figure, body))
    return (
        Part(track=at, reach=0.0, carries=(hips,)),
        Part(
            track=at,
            reach=0.0,
            carries=(Part(track=turn, reach=34.0, carries=shirt),),
        ),
    )


def _hem(broad: float) -> Part:
    """The shirt hangs a little over the hips."""
    (o0, r0), (o1, r1) = trunk_at(0.06, broad), trunk_at(0.18, broad)
    path = (
        f"M2.4 {number(o0 - r0 - 0.4)}Q1.2 {number(o0)} 2.4 {number(o0 + r0 + 0.4)}"
        f"L6.4 {number(o1 + r1 + 0.3)}V{number(o1 - r1 - 0.3)}z"
    )
    return Part(looks=[("top", path)])


def _spine_from_side(figure: Figure, body: Bodies) -> Part:
    broad, count = figure.person.broad, len(body.nodes)
    carried = Part(
        looks=head_side(figure.person.hair),
        fixed=f"translate({number(LENGTH['neck'])})rotate({number(HEAD_TILT)})",
    )
    bends = {name: (body.channels[name][:, 0] + REST[name]) / PIECES[name] for name in PIECES}
    neck = limb("neck", SIDE["neck"])
    carried = Part(
        looks=[("skin", neck)],
        track=track(count, STEP, 0.0, bends["neck"]),
        reach=HEAD_REACH,
        carries=(carried,),
    )
    above = PIECES["lumbar"] + PIECES["thorax"]
    belly = body.channels["belly"][:, 0]
    for n in range(above, 0, -1):
        name = "lumbar" if n <= PIECES["lumbar"] else "thorax"
        ends = [(LENGTH["pelvis"] + STEP * (n - 1 + k)) / HIP_TO_NECK for k in (0, 1)]
        low, top = (_loose(trunk_at(end, broad)) for end in ends)
        inner = (carried, *_belly(belly, top)) if n == PIECES["lumbar"] - 1 else (carried,)
        carried = Part(
            looks=[("top", piece(STEP, low, top))],
            track=track(count, STEP, 0.0, bends[name]),
            reach=SPINE_REACH,
            carries=inner,
        )
    fixed = f"translate({number(LENGTH['pelvis'])})rotate({number(LEAN)})translate({number(-STEP)})"
    return Part(fixed=fixed, carries=(carried,))


def _belly(swell: Array, at: tuple[float, float]) -> tuple[Part, ...]:
    """A belly that rises with the breath; none where the breath is not shown."""
    if np.ptp(swell) < 0.01:
        return ()
    front = at[0] + at[1]
    path = "M-8 0A8 3.2 0 0 0 8 0L7-3.4H-7z"
    part = Part(looks=[("top", path)], track=track(len(swell), across=swell), reach=4.0)
    return (Part(fixed=f"translate(0 {number(front - 0.9)})", carries=(part,)),)


def _loose(circle: tuple[float, float]) -> tuple[float, float]:
    return (circle[0], circle[1] + 0.3)


def _from_front(figure: Figure, body: Bodies, held: Sequence[Part]) -> list[Part]:
    """The person from the front: an arm that swings behind is drawn behind, then before again."""
    arms_behind, arms_before = [], []
    for each in (Limb.ARM_L, Limb.ARM_R):
        behind = body.limbs[each][:, 2, 0] < body.nodes[:, 0, 0] - BACKSWING
        behind &= figure.view is View.FRONT
        if behind.any():
            arms_behind.append(
                Part(shown=behind, carries=(limb_part(figure, body, each, far=True),))
            )
        if not behind.all():
            arm = limb_part(figure, body, each, far=False)
            arms_before.append(Part(shown=~behind, carries=(arm,)) if behind.any() else arm)
    legs = [limb_part(figure, body, each, far=False) for each in (Limb.LEG_L, Limb.LEG_R)]
    hips, trunk = trunk_from_front(figure, body)
    if figure.view is View.ABOVE:
        return [*arms_behind, hips, *trunk, *legs, *held, *arms_before]
    return [*arms_behind, *legs, hips, *trunk, *held, *arms_before]


def _caps(a: int, b: int) -> tuple[float, float]:
    """Round a piece of trunk inside the shirt, where it bends; keep hem and shoulders level."""
    return (0.3 if a == FRONT_NODES[0] else 0.75, 0.25 if b == FRONT_NODES[-1] else 0.75)


def _broadness(frame: Array) -> Array:
    """How broad a turned part of the trunk looks."""
    return np.asarray(
        np.hypot(np.hypot(frame[:, 1, 2], frame[:, 2, 2]), TURNED_DEPTH * frame[:, 0, 2])
    )


def trunk_from_front(figure: Figure, body: Bodies) -> tuple[Part, list[Part]]:
    """Hips; then hem, shirt, neck and head, each placed outright."""
    broad, node = figure.person.broad, body.nodes
    low, top = breadth_at(0.0, broad), breadth_at(0.18, broad)
    wide = _broadness(body.frames[:, 0])
    seat = slab(LENGTH["pelvis"], low, top, 0.3, 0.5)
    hem = slab(HEM, breadth_at(0.08, broad) + 0.5, top + 0.4, 0.12, 0.12)
    hem_low = node[:, 1] - HEM * body.frames[:, 0, :, 1]
    neck = [("far skin", limb("neck", FRONT["neck"]))]
    return _between(figure, [("legs", seat)], node[:, 0], node[:, 1], wide), [
        _between(figure, [("top", hem)], hem_low, node[:, 1], wide),
        *_shirt(figure, body),
        _between(figure, neck, node[:, -2], node[:, -1]),
        *_head_from_front(figure, body),
    ]


def _shirt(figure: Figure, body: Bodies) -> list[Part]:
    pieces = []
    for a, b in pairwise(FRONT_NODES):
        ends = [(LENGTH["pelvis"] + STEP * (n - 1)) / HIP_TO_NECK for n in (a, b)]
        low, high = (breadth_at(end, figure.person.broad) + 0.3 for end in ends)
        shape = slab(STEP * (b - a), low, high, *_caps(a, b))
        wide = _broadness(body.frames[:, a])
        pieces.append(_between(figure, [("top", shape)], body.nodes[:, a], body.nodes[:, b], wide))
    return pieces


def _head_from_front(figure: Figure, body: Bodies) -> list[Part]:
    """The head, and the face that slides across it as it turns."""
    chin, crown = body.nodes[:, -1], body.at_head(0, 10)
    face, narrow = body.at_head(3.6, 0), np.maximum(body.head[:, 0, 0], LEAST_FACE)
    return [
        _between(figure, head_front(figure.person.hair), chin, crown),
        _between(figure, FEATURES, face, face + 10 * body.head[:, :, 1], narrow),
    ]


def _between(
    figure: Figure, looks: Sequence[Drawing], a: Array, b: Array, across: Array | float = 1.0
) -> Part:
    """Place a drawing from a to b, outright."""
    length = float(np.linalg.norm(b[0] - a[0]))
    return Part(looks=looks, track=straight(figure.view, a, b, length, across), reach=length)
