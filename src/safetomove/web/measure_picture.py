"""Where a measure's scores go in their small drawing, 360 wide; days keep their distance."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from safetomove.web.pictures import Point

LEFT, RIGHT, TOP, FOOT = 44.0, 340.0, 20.0, 130.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """The line through the scores, a dot for each, and the words at both ends of the range."""

    line: str
    dots: tuple[Point, ...]
    low: str
    high: str
    top: float = TOP
    foot: float = FOOT


def draw(scores: Sequence[tuple[date, float]], low: float, high: float) -> Picture:
    """Draw scores by day between the ends of their range; those beyond it widen it."""
    low = min(low, *(value for _, value in scores))
    high = max(high, *(value for _, value in scores))
    first, days = scores[0][0], max((scores[-1][0] - scores[0][0]).days, 1)
    dots = tuple(
        Point(
            x=round(LEFT + (RIGHT - LEFT) * (day - first).days / days, 1),
            y=round(FOOT - (FOOT - TOP) * (value - low) / ((high - low) or 1.0), 1),
        )
        for day, value in scores
    )
    line = " ".join(f"{each.x:g},{each.y:g}" for each in dots)
    return Picture(line=line, dots=dots, low=f"{low:g}", high=f"{high:g}")
