"""Claims that must hold whatever is answered."""

import ast
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

import safetomove
from safetomove.core.safety import (
    FLAGS,
    Answer,
    Context,
    Disposition,
    SafetyAnswers,
    TriageResult,
    newest_rules,
    triage,
)
from safetomove.core.safety.flags import ANSWER_IDS, CES_FLAGS, CONTEXT

DAY = date(2026, 11, 22)
RULES = newest_rules()
ORDER = (Answer.NO, Answer.UNKNOWN, Answer.YES)
ANSWERS = st.sampled_from(ORDER)
# Mostly no, so that clearances and single signs come up often.
MOSTLY_NO = st.one_of(*[st.just(Answer.NO)] * 8, ANSWERS)
EVERYTHING = st.fixed_dictionaries(dict.fromkeys(sorted(ANSWER_IDS), MOSTLY_NO))
SOMETHING = st.dictionaries(st.sampled_from(sorted(ANSWER_IDS)), ANSWERS)
RISKS = st.fixed_dictionaries({}, optional=dict.fromkeys(CONTEXT, MOSTLY_NO))
AGES = st.one_of(st.none(), st.integers(0, 120))
AGE_IN_DAYS = st.integers(-3, 60)


def result_of(
    answers: dict[str, Answer], risks: dict[str, Answer], age: int | None, days: int = 0
) -> TriageResult:
    """Triage answers given so many days ago."""
    told = SafetyAnswers(
        given_on=DAY - timedelta(days=days), answers=answers, context=Context(age=age, **risks)
    )
    return triage(told, rules=RULES, today=DAY)


@given(EVERYTHING | SOMETHING, RISKS, AGES, AGE_IN_DAYS, st.data())
def test_a_worse_answer_never_lowers_urgency_and_never_gives_clearance(
    answers: dict[str, Answer],
    risks: dict[str, Answer],
    age: int | None,
    days: int,
    data: st.DataObject,
) -> None:
    better = result_of(answers, risks, age, days)
    can_worsen = sorted(k for k, v in {**answers, **risks}.items() if v is not Answer.YES)
    if not can_worsen:
        return
    changed = data.draw(st.sampled_from(can_worsen))
    told = {**answers, **risks}
    worst = data.draw(st.sampled_from(ORDER[told[changed].concern + 1 :]))
    worse = result_of(
        {k: worst if k == changed else v for k, v in answers.items()},
        {k: worst if k == changed else v for k, v in risks.items()},
        age,
        days,
    )
    assert worse.disposition.urgency >= better.disposition.urgency
    assert worse.clearance is None or better.clearance is not None


def test_no_pair_of_answers_breaks_the_order_from_no_through_unknown_to_yes() -> None:
    calm = dict.fromkeys((*sorted(ANSWER_IDS), *CONTEXT), Answer.NO)
    for first, second in combinations(calm, 2):
        seen = {
            (a.concern, b.concern): _rank(calm | {first: a, second: b})
            for a in ORDER
            for b in ORDER
        }
        for (a, b), (urgency, barred) in seen.items():
            for worse in ((a + 1, b), (a, b + 1)):
                if worse in seen:
                    assert seen[worse][0] >= urgency, (first, second, a, b)
                    assert seen[worse][1] >= barred, (first, second, a, b)


def _rank(told: dict[str, Answer]) -> tuple[int, bool]:
    risks = {name: answer for name, answer in told.items() if name in CONTEXT}
    answers = {name: answer for name, answer in told.items() if name not in CONTEXT}
    result = result_of(answers, risks, 52)
    return result.disposition.urgency, result.clearance is None


@given(EVERYTHING | SOMETHING, RISKS, AGES, AGE_IN_DAYS, st.sampled_from(CES_FLAGS))
def test_a_new_cauda_equina_sign_is_an_emergency_whatever_else_is_answered(
    answers: dict[str, Answer], risks: dict[str, Answer], age: int | None, days: int, flag: str
) -> None:
    result = result_of({**answers, flag: Answer.YES}, risks, age, days)
    assert result.disposition is Disposition.EMERGENCY
    assert result.clearance is None


@given(EVERYTHING | SOMETHING, RISKS, AGES, AGE_IN_DAYS)
def test_clearance_means_every_sign_answered_lately_and_nothing_worse_than_routine(
    answers: dict[str, Answer], risks: dict[str, Answer], age: int | None, days: int
) -> None:
    result = result_of(answers, risks, age, days)
    if result.clearance is None:
        return
    assert result.disposition in (Disposition.PROCEED, Disposition.ROUTINE)
    assert 0 <= days <= 28
    assert not set(FLAGS) & set(result.not_answered)
    assert result.clearance.covers(DAY)


@given(EVERYTHING | SOMETHING, RISKS, AGES, AGE_IN_DAYS)
def test_the_result_is_the_most_urgent_rule_that_fired_or_the_open_questions(
    answers: dict[str, Answer], risks: dict[str, Answer], age: int | None, days: int
) -> None:
    result = result_of(answers, risks, age, days)
    urgencies = [fired.disposition.urgency for fired in result.fired]
    assert urgencies == sorted(urgencies, reverse=True)
    floor = Disposition.SOON.urgency if set(FLAGS) & set(result.not_answered) else 0
    assert result.disposition.urgency >= max([floor, *urgencies])


def test_only_triage_makes_a_clearance() -> None:
    root = Path(safetomove.__file__).parent
    makers = {
        path.relative_to(root).as_posix()
        for path in root.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and _name(node.func) in {"Clearance", "_Clearance"}
    }
    assert makers == {"core/safety/triage.py"}


def _name(called: ast.expr) -> str:
    match called:
        case ast.Name(id):
            return id
        case ast.Attribute(attr=attr):
            return attr
        case _:
            return ""
