"""Turn safety answers into one disposition, every reason for it, and perhaps a clearance.

This is the only place that makes a `Clearance`; without one nothing gives out a dose.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from safetomove.core.safety.answers import SafetyAnswers
from safetomove.core.safety.conditions import Facts, evaluate
from safetomove.core.safety.flags import (
    AXSPA_ITEMS,
    CONTEXT,
    FLAGS,
    FOLLOW_UPS,
    ONLY_IF,
    Answer,
)
from safetomove.core.safety.rules import Disposition, Rule, SafetyRules

ADULT_FROM_YEARS = 18  # own rule, stricter than NG59's 16: younger people start with a clinician


@dataclass(frozen=True, slots=True, kw_only=True)
class FiredRule:
    """One rule that spoke: `because` is YES, or UNKNOWN when the person could not say."""

    rule: str
    flag: str
    disposition: Disposition
    because: Answer
    source: tuple[str, ...]
    reviewed: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Clearance:
    """Leave to be given a dose, through `expires_on`."""

    given_on: date
    expires_on: date
    rules_version: str

    def covers(self, day: date) -> bool:
        """Say whether a day lies within the clearance, first and last included."""
        return self.given_on <= day <= self.expires_on


@dataclass(frozen=True, slots=True, kw_only=True)
class TriageResult:
    """What the answers mean; `fired` lists every rule that spoke, most urgent first."""

    disposition: Disposition
    fired: tuple[FiredRule, ...]
    clearance: Clearance | None
    rules_version: str
    not_answered: tuple[str, ...]
    answers_stale: bool

    def to_json(self) -> dict[str, object]:
        """Return the result as the command line prints it."""
        return {
            "disposition": str(self.disposition),
            "fired": [_fired_json(each) for each in self.fired],
            "clearance": self.clearance is not None,
            "rules_version": self.rules_version,
            "not_answered": list(self.not_answered),
            "answers_stale": self.answers_stale,
        }


def triage(answers: SafetyAnswers | None, *, rules: SafetyRules, today: date) -> TriageResult:
    """Find the most urgent meaning of the answers.

    An answer too old, or dated in the future, can't reassure: its "no" counts as never
    asked. Its "yes" and "unknown" stay. Any sign left unasked means `soon` at the least,
    and no clearance.
    """
    stale = answers is None or not 0 <= (today - answers.given_on).days <= rules.answers_last_days
    facts = _facts(answers, stale=stale)
    missing = _missing(answers, facts.told, stale=stale)
    fired = _fire(rules, facts)
    disposition = _most_urgent(fired, open_signs=bool(missing))
    return TriageResult(
        disposition=disposition,
        fired=fired,
        clearance=_clearance(disposition, answers, rules) if not (stale or missing) else None,
        rules_version=rules.version,
        not_answered=(*missing, *(name for name in CONTEXT[1:] if name not in facts.told)),
        answers_stale=stale,
    )


def _clearance(
    disposition: Disposition, answers: SafetyAnswers | None, rules: SafetyRules
) -> Clearance | None:
    if answers is None or disposition.urgency > Disposition.ROUTINE.urgency:
        return None
    return Clearance(
        given_on=answers.given_on,
        expires_on=answers.given_on + timedelta(days=rules.answers_last_days),
        rules_version=rules.version,
    )


def _most_urgent(fired: tuple[FiredRule, ...], *, open_signs: bool) -> Disposition:
    floor = Disposition.SOON if open_signs else Disposition.PROCEED
    return max((floor, *(each.disposition for each in fired)), key=lambda each: each.urgency)


def _fire(rules: SafetyRules, facts: Facts) -> tuple[FiredRule, ...]:
    spoke = (_fired(rule, evaluate(rule.when, facts)) for rule in rules.rules)
    heard = [each for each in spoke if each is not None]
    return tuple(sorted(heard, key=lambda each: -each.disposition.urgency))


def _fired(rule: Rule, answer: Answer) -> FiredRule | None:
    if answer is Answer.NO:
        return None
    return FiredRule(
        rule=rule.id,
        flag=rule.flag,
        disposition=rule.disposition if answer is Answer.YES else rule.unknown_means,
        because=answer,
        source=rule.source,
        reviewed=rule.reviewed,
    )


def _facts(answers: SafetyAnswers | None, *, stale: bool) -> Facts:
    if answers is None:
        return Facts(told={}, age=None)
    told = {**answers.context.answered(), **answers.answers}
    told |= {k: v for k, v in _from_context(answers).items() if v.concern >= _concern(told, k)}
    if stale:
        told = {name: answer for name, answer in told.items() if answer is not Answer.NO}
    return Facts(told=told, age=answers.context.age)


def _from_context(answers: SafetyAnswers) -> dict[str, Answer]:
    """Read the two flags that the context can answer; the worse answer will count."""
    found: dict[str, Answer] = {}
    if answers.context.pregnant is not None:
        found["preg"] = answers.context.pregnant
    if answers.context.age is not None:
        found["age"] = Answer.YES if answers.context.age < ADULT_FROM_YEARS else Answer.NO
    return found


def _concern(told: dict[str, Answer], name: str) -> int:
    return told[name].concern if name in told else -1


def _missing(
    answers: SafetyAnswers | None, told: Mapping[str, Answer], *, stale: bool
) -> tuple[str, ...]:
    """List the signs that apply and have no answer that still counts."""
    if answers is None:
        return FLAGS
    signs = (flag for flag in FLAGS if stale or answers.applies(flag))
    raised = (name for name in FOLLOW_UPS if _raised(told, name))
    spa_counted = all(item in told for item in AXSPA_ITEMS)
    return tuple(
        name
        for name in (*signs, *raised)
        if name not in told and not (name == "axspa" and spa_counted)
    )


def _raised(told: Mapping[str, Answer], follow_up: str) -> tuple[str, ...]:
    return tuple(gate for gate in ONLY_IF[follow_up] if told.get(gate, Answer.NO) is not Answer.NO)


def _fired_json(fired: FiredRule) -> dict[str, object]:
    return {
        "rule": fired.rule,
        "flag": fired.flag,
        "disposition": str(fired.disposition),
        "because": str(fired.because),
        "source": list(fired.source),
        "reviewed": fired.reviewed.isoformat(),
    }
