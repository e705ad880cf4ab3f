"""Where things go in our drawings: numbers to points, so that templates only draw.

Each drawing is 360 wide and is measured in its own units from the top left.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

ROOM_LEFT, ROOM_RIGHT = 118.0, 268.0  # the band of what counts
HILL_LEFT, HILL_HERE, HILL_GOAL = 16.0, 238.0, 334.0
HILL_TOP, HILL_FOOT, HILL_BASE = 42.0, 132.0, 150.0
START_WORDS = 120.0  # the widest "4,000 metres" beside the last number
LABEL_GAP = 78.0  # room for the word "flare-up" beside the next one
GOAL_WORDS_LEFT, GOAL_WORDS_FOOT = 190.0, 88.0  # a label up and right of here would meet the goal's


class CannotDraw(ValueError):
    """Numbers that make no picture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A place in a drawing."""

    x: float
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomPicture:
    """The band of doses that count, with today's aim on it."""

    left: float
    right: float
    aim: float
    one_number: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """One step of the hillside, with its value in words. `value` None: nothing noted, a gap."""

    label: str
    value: float | None
    words: str = ""
    flare: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hut:
    """A flare-up on the path; `words` says where its label goes, if there is room for one."""

    at: Point
    words: Point | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HillPicture:
    """A walked hillside: stretches of line, the slopes under them, huts, here, and the goal."""

    lines: tuple[str, ...]
    slopes: tuple[str, ...]
    lone: tuple[Point, ...]
    huts: tuple[Hut, ...]
    start: Point
    here: Point
    goal: Point | None
    way_on: str
    ahead: str

    @property
    def room_for_start(self) -> bool:
        """Say whether the first number can be written without meeting the last."""
        return self.here.x - self.start.x > START_WORDS


def room_picture(low: float, aim: float, high: float) -> RoomPicture:
    """Place today's aim between the least and the most that count."""
    if not low <= aim <= high:
        raise CannotDraw(f"the aim {aim:g} lies outside {low:g} to {high:g}")
    share = (aim - low) / (high - low) if high > low else 0.5
    at = ROOM_LEFT + share * (ROOM_RIGHT - ROOM_LEFT)
    return RoomPicture(left=ROOM_LEFT, right=ROOM_RIGHT, aim=round(at, 1), one_number=high == low)


def hill_picture(weeks: Sequence[Week], goal: float | None = None) -> HillPicture:
    """Draw the weeks walked so far, with gaps left as gaps, and the way on to the goal."""
    values = [week.value for week in weeks if week.value is not None]
    if not values:
        raise CannotDraw("a hillside needs at least one week with a number")
    still_to_go = goal is not None and values[-1] < goal
    places = _places(weeks, right=HILL_HERE if still_to_go else HILL_GOAL, top_value=goal)
    known = [place for place in places if place is not None]
    stretches = _stretches(places)
    top = None if goal is None else Point(x=HILL_GOAL, y=HILL_TOP)
    way_on = [known[-1], top] if top and still_to_go else []
    return HillPicture(
        lines=tuple(_line(each) for each in stretches if len(each) > 1),
        slopes=tuple(_slope(each) for each in stretches if len(each) > 1),
        lone=tuple(each[0] for each in stretches if len(each) == 1),
        huts=_huts(weeks, places, beside_goal=top is not None),
        start=known[0],
        here=known[-1],
        goal=top,
        way_on=_line(way_on) if way_on else "",
        ahead=_slope(way_on) if way_on else "",
    )


def _places(weeks: Sequence[Week], *, right: float, top_value: float | None) -> list[Point | None]:
    step = (right - HILL_LEFT) / max(len(weeks) - 1, 1)
    values = [week.value for week in weeks if week.value is not None]
    alone = len(values) == 1 and top_value is None
    most = max([top_value or 0.0, *values]) or 1.0
    rise = 0.0 if alone else (HILL_FOOT - HILL_TOP) / most  # one number has nothing to rise from
    return [
        None
        if week.value is None
        else Point(x=round(HILL_LEFT + n * step, 1), y=round(HILL_FOOT - rise * week.value, 1))
        for n, week in enumerate(weeks)
    ]


def _stretches(places: Sequence[Point | None]) -> list[list[Point]]:
    runs = groupby(places, key=lambda place: place is not None)
    return [[place for place in run if place is not None] for known, run in runs if known]


def _line(points: Sequence[Point]) -> str:
    """Join points by a rounded line that never rises above or dips below its own points."""
    leans = _leans(points)
    parts = [f"M{points[0].x:g} {points[0].y:g}"]
    for (a, b), (lean_a, lean_b) in zip(pairwise(points), pairwise(leans), strict=True):
        third = (b.x - a.x) / 3
        parts.append(
            f"C{a.x + third:.1f} {a.y + lean_a * third:.1f}"
            f" {b.x - third:.1f} {b.y - lean_b * third:.1f} {b.x:g} {b.y:g}"
        )
    return "".join(parts)


def _leans(points: Sequence[Point]) -> list[float]:
    """Lean at each point: harmonic mean of its sides, level at a top or a dip (Fritsch-Butland)."""
    sides = [(b.y - a.y) / (b.x - a.x) for a, b in pairwise(points)]
    inner = [2 * a * b / (a + b) if a * b > 0 else 0.0 for a, b in pairwise(sides)]
    return [sides[0], *inner, sides[-1]]


def _slope(points: Sequence[Point]) -> str:
    return f"{_line(points)}V{HILL_BASE:g}H{points[0].x:g}z"


def _huts(
    weeks: Sequence[Week], places: Sequence[Point | None], *, beside_goal: bool
) -> tuple[Hut, ...]:
    huts: list[Hut] = []
    last_label = -LABEL_GAP
    for week, place in zip(weeks, places, strict=True):
        if not week.flare or place is None:
            continue
        roomy = place.x - last_label >= LABEL_GAP
        last_label = place.x if roomy else last_label
        huts.append(Hut(at=place, words=_hut_words(place, beside_goal) if roomy else None))
    return tuple(huts)


def _hut_words(place: Point, beside_goal: bool) -> Point:
    x = min(max(place.x, 44.0), 310.0)
    crowded = beside_goal and place.x > GOAL_WORDS_LEFT and place.y < GOAL_WORDS_FOOT
    return Point(x=x, y=place.y + 34 if crowded else max(place.y - 26, 16.0))
