"""Say what a safety rule is, and which reviewed set of rules holds on a day."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from safetomove.core.errors import CoreError
from safetomove.core.safety.answers import ANSWERS_LAST_DAYS
from safetomove.core.safety.conditions import Condition


class NoRulesInForce(CoreError):
    """The day lies before the first reviewed rules; nothing can be triaged by them."""


class Disposition(StrEnum):
    """How soon a person should be seen, most urgent first."""

    EMERGENCY = "emergency"
    SAME_DAY = "same_day"
    SOON = "soon"
    ROUTINE = "routine"
    PROCEED = "proceed"

    @property
    def urgency(self) -> int:
        """Order dispositions from proceed (0) to emergency (4)."""
        return len(Disposition) - 1 - list(Disposition).index(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One warning sign: what it takes, what it means, and who says so.

    `unknown_means` holds when the person was asked and could not say. `reviewed` is the day
    on which the rule was last read against its sources; no clinician has signed it off yet.
    """

    id: str
    flag: str
    when: Condition
    disposition: Disposition
    unknown_means: Disposition
    source: tuple[str, ...]
    reviewed: date

    def __post_init__(self) -> None:
        if not self.source:
            raise ValueError(f"rule {self.id} names no source")
        if self.unknown_means.urgency > self.disposition.urgency:
            raise ValueError(f"rule {self.id}: not knowing must not outrank yes")


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyRules:
    """A dated, reviewed set of rules; a change is a new version, never an edit."""

    version: str
    in_force_from: date
    rules: tuple[Rule, ...]
    answers_last_days: int = ANSWERS_LAST_DAYS

    def __post_init__(self) -> None:
        ids = [rule.id for rule in self.rules]
        if len(ids) != len(set(ids)):
            raise ValueError(f"rules {self.version} use an id twice")
