"""Which of a person's extra questions to ask today: two or three, so that a check-in stays short.

Questions left out by plan are no loss (planned missing data, Graham 2006): gaps are filled with
what the other answers lead one to expect, and count for less. So each day asks what would teach
most: the contributor whose links are least known, and which has waited longest.
"""

import math
from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np

from safetomove.core.diary import Diary
from safetomove.core.errors import BadInput
from safetomove.core.patterns.associations import as_of, associations
from safetomove.core.patterns.days import lay_out
from safetomove.core.patterns.priors import POPULATION, Priors
from safetomove.core.patterns.results import Association

LONGEST_WAIT_DAYS = 7  # a question that waited so long outranks every other; assumed
LEAST_WORTH = 0.05  # nats: even a link that is as good as known stays worth a look


def learn_most(
    diary: Diary,
    day: date,
    contributors: Sequence[str],
    *,
    how_many: int = 2,
    outcome: str = "pain",
    priors: Priors = POPULATION,
) -> tuple[str, ...]:
    """Choose which contributors to ask about on `day`, in the order they were given.

    The same diary and day always choose the same; what was noted on `day` itself doesn't count,
    so that a check-in opened twice asks the same questions.

    Raises
    ------
    BadInput
        `how_many` is below 0, or a contributor is one that `associations` would refuse.
    """
    if how_many < 0:
        raise BadInput(f"how many to ask must be 0 or more, not {how_many}")
    if how_many >= len(contributors):
        return tuple(contributors)
    known = associations(diary, outcome, contributors, priors=priors, before=as_of(day))
    waits = _waits(diary, outcome, contributors, day)
    worth = {one.contributor: LEAST_WORTH for one in known.associations}
    for one in known.associations:
        worth[one.contributor] += _unknown(one, priors)

    def rank(place: int) -> tuple[float, float]:
        name = contributors[place]
        if waits[name] >= LONGEST_WAIT_DAYS:  # by turns, or one that is always skipped stays first
            return 0.0, float((place - how_many * day.toordinal()) % len(contributors))
        return 1.0, -worth[name] * waits[name]

    chosen = set(sorted(range(len(contributors)), key=rank)[:how_many])
    return tuple(name for place, name in enumerate(contributors) if place in chosen)


def _waits(diary: Diary, outcome: str, contributors: Sequence[str], day: date) -> dict[str, int]:
    """Count the days since each was last noted before `day`, at most seven.

    A question that is always skipped looks like one that was not asked: a diary can't tell.
    """
    first = day - timedelta(days=LONGEST_WAIT_DAYS)
    recent = diary.between(first, day - timedelta(days=1))
    noted = np.isfinite(lay_out(recent, outcome, contributors).noted)
    waits = {}
    for place, name in enumerate(contributors):
        rows = np.flatnonzero(noted[:, place])
        last = recent[0].day + timedelta(days=int(rows[-1])) if rows.size else first
        waits[name] = (day - last).days
    return waits


def _unknown(one: Association, priors: Priors) -> float:
    """Return how much is still to be learnt of a link: the entropy of its inclusion, in nats."""
    prior = priors.of(one.contributor)[one.lag]
    chance = prior.inclusion if one.link is None else one.link.inclusion
    return sum(-p * math.log(p) for p in (chance, 1.0 - chance) if p > 0.0)
