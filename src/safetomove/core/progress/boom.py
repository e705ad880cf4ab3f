"""Boom and bust: a day of far more than usual, and a worse day right after it.

What is found is what the diary holds, one after the other. It says nothing about cause.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import Final

from safetomove.core.diary import CheckIn, Diary

FAR_MORE: Final = 2.0  # times the typical amount (own-rule; over-activity: andrews-2015)
WORSE_BY: Final = 2.0  # points of 10 over the usual for "back in the way" or pain (own-rule)
WORSE_WITHIN: Final = 2  # days after the big day
USUAL_DAYS: Final = 28  # days before the big day that say what is usual
USUAL_LEAST: Final = 5  # of them with a number; with fewer, nobody knows what is usual
SAID_FOR: Final = 3  # days for which it is shown, from the worse day on
QUIET_FOR: Final = 7  # days from one telling to the next: at most once a week
LOOKED_AT: Final = 28  # days back: enough to know what was told last


@dataclass(frozen=True, slots=True, kw_only=True)
class Boom:
    """A day with `done`, `typical` being usual before it, and the worse day that followed."""

    activity: str
    day: date
    done: float
    typical: float
    worse: date
    flare: bool  # the worse day was a flare-up day


def boom_to_tell(diary: Diary, activities: Collection[str], *, today: date) -> Boom | None:
    """Return what to tell of today, if anything: each for three days, and one a week at most."""
    told: Boom | None = None
    for boom in booms(diary, activities, since=today - timedelta(days=LOOKED_AT), until=today):
        if told is None or (boom.worse - told.worse).days >= QUIET_FOR:
            told = boom
    return told if told is not None and (today - told.worse).days < SAID_FOR else None


def booms(
    diary: Diary, activities: Collection[str], *, since: date, until: date
) -> tuple[Boom, ...]:
    """Find each big day with a worse day after it, by the worse day, earliest first."""
    found = [
        boom
        for day in diary.between(since, until)
        for activity in sorted(activities)
        if (boom := _boom(diary, activity, day, until=until)) is not None
    ]
    return tuple(sorted(found, key=lambda boom: (boom.worse, boom.day)))


def _boom(diary: Diary, activity: str, day: CheckIn, *, until: date) -> Boom | None:
    done, before = day.done.get(activity), _before(diary, day.day)
    typical = _usual([one.done[activity] for one in before if one.done.get(activity)])
    if done is None or typical is None or done < FAR_MORE * typical or day.flare:
        return None
    last = min(day.day + timedelta(days=WORSE_WITHIN), until)
    for after in diary.between(day.day + timedelta(days=1), last):
        if after.flare or _worse(after, before):
            return Boom(
                activity=activity, day=day.day, done=done, typical=typical,
                worse=after.day, flare=bool(after.flare),
            )  # fmt: skip
    return None


def _before(diary: Diary, day: date) -> tuple[CheckIn, ...]:
    return diary.between(day - timedelta(days=USUAL_DAYS), day - timedelta(days=1))


def _worse(after: CheckIn, before: tuple[CheckIn, ...]) -> bool:
    pairs = (
        (after.interference, [one.interference for one in before]),
        (after.pain, [one.pain for one in before]),
    )
    for now, then in pairs:
        usual = _usual([value for value in then if value is not None])
        if now is not None and usual is not None and now - usual >= WORSE_BY:
            return True
    return False


def _usual(values: list[float]) -> float | None:
    return median(values) if len(values) >= USUAL_LEAST else None
