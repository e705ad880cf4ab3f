"""Trials on virtual patients as a page needs them: their words, their results, their charts."""

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from safetomove.content import files

LATEST = "2026-11"
WIDTH, HEIGHT = 560.0, 320.0
LEFT, RIGHT, TOP, BOTTOM = 52.0, 12.0, 12.0, 44.0
GRID_LINES = 5
SHOWN_ALONE = ("ours", "what-you-can", "oracle")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One rule in a chart: where it stands, in pixels, and of which kind it is."""

    x: float
    y: float
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A number beside an axis, and where it stands."""

    at: float
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Activity against flare-up days in one family."""

    marks: tuple[Mark, ...]
    frontier: str  # the line over all rules in use, as the points of an SVG polyline
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]


def words(language: str = files.FALLBACK) -> Mapping[str, Any]:
    """Return every word of the trials page."""
    found = files.read(language, "trials") or files.read(files.FALLBACK, "trials")
    if found is None:
        raise files.BadContent("the words for trials are missing")
    return found.body


def latest() -> Mapping[str, Any]:
    """Return the committed result of the latest trial."""
    text = (files.root() / "trials" / f"{LATEST}.json").read_text("utf-8")
    result: Mapping[str, Any] = json.loads(text)
    return result


def chart(family: Mapping[str, Any]) -> Chart:
    """Place every rule of a family's result in a chart."""
    points = list(_points(family))
    across = _scale([x for x, _, _ in points], LEFT, WIDTH - RIGHT, least=2.0)
    up = _scale([y for _, y, _ in points], HEIGHT - BOTTOM, TOP, least=0.2)
    edge = _edge([(x, y) for x, y, kind in points if kind in family["sweeps"]])
    return Chart(
        frontier=" ".join(f"{across(x)},{up(y)}" for x, y in edge),
        marks=tuple(Mark(x=across(x), y=up(y), kind=kind) for x, y, kind in points),
        across=tuple(Tick(at=across(at), says=f"{at:.0f}") for at in across.ticks()),
        up=tuple(Tick(at=up(at), says=f"{at:.0%}") for at in up.ticks()),
    )


def _edge(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the upper hull, from the fewest flare-up days to the most."""
    hull: list[tuple[float, float]] = []
    for x, y in sorted(points, key=lambda point: (point[0], -point[1])):
        if hull and x == hull[-1][0]:
            continue
        while len(hull) > 1 and not _above(hull[-2], hull[-1], (x, y)):
            hull.pop()
        hull.append((x, y))
    return hull


def _above(
    left: tuple[float, float], middle: tuple[float, float], right: tuple[float, float]
) -> bool:
    """Say whether the middle point lies above the line between the two others."""
    gap = right[0] - left[0]
    return middle[1] * gap > left[1] * (right[0] - middle[0]) + right[1] * (middle[0] - left[0])


def _points(family: Mapping[str, Any]) -> Iterator[tuple[float, float, str]]:
    for kind, many in family["sweeps"].items():
        yield from ((one["flare_days"], one["activity"], kind) for one in many)
    for name in SHOWN_ALONE:
        one = family["points"][name]
        yield one["flare_days"], one["activity"], name


@dataclass(frozen=True, slots=True)
class _Scale:
    """A straight scale from values to pixels."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 1)

    def ticks(self) -> Iterator[float]:
        """Yield round numbers inside the scale, about as many as there are to be lines."""
        rough = (self.high - self.low) / GRID_LINES
        size = 10.0 ** math.floor(math.log10(rough))
        step = next(size * it for it in (1, 2, 5, 10) if size * it >= rough)
        first = math.ceil(self.low / step)
        return (n * step for n in range(first, math.floor(self.high / step) + 1))


def _scale(values: list[float], start: float, end: float, *, least: float) -> _Scale:
    """Fit a scale with some air; `least` keeps a line of equal values from being a point."""
    low, high = min(values), max(values)
    air = max(0.05 * (high - low), (least - (high - low)) / 2)
    return _Scale(low - air, high + air, start, end)
