"""A figure as SVG text: moving, as a strip of still poses, or still.

Everything is drawn into a box of 160 by 120, so that no picture moves the page around it.
"""

import html
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from safetomove.core.figures.colours import style_of
from safetomove.core.figures.markup import Names, drawing, motion_rules
from safetomove.core.figures.movement import BadMovement, Figure
from safetomove.core.figures.outlines import number
from safetomove.core.figures.scene import HIGH, WIDE, scene_of, telling

GAP: Final = 6.0  # between the pictures of a strip


class Theme(StrEnum):
    """Which light the picture is made for; AUTO follows the device."""

    AUTO = "auto"
    LIGHT = "light"
    DARK = "dark"
    PRINT = "print"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inline:
    """A figure for inside a page: markup without any style, and its style sheet as text."""

    svg: str
    css: str


def animated(figure: Figure, level: int, theme: str = Theme.AUTO) -> str:
    """Draw a level in motion, as a whole SVG file with its style inside.

    It stands still in its most telling pose for print, for people who asked for less motion, and
    where the address ends in `#still`.
    """
    names, scene = Names(prefix=""), scene_of(figure, level)
    drawn = drawing(figure, level, names)
    css = style_of(drawn, Theme(theme), figure.person)
    css += motion_rules(scene.motion, names, "", telling(figure, level))
    return _svg(figure, level, f"<style>{css}</style>{drawn}", ' id="still"')


def inline(figure: Figure, level: int) -> Inline:
    """Draw a level for inside a page with a strict content policy: no style in the markup.

    `.paused` on the SVG holds it where it is, `.rest` puts it back to its first pose.
    """
    scope = f"fig-{figure.id}-{level}"
    names, scene = Names(prefix=f"{scope}-"), scene_of(figure, level)
    drawn = drawing(figure, level, names)
    css = style_of(drawn, Theme.AUTO, figure.person, f".{scope}")
    css += motion_rules(scene.motion, names, f".{scope} ", telling(figure, level))
    css += f".{scope}.rest .k{{animation:none}}.{scope}.paused .k{{animation-play-state:paused}}"
    return Inline(svg=_svg(figure, level, drawn, f' class="fig {scope}"'), css=css)


def still(figure: Figure, level: int, theme: str = Theme.AUTO, pose: str | None = None) -> str:
    """Draw one pose of a level: the most telling one, or the one named."""
    at = _met(figure, level, pose) if pose else telling(figure, level)
    return moment(figure, level, at, theme)


def _met(figure: Figure, level: int, pose: str) -> int:
    """Say at which moment a pose is met."""
    ids = [each.id for each in figure.level(level).poses]
    if pose not in ids:
        raise BadMovement(f"{figure.id} has no pose {pose} at level {level}")
    return scene_of(figure, level).motion.marks[ids.index(pose)]


def moment(figure: Figure, level: int, per_cent: int, theme: str = Theme.LIGHT) -> str:
    """Draw a level as it stands part of the way through."""
    drawn = drawing(figure, level, None, per_cent)
    css = style_of(drawn, Theme(theme), figure.person)
    return _svg(figure, level, f"<style>{css}</style>{drawn}")


def strip(
    figure: Figure, level: int, poses: Sequence[str] | None = None, theme: str = Theme.AUTO
) -> str:
    """Draw the key poses of a level in order, numbered: three in a row, or two rows of two."""
    wanted = poses or [each.id for each in figure.level(level).poses if each.show]
    across = min(len(wanted), 2 if len(wanted) == 4 else 3)
    cells = []
    for n, pose in enumerate(wanted):
        x, y = n % across * (WIDE + GAP), n // across * (HIGH + GAP)
        cell = drawing(figure, level, None, _met(figure, level, pose))
        badge = f'<circle class="badge" cx="13" cy="13" r="8"/><text x="13" y="17">{n + 1}</text>'
        cells.append(f'<svg x="{x:g}" y="{y:g}" width="160" height="120">{cell}{badge}</svg>')
    drawn = "".join(cells)
    css = style_of(drawn, Theme(theme), figure.person)
    rows = -(-len(wanted) // across)
    size = (across * (WIDE + GAP) - GAP, rows * (HIGH + GAP) - GAP)
    return _svg(figure, level, f"<style>{css}</style>{drawn}", size=size)


def _svg(
    figure: Figure,
    level: int,
    inside: str,
    more: str = "",
    size: tuple[float, float] = (WIDE, HIGH),
) -> str:
    title, words = html.escape(figure.title or figure.id), html.escape(figure.level(level).words)
    wide, high = (number(each) for each in size)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}"'
        f' width="{2 * size[0]:g}" height="{2 * size[1]:g}" role="img"{more}>'
        f"<title>{title}</title><desc>{words}</desc>{inside}</svg>"
    )
