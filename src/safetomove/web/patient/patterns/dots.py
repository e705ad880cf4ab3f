"""Twenty dots, each one fair way to read a diary: hollow where there is no link."""

from collections import Counter
from dataclasses import dataclass
from statistics import NormalDist

from safetomove.web.patient.patterns.sizes import QUARTER

DOTS = 20
BASE, NO_LINK_X, FIRST_X, LAST_X = 160.0, 46.0, 118.0, 334.0  # of a drawing 360 wide
HIGHEST, WIDEST = 128.0, 12.0
Z90 = 1.645


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """Where one dot lies."""

    x: float
    y: float
    linked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Dots:
    """The drawing: dots, their size, and labels along the foot."""

    dots: tuple[Dot, ...]
    radius: float
    linked: int
    labels: tuple[tuple[float, str], ...]
    middle: float

    @property
    def apart(self) -> int:
        """Count the dots at no link."""
        return DOTS - self.linked


def dots(inclusion: float, *, effect: float, low: float, high: float) -> Dots:
    """Share twenty dots between no link and the sizes that a link may have.

    `effect`, `low` and `high` are points; each linked dot stands for an equal share of
    what the link may be.
    """
    linked = linked_of(inclusion)
    bins = _bins(linked, effect, (high - low) / (2 * Z90))
    places = _places(bins)
    tallest = max([DOTS - linked, *bins.values()])
    radius = min(WIDEST, HIGHEST / (2 * tallest), _gap(bins) * 0.45)
    stacks = [(NO_LINK_X, DOTS - linked, False)]
    stacks += [(places[at], count, True) for at, count in bins.items()]
    return Dots(
        dots=tuple(
            Dot(x=x, y=round(BASE - radius * (2 * n + 1) - 2, 1), linked=link)
            for x, count, link in stacks
            for n in range(count)
        ),
        radius=round(radius, 1),
        linked=linked,
        labels=_labels(places),
        middle=(FIRST_X + LAST_X) / 2,
    )


def linked_of(inclusion: float) -> int:
    """Return how many of twenty dots are linked; never all, for no diary makes it certain."""
    return min(DOTS - 1, round(DOTS * inclusion))


def _bins(linked: int, effect: float, sd: float) -> Counter[int]:
    """Put each linked dot at a quarter of a point."""
    if not linked:
        return Counter()
    slab = NormalDist(effect, max(sd, 0.01))
    at = (slab.inv_cdf((n + 0.5) / linked) for n in range(linked))
    return Counter(round(points / QUARTER) for points in at)


def _span(bins: Counter[int]) -> range:
    """Return the quarters that are drawn; two whole points at least."""
    low, high = min([*bins, 0]), max([*bins, 0])
    return range(low, max(high, low + 6) + 1)


def _gap(bins: Counter[int]) -> float:
    return (LAST_X - FIRST_X) / (len(_span(bins)) - 1)


def _places(bins: Counter[int]) -> dict[int, float]:
    span, gap = _span(bins), _gap(bins)
    return {at: round(FIRST_X + (at - span.start) * gap, 1) for at in span}


def _labels(places: dict[int, float]) -> tuple[tuple[float, str], ...]:
    """Label halves of a point while there is room, else whole points, else twos."""
    step = next(each for each in (2, 4, 8, 16, 32) if len(places) / each < 5)
    return tuple((x, _short(at)) for at, x in places.items() if at % step == 0)


def _short(at: int) -> str:
    whole, rest = divmod(abs(at), 4)
    part = {0: "", 1: "¼", 2: "½", 3: "¾"}[rest]
    sign = "−" if at < 0 else ""
    return sign + (f"{whole}{part}" if whole or not part else part)
