"""Say when a rule fires, as data that can be evaluated and printed for a clinician.

Every condition keeps the order no < unknown < yes, so a worse answer can never make it
less true. `SpaItems` alone is not so by itself: the next of its three rules takes over.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import assert_never

from safetomove.core.safety.flags import AXSPA_GATE, AXSPA_ITEMS, Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Every answer by id, risks included, and the age in years if it was given."""

    told: Mapping[str, Answer]
    age: int | None


@dataclass(frozen=True, slots=True)
class Asked:
    """As answered; no answer does not fire the rule, it bars the clearance instead."""

    id: str


@dataclass(frozen=True, slots=True)
class UnlessNo:
    """Taken as yes until a plain no."""

    id: str


@dataclass(frozen=True, slots=True)
class AnyRisk:
    """Some named risk was answered yes or unknown, or the age lies in a risky range."""

    ids: tuple[str, ...] = ()
    under_years: int = 0
    from_years: int = 1000


@dataclass(frozen=True, slots=True)
class Both:
    """As true as the less true of the two."""

    first: "Condition"
    second: "Condition"


@dataclass(frozen=True, slots=True)
class Either:
    """As true as the truer of the two."""

    first: "Condition"
    second: "Condition"


@dataclass(frozen=True, slots=True)
class SpaItems:
    """A count of the nine NG65 items, open unless pain began at 45 or later."""

    least_yes: int
    most_yes: int = len(AXSPA_ITEMS)
    least_possible: int = 0


Condition = Asked | UnlessNo | AnyRisk | Both | Either | SpaItems


def evaluate(condition: Condition, facts: Facts) -> Answer:
    """Return yes, no or unknown for a condition."""
    match condition:
        case Asked(id):
            return facts.told.get(id, Answer.NO)
        case UnlessNo(id):
            return _yes_if(facts.told.get(id) is not Answer.NO)
        case AnyRisk():
            return _yes_if(_risky(condition, facts))
        case Both(first, second):
            return min(evaluate(first, facts), evaluate(second, facts), key=_concern)
        case Either(first, second):
            return max(evaluate(first, facts), evaluate(second, facts), key=_concern)
        case SpaItems():
            return _yes_if(_counted(condition, facts))
        case _:
            assert_never(condition)


def _concern(answer: Answer) -> int:
    return answer.concern


def _yes_if(so: bool) -> Answer:
    return Answer.YES if so else Answer.NO


def _risky(risk: AnyRisk, facts: Facts) -> bool:
    by_age = facts.age is not None and not risk.under_years <= facts.age < risk.from_years
    return by_age or any(facts.told.get(id, Answer.NO) is not Answer.NO for id in risk.ids)


def _counted(count: SpaItems, facts: Facts) -> bool:
    if facts.told.get(AXSPA_GATE) is Answer.NO:
        return False
    given = [facts.told[item] for item in AXSPA_ITEMS if item in facts.told]
    yes, unknown = given.count(Answer.YES), given.count(Answer.UNKNOWN)
    return count.least_yes <= yes <= count.most_yes and yes + unknown >= count.least_possible
