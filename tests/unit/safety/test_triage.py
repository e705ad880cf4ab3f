"""What each answer must lead to, in the words of the clinical claim."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from safetomove.core.safety import (
    FLAGS,
    Answer,
    Context,
    Disposition,
    NoRulesInForce,
    SafetyAnswers,
    TriageResult,
    newest_rules,
    rules_in_force,
    triage,
    versions,
)
from safetomove.core.safety.flags import AXSPA_GATE, AXSPA_ITEMS, CES_FLAGS, CONTEXT

DAY = date(2026, 11, 22)
RULES = newest_rules()
YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN
NEVER_CLEARED = tuple(flag for flag in FLAGS if flag not in ("sciatica", "stenosis"))


def told(
    changed: dict[str, Answer] | None = None,
    *,
    without: tuple[str, ...] = (),
    age: int | None = 52,
    **answers: Answer,
) -> TriageResult:
    """Triage a person who said no to everything but the answers given."""
    answers |= changed or {}
    context = {key: answers.pop(key) for key in list(answers) if key in CONTEXT}
    given = {flag: NO for flag in FLAGS if flag not in without} | answers
    everything = SafetyAnswers(
        given_on=DAY,
        answers=given,
        context=Context(**{"age": age, "pregnant": NO, **context}),
    )
    return triage(everything, rules=RULES, today=DAY)


def test_no_warning_sign_at_all_means_proceed_with_clearance_for_four_weeks() -> None:
    result = told()
    assert result.disposition is Disposition.PROCEED
    assert result.clearance is not None
    assert result.clearance.expires_on == DAY + timedelta(days=28)
    assert result.fired == ()


@pytest.mark.parametrize("flag", CES_FLAGS)
def test_any_new_cauda_equina_sign_is_an_emergency(flag: str) -> None:
    assert told({flag: YES}).disposition is Disposition.EMERGENCY


@pytest.mark.parametrize("flag", CES_FLAGS)
def test_a_sign_that_is_said_to_be_old_does_not_soften_a_new_cauda_equina_sign(flag: str) -> None:
    assert told({flag: YES, "ces_old": YES}).disposition is Disposition.EMERGENCY


@pytest.mark.parametrize("flag", CES_FLAGS)
def test_not_being_sure_of_a_cauda_equina_sign_means_ring_today(flag: str) -> None:
    assert told({flag: UNKNOWN}).disposition is Disposition.SAME_DAY


@pytest.mark.parametrize(
    ("flag", "disposition"),
    [
        ("ces_old", Disposition.SAME_DAY),
        ("neuro_prog", Disposition.SAME_DAY),
        ("cord", Disposition.EMERGENCY),
        ("mscc_neuro", Disposition.EMERGENCY),
        ("mscc_pain", Disposition.SAME_DAY),
        ("cancer_susp", Disposition.SAME_DAY),
        ("infect", Disposition.SAME_DAY),
        ("fract_trauma", Disposition.EMERGENCY),
        ("fract_frag", Disposition.SAME_DAY),
        ("deform", Disposition.SAME_DAY),
        ("thor_night", Disposition.SOON),
        ("axspa", Disposition.SOON),
        ("eye", Disposition.SAME_DAY),
        ("aaa_rupt", Disposition.EMERGENCY),
        ("aaa_sx", Disposition.SOON),
        ("chest", Disposition.EMERGENCY),
        ("visc_renal", Disposition.SAME_DAY),
        ("visc_gi", Disposition.EMERGENCY),
        ("preg_emerg", Disposition.EMERGENCY),
        ("preg", Disposition.SOON),
        ("anticoag", Disposition.EMERGENCY),
        ("age", Disposition.SOON),
        ("opioid_tox", Disposition.EMERGENCY),
        ("sciatica", Disposition.ROUTINE),
        ("stenosis", Disposition.ROUTINE),
        ("new_diff", Disposition.SOON),
    ],
)
def test_each_warning_sign_alone_leads_to_its_urgency(flag: str, disposition: Disposition) -> None:
    assert told({flag: YES}).disposition is disposition


@pytest.mark.parametrize("flag", NEVER_CLEARED)
@pytest.mark.parametrize("answer", [YES, UNKNOWN])
def test_no_warning_sign_present_or_unsure_leads_to_clearance(flag: str, answer: Answer) -> None:
    assert told({flag: answer}).clearance is None


@pytest.mark.parametrize("flag", ["sciatica", "stenosis"])
def test_ordinary_leg_pain_does_not_stop_a_person_from_starting(flag: str) -> None:
    result = told({flag: YES})
    assert result.disposition is Disposition.ROUTINE
    assert result.clearance is not None


# Age and pregnancy are answered by the context; the emergency of pregnancy goes with it.
@pytest.mark.parametrize("flag", [f for f in FLAGS if f not in ("age", "preg", "preg_emerg")])
def test_a_warning_sign_that_was_not_asked_about_bars_clearance(flag: str) -> None:
    result = told(without=(flag,))
    assert result.clearance is None
    assert result.disposition is Disposition.SOON
    assert flag in result.not_answered


def test_no_answers_at_all_give_no_clearance() -> None:
    result = triage(None, rules=RULES, today=DAY)
    assert result.clearance is None
    assert result.disposition is Disposition.SOON
    assert set(FLAGS) <= set(result.not_answered)
    assert result.answers_stale


@pytest.mark.parametrize("age", [0, 15, 17])
def test_a_person_under_18_starts_with_a_clinician(age: int) -> None:
    result = told(without=("age",), age=age)
    assert (result.disposition, result.clearance) == (Disposition.SOON, None)


def test_an_adult_flag_does_not_hide_a_childs_age() -> None:
    assert told(age=16).clearance is None


def test_an_unknown_age_gives_no_clearance() -> None:
    assert told(without=("age",), age=None).clearance is None


@pytest.mark.parametrize("answer", [YES, UNKNOWN])
@pytest.mark.parametrize("name", ["pregnant", "recent_surgery"])
def test_pregnancy_and_recent_surgery_pause_self_guided_doses(name: str, answer: Answer) -> None:
    result = told({name: answer})
    assert (result.disposition, result.clearance) == (Disposition.SOON, None)


def test_an_operation_not_asked_about_is_listed_but_does_not_bar_clearance() -> None:
    result = told()
    assert "recent_surgery" in result.not_answered
    assert result.clearance is not None


@pytest.mark.parametrize("risk", ["cancer_history", "weak_immunity", "osteoporosis", "steroids"])
@pytest.mark.parametrize("answer", [YES, UNKNOWN])
def test_upper_back_or_night_pain_with_a_risk_is_seen_the_same_day(
    risk: str, answer: Answer
) -> None:
    assert told({risk: answer}, thor_night=YES).disposition is Disposition.SAME_DAY


@pytest.mark.parametrize(("age", "urgent"), [(19, True), (20, False), (54, False), (55, True)])
def test_upper_back_pain_is_more_urgent_under_20_and_from_55(age: int, urgent: bool) -> None:
    same_day = told(thor_night=YES, age=age).disposition is Disposition.SAME_DAY
    assert same_day is urgent


@pytest.mark.parametrize("risk", ["weak_immunity", "recent_surgery"])
def test_fever_with_a_weak_defence_or_after_a_procedure_is_an_emergency(risk: str) -> None:
    assert told({risk: YES}, infect=YES).disposition is Disposition.EMERGENCY


def test_fever_with_signs_of_sepsis_is_an_emergency() -> None:
    assert told(infect=YES, infect_sepsis=YES).disposition is Disposition.EMERGENCY


def test_weakness_that_came_on_fast_is_an_emergency() -> None:
    assert told(neuro_prog=YES, neuro_prog_fast=YES).disposition is Disposition.EMERGENCY


def test_slow_unsteadiness_is_seen_the_same_day_and_never_later() -> None:
    assert told(cord=YES, cord_days=NO).disposition is Disposition.SAME_DAY
    assert told(cord=YES, cord_days=UNKNOWN).disposition is Disposition.EMERGENCY


def test_a_pulsing_tummy_is_more_urgent_from_65() -> None:
    assert told(aaa_sx=YES, age=64).disposition is Disposition.SOON
    assert told(aaa_sx=YES, age=65).disposition is Disposition.SAME_DAY


def spa(yes: int, unknown: int = 0, *, gate: Answer = YES) -> TriageResult:
    """Triage a person with so many of the nine NG65 items."""
    answers = [YES] * yes + [UNKNOWN] * unknown + [NO] * (9 - yes - unknown)
    items = dict(zip(AXSPA_ITEMS, answers, strict=True))
    return told({AXSPA_GATE: gate, **items}, without=("axspa",))


def rules_of(result: TriageResult) -> set[str]:
    """Return the ids of the rules that fired."""
    return {fired.rule for fired in result.fired}


def test_four_of_the_nine_joint_signs_mean_referral() -> None:
    for count in range(4, 10):
        assert rules_of(spa(count)) == {"axspa"}
        assert spa(count).disposition is Disposition.SOON


def test_exactly_three_joint_signs_mean_a_blood_test() -> None:
    assert rules_of(spa(3)) == {"axspa_hla_b27"}
    assert spa(3).clearance is None


def test_fewer_than_three_joint_signs_do_not_stop_a_person() -> None:
    for count in range(3):
        assert spa(count).disposition is Disposition.PROCEED


def test_not_knowing_about_a_relative_does_not_stop_a_person() -> None:
    result = spa(2, unknown=1)
    assert rules_of(result) == {"axspa_unsure"}
    assert result.clearance is not None


def test_joint_signs_count_only_when_pain_began_before_45() -> None:
    assert spa(9, gate=NO).disposition is Disposition.PROCEED
    assert spa(4, gate=UNKNOWN).disposition is Disposition.SOON


def test_all_reasons_are_listed_most_urgent_first() -> None:
    result = told(new_diff=YES, chest=YES, infect=YES, sciatica=YES)
    assert [each.rule for each in result.fired] == ["chest", "infect", "new_diff", "sciatica"]


def test_answers_hold_on_day_28_and_no_longer() -> None:
    given = SafetyAnswers(
        given_on=DAY, answers=dict.fromkeys(FLAGS, NO), context=Context(age=52, pregnant=NO)
    )
    last, over = DAY + timedelta(days=28), DAY + timedelta(days=29)
    on_last = triage(given, rules=RULES, today=last)
    assert on_last.clearance is not None
    assert on_last.clearance.covers(last)
    assert not on_last.clearance.covers(over)
    stale = triage(given, rules=RULES, today=over)
    assert stale.answers_stale
    assert (stale.clearance, stale.disposition) == (None, Disposition.SOON)


def test_answers_from_the_future_give_no_clearance() -> None:
    given = SafetyAnswers(
        given_on=DAY, answers=dict.fromkeys(FLAGS, NO), context=Context(age=52, pregnant=NO)
    )
    assert triage(given, rules=RULES, today=DAY - timedelta(days=1)).clearance is None


@pytest.mark.parametrize("flag", FLAGS)
def test_an_old_yes_keeps_its_urgency(flag: str) -> None:
    given = SafetyAnswers(
        given_on=DAY,
        answers={**dict.fromkeys(FLAGS, NO), flag: YES},
        context=Context(age=52, pregnant=NO),
    )
    fresh = triage(given, rules=RULES, today=DAY)
    stale = triage(given, rules=RULES, today=DAY + timedelta(days=400))
    assert stale.disposition.urgency >= fresh.disposition.urgency
    assert stale.clearance is None


def test_triage_before_the_first_reviewed_rules_is_refused() -> None:
    with pytest.raises(NoRulesInForce, match="2020-01-01"):
        rules_in_force(date(2020, 1, 1))


def test_older_rules_stay_for_older_days_when_newer_ones_come(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    newer = replace(RULES, version="newer", in_force_from=DAY + timedelta(days=100))
    monkeypatch.setattr(versions, "VERSIONS", (RULES, newer))
    assert rules_in_force(DAY) is RULES
    assert rules_in_force(newer.in_force_from - timedelta(days=1)) is RULES
    assert rules_in_force(newer.in_force_from) is newer


def test_the_newest_rules_hold_today() -> None:
    assert rules_in_force(DAY) == RULES
