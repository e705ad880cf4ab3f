"""When an experiment may speak, and what it may say: settled before it begins.

Looking often finds chance often. So the days to look are fixed, and the early looks ask for
more: half-way through, twice as many standard deviations as at the end.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import NormalDist
from typing import Any, Final

from safetomove.core.experiments.design import Design, Outcome, Side
from safetomove.core.experiments.model import Posterior, as_arrays, posteriors
from safetomove.core.experiments.series import Felt

# At the last look. Chosen in-silico on people made for choosing, so that something without
# effect is said to help less than one time in ten (docs/explanation/experiments.md), 2026-11.
SURE_SDS: Final = 1.17
SURE_SDS_IN_BLOCKS: Final = 1.35  # a few blocks resemble each other more than the model allows
WORTH_NOTICING: Final = 1.0  # points: a difference surely smaller is "none seen". Assumed
EACH_SIDE_LEAST: Final = 5  # rated days: below this nothing is said
INTERVAL: Final = 0.9

_NORMAL: Final = NormalDist()


class Verdict(StrEnum):
    """What an experiment came to."""

    HELPS = "helps"
    NO_DIFFERENCE = "no_difference"
    WORSE = "worse"
    CANT_TELL = "cant_tell"


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What the days say. The effect is a day to try minus a usual one, in points."""

    verdict: Verdict
    outcome: Outcome
    days: int  # of the design, lived when this was read
    effect: float
    low: float
    high: float
    chance_better: float
    tried_days: int
    usual_days: int
    tried_mean: float
    usual_mean: float
    measured: float  # before the prior drew it towards nought
    measured_sd: float

    def to_json(self) -> dict[str, Any]:
        """Return plain values; `from_json` reads them back."""
        names = [name for name in self.__slots__ if name not in {"verdict", "outcome"}]
        plain = {name: getattr(self, name) for name in names}
        return {"verdict": self.verdict.value, "outcome": self.outcome.value, **plain}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Result":
        """Read what `to_json` wrote."""
        kinds = {"verdict": Verdict(data["verdict"]), "outcome": Outcome(data["outcome"])}
        return cls(**data | kinds)


def sure_sds(design: Design) -> float:
    """Return how many standard deviations from nought the last look asks for."""
    return SURE_SDS if design.block_days == 1 else SURE_SDS_IN_BLOCKS


def sure_enough(design: Design, look: int) -> float:
    """Return how probable an effect must be at a look."""
    return _NORMAL.cdf(sure_sds(design) * design.days / look)


def read(design: Design, felt: Sequence[Felt], *, lived: int) -> Result | None:
    """Read the looks that have come; return the first that is sure, or the last one's word.

    None while days are to come and no look was sure, or where nothing was rated enough.
    """
    looks = [look for look in design.looks if look <= lived and _enough(felt, look)]
    known = posteriors(*as_arrays(felt), looks) if looks else []
    for look, posterior in zip(looks, known, strict=True):
        if look == design.days or _sure(design, posterior, look):
            return _result(design, posterior, felt, look=look)
    return None


def at_look(design: Design, felt: Sequence[Felt], *, look: int) -> Result | None:
    """Say what the days before one look come to; None with too few on either side."""
    if not _enough(felt, look):
        return None
    (known,) = posteriors(*as_arrays(felt), [look])
    return _result(design, known, felt, look=look)


def _sure(design: Design, known: Posterior, look: int) -> bool:
    less = known.below(0.0)
    return max(less, 1.0 - less) >= sure_enough(design, look)


def _enough(felt: Sequence[Felt], look: int) -> bool:
    return all(len(_ratings(felt, side, look)) >= EACH_SIDE_LEAST for side in Side)


def _ratings(felt: Sequence[Felt], side: Side, look: int) -> list[float]:
    return [one.rating for one in felt if one.side is side and one.place < look]


def _result(design: Design, known: Posterior, felt: Sequence[Felt], *, look: int) -> Result:
    tried, usual = (_ratings(felt, side, look) for side in (Side.TRY, Side.AS_USUAL))
    low, high = known.quantile((1 - INTERVAL) / 2), known.quantile((1 + INTERVAL) / 2)
    less = known.below(0.0)
    better = less if design.outcome.better < 0 else 1.0 - less
    measured, measured_sd = known.as_measured()
    return Result(
        verdict=_verdict(better, low, high, needed=sure_enough(design, look)),
        outcome=design.outcome,
        days=look,
        effect=known.mean,
        low=low,
        high=high,
        chance_better=better,
        tried_days=len(tried),
        usual_days=len(usual),
        tried_mean=sum(tried) / len(tried),
        usual_mean=sum(usual) / len(usual),
        measured=measured,
        measured_sd=measured_sd,
    )


def _verdict(better: float, low: float, high: float, *, needed: float) -> Verdict:
    if better >= needed:
        return Verdict.HELPS
    if 1.0 - better >= needed:
        return Verdict.WORSE
    if low > -WORTH_NOTICING and high < WORTH_NOTICING:
        return Verdict.NO_DIFFERENCE
    return Verdict.CANT_TELL
