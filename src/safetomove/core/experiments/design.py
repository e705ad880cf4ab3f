"""The plan of one experiment: which days ask for what, settled by chance before it begins.

Days go in pairs, or in pairs of short blocks where an effect lingers. Chance decides which
half of each pair comes first, so good weeks and bad weeks fall on both sides alike.
"""

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final, assert_never

from safetomove.core.chance import draw
from safetomove.core.errors import BadInput

DAYS_LEAST: Final = 28  # days: fewer find too little to be worth anybody's while
DAYS_MOST: Final = 56
BLOCK_DAYS_MOST: Final = 4
LINGERING_BLOCK_DAYS: Final = 3
LENGTHS: Final = (28, 42, 56)  # days, where each day stands alone
LINGERING_LENGTHS: Final = (30, 42, 54)  # days, in whole pairs of blocks
LOOK_EVERY_DAYS: Final = 7
DRAWS: Final = 512  # plans drawn by chance, of which the one that changes sides most is taken
FIRST_LOOK_DAYS: Final = 14  # before that, two weeks of chance look like anything


class Side(StrEnum):
    """What a day asks for."""

    TRY = "try"
    AS_USUAL = "as_usual"


class Outcome(StrEnum):
    """A column of the diary that an experiment may be about."""

    INTERFERENCE = "interference"
    PAIN = "pain"
    SLEEP_QUALITY = "sleep_quality"
    STRESS = "stress"
    MOOD = "mood"

    @property
    def better(self) -> int:
        """Return +1 where a higher number is a better day, and -1 where it is a worse one."""
        match self:
            case Outcome.SLEEP_QUALITY | Outcome.MOOD:
                return 1
            case Outcome.INTERFERENCE | Outcome.PAIN | Outcome.STRESS:
                return -1
            case _:
                assert_never(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """When, how long and what for. `lag` counts days from doing a thing to feeling it."""

    first_day: date
    days: int
    outcome: Outcome
    lag: int = 0
    block_days: int = 1

    def __post_init__(self) -> None:
        if not DAYS_LEAST <= self.days <= DAYS_MOST:
            raise BadInput(f"an experiment lasts {DAYS_LEAST} to {DAYS_MOST} days")
        if not 1 <= self.block_days <= BLOCK_DAYS_MOST:
            raise BadInput(f"a block lasts 1 to {BLOCK_DAYS_MOST} days")
        if self.days % (2 * self.block_days):
            raise BadInput("an experiment is made of whole pairs")
        if self.lag not in (0, 1):
            raise BadInput("what is tried is felt on the same day or on the next")

    @property
    def last_day(self) -> date:
        """Return the last day that asks for something."""
        return self.first_day + timedelta(days=self.days - 1)

    @property
    def read_on(self) -> date:
        """Return the first day on which all of it has been lived and felt."""
        return self.last_day + timedelta(days=self.lag + 1)

    @property
    def looks(self) -> tuple[int, ...]:
        """List after how many days the numbers are looked at: weekly, and at the end."""
        return looks_of(self.days)

    def to_json(self) -> dict[str, Any]:
        """Return plain values; `from_json` reads them back."""
        return {
            "first_day": self.first_day.isoformat(),
            "days": self.days,
            "outcome": self.outcome.value,
            "lag": self.lag,
            "block_days": self.block_days,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Design":
        """Read what `to_json` wrote."""
        fields = {**data, "first_day": date.fromisoformat(data["first_day"])}
        return cls(**fields | {"outcome": Outcome(data["outcome"])})


def looks_of(days: int) -> tuple[int, ...]:
    """List the looks of an experiment of so many days: fixed before it begins."""
    weekly = range(FIRST_LOOK_DAYS, days, LOOK_EVERY_DAYS)
    return (*weekly, days)


@lru_cache(maxsize=256)
def sides(design: Design, seed: int) -> tuple[Side, ...]:
    """Settle every day of a design by keyed chance.

    Neighbouring days are alike, so a plan that changes sides often finds more in the same
    time: of many drawn, the one that changes most is taken. Each day stays an even toss-up.
    Where an effect lingers, the first draw counts.
    """
    pairs = design.days // (2 * design.block_days)
    draws = DRAWS if design.block_days == 1 else 1
    drawn = [int(draw(seed, "experiment", one) * 2**pairs) for one in range(draws)]
    heads = max(drawn, key=lambda one: _alike(one, pairs))  # one toss a pair: binary digits
    return tuple(side for pair in range(pairs) for side in _pair(design, heads >> pair & 1))


def _alike(heads: int, pairs: int) -> int:
    """Count the pairs that go on as the pair before: there the sides change once more."""
    return (~(heads ^ heads >> 1) & (1 << pairs - 1) - 1).bit_count()


def _pair(design: Design, head: int) -> tuple[Side, ...]:
    first, second = (Side.TRY, Side.AS_USUAL) if head else (Side.AS_USUAL, Side.TRY)
    return (first,) * design.block_days + (second,) * design.block_days


def plan_text(design: Design, seed: int) -> str:
    """Write out the whole plan, so that anybody can check it at the end."""
    letters = "".join("T" if side is Side.TRY else "U" for side in sides(design, seed))
    about = f"{design.outcome.value} lag {design.lag} block {design.block_days}"
    return f"{design.first_day} {about} {letters} {seed}"


def fingerprint_of(design: Design, seed: int) -> str:
    """Return the fingerprint shown at the start: SHA-256 of `plan_text`, in hex."""
    return hashlib.sha256(plan_text(design, seed).encode()).hexdigest()
