"""Measures: questionnaires and counts as data, scored by their published rules.

`score(instrument, answers)` gives a `Score` or a `NotScorable` with its reason, and
`change(before, after)` says whether it moved by more than people notice. Wording lives in
content or in a site's own files; here are only ids, ranges and rules.
"""

from safetomove.core.measures.change import Change, Meaning, WhyUnknown, change, changes, compare
from safetomove.core.measures.fhir import to_fhir
from safetomove.core.measures.instrument import (
    Condition,
    Group,
    Instrument,
    Item,
    Kind,
    Licence,
    ValueSet,
    without_self_harm,
)
from safetomove.core.measures.scale import (
    Band,
    Direction,
    LeastChange,
    Method,
    Missing,
    Scale,
    Size,
)
from safetomove.core.measures.scoring import (
    Answers,
    NotScorable,
    Reason,
    ScaleScore,
    Score,
    check_answers,
    raises_crisis,
    score,
)

__all__ = [
    "Answers",
    "Band",
    "Change",
    "Condition",
    "Direction",
    "Group",
    "Instrument",
    "Item",
    "Kind",
    "LeastChange",
    "Licence",
    "Meaning",
    "Method",
    "Missing",
    "NotScorable",
    "Reason",
    "Scale",
    "ScaleScore",
    "Score",
    "Size",
    "ValueSet",
    "WhyUnknown",
    "change",
    "changes",
    "check_answers",
    "compare",
    "raises_crisis",
    "score",
    "to_fhir",
    "without_self_harm",
]
