"""A ladder of what a person holds back from, and what came of trying: expected against happened.

Rungs stand in order of worry, the least first. A try says beforehand what is expected, how
likely and how bad; afterwards what came of it. Nothing here counts days in a row.
"""

from safetomove.core.ladder.checks import RUNG_WORDS_TOP, WORDS_TOP, BadLadder
from safetomove.core.ladder.rungs import HIGH_WORRY, RUNGS_TOP, Company, Ladder, Rung, company
from safetomove.core.ladder.tries import (
    LIKELY_TOP,
    NOTABLE,
    Compared,
    Expected,
    Happened,
    Outcome,
    Try,
    compared,
    places,
)

__all__ = [
    "HIGH_WORRY",
    "LIKELY_TOP",
    "NOTABLE",
    "RUNGS_TOP",
    "RUNG_WORDS_TOP",
    "WORDS_TOP",
    "BadLadder",
    "Company",
    "Compared",
    "Expected",
    "Happened",
    "Ladder",
    "Outcome",
    "Rung",
    "Try",
    "company",
    "compared",
    "places",
]
