"""When the goals are held: six whole weeks at them, gaps allowed for, and no flare-up on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from safetomove.core.diary import Diary
from safetomove.core.progress.stretches import Stretch, weeks

HELD_WEEKS: Final = 6  # whole weeks, the last of them ended last Sunday (own-rule)
HELD_NOTED: Final = 5  # of them noted at least: one week away costs nothing (own-rule)
HELD_SHARE: Final = 0.9  # of the goal: amounts are rounded, and life is not exact (own-rule)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """How long one goal has been held; `noted` of the six weeks had a number."""

    activity: str
    noted: int
    at_goal: int

    @property
    def held(self) -> bool:
        """Say whether every noted week was at the goal, and enough were noted."""
        return self.noted >= HELD_NOTED and self.at_goal == self.noted


def goal_held(
    diary: Diary, activity: str, goal: float, *, today: date, lowered: date | None = None
) -> Held:
    """Look at the six whole weeks before this one; a lowered goal starts six weeks of its own.

    A week that began before the goal was lowered was lived for another goal: it counts for
    nothing, and not against it either.
    """
    past = _whole_weeks(diary, activity, today)
    if lowered is not None:
        past = tuple(week for week in past if week.begins >= lowered)
    noted = [week.typical for week in past if week.typical is not None]
    return Held(
        activity=activity,
        noted=len(noted),
        at_goal=sum(amount >= HELD_SHARE * goal for amount in noted),
    )


def goals_held(
    diary: Diary,
    goals: Mapping[str, float],
    *,
    today: date,
    lowered: Mapping[str, date | None] = MappingProxyType({}),
) -> bool:
    """Say whether all goals are held, and the last noted day was no flare-up day."""
    if not goals:
        return False
    all_held = all(
        goal_held(diary, each, goals[each], today=today, lowered=lowered.get(each)).held
        for each in goals
    )
    return all_held and not _in_flare(diary, today)


def _whole_weeks(diary: Diary, activity: str, today: date) -> tuple[Stretch, ...]:
    return weeks(diary, activity, today=today, count=HELD_WEEKS + 1)[:-1]


def _in_flare(diary: Diary, today: date) -> bool:
    """Take the last word about flare-ups; a blank since then changes nothing."""
    told = [one.flare for one in diary.between(today - timedelta(weeks=HELD_WEEKS), today)
            if one.flare is not None]  # fmt: skip
    return bool(told and told[-1])
