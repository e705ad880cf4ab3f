"""People in motion, as data: poses in, a small moving drawing out, nothing but text and numbers.

For pages: `content.figures.load()` gives a `Figure` by movement id. `figure.levels` numbers its
levels from 1, `figure.props` names what a person needs for it. Then, in `core.figures.draw`:

- `animated(figure, level, theme="auto")`: a whole SVG file with its style inside. Serve it as a
  file of its own and show it with `<img>`; with `#still` after its address it stands still.
  A browser may not tell an image that less motion is wanted: the page must ask, with
  `<picture><source media="(prefers-reduced-motion: reduce)" srcset="….svg#still">`.
- `strip(figure, level, poses=None, theme="auto")`: the key poses side by side, numbered.
- `still(figure, level, theme="auto", pose=None)`: one pose, the most telling by default.
- `inline(figure, level)`: markup without style, and its style sheet, for a strict policy.

Themes are "auto", "light", "dark" and "print". Every picture but a strip is 160 by 120.
"""

from safetomove.core.figures.body import Limb
from safetomove.core.figures.checks import problems
from safetomove.core.figures.movement import (
    Anchor,
    BadMovement,
    Figure,
    Level,
    LimbPose,
    On,
    Person,
    Pose,
    Prop,
    PropKind,
    View,
    Way,
    nearer,
)

__all__ = [
    "Anchor",
    "BadMovement",
    "Figure",
    "Level",
    "Limb",
    "LimbPose",
    "On",
    "Person",
    "Pose",
    "Prop",
    "PropKind",
    "View",
    "Way",
    "nearer",
    "problems",
]
