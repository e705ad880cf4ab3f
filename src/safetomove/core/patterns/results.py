"""What was found, as values: how sure, how much, and with what caution."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from safetomove.core.patterns.priors import Lag


class Verdict(StrEnum):
    """How sure one may be that the two go together in this person."""

    COLLECTING = "collecting"
    NOTHING_SEEN = "nothing_seen"
    POSSIBLE = "possible"
    LIKELY = "likely"


class Caution(StrEnum):
    """What must be said beside a finding."""

    WENT_TOGETHER = "went_together"  # pain may have come first


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """What the sums say of one contributor at one lag; effects in points per own SD."""

    inclusion: float
    effect: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Association:
    """One contributor at one lag. Without enough days there is no `link`, not a weak one."""

    contributor: str
    lag: Lag
    days: int  # on which both the contributor and the outcome were noted
    verdict: Verdict
    link: Link | None
    caution: Caution | None

    def to_json(self) -> dict[str, Any]:
        """Show it as the command line does; numbers are null while collecting."""
        link = self.link
        return {
            "contributor": self.contributor,
            "lag": int(self.lag),
            "days": self.days,
            "inclusion": None if link is None else link.inclusion,
            "effect": None if link is None else link.effect,
            "low": None if link is None else link.low,
            "high": None if link is None else link.high,
            "verdict": self.verdict.value,
            "caution": None if self.caution is None else self.caution.value,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Patterns:
    """All that a diary says about one outcome. `nothing` is the chance of no link at all."""

    outcome: str
    first_day: date | None
    last_day: date | None
    days_observed: int
    associations: tuple[Association, ...]
    nothing: float | None

    def of(self, contributor: str, lag: int) -> Association | None:
        """Return what was found for one contributor at one lag."""
        wanted = (contributor, lag)
        return next((a for a in self.associations if (a.contributor, a.lag) == wanted), None)

    def to_json(self) -> dict[str, Any]:
        """Show it as the command line does."""
        return {
            "outcome": self.outcome,
            "first_day": self.first_day and self.first_day.isoformat(),
            "last_day": self.last_day and self.last_day.isoformat(),
            "days_observed": self.days_observed,
            "contributors": [one.to_json() for one in self.associations],
        }
