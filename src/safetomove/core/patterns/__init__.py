"""What goes along with good and bad days, with honest doubt: exact spike and slab."""

from safetomove.core.patterns.asking import learn_most
from safetomove.core.patterns.associations import as_of, associations
from safetomove.core.patterns.days import CONTRIBUTORS_TOP, OUTCOMES, BadQuestion
from safetomove.core.patterns.learning import Statistics, combine, fit
from safetomove.core.patterns.person import DAYS_NEEDED, WINDOW_DAYS
from safetomove.core.patterns.priors import (
    POPULATION,
    PRIORS_VERSION,
    BadPriors,
    Lag,
    LinkPrior,
    Priors,
)
from safetomove.core.patterns.results import Association, Caution, Link, Patterns, Verdict

__all__ = [
    "CONTRIBUTORS_TOP",
    "DAYS_NEEDED",
    "OUTCOMES",
    "POPULATION",
    "PRIORS_VERSION",
    "WINDOW_DAYS",
    "Association",
    "BadPriors",
    "BadQuestion",
    "Caution",
    "Lag",
    "Link",
    "LinkPrior",
    "Patterns",
    "Priors",
    "Statistics",
    "Verdict",
    "as_of",
    "associations",
    "combine",
    "fit",
    "learn_most",
]
