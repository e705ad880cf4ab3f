"""What a scan report says, as values: what was found, what was found absent, what is urgent."""

from dataclasses import dataclass
from enum import StrEnum

LEXICON_VERSION = "2026-11-22"


class ScanCard(StrEnum):
    """The safety cards that a report can raise: a part of those that a note can, by the same id."""

    CARDIAC_OR_VASCULAR = "cardiac_or_vascular"
    CAUDA_EQUINA = "cauda_equina"
    INFECTION = "infection"
    TRAUMA = "trauma"
    CANCER = "cancer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that the report names; `start` and `end` count characters of the given text."""

    id: str
    text: str
    start: int
    end: int
    negated: bool
    levels: tuple[str, ...] = ()
    percent_without_pain: int | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end or len(self.text) != self.end - self.start:
            raise ValueError("a finding's text must be what lies between its offsets")


@dataclass(frozen=True, slots=True, kw_only=True)
class Urgent:
    """A word that needs a clinician. It is never told as common, whatever the age."""

    id: str
    text: str
    card: ScanCard


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanReading:
    """All that was understood, in the order of the text."""

    findings: tuple[Finding, ...]
    urgent: tuple[Urgent, ...]
