"""Answers are read as meant or refused, and a flare-up check renews only what it asked."""

from datetime import date, timedelta

import pytest

from safetomove.core.errors import BadInput
from safetomove.core.safety import (
    FLAGS,
    QUESTIONS,
    Answer,
    BadAnswers,
    Context,
    Disposition,
    SafetyAnswers,
    first_screens,
    flare_screens,
    newest_rules,
    triage,
)
from safetomove.core.safety.flags import CES_FLAGS, CONTEXT, FLARE_FLAGS

DAY = date(2026, 11, 22)
NO, YES = Answer.NO, Answer.YES
ALL_NO = SafetyAnswers(
    given_on=DAY,
    answers=dict.fromkeys(FLAGS, NO),
    context=Context(age=52, **dict.fromkeys(CONTEXT, NO)),
)
FLARE_NO = dict.fromkeys(FLARE_FLAGS, NO)


def test_answers_survive_a_round_trip_through_json() -> None:
    assert SafetyAnswers.from_json(ALL_NO.to_json(), given_on=DAY) == ALL_NO
    flared = ALL_NO.updated(FLARE_NO, given_on=DAY + timedelta(days=3))
    assert SafetyAnswers.from_json(flared.to_json(), given_on=flared.given_on) == flared


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        ([], "must be an object"),
        (None, "must be an object"),
        ({"answers": ["ces_bladder"]}, "must be an object"),
        ({"answers": {1: "no"}}, "must be an object"),
        ({"answer": {"ces_bladder": "yes"}}, "no part is called 'answer'"),
        ({"answers": {"ces_blader": "yes"}}, "no warning sign is called 'ces_blader'"),
        ({"answers": {"ces_bladder": "maybe"}}, "yes, no or unknown"),
        ({"answers": {"ces_bladder": True}}, "yes, no or unknown"),
        ({"answers": {"ces_bladder": None}}, "yes, no or unknown"),
        ({"answers": {"ces_bladder": []}}, "yes, no or unknown"),
        ({"context": {"cancer": "yes"}}, "no context is called 'cancer'"),
        ({"context": {"pregnant": False}}, "yes, no or unknown"),
        ({"context": {"age": -1}}, "0 to 120"),
        ({"context": {"age": 121}}, "0 to 120"),
        ({"context": {"age": True}}, "whole number"),
        ({"context": {"age": "52"}}, "whole number"),
        ({"context": {"age": 52.5}}, "whole number"),
        ({"full_check_on": "soon"}, "full_check_on must be a day"),
    ],
)
def test_what_cannot_be_read_as_meant_is_refused_in_one_line(data: object, complaint: str) -> None:
    with pytest.raises(BadAnswers, match=complaint) as refused:
        SafetyAnswers.from_json(data, given_on=DAY)
    assert "\n" not in str(refused.value)
    assert isinstance(refused.value, BadInput)


def test_a_flare_up_check_renews_answers_from_a_full_check_within_four_weeks() -> None:
    flare_day = DAY + timedelta(days=20)
    renewed = ALL_NO.updated(FLARE_NO, given_on=flare_day)
    result = triage(renewed, rules=newest_rules(), today=DAY + timedelta(days=40))
    assert renewed.full_check_on == DAY
    assert result.clearance is not None


def test_flare_up_checks_never_renew_a_full_check_older_than_four_weeks() -> None:
    renewed = ALL_NO.updated(FLARE_NO, given_on=DAY + timedelta(days=28))
    again = renewed.updated(FLARE_NO, given_on=DAY + timedelta(days=29))
    assert again.given_on == DAY + timedelta(days=28)
    result = triage(again, rules=newest_rules(), today=DAY + timedelta(days=57))
    assert result.clearance is None


def test_a_flare_up_check_with_a_question_left_out_renews_nothing() -> None:
    partial = {flag: NO for flag in FLARE_FLAGS if flag != "ces_saddle"}
    assert ALL_NO.updated(partial, given_on=DAY + timedelta(days=3)).given_on == DAY


def test_a_new_sign_in_a_flare_up_counts_even_when_nothing_is_renewed() -> None:
    told = ALL_NO.updated({"ces_saddle": YES}, given_on=DAY + timedelta(days=90))
    result = triage(told, rules=newest_rules(), today=DAY + timedelta(days=90))
    assert result.disposition is Disposition.EMERGENCY


