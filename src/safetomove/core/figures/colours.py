"""Colours: of a person, of what is around them, in light, in the dark and on paper."""

import re
from typing import Final

from safetomove.core.figures.movement import Person

FAR: Final = 0.8  # how light the far arm and leg are, beside the near ones
LIGHT: Final = {
    "sky": "#e6ecec", "ground": "#c9d6c6", "shade": "#a9bba6", "mark": "#b3c4b0",
    "prop": "#d9a13c", "prop2": "#b07f28", "wall": "#c3cbd6", "metal": "#7c8794", "pad": "#4a4458",
    "band": "#b4406a", "cue": "#6d3f7d", "warm": "#d98a4e", "ink": "#33222b", "text": "#231a2b",
    "badge": "#fffbe8", "puff": "#8fb3c9",
}  # fmt: skip
DARK: Final = LIGHT | {
    "sky": "#2b2438", "ground": "#384a3d", "shade": "#26332a", "mark": "#4d6152",
    "wall": "#443d58", "metal": "#9aa3b0", "pad": "#6d6682", "cue": "#e2b8e6", "puff": "#7d9fb8",
}  # fmt: skip
PAPER: Final = LIGHT | {
    "sky": "#ffffff", "ground": "#e4e4e4", "shade": "#c4c4c4", "mark": "#cfcfcf", "wall": "#d6d6d6",
}  # fmt: skip
NEAR_AND_FAR: Final = ("skin", "top", "legs", "shoe", "sole")
COLOURED: Final = (
    *NEAR_AND_FAR, "hair", "prop", "prop2", "wall", "metal", "pad", "band", "warm", "sky",
    "ground", "shade", "mark", "ink", "badge", "puff",
)  # fmt: skip


def darker(colour: str, share: float = FAR) -> str:
    """Darken a colour written as #rrggbb."""
    parts = (int(colour[n : n + 2], 16) for n in (1, 3, 5))
    return "#" + "".join(f"{round(part * share):02x}" for part in parts)


LINES: Final = {
    "line": ("ink", ".6"),
    "cue": ("cue", "1.6;stroke-linejoin:round"),
    "padline": ("pad", "5"),
    "rod": ("prop2", "2.6"),
    "strap": ("warm", "1.4"),
    "strapthin": ("warm", ".9"),
}


def style_of(markup: str, theme: str, person: Person, scope: str = "") -> str:
    """Write the style of a drawing: colours by custom property, and a rule a class it uses."""
    used = {name for said in re.findall(r'class="([^"]*)"', markup) for name in said.split()}
    far = set(re.findall(r'class="far (\w+)"', markup))
    inside = f"{scope} " if scope else ""
    rules = [f"{inside}.{name}{{fill:var(--{name})}}" for name in COLOURED if name in used]
    rules += [
        f"{inside}.far.{name}{{fill:var(--far-{name})}}" for name in NEAR_AND_FAR if name in far
    ]
    for name, (colour, width) in LINES.items():
        if name in used:
            line = f"fill:none;stroke:var(--{colour});stroke-linecap:round;stroke-width:{width}"
            rules.append(f"{inside}.{name}{{{line}}}")
    if "glow" in used:
        rules.append(f"{inside}.glow{{fill:#fff;opacity:.3}}")
    if "<text" in markup:
        rules.append(f"{inside}text{{font:700 11px system-ui,sans-serif;text-anchor:middle}}")
    named = used | {LINES[name][0] for name in used & set(LINES)}
    return _theme(theme, person, scope or "svg", named, far) + "".join(rules)


def _theme(theme: str, person: Person, root: str, used: set[str], far: set[str]) -> str:
    """Set the colours that are used, of a person and of the things around them."""
    own = {**person.colours, **{f"far-{n}": darker(person.colours[n]) for n in NEAR_AND_FAR}}
    wanted = used | {f"far-{name}" for name in far}
    base = {"auto": LIGHT, "light": LIGHT, "dark": DARK, "print": PAPER}[theme]
    shown = {name: value for name, value in (own | base).items() if name in wanted}
    text = f"{root}{{forced-color-adjust:none;{_set(shown)}}}"
    for media, other in (("(prefers-color-scheme:dark)", DARK), (" print", PAPER)):
        if theme == "auto":
            changed = {n: v for n, v in other.items() if n in used and LIGHT[n] != v}
            text += f"@media{media}{{{root}{{{_set(changed)}}}}}"
    return text


def _set(colours: dict[str, str]) -> str:
    return ";".join(f"--{name}:{value}" for name, value in colours.items())
