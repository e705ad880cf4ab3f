"""Ask about warning signs, and say how soon a person should be seen.

`triage` is a pure function over a dated table of rules. It alone makes a `Clearance`, and
nothing gives out a dose without one. The note scanner can only raise a card.
"""

from safetomove.core.safety.answers import BadAnswers, Context, SafetyAnswers
from safetomove.core.safety.flags import FLAGS, Answer
from safetomove.core.safety.notes import NoteCard, scan_note, scan_question
from safetomove.core.safety.questions import (
    QUESTIONS,
    QuestionKind,
    SafetyQuestion,
    Screen,
    first_screens,
    flare_screens,
)
from safetomove.core.safety.rules import Disposition, NoRulesInForce, Rule, SafetyRules
from safetomove.core.safety.triage import Clearance, FiredRule, TriageResult, triage
from safetomove.core.safety.versions import newest_rules, rules_in_force

__all__ = [
    "FLAGS",
    "QUESTIONS",
    "Answer",
    "BadAnswers",
    "Clearance",
    "Context",
    "Disposition",
    "FiredRule",
    "NoRulesInForce",
    "NoteCard",
    "QuestionKind",
    "Rule",
    "SafetyAnswers",
    "SafetyQuestion",
    "SafetyRules",
    "Screen",
    "TriageResult",
    "first_screens",
    "flare_screens",
    "newest_rules",
    "rules_in_force",
    "scan_note",
    "scan_question",
    "triage",
]
