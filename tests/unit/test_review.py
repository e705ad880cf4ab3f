"""The spine: no dose without clearance, and a reason with every dose."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from safetomove.core import safety
from safetomove.core.diary import CheckIn, Diary
from safetomove.core.pacing import ActivityPlan, Unit
from safetomove.core.record import PatientRecord, Recheck, RecheckReason
from safetomove.core.review import DayReview, review_day
from safetomove.core.safety import Answer, Context, Disposition, SafetyAnswers
from safetomove.core.safety.flags import FLAGS

TODAY = date(2026, 12, 20)
RULES = safety.rules_in_force(TODAY)
WALK = ActivityPlan(
    id="walking", name="Walking", unit=Unit.MINUTES, goal=30, started=date(2026, 12, 1), baseline=10
)
QUIET = Diary.of(
    *(CheckIn(day=TODAY - timedelta(days=n), flare=False, done={"walking": 12}) for n in (1, 2, 3))
)


def answers(**said: Answer) -> SafetyAnswers:
    return SafetyAnswers(
        given_on=TODAY - timedelta(days=5),
        answers=dict.fromkeys(FLAGS, Answer.NO) | said,
        context=Context(age=52, pregnant=Answer.NO),
    )


def review(record: PatientRecord) -> DayReview:
    return review_day(record, today=TODAY, rules=RULES)


CLEAR = PatientRecord(safety=answers(), plans=(WALK,), diary=QUIET)


def test_a_cleared_person_gets_a_dose_with_its_reasons() -> None:
    (dose,) = review(CLEAR).doses
    assert dose.activity == "walking"
    assert dose.reasons


@pytest.mark.parametrize("flag", sorted(set(FLAGS) - {"sciatica", "stenosis"}))
def test_no_warning_sign_leads_to_a_dose(flag: str) -> None:
    reviewed = review(replace(CLEAR, safety=answers(**{flag: Answer.YES})))
    assert reviewed.doses == ()
    assert not reviewed.cleared


def test_a_person_who_was_never_asked_gets_no_dose() -> None:
    assert review(replace(CLEAR, safety=None)).doses == ()


def test_answers_older_than_four_weeks_give_no_dose() -> None:
    old = replace(answers(), given_on=TODAY - timedelta(days=29))
    reviewed = review(replace(CLEAR, safety=old))
    assert reviewed.triage.answers_stale
    assert reviewed.doses == ()


@pytest.mark.parametrize("reason", list(RecheckReason))
def test_a_recheck_that_is_due_holds_back_the_dose(reason: RecheckReason) -> None:
    due = Recheck(reason=reason, since=TODAY)
    reviewed = review(replace(CLEAR, recheck=due))
    assert reviewed.doses == ()
    assert reviewed.recheck == due
    assert reviewed.triage.disposition is Disposition.PROCEED


def test_an_activity_with_no_try_yet_asks_for_one_and_the_others_keep_their_dose() -> None:
    dance = replace(WALK, id="dance", name="Dance", baseline=None)
    reviewed = review(replace(CLEAR, plans=(WALK, dance)))
    assert [dose.activity for dose in reviewed.doses] == ["walking"]
    assert reviewed.needs_tries == ("dance",)


def test_the_same_record_always_gets_the_same_review() -> None:
    assert review(CLEAR) == review(CLEAR)
