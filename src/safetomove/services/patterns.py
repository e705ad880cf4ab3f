"""Look for what goes along with a person's days, once they have turned it on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from safetomove.core import patterns
from safetomove.core.contributors import columns_asked, own_asked
from safetomove.core.diary import CheckIn, Diary
from safetomove.core.diary.cells import DOSE
from safetomove.core.patterns import CONTRIBUTORS_TOP, DAYS_NEEDED, WINDOW_DAYS, Patterns, as_of
from safetomove.services.holding import days_kept, look
from safetomove.services.pain_map import map_in
from safetomove.services.people import keep_choice, local_day
from safetomove.services.today import Today

CHOICE, ON, OFF = "patterns", "on", "off"
OUTCOMES: Final = ("interference", "pain")  # function first
OWN: Final = "own:"  # columns of the person's own things, from their map: yes or no
# What gives way to each other once a person looks for patterns. Sleep and stress are always
# asked: the dose rule eases by them.
TAKING_TURNS: Final = ("mood", "worry", "guarding", "social")
ASKED_A_DAY: Final = 2
_ALWAYS_ASKED: Final = {"sleep_quality", "stress", "pain", "pain_worst", "interference"}
_COLUMNS: Final = ("sleep_quality", "sleep_hours", "stress", *TAKING_TURNS, "steps")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What the page shows. `patterns` is None while it is off."""

    on: bool
    outcome: str
    outcomes: tuple[str, ...]  # those with days enough to be looked at
    frozen_on: date
    patterns: Patterns | None = None

    @property
    def days_left(self) -> int:
        """Count the noted days that are still needed before anything is said."""
        return max(0, DAYS_NEEDED - (0 if self.patterns is None else self.patterns.days_observed))


def turn(*, person: UUID, on: bool, now: datetime) -> None:
    """Turn looking for patterns on or off; the diary itself stays as it is."""
    keep_choice(person=person, name=CHOICE, value=ON if on else OFF, now=now)


def is_on(today: Today) -> bool:
    """Say whether the person asked for patterns: no query."""
    return today.choices.get(CHOICE) == ON


def patterns_of(*, person: UUID, now: datetime, outcome: str = "") -> Found:
    """Say what went along with an outcome until last Monday; nothing is worked out while off."""
    held = look(person)
    today = local_day(now=now, zone=held.file.zone)
    outcome = outcome if outcome in OUTCOMES else OUTCOMES[0]
    frozen = as_of(today)
    off = Found(on=False, outcome=outcome, outcomes=(), frozen_on=frozen)
    if held.file.choices.get(CHOICE) != ON:
        return off
    diary = Diary(days_kept(held, after=frozen - timedelta(days=WINDOW_DAYS + 1), until=today))
    days = diary.between(date.min, frozen - timedelta(days=1))
    doses = (DOSE + plan.id for plan in held.file.plans)
    return Found(
        on=True,
        outcome=outcome,
        outcomes=tuple(one for one in OUTCOMES if _times(days, one) >= DAYS_NEEDED),
        frozen_on=frozen,
        patterns=patterns.associations(
            diary, outcome, _noted(days, (*_COLUMNS, *doses)), before=frozen
        ),
    )


def asked_today(*, person: UUID, today: Today, day: date) -> tuple[str, ...]:
    """Choose the questions of a day that take turns; none while patterns are off.

    They come from the person's own map, and from what a diary may hold. A name that begins
    with "own:" is one of their own things.
    """
    if not is_on(today):
        return ()
    about = map_in(look(person))
    wanted = dict.fromkeys([*TAKING_TURNS, *columns_asked(about)])
    columns = [name for name in wanted if name not in _ALWAYS_ASKED]
    names = [*columns, *(OWN + words for words in own_asked(about))]
    chosen = patterns.learn_most(
        today.record.diary, day, names[:CONTRIBUTORS_TOP], how_many=ASKED_A_DAY, outcome=OUTCOMES[0]
    )
    return tuple(chosen)


def _noted(days: Sequence[CheckIn], names: Iterable[str]) -> tuple[str, ...]:
    """Keep the columns that were ever noted, with the person's own ones, the commonest first."""
    own = {name for one in days for name in one.extra if name.startswith(OWN)}
    counts = {name: _times(days, name) for name in (*names, *sorted(own))}
    often = sorted((name for name in counts if counts[name]), key=lambda name: -counts[name])
    return tuple(often[:CONTRIBUTORS_TOP])


def _times(days: Sequence[CheckIn], name: str) -> int:
    if name.startswith(OWN):
        return sum(name in one.extra for one in days)
    if name.startswith(DOSE):
        return sum(name.removeprefix(DOSE) in one.done for one in days)
    return sum(getattr(one, name) is not None for one in days)
