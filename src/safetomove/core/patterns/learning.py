"""Priors learnt from many people: each person's part is a few sums, and the sums add up.

One pass of expectation and maximisation (Dempster, Laird and Rubin 1977): `fit` weighs one
person under the priors so far, `combine` turns everybody's sums into new priors. No diary need
leave the machine that it is on: only `Statistics` do.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from safetomove.core.diary import Diary
from safetomove.core.patterns.person import read
from safetomove.core.patterns.priors import POPULATION, Lag, LinkPrior, Priors

PRIOR_PEOPLE = 20.0  # people that the priors before are worth; assumed
PEOPLE_NEEDED = 20  # to get a row by name: a rarer name could point to a person
LEAST_INCLUSION, MOST_INCLUSION = 0.01, 0.45  # two lags of one contributor stay below 1


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkSums:
    """One person's part in what is learnt of one contributor at one lag."""

    contributor: str
    lag: Lag
    inclusion: float  # the chance that this person has the link
    positive: float  # the chance that this person has it and that its sign is positive


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """One person's sums; none where there are too few days."""

    links: tuple[LinkSums, ...] = ()


def fit(
    diary: Diary,
    outcome: str = "pain",
    *,
    priors: Priors = POPULATION,
    before: date | None = None,
) -> Statistics:
    """Return what one diary adds to the priors of everybody."""
    found = read(diary, outcome, None, priors, before)
    sums = [
        LinkSums(
            contributor=found.days.contributors[place],
            lag=lag,
            inclusion=slab.inclusion,
            positive=slab.inclusion * slab.positive,
        )
        for place in found.told
        for lag in Lag
        if (slab := found.slab(place, lag)) is not None
    ]
    return Statistics(links=tuple(sums))


def combine(
    statistics: Iterable[Statistics], *, start: Priors = POPULATION, version: str
) -> Priors:
    """Return priors that fit everybody's sums; what few people told of stays near `start`.

    Sums are added exactly (`math.fsum`), so neither the order of people nor the number of
    machines can change a bit of the result.
    """
    groups: dict[str, tuple[list[LinkSums], list[LinkSums]]] = {}
    for person in statistics:
        for one in person.links:
            groups.setdefault(one.contributor, ([], []))[one.lag].append(one)
    own = {name for name, pair in groups.items() if len(pair[0]) >= PEOPLE_NEEDED}
    rare = [pair for name, pair in sorted(groups.items()) if name not in own | start.links.keys()]
    named = {
        name: _pair(groups.get(name, ([], [])), start.of(name))
        for name in sorted(own | start.links.keys())
    }
    pooled = [one for pair in rare for one in pair[0]], [one for pair in rare for one in pair[1]]
    return Priors(links=named, other=_pair(pooled, start.other), version=version)


def _pair(
    sums: tuple[Sequence[LinkSums], Sequence[LinkSums]], start: tuple[LinkPrior, LinkPrior]
) -> tuple[LinkPrior, LinkPrior]:
    return _learnt(sums[0], start[0]), _learnt(sums[1], start[1])


def _learnt(sums: Sequence[LinkSums], start: LinkPrior) -> LinkPrior:
    """Weigh a prior against the people: the prior counts as twenty of them."""
    if not sums:
        return start
    had = PRIOR_PEOPLE * start.inclusion
    people = math.fsum([had, *(one.inclusion for one in sums)])
    positive = math.fsum([had * start.positive, *(one.positive for one in sums)])
    share = people / (PRIOR_PEOPLE + len(sums))
    return LinkPrior(
        inclusion=min(max(share, LEAST_INCLUSION), MOST_INCLUSION),
        positive=min(positive / people, 1.0),
        source=f"learnt from {len(sums)} people",
    )
