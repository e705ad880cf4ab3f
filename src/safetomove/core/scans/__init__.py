"""What a spine scan report says, and how common each finding is in people without pain."""

from safetomove.core.scans.finding import LEXICON_VERSION, Finding, ScanCard, ScanReading, Urgent
from safetomove.core.scans.prevalence import (
    AGES,
    MORE_WITH_PAIN,
    OLDEST,
    TABLE_VERSION,
    YOUNGEST,
    Basis,
    Share,
    TableFinding,
    check_age,
    share_at,
)
from safetomove.core.scans.reader import CHARACTERS_TOP, read_report
from safetomove.core.scans.terms import is_urgent, term_ids

__all__ = [
    "AGES",
    "CHARACTERS_TOP",
    "LEXICON_VERSION",
    "MORE_WITH_PAIN",
    "OLDEST",
    "TABLE_VERSION",
    "YOUNGEST",
    "Basis",
    "Finding",
    "ScanCard",
    "ScanReading",
    "Share",
    "TableFinding",
    "Urgent",
    "check_age",
    "is_urgent",
    "read_report",
    "share_at",
    "term_ids",
]
