"""Line up what each day asked for with how the day was that should show it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from safetomove.core.diary import Diary
from safetomove.core.experiments.design import Design, Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Felt:
    """One day of an experiment: its place from 0, what it asked, and how it was rated."""

    place: int
    side: Side
    rating: float


def felt_days(design: Design, plan: Sequence[Side], diary: Diary) -> tuple[Felt, ...]:
    """Return the days that count: rated, and not the first day of a block that settles.

    A day is counted on the side that chance gave it, whatever was done: only then do the
    two sides differ by chance and by what was asked, and by nothing else.
    """
    rated = []
    for place, side in enumerate(plan):
        check_in = diary.on(design.first_day + timedelta(days=place + design.lag))
        rating = None if check_in is None else getattr(check_in, design.outcome.value)
        if rating is not None and not settles(design, place):
            rated.append(Felt(place=place, side=side, rating=float(rating)))
    return tuple(rated)


def settles(design: Design, place: int) -> bool:
    """Say whether a day opens a block, when the block before may still be felt."""
    return design.block_days > 1 and place % design.block_days == 0
