"""Where the marks of tries go in a drawing: what was expected, and what happened, side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from safetomove.core.diary.check_in import SCALE_TOP
from safetomove.core.ladder import Try

TOP, FOOT = 20.0, 150.0
LEFT, RIGHT = 48.0, 336.0
SHOWN_TOP = 12  # tries in one picture; the table holds them all


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One try: across, how high the guess, how high what happened. `day` labels the ends."""

    x: float
    expected: float
    happened: float

    @property
    def apart(self) -> bool:
        """Say whether the two marks don't cover each other."""
        return abs(self.expected - self.happened) > 1


def marks(tries: Sequence[Try]) -> list[Mark]:
    """Place the last tries that were told to their end, the oldest on the left."""
    done = [(one.expected.bad, one.outcome.bad) for one in tries if one.outcome][-SHOWN_TOP:]
    step = (RIGHT - LEFT) / max(len(done), 1)
    return [
        Mark(x=round(LEFT + step * (n + 0.5), 1), expected=_high(before), happened=_high(after))
        for n, (before, after) in enumerate(done)
    ]


def _high(bad: float) -> float:
    return round(FOOT - bad / SCALE_TOP * (FOOT - TOP), 1)
