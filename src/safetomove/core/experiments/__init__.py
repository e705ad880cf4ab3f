"""Experiments: the only road from "went along with" to "helps you".

Chance decides which days ask for something; the person tries it on those and lives as usual
on the others; the two kinds of days are compared. `begin` draws and fixes a plan, `standing`
says where it is and what came out, `chance_of_finding` says beforehand whether it is worth
the trouble, and `pool` joins results across people.
"""

from safetomove.core.experiments.design import Design, Outcome, Side, plan_text, sides
from safetomove.core.experiments.experiment import (
    Experiment,
    Kept,
    Standing,
    begin,
    standing,
    told,
)
from safetomove.core.experiments.looks import WORTH_NOTICING, Result, Verdict
from safetomove.core.experiments.pool import Pooled, TooFew, pool
from safetomove.core.experiments.power import Noise, chance_of_finding, noise_of
from safetomove.core.experiments.ready import (
    OWN,
    READY,
    Care,
    NotForATest,
    Question,
    Refused,
    own_question,
    ready,
)
from safetomove.core.experiments.share import Share, share_of

__all__ = [
    "OWN",
    "READY",
    "WORTH_NOTICING",
    "Care",
    "Design",
    "Experiment",
    "Kept",
    "Noise",
    "NotForATest",
    "Outcome",
    "Pooled",
    "Question",
    "Refused",
    "Result",
    "Share",
    "Side",
    "Standing",
    "TooFew",
    "Verdict",
    "begin",
    "chance_of_finding",
    "noise_of",
    "own_question",
    "plan_text",
    "pool",
    "ready",
    "share_of",
    "sides",
    "standing",
    "told",
]
