"""Virtual patients and trials: invented people on which a dose rule can fail before it is used."""

from safetomove.core.simulation.family import HELD_OUT, FamilyId
from safetomove.core.simulation.living import (
    FAMILIES,
    BadTrial,
    Cohort,
    Lives,
    live,
    table_of,
)
from safetomove.core.simulation.measures import Measured, Scores, metrics, onset_deciles
from safetomove.core.simulation.policies import PolicyId, RuleClass, policy
from safetomove.core.simulation.trial import (
    TUNING_SEED,
    FamilyResult,
    Leaning,
    PolicyResult,
    lean,
    live_one,
    try_family,
    worst,
)

__all__ = [
    "FAMILIES",
    "HELD_OUT",
    "TUNING_SEED",
    "BadTrial",
    "Cohort",
    "FamilyId",
    "FamilyResult",
    "Leaning",
    "Lives",
    "Measured",
    "PolicyId",
    "PolicyResult",
    "RuleClass",
    "Scores",
    "lean",
    "live",
    "live_one",
    "metrics",
    "onset_deciles",
    "policy",
    "table_of",
    "try_family",
    "worst",
]
