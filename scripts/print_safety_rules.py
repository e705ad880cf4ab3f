"""Print the safety rules in force as a table that a clinician can read and argue with.

Usage: python scripts/print_safety_rules.py > docs/reference/safety-rules.md
"""

from collections.abc import Iterator
from typing import assert_never

from safetomove.content.catalogue import Catalogue, load
from safetomove.core.safety import QUESTIONS, Disposition, Rule, newest_rules
from safetomove.core.safety.conditions import (
    AnyRisk,
    Asked,
    Both,
    Condition,
    Either,
    SpaItems,
    UnlessNo,
)
from safetomove.core.safety.flags import CONTEXT

LEVELS = {
    Disposition.EMERGENCY: "emergency: 999 or A&E now",
    Disposition.SAME_DAY: "same day: GP today, or 111",
    Disposition.SOON: "soon: GP or physio within days",
    Disposition.ROUTINE: "routine: may start, mention it",
    Disposition.PROCEED: "proceed: may start",
}
ASKED_AS = {"preg": "pregnant"}
NO_LIMIT = 1000

INTRO = """# The safety rules

Made by `python scripts/print_safety_rules.py`; change the table in
`src/safetomove/core/safety/`, not this page. **Clinical review: none yet.** Each rule was read
against its sources on the day given; `needs-check` means from memory and not yet traced, and
`own-rule` means a choice of ours where the sources leave a gap.

Version **{version}**, in force from {start}. Answers count for {days} days.

How the rules work together:

- The most urgent rule that speaks wins, and all that speak are shown.
- Any yes to a cauda equina question is an emergency. No other answer lowers it.
- "Not sure" about an emergency sign, or any cauda equina sign, means ring today. "Not sure"
  about another means be seen within days, unless the table says otherwise.
- A question left open is not an answer: the result is `soon` at the least, with no clearance.
- Old answers, and answers dated in the future, keep their "yes" and "not sure" and lose their
  "no".
- Clearance, the leave to be given a dose, needs every sign that applies answered and a result
  of `routine` or `proceed`.
- A worse answer (no, then not sure, then yes) never lowers the result and never gives clearance.
- Unsteadiness is an emergency unless the person says that it came on over weeks; then it is
  same day, never lower.
"""


def page() -> str:
    """Return the whole page."""
    return "\n".join(_lines(load())) + "\n"


def _lines(catalogue: Catalogue) -> Iterator[str]:
    rules = newest_rules()
    yield INTRO.format(
        version=rules.version, start=rules.in_force_from, days=rules.answers_last_days
    )
    yield "| Rule | Asked as | Fires when | Yes means | Not sure means | Sources | Read on |"
    yield "|---|---|---|---|---|---|---|"
    yield from (_row(rule, catalogue) for rule in rules.rules)
    yield "\n## Questions that change the weight of others\n"
    yield "| Id | Asked as |"
    yield "|---|---|"
    yield from (f"| `{id}` | {catalogue.question(id).ask} |" for id in CONTEXT)
    yield "\n## The nine questions about joint illness\n"
    yield "Asked only of those whose pain began before 45. Morning stiffness is not counted.\n"
    spa = (id for id in QUESTIONS if id.startswith("axspa_"))
    yield from (f"- `{id}`: {catalogue.question(id).ask}" for id in spa)


def _row(rule: Rule, catalogue: Catalogue) -> str:
    cells = (
        f"`{rule.id}`",
        _asked(rule, catalogue),
        _when(rule.when),
        LEVELS[rule.disposition],
        LEVELS[rule.unknown_means],
        ", ".join(rule.source),
        rule.reviewed.isoformat(),
    )
    return f"| {' | '.join(cells)} |"


def _asked(rule: Rule, catalogue: Catalogue) -> str:
    question = ASKED_AS.get(rule.flag, rule.flag)
    return catalogue.question(question).ask if question in QUESTIONS else "the nine items below"


def _when(condition: Condition) -> str:
    match condition:
        case Asked("age"):
            return "under 18"
        case Asked(id):
            return f"`{id}`"
        case UnlessNo(id):
            return f"`{id}` is not a plain no"
        case AnyRisk():
            return _risk(condition)
        case Both(first, second):
            return f"{_when(first)} and ({_when(second)})"
        case Either(first, second):
            return f"{_when(first)} or {_when(second)}"
        case SpaItems():
            return _count(condition)
        case _:
            assert_never(condition)


def _risk(risk: AnyRisk) -> str:
    parts = [f"`{id}`" for id in risk.ids]
    parts += [f"under {risk.under_years}"] if risk.under_years else []
    parts += [f"{risk.from_years} or over"] if risk.from_years < NO_LIMIT else []
    return " or ".join(parts)


def _count(count: SpaItems) -> str:
    if count.least_possible:
        few = f"under {count.most_yes + 1} of the nine yes"
        return f"{few}, but {count.least_possible} or more yes or not sure"
    exact = count.least_yes == count.most_yes
    return (
        f"{'exactly ' if exact else ''}{count.least_yes}{'' if exact else ' or more'} of the nine"
    )


if __name__ == "__main__":
    print(page(), end="")
