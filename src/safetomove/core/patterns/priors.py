"""What is thought of each link before a diary is read: one dated table.

Every row was reviewed on 2026-11-22 and is due again by 2027-11-22. A source gives the sign,
and that there is a link at all; no study gives the share of people who have it, nor how far
it moves their days. Those two are assumed, until `safetomove fit-priors` learns them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from safetomove.core.errors import BadInput

PRIORS_VERSION = "2026-11-22"


class Lag(IntEnum):
    """How many days lie between the contributor and the outcome."""

    SAME_DAY = 0
    NEXT_DAY = 1


class BadPriors(BadInput):
    """A table of priors that can't be used."""


SIZE = 0.33  # SD of outcome per own SD: how much a link moves the day; assumed
SIZE_SPREAD = 0.15  # SD of that over people; assumed: smaller than 0.1 can't be seen in 60 days


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkPrior:
    """One contributor at one lag, in a population: two humps of effects, one for each sign."""

    inclusion: float  # share of people in whom there is such a link
    positive: float  # share of those in whom more of it goes with more of the outcome
    source: str = "assumed"

    def __post_init__(self) -> None:
        if not 0.0 < self.inclusion < 1.0:
            raise BadPriors(f"an inclusion lies between 0 and 1, not at {self.inclusion!r}")
        if not 0.0 <= self.positive <= 1.0:
            raise BadPriors(f"a share of positive signs is from 0 to 1, not {self.positive!r}")

    @property
    def effect(self) -> float:
        """Return the mean of both humps, in SDs of the outcome per own SD."""
        return (2.0 * self.positive - 1.0) * SIZE

    @property
    def variance(self) -> float:
        """Return the variance of both humps taken as one."""
        return SIZE**2 + SIZE_SPREAD**2 - self.effect**2


@dataclass(frozen=True, slots=True, kw_only=True)
class Priors:
    """A prior for each contributor that is known by name, and one for all others."""

    links: Mapping[str, tuple[LinkPrior, LinkPrior]]
    other: tuple[LinkPrior, LinkPrior]
    version: str = PRIORS_VERSION

    def __post_init__(self) -> None:
        for name, pair in [*self.links.items(), ("other", self.other)]:
            if pair[0].inclusion + pair[1].inclusion >= 1.0:
                raise BadPriors(f"{name}: the two inclusions add up to 1 or more")

    def of(self, contributor: str) -> tuple[LinkPrior, LinkPrior]:
        """Return the priors of a contributor for the same day and for the next."""
        return self.links.get(contributor, self.other)

    def to_json(self) -> dict[str, Any]:
        """Show the whole table as plain data."""
        rows = [_row(name, lag, pair[lag]) for name, pair in self.links.items() for lag in Lag]
        others = [_row(None, lag, self.other[lag]) for lag in Lag]
        return {"version": self.version, "links": rows + others}

    @classmethod
    def from_json(cls, data: Any) -> "Priors":
        """Read a table back, or refuse it whole."""
        try:
            found = {(row["contributor"], Lag(row["lag"])): _prior(row) for row in data["links"]}
            names = list(dict.fromkeys(name for name, _ in found))
            pairs = {name: (found[name, Lag(0)], found[name, Lag(1)]) for name in names}
            other = pairs.pop(None)
            return cls(links=pairs, other=other, version=str(data["version"]))
        except (KeyError, TypeError, ValueError):
            raise BadPriors(
                "priors need a version, and links: contributor (null for all others), lag 0 and 1, "
                "inclusion, positive"
            ) from None


def _row(name: str | None, lag: Lag, prior: LinkPrior) -> dict[str, Any]:
    return {
        "contributor": name,
        "lag": int(lag),
        "inclusion": prior.inclusion,
        "positive": prior.positive,
        "source": prior.source,
    }


def _prior(row: Mapping[str, Any]) -> LinkPrior:
    numbers = {name: float(row[name]) for name in ("inclusion", "positive")}
    return LinkPrior(**numbers, source=str(row.get("source", "given")))


_GERHART = "Gerhart 2017: poor sleep, then more pain"
_COSTA = "Costa 2022: poor sleep raised the odds of a flare-up, activity did not"
_SURI = "Suri 2018: stress or low mood among triggers"
_WALK_ON = "fibromyalgia diaries: stress, then pain, small"
_EMA = "back pain diaries: fear and doubt with pain, small"


def _link(inclusion: float, positive: float, source: str = "assumed") -> LinkPrior:
    return LinkPrior(inclusion=inclusion, positive=positive, source=source)


POPULATION = Priors(
    links={  # the same day, then the next; each: share of people, share of those with more pain
        "sleep_quality": (_link(0.25, 0.08, _GERHART), _link(0.06, 0.15)),
        "sleep_hours": (_link(0.15, 0.20, _COSTA), _link(0.04, 0.25)),
        "stress": (_link(0.25, 0.92, _SURI), _link(0.10, 0.90, _WALK_ON)),
        "mood": (_link(0.25, 0.08, _SURI), _link(0.06, 0.20)),
        "worry": (_link(0.20, 0.90, _EMA), _link(0.06, 0.85)),
        "guarding": (_link(0.25, 0.92, _EMA), _link(0.08, 0.80)),
        "social": (_link(0.12, 0.20), _link(0.05, 0.30)),
        "steps": (_link(0.15, 0.40, _COSTA), _link(0.10, 0.55, _COSTA)),
    },
    other=(_link(0.15, 0.50), _link(0.08, 0.50)),
)
"""The shipped table. An activity's dose and a person's own contributors fall under `other`."""
