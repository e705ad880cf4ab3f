"""Know every dated set of safety rules, and which of them holds on a day."""

from datetime import date
from typing import Final

from safetomove.core.safety.rules import NoRulesInForce, SafetyRules
from safetomove.core.safety.table_2026_11 import RULES_2026_11

VERSIONS: Final = (RULES_2026_11,)  # oldest first


def rules_in_force(on: date) -> SafetyRules:
    """Return the rules that hold on a day; refuse a day before the first of them."""
    in_force = [rules for rules in VERSIONS if rules.in_force_from <= on]
    if not in_force:
        raise NoRulesInForce(f"no safety rules had been reviewed by {on.isoformat()}")
    return in_force[-1]


def newest_rules() -> SafetyRules:
    """Return the newest rules, to look back over days before any were in force."""
    return VERSIONS[-1]
