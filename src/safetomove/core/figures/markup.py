"""Parts to SVG markup, and their motion to CSS."""

from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from safetomove.core.figures.keyframes import moves, rule, transform, visibility_rule
from safetomove.core.figures.motion import MOMENTS, Motion
from safetomove.core.figures.movement import Figure
from safetomove.core.figures.outlines import number, pairs
from safetomove.core.figures.parts import Part, Track, flat
from safetomove.core.figures.scene import Frame, Scene, frame_of, scene_of

NEAR_FLOOR: Final = 14.0  # below this a joint throws a shadow, % of height
STEADY: Final = 0.06  # a place that changes less than this does not change


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Hands out one class name for each different set of keyframes, and remembers the rules."""

    prefix: str
    rules: dict[str, str] = field(default_factory=dict)

    def of(self, frames: str) -> str:
        """Return the class of some keyframes; parts that move alike share it."""
        return self.rules.setdefault(frames, f"a{len(self.rules)}")


def motion_rules(motion: Motion, names: Names, scope: str, freeze_at: int) -> str:
    """Write the keyframes, and where it stands still: print, less motion, `#still`."""
    way = "" if motion.loop else " alternate"
    back = -motion.seconds * freeze_at / MOMENTS
    frozen = f"{{animation-play-state:paused;animation-delay:{number(back)}s}}"
    text = f"{scope}.k{{animation:{number(motion.seconds)}s linear infinite{way}}}"
    for frames, name in names.rules.items():
        whole = f"{names.prefix}{name}"
        text += f"{scope}.{name}{{animation-name:{whole}}}@keyframes {whole}{{{frames}}}"
    text += f"@media print,(prefers-reduced-motion:reduce){{{scope}.k{frozen}}}"
    return text + (f":target .k{frozen}" if not scope else "")


def drawing(figure: Figure, level: int, names: Names | None, moment: int = 0) -> str:
    """Draw a level at a moment; with `names`, its parts are set up to move from there."""
    scene, frame = scene_of(figure, level), frame_of(figure, level)
    place = f"translate({pairs((frame.x, frame.floor))})scale({frame.scale:.3g})"
    inside = "".join(_markup(part, moment, names) for part in scene.parts)
    return f'{_ground(scene, frame)}<g transform="{place}">{inside}</g>'


def _ground(scene: Scene, frame: Frame) -> str:
    if scene.view.from_above:
        return '<path class="ground" d="M0 0H160V120H0z"/>'
    line = number(frame.floor + 0.4)
    sky, ground = f"M0 0H160V{line}H0z", f"M0 {line}H160V120H0z"
    shadow = _shadow(scene, frame)
    return f'<path class="sky" d="{sky}"/><path class="ground" d="{ground}"/>{shadow}'


def _shadow(scene: Scene, frame: Frame) -> str:
    """Lay a soft shadow under whatever of hips and feet comes near the floor."""
    body = scene.motion.body
    joints = np.concatenate([body.nodes[:, 0], *(limb[:, 2] for limb in body.limbs.values())])
    low = flat(scene.view, joints[joints[:, 1] < NEAR_FLOOR])[:, 0]
    if not len(low):
        return ""
    ahead = 0.0 if scene.view.front else 3.0  # a foot lies before its ankle
    middle, half = (low.min() + low.max()) / 2 + ahead, (low.max() - low.min()) / 2 + 9
    x, y, wide = frame.x + frame.scale * middle, frame.floor + 3, frame.scale * half
    place = f'cx="{number(x)}" cy="{number(y)}" rx="{number(wide)}" ry="2.6"'
    return f'<ellipse class="shade" {place}/>'


def _markup(part: Part, moment: int, names: Names | None) -> str:
    text = "".join(f'<path class="{look}" d="{path}"/>' for look, path in part.looks)
    text += "".join(_markup(each, moment, names) for each in part.carries)
    if part.shown is not None:
        text = _switched(part, text, moment, names)
    if part.track is not None:
        text = _placed(part, text, moment, names)
    return f'<g transform="{part.fixed}">{text}</g>' if part.fixed else text


def _switched(part: Part, text: str, moment: int, names: Names | None) -> str:
    shown = part.shown
    assert shown is not None
    if names is None or shown.all():
        return text if shown[moment] else ""
    hidden = "" if shown[moment] else ' visibility="hidden"'
    return f'<g class="k {names.of(visibility_rule(shown))}"{hidden}>{text}</g>'


def _placed(part: Part, text: str, moment: int, names: Names | None) -> str:
    """Put a part on its carrier; what never changes is kept out of the keyframes."""
    assert part.track is not None
    outer, track = _parted(part.track, root=part.reach == 0.0)
    first = transform(track, moment, css=False)
    held = f' transform="{first}"' if first else ""
    moving = ""
    if names and moves(track, part.reach):
        moving = f' class="k {names.of(rule(track, part.reach))}"'
    inner = f"<g{moving}{held}>{text}</g>" if moving or held else text
    return f'<g transform="translate({pairs(outer)})">{inner}</g>' if outer else inner


def _parted(track: Track, *, root: bool) -> tuple[tuple[float, float] | None, Track]:
    """Part a track into where it always is and how it moves from there.

    For a root this is where it starts: the near and the far limb then often share one rule.
    """
    steady = np.ptp(track.x) < STEADY and np.ptp(track.y) < STEADY
    if not steady and not root:
        return None, track
    x, y = round(float(track.x[0]), 1), round(float(track.y[0]), 1)
    still = np.zeros_like(track.x)
    moved = (still, still) if steady else (track.x - x, track.y - y)
    rest = replace(track, x=moved[0], y=moved[1])
    return ((x, y) if x or y else None), rest
