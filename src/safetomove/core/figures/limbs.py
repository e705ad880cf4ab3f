"""Arms and legs as parts: each bone carries the next."""

from typing import Final

import numpy as np

from safetomove.core.figures.body import LENGTH, Array, Limb
from safetomove.core.figures.heads import Drawing
from safetomove.core.figures.movement import Figure, View
from safetomove.core.figures.outlines import (
    FRONT,
    SHOE_FRONT,
    SHOE_SIDE,
    SIDE,
    SOLE_FRONT,
    SOLE_SIDE,
    forearm_sleeve,
    limb,
    sleeve,
    smooth,
)
from safetomove.core.figures.parts import Part, bone_on_page, flat, track
from safetomove.core.figures.skeleton import Bodies

STRETCHED: Final = 0.03  # a bone whose length on the page changes less is not stretched
REACH: Final = {  # from each joint to the end of the limb, % of height
    "thigh": 50.0, "shank": 27.0, "foot": 11.0, "upper_arm": 40.0, "forearm": 23.0, "hand": 8.0,
}  # fmt: skip


def limb_part(figure: Figure, body: Bodies, each: Limb, *, far: bool) -> Part:
    """Build an arm or a leg from its end inwards; each bone carries the next."""
    points, view = body.limbs[each], figure.view
    root = flat(view, points[:, 0])
    bent = [
        bone_on_page(view, points[:, n], points[:, n + 1], LENGTH[bone])
        for n, bone in enumerate(each.bones)
    ]
    if view.front and each.is_leg:
        bent[2] = (_foot_turn(view, body, each), np.ones(len(root)))
    carried: tuple[Part, ...] = ()
    for n in (2, 1, 0):
        angle, along = bent[n]
        turn, x = angle, np.zeros_like(angle)
        if n:
            turn, x = angle - bent[n - 1][0], LENGTH[each.bones[n - 1]] * bent[n - 1][1]
        shape = _bone(figure, each.bones[n], far, along if n < 2 else np.ones_like(along))
        # what is carried lies under what carries it, so that joints tuck in
        at = track(len(angle), x, 0.0, _smoothly(turn))
        carried = (Part(track=at, reach=REACH[each.bones[n]], carries=(*carried, shape)),)
    return Part(track=track(len(root), root[:, 0], root[:, 1]), reach=0.0, carries=carried)


def _bone(figure: Figure, bone: str, far: bool, along: Array) -> Part:
    """Draw a bone; it is stretched only where it turns towards us or away."""
    looks = _looks(figure, bone, far)
    if np.ptp(along) < STRETCHED and abs(along.mean() - 1) < STRETCHED:
        return Part(looks=looks)
    return Part(looks=looks, reach=LENGTH[bone], track=track(len(along), along=along))


def _smoothly(angle: Array) -> Array:
    """Bring a turn near to nought, so that it reads the short way round."""
    whole = 360.0 * np.round(angle[0] / 360.0)
    return np.asarray(angle - whole)


def _foot_turn(view: View, body: Bodies, leg: Limb) -> Array:
    """A foot seen from the front hangs with the shin, or stands upright on the floor."""
    upright = -90.0 if view is View.ABOVE else 0.0
    return np.asarray(upright + leg.side * body.channels[leg.value][:, 4])


def _looks(figure: Figure, bone: str, behind: bool) -> list[Drawing]:
    person, front = figure.person, figure.view.front
    profile = (FRONT if front else SIDE).get(bone, [])
    wide = 1 + (person.broad - 1) * 0.6
    far = "far " if behind else ""
    match bone:
        case "foot":
            shoe, sole = (SHOE_FRONT, SOLE_FRONT) if front else (SHOE_SIDE, SOLE_SIDE)
            return [(f"{far}shoe", smooth(shoe)), (f"{far}sole", sole)]
        case "thigh" | "shank":
            return [(f"{far}legs", limb(bone, profile, wide))]
        case "upper_arm":
            if person.sleeve == "long":
                return [
                    (f"{far}top", limb(bone, [(t, f + 0.8, b + 0.8) for t, f, b in profile], wide))
                ]
            cover = (f"{far}top", sleeve(person.sleeve, profile, wide))
            return [(f"{far}skin", limb(bone, profile, wide)), cover]
        case "forearm" if person.sleeve == "long":
            return [
                (f"{far}skin", limb(bone, profile, wide)),
                (f"{far}top", forearm_sleeve(profile, wide)),
            ]
        case _:
            return [(f"{far}skin", limb(bone, profile, wide if bone != "hand" else 1.0))]
