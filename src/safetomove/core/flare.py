"""A flare-up, from the plan written beforehand to the look back afterwards.

When one began and ended is the person's own word in the diary. What went before it is only
that: it is never said to have caused it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from statistics import median
from typing import Any, Final

from safetomove.core.diary import CheckIn, Diary
from safetomove.core.errors import BadInput

OPEN_DAYS: Final = 7  # days; not heard of for longer, a flare-up counts as over, as for the dose
NOT_SETTLING_DAYS: Final = 14  # days; by then somebody should look at it (needs-check; 2027-11)
DAYS_BEFORE: Final = 3  # days before a flare-up that are looked at (own-rule)
USUAL_DAYS: Final = 28  # days before those, which make the person's usual (own-rule)
LEAST_FOR_A_USUAL: Final = 5  # ratings; with fewer there is no usual to differ from (own-rule)
NOTABLE_POINTS: Final = 2.0  # of 10, worse than usual (own-rule)
NOTABLE_SHARE: Final = 1.5  # of the usual amount done: a jump (own-rule)
LINES_TOP: Final = 12  # of one kind in a plan
WORDS_TOP: Final = 300  # characters of one text
SHAPE: Final = 1


class BadFlare(BadInput):
    """A plan or a look back that can't be kept as it is."""


class Going(StrEnum):
    """How a flare-up is going, one tap a day at most."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"


class Before(StrEnum):
    """What went before a flare-up, as the person sees it."""

    SLEEP = "sleep"
    STRESS = "stress"
    ACTIVITY = "activity"
    ILLNESS = "illness"
    OTHER = "other"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class FlarePlan:
    """What a person wrote for themselves on a calmer day. `small` is an amount by activity id."""

    helps: tuple[str, ...] = ()  # ids of ready-made lines
    own: tuple[str, ...] = ()  # what helps, in their own words
    tell: tuple[str, ...] = ()
    small: Mapping[str, float] = field(default_factory=dict)
    say: str = ""

    def __post_init__(self) -> None:
        for lines in (self.helps, self.own, self.tell):
            if len(lines) > LINES_TOP:
                raise BadFlare(f"a plan holds at most {LINES_TOP} lines of each kind")
            _check_words(lines)
        _check_words((self.say,))
        if any(not amount > 0 for amount in self.small.values()):
            raise BadFlare("a smallest amount is more than nothing")

    @property
    def empty(self) -> bool:
        return not (self.helps or self.own or self.tell or self.small or self.say)

    def to_json(self) -> dict[str, Any]:
        """Return the plan as plain values."""
        lines = {"helps": list(self.helps), "own": list(self.own), "tell": list(self.tell)}
        return {"shape": SHAPE, **lines, "small": dict(self.small), "say": self.say}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "FlarePlan":
        """Read what `to_json` wrote; refuse another shape."""
        _check_shape(data)
        lines = {name: tuple(data[name]) for name in ("helps", "own", "tell")}
        return cls(**lines, small=dict(data["small"]), say=data["say"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell:
    """One flare-up in the diary. `ended` is the day it was said to be over; None while open."""

    began: date
    ended: date | None = None

    def day(self, today: date) -> int:
        """Say the how manieth day it is; the first is 1."""
        return (today - self.began).days + 1

    def not_settling(self, today: date) -> bool:
        """Say whether it is time that somebody looks at it."""
        return self.ended is None and self.day(today) > NOT_SETTLING_DAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What was told of one flare-up: how it went day by day, and the look back once it was over."""

    began: date
    going: Mapping[date, Going] = field(default_factory=dict)
    before: frozenset[Before] = frozenset()
    words: str = ""
    looked_back: date | None = None

    def __post_init__(self) -> None:
        if Before.NOTHING in self.before and len(self.before) > 1:
            raise BadFlare("nothing went before it, or something did")
        if any(day < self.began for day in self.going):
            raise BadFlare("a flare-up can't go on before it began")
        _check_words((self.words,))

    def to_json(self) -> dict[str, Any]:
        """Return the story as plain values; the first day stands on the document."""
        looked = self.looked_back.isoformat() if self.looked_back else ""
        going = {day.isoformat(): how.value for day, how in sorted(self.going.items())}
        before = [one.value for one in Before if one in self.before]
        return {"shape": SHAPE, "going": going, "before": before, "words": self.words,
                "looked_back": looked}  # fmt: skip

    @classmethod
    def from_json(cls, data: Mapping[str, Any], *, began: date) -> "Story":
        """Read what `to_json` wrote; refuse another shape."""
        _check_shape(data)
        looked = data["looked_back"]
        return cls(
            began=began,
            going={date.fromisoformat(day): Going(how) for day, how in data["going"].items()},
            before=frozenset(Before(one) for one in data["before"]),
            words=data["words"],
            looked_back=date.fromisoformat(looked) if looked else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Clue:
    """Something unusual in the days before: the most unusual value, its day, and the usual one."""

    what: Before
    day: date
    value: float
    usual: float
    activity: str = ""


def last_spell(diary: Diary, *, today: date) -> Spell | None:
    """Find the flare-up that is on, or the last one; None where none was noted.

    It ends on the first day that was said to be none. A blank day neither ends it nor goes
    on; after a week of those it counts as over, on the last day that was one.
    """
    found: Spell | None = None
    last = date.min
    for one in diary.between(date.min, today):
        if found is not None and found.ended is None and (one.day - last).days > OPEN_DAYS:
            found = Spell(began=found.began, ended=last)
        if one.flare:
            last = one.day
            found = found if found is not None and found.ended is None else Spell(began=one.day)
        elif one.flare is False and found is not None and found.ended is None:
            found = Spell(began=found.began, ended=one.day)
    if found is not None and found.ended is None and (today - last).days > OPEN_DAYS:
        return Spell(began=found.began, ended=last)
    return found


def clues_before(diary: Diary, began: date) -> tuple[Clue, ...]:
    """Find what was unusual in the three days before a flare-up, against the weeks before those.

    Returns
    -------
    tuple of Clue
        At most one each for sleep and stress, and one for each activity. Where too little was
        noted to know what is usual, there is none: that is not the same as nothing unusual.
    """
    days, usual = _days(diary, began)
    found = [_worse_night(days, usual), _more_stress(days, usual), *_jumps(days, usual)]
    return tuple(one for one in found if one is not None)


def was_noted(diary: Diary, began: date) -> bool:
    """Say whether the diary could have shown something: only then its silence means anything.

    All three days before tell of sleep, stress and doing, and there is a usual to compare with.
    """
    days, usual = _days(diary, began)
    told = [one for one in days if None not in (one.sleep_quality, one.stress) and one.done]
    ratings = ([one.sleep_quality for one in usual], [one.stress for one in usual])
    return len(told) == DAYS_BEFORE and None not in map(_usual, ratings)


def _days(diary: Diary, began: date) -> tuple[tuple[CheckIn, ...], tuple[CheckIn, ...]]:
    """Return the three days before a flare-up, and the four weeks before those."""
    first = began - timedelta(days=DAYS_BEFORE)
    days = diary.between(first, began - timedelta(days=1))
    return days, diary.between(first - timedelta(days=USUAL_DAYS), first - timedelta(days=1))


def _worse_night(days: Iterable[CheckIn], usual: Iterable[CheckIn]) -> Clue | None:
    """Find the worst night; sleep is rated higher for better."""
    nights = [(one.sleep_quality, one.day) for one in days if one.sleep_quality is not None]
    normal = _usual(one.sleep_quality for one in usual)
    if not nights or normal is None:
        return None
    worst, day = min(nights)
    if normal - worst < NOTABLE_POINTS:
        return None
    return Clue(what=Before.SLEEP, day=day, value=worst, usual=normal)


def _more_stress(days: Iterable[CheckIn], usual: Iterable[CheckIn]) -> Clue | None:
    told = [(one.stress, one.day) for one in days if one.stress is not None]
    normal = _usual(one.stress for one in usual)
    if not told or normal is None:
        return None
    most, day = max(told)
    if most - normal < NOTABLE_POINTS:
        return None
    return Clue(what=Before.STRESS, day=day, value=most, usual=normal)


def _jumps(days: Iterable[CheckIn], usual: Iterable[CheckIn]) -> list[Clue]:
    """Find the activities done far more than usual; days without them don't count as usual."""
    done = [(one.day, one.done) for one in days]
    before = [one.done for one in usual]
    found = []
    for activity in sorted({each for _, amounts in done for each in amounts}):
        normal = _usual(amounts.get(activity) or None for amounts in before)
        most, day = max((amounts.get(activity, 0.0), day) for day, amounts in done)
        if normal is not None and most >= normal * NOTABLE_SHARE:
            clue = Clue(what=Before.ACTIVITY, day=day, value=most, usual=normal, activity=activity)
            found.append(clue)
    return found


def _usual(values: Iterable[float | None]) -> float | None:
    told = [value for value in values if value is not None]
    return median(told) if len(told) >= LEAST_FOR_A_USUAL else None


def _check_shape(data: Mapping[str, Any]) -> None:
    if data.get("shape") != SHAPE:
        raise BadFlare(f"a flare-up of shape {data.get('shape')!r} is not known here")


def _check_words(texts: Iterable[str]) -> None:
    for text in texts:
        if len(text) > WORDS_TOP:
            raise BadFlare(f"at most {WORDS_TOP} characters are kept here")
        if any((sign < " " and sign != "\n") or "\ud800" <= sign <= "\udfff" for sign in text):
            raise BadFlare("this has signs in it that can't be kept")
