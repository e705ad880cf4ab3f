"""What goes along with a person's good and bad days, from their own diary."""

from collections.abc import Iterable
from datetime import date, timedelta

from safetomove.core.diary import Diary
from safetomove.core.patterns.exact import Z90, Slab
from safetomove.core.patterns.person import Reading, read
from safetomove.core.patterns.priors import POPULATION, Lag, Priors
from safetomove.core.patterns.results import Association, Caution, Link, Patterns, Verdict

POSSIBLE, LIKELY = 0.5, 0.7  # of inclusion; in-silico, see bench/patterns.py
SCEPTIC = 32.0  # times the weight of "no link at all" that a "likely" must survive; in-silico

NIGHT_BEFORE = frozenset({"sleep_quality", "sleep_hours"})  # over before the day's pain is rated


def associations(
    diary: Diary,
    outcome: str = "pain",
    contributors: Iterable[str] | None = None,
    *,
    priors: Priors = POPULATION,
    before: date | None = None,
) -> Patterns:
    """Say what went along with an outcome, on the same day and on the next.

    Parameters
    ----------
    diary : Diary
        Only its last 182 days count.
    outcome : str
        A number column of the diary.
    contributors : names, optional
        Number columns, `dose:NAME`, or a person's own columns; by default the ten noted most.
    priors : Priors
        What is thought of each link beforehand.
    before : date, optional
        Days from this one on are left out; see `as_of`.

    Raises
    ------
    BadQuestion
        The diary can't answer for that outcome or contributor.
    """
    found = read(diary, outcome, contributors, priors, before)
    nothing = None if found.posterior is None else found.posterior.nothing
    return Patterns(
        outcome=outcome,
        first_day=found.check_ins[0].day if found.check_ins else None,
        last_day=found.check_ins[-1].day if found.check_ins else None,
        days_observed=found.days.observed,
        associations=tuple(
            _association(found, place, lag, nothing)
            for place in range(len(found.days.contributors))
            for lag in Lag
        ),
        nothing=nothing,
    )


def as_of(today: date) -> date:
    """Return the Monday that results are frozen at: days from it on don't count until the next."""
    return today - timedelta(days=today.weekday())


def _in_points(slab: Slab, unit: float) -> Link:
    """Turn SDs of the outcome into its points."""
    return Link(
        inclusion=slab.inclusion,
        effect=slab.mean * unit,
        low=(slab.mean - Z90 * slab.sd) * unit,
        high=(slab.mean + Z90 * slab.sd) * unit,
    )


def _association(found: Reading, place: int, lag: Lag, nothing: float | None) -> Association:
    name, slab = found.days.contributors[place], found.slab(place, lag)
    link = None if slab is None else _in_points(slab, found.unit)
    return Association(
        contributor=name,
        lag=lag,
        days=found.days.with_both(place),
        verdict=_verdict(link, nothing),
        link=link,
        caution=_caution(name, lag),
    )


def _verdict(link: Link | None, nothing: float | None) -> Verdict:
    """Judge a link; "likely" must also convince somebody who expects no link at all."""
    if link is None or nothing is None:
        return Verdict.COLLECTING
    if link.inclusion / (1.0 + (SCEPTIC - 1.0) * nothing) > LIKELY:
        return Verdict.LIKELY
    return Verdict.POSSIBLE if link.inclusion > POSSIBLE else Verdict.NOTHING_SEEN


def _caution(name: str, lag: Lag) -> Caution | None:
    """Say whether pain may have come first: on the same day it may, but for the night before."""
    if lag is Lag.NEXT_DAY or name in NIGHT_BEFORE:
        return None
    return Caution.WENT_TOGETHER
