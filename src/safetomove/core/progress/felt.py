"""How a go felt: before it, while it was on and the next morning, in three words.

The answers stand in a day's other columns, `felt_before:NAME` and so on. The dose rule
never reads them.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date
from enum import StrEnum
from typing import Final

from safetomove.core.diary import CheckIn, Diary


class Moment(StrEnum):
    """When it was felt; the next morning is kept with the day of the go."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


class Felt(StrEnum):
    """How the back felt, against the person's own usual."""

    EASIER = "easier"
    USUAL = "usual"
    HARDER = "harder"


FELT: Final = "felt_"  # how each of its columns begins


def column(moment: Moment, activity: str) -> str:
    """Name the diary's column for one moment of an activity."""
    return f"{FELT}{moment.value}:{activity}"


def columns_of(activity: str, felt: Mapping[Moment, Felt]) -> dict[str, str]:
    """Return what a day's other columns hold for these answers."""
    return {column(moment, activity): word.value for moment, word in felt.items()}


def felt_on(day: CheckIn | None, activity: str) -> dict[Moment, Felt]:
    """Return what was said of a day's go; a word that isn't one of the three is passed over."""
    if day is None:
        return {}
    told = {moment: day.extra.get(column(moment, activity), "") for moment in Moment}
    return {moment: Felt(word) for moment, word in told.items() if word in set(Felt)}


def felt_counts(
    diary: Diary, activity: str, *, since: date, until: date
) -> dict[Moment, dict[Felt, int]]:
    """Count the days by moment and word, from `since` to `until`, both included."""
    found = [felt_on(day, activity) for day in diary.between(since, until)]
    counts = Counter((moment, word) for told in found for moment, word in told.items())
    return {moment: {word: counts[moment, word] for word in Felt} for moment in Moment}


def morning_after(day: CheckIn | None, activities: Collection[str]) -> dict[str, float]:
    """Return the amounts done of a day whose next morning has no word yet, by activity."""
    if day is None:
        return {}
    return {
        activity: amount
        for activity, amount in day.done.items()
        if amount and activity in activities and Moment.AFTER not in felt_on(day, activity)
    }
