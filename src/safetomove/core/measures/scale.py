"""One scale of an instrument: which items, how they add up, and what a blank does to it."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from safetomove.core.errors import BadInput


class Direction(StrEnum):
    """Which way is up for the person."""

    MORE_IS_BETTER = "more_is_better"
    MORE_IS_WORSE = "more_is_worse"


class Method(StrEnum):
    """How the points of the items become one number."""

    SUM = "sum"
    MEAN = "mean"
    PERCENT = "percent"  # of the points there are to get
    VALUE_SET = "value_set"  # a country's table of health states


class Missing(StrEnum):
    """What a blank does, where the authors allow blanks at all."""

    REFUSE = "refuse"
    MEAN_OF_REST = "mean_of_rest"  # each blank counts as the mean of what was answered
    ZERO = "zero"  # a blank is a "no": a list of things to tick


class Size(StrEnum):
    """What a least change is measured in."""

    POINTS = "points"
    PERCENT_OF_FIRST = "percent_of_first"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeastChange:
    """The smallest change that people call one, on average; `checked` is against its source.

    It is a figure about groups. For one person it can't tell a real change from a good day.
    """

    size: float
    measured_in: Size = Size.POINTS
    source: str = ""
    checked: bool = False

    def __post_init__(self) -> None:
        if not self.size > 0:
            raise BadInput("a least change must be above 0")


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A range of scores that its authors gave a name; it begins at `low`."""

    id: str
    low: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Some items of an instrument, and the rule that makes one number of them.

    `most_blank` is how many items may be blank; above that there is no score. `least_change`
    is None where we hold no figure, and then no change is called better or worse.
    """

    id: str
    items: tuple[str, ...]
    direction: Direction
    method: Method = Method.SUM
    missing: Missing = Missing.REFUSE
    most_blank: int = 0
    least_change: LeastChange | None = None
    bands: tuple[Band, ...] = ()
    source: str = ""
    checked: bool = False
    loinc: str = ""

    def __post_init__(self) -> None:
        if not self.items:
            raise BadInput(f"scale {self.id!r} has no items")
        if len(set(self.items)) < len(self.items):
            raise BadInput(f"scale {self.id!r} names an item twice")
        self._check_blanks()
        lows = [band.low for band in self.bands]
        if lows != sorted(set(lows)):
            raise BadInput(f"the bands of scale {self.id!r} must rise")

    def band_of(self, value: float) -> str:
        """Name the band that a score lies in; empty where it lies in none."""
        return next((one.id for one in reversed(self.bands) if value >= one.low), "")

    def value(self, points: list[int], top: Fraction) -> Fraction:
        """Make one number of the points of the answered items.

        Parameters
        ----------
        points
            Points of each answered item, at least one of them.
        top
            The points to be had on all items together.

        Returns
        -------
        Fraction
            The exact score in the unit of the method: points, mean points, or percent.
        """
        total = Fraction(sum(points))
        if self.missing is Missing.MEAN_OF_REST:
            total = total * len(self.items) / len(points)
        if self.method is Method.MEAN:
            return total / len(self.items)
        return 100 * total / top if self.method is Method.PERCENT else total

    def _check_blanks(self) -> None:
        if not 0 <= self.most_blank < max(len(self.items), 1) + (self.missing is Missing.ZERO):
            raise BadInput(f"scale {self.id!r} can't allow {self.most_blank} blanks")
        if (self.missing is Missing.REFUSE) != (self.most_blank == 0):
            raise BadInput(
                f"scale {self.id!r} must say what a blank counts as, and how many may be"
            )
        if self.method is Method.VALUE_SET and self.missing is not Missing.REFUSE:
            raise BadInput(f"scale {self.id!r} is read from a table, so it takes no blank")