def test_an_old_follow_up_does_not_soften_a_new_sign() -> None:
    slow = ALL_NO.updated({"cord": YES, "cord_days": NO}, given_on=DAY)
    now = slow.updated({"cord": YES}, given_on=DAY + timedelta(days=2))
    result = triage(now, rules=newest_rules(), today=DAY + timedelta(days=2))
    assert result.disposition is Disposition.EMERGENCY


def test_a_flare_up_check_cannot_be_older_than_what_it_adds_to() -> None:
    with pytest.raises(BadAnswers):
        ALL_NO.updated(FLARE_NO, given_on=DAY - timedelta(days=1))


def test_each_cauda_equina_question_has_a_screen_of_its_own_before_other_signs() -> None:
    screens = [screen.questions for screen in first_screens()]
    assert screens[1:6] == [(flag,) for flag in CES_FLAGS]


def test_the_first_check_is_15_screens_at_most_and_asks_everything_once() -> None:
    asked = [question for screen in first_screens() for question in screen.questions]
    assert len(first_screens()) <= 15
    assert len(asked) == len(set(asked))
    assert set(FLAGS) - {"axspa", "preg"} <= set(asked)
    assert set(CONTEXT) <= set(asked)
    assert set(asked) == set(QUESTIONS)


def test_a_person_with_none_of_the_risks_sees_12_screens_of_four_rows_at_most() -> None:
    quiet = SafetyAnswers(
        given_on=DAY,
        answers={**ALL_NO.answers, "axspa_onset_before_45": NO},
        context=ALL_NO.context,
    )
    shown = first_screens(quiet)
    assert len(shown) == 12
    assert max(len(screen.questions) for screen in shown) == 4


def test_answering_every_question_shown_leaves_nothing_open() -> None:
    told = SafetyAnswers(given_on=DAY)
    for _ in range(2):
        ids = [id for screen in first_screens(told) for id in screen.questions]
        told = SafetyAnswers(
            given_on=DAY,
            answers={id: NO for id in ids if not QUESTIONS[id].in_context},
            context=Context(age=40, **dict.fromkeys(CONTEXT, NO)),
        )
    assert triage(told, rules=newest_rules(), today=DAY).not_answered == ()


def test_a_flare_up_check_asks_every_emergency_and_same_day_sign_on_three_screens() -> None:
    urgent = {
        rule.flag
        for rule in newest_rules().rules
        if rule.disposition in (Disposition.EMERGENCY, Disposition.SAME_DAY)
    }
    asked = [question for screen in flare_screens() for question in screen.questions]
    follow_ups = {"neuro_prog_fast", "infect_sepsis"}
    assert urgent - follow_ups <= set(asked)
    assert len(flare_screens()) <= 3
    assert set(asked) == set(FLARE_FLAGS)


def test_cancer_questions_come_only_to_those_who_may_have_had_it() -> None:
    asked = [id for screen in flare_screens(ALL_NO) for id in screen.questions]
    assert "mscc_pain" not in asked
    unsure = SafetyAnswers(given_on=DAY, context=Context(cancer_history=Answer.UNKNOWN))
    asked = [id for screen in flare_screens(unsure) for id in screen.questions]
    assert "mscc_pain" in asked


@pytest.mark.parametrize("risk", ["blood_thinner", "recent_surgery"])
def test_one_risk_is_enough_to_ask_about_a_bleed_near_the_spine(risk: str) -> None:
    risks = {**dict.fromkeys(CONTEXT, NO), risk: YES}
    told = SafetyAnswers(given_on=DAY, context=Context(age=52, **risks))
    asked = [id for screen in first_screens(told) for id in screen.questions]
    assert "anticoag" in asked


def test_a_fever_or_kidney_pain_is_followed_up_for_sepsis() -> None:
    for sign in ("infect", "visc_renal"):
        answers = {**ALL_NO.answers, sign: YES}
        told = SafetyAnswers(given_on=DAY, answers=answers, context=ALL_NO.context)
        asked = [id for screen in first_screens(told) for id in screen.questions]
        assert "infect_sepsis" in asked
