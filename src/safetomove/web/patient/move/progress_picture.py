"""Where the weeks of one activity go in their drawing, 360 wide; gaps break the line."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from safetomove.core.progress.stretches import Stretch
from safetomove.web.pictures import Point

LEFT, RIGHT, TOP, FOOT = 14.0, 346.0, 40.0, 150.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A line across the drawing, with where its words stand."""

    y: float
    words_y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """The walked line in its stretches, the dots on it, and the lines of start and goal."""

    lines: tuple[str, ...]
    dots: tuple[Point, ...]
    flares: tuple[Point, ...]
    goal: Level
    start: Level | None
    base: float = FOOT


def draw(stretches: Sequence[Stretch], *, start: float | None, goal: float) -> Picture | None:
    """Draw the stretches; None where nothing was noted in any of them."""
    values = [each.typical for each in stretches if each.typical is not None]
    if not values:
        return None
    top = max(goal, start or 0.0, *values)
    step = (RIGHT - LEFT) / max(len(stretches) - 1, 1)

    def y(value: float) -> float:
        return round(FOOT - (FOOT - TOP) * value / top, 1)

    places = [
        None if each.typical is None else Point(x=round(LEFT + n * step, 1), y=y(each.typical))
        for n, each in enumerate(stretches)
    ]
    return Picture(
        lines=_lines(places),
        dots=tuple(place for place in places if place is not None),
        flares=tuple(
            place
            for place, each in zip(places, stretches, strict=True)
            if place is not None and each.flare
        ),
        goal=Level(y=y(goal), words_y=y(goal) - 8),
        start=None if start is None else Level(y=y(start), words_y=y(start) + 20),
    )


def _lines(places: Sequence[Point | None]) -> tuple[str, ...]:
    runs = groupby(places, key=lambda place: place is not None)
    found = [[place for place in run if place is not None] for known, run in runs if known]
    return tuple(
        " ".join(f"{each.x:g},{each.y:g}" for each in run) for run in found if len(run) > 1
    )
