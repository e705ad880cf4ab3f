"""One person's diary, weighed: every model of what goes along with the outcome."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from safetomove.core.diary import CheckIn, Diary
from safetomove.core.patterns.days import Days, Numbers, lay_out
from safetomove.core.patterns.exact import Posterior, Slab, posterior
from safetomove.core.patterns.filling import fill, in_own_sds
from safetomove.core.patterns.priors import Lag, LinkPrior, Priors
from safetomove.core.patterns.residuals import grain, rounding_variance, weigh

DAYS_NEEDED = 28  # noted days; at 28, one true link in five is seen at all (in-silico)
WINDOW_DAYS = 182  # half a year: what went along with pain long ago may no longer do so; assumed


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a diary held. `told` are the places of contributors with days enough."""

    check_ins: tuple[CheckIn, ...]
    days: Days
    told: tuple[int, ...]
    posterior: Posterior | None  # None where nobody was told of for long enough
    unit: float  # points of the outcome that one of its SDs is

    def slab(self, contributor: int, lag: Lag) -> Slab | None:
        """Return what is known of a contributor by its place, or None where it is too soon."""
        if self.posterior is None or contributor not in self.told:
            return None
        return self.posterior.slabs[self.told.index(contributor)][lag]


def read(
    diary: Diary,
    outcome: str,
    contributors: Iterable[str] | None,
    priors: Priors,
    before: date | None,
) -> Reading:
    """Weigh the last half year of a diary; parameters as for `associations`."""
    check_ins = _window(diary, before)
    days = lay_out(check_ins, outcome, contributors)
    told = _told(days)
    scaled, unit = in_own_sds(days.outcome[:, None]) if told else (days.outcome[:, None], [1.0])
    found = _weighed(days, told, scaled[:, 0], float(unit[0]), priors) if told else None
    return Reading(check_ins=check_ins, days=days, told=told, posterior=found, unit=float(unit[0]))


def _window(diary: Diary, before: date | None) -> tuple[CheckIn, ...]:
    last = diary.last_day if before is None else before - timedelta(days=1)
    return () if last is None else diary.between(last - timedelta(days=WINDOW_DAYS - 1), last)


def _told(days: Days) -> tuple[int, ...]:
    """Say which contributors have days enough, with anything going up and down on them."""
    if not _moves(days.outcome):
        return ()
    long = (c for c in range(len(days.contributors)) if days.with_both(c) >= DAYS_NEEDED)
    return tuple(c for c in long if _moves(days.noted[:, c]))


def _moves(values: Numbers) -> bool:
    known = values[np.isfinite(values)]
    return known.size > 0 and bool(known.min() < known.max())


def _weighed(
    days: Days, told: tuple[int, ...], outcome: Numbers, unit: float, priors: Priors
) -> Posterior:
    pairs = [priors.of(days.contributors[c]) for c in told]
    filled, unsure = fill(in_own_sds(days.noted[:, told])[0])
    columns, doubt = _lagged(filled, unsure, pairs)
    rounding = rounding_variance(grain(days.outcome)) / unit**2
    return posterior(weigh(outcome, columns, doubt, rounding), pairs)


def _lagged(
    filled: Numbers, unsure: Numbers, pairs: list[tuple[LinkPrior, LinkPrior]]
) -> tuple[Numbers, Numbers]:
    """Set each contributor's own day beside the day before; days in doubt bring their variance.

    Returns
    -------
    tuple of arrays (T, 2 K) and (T,)
        Columns, contributor by contributor, and the expected variance that gaps add to a day.
    """
    before, unsure_before = np.zeros_like(filled), np.ones_like(unsure)
    before[1:], unsure_before[1:] = filled[:-1], unsure[:-1]
    columns = np.stack([filled, before], axis=2).reshape(len(filled), -1)
    gaps = np.stack([unsure, unsure_before], axis=2).reshape(len(filled), -1)
    expected = [p.inclusion * (p.effect**2 + p.variance) for pair in pairs for p in pair]
    return columns, gaps @ np.array(expected)
