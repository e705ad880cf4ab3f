"""What in a diary calls for the safety questions again."""

from datetime import date

import pytest

from safetomove.core.diary import CheckIn, Diary
from safetomove.core.errors import BadInput
from safetomove.core.pacing import ActivityPlan, Unit
from safetomove.core.record import (
    PLANS_TOP,
    PatientRecord,
    RecheckReason,
    recheck_called_for,
    recheck_since,
)
from safetomove.core.safety import NoteCard

MARCH = [date(2026, 3, day) for day in range(1, 15)]
NUMB = "numb between my legs since last night"
WEAK = "my foot has gone floppy today and I keep tripping over it"


def test_a_worrying_note_calls_for_the_questions_and_names_its_card() -> None:
    called = recheck_called_for(CheckIn(day=MARCH[0], note=NUMB), None)
    assert called is not None
    assert called.reason is RecheckReason.WORRYING_NOTE
    assert NoteCard.CAUDA_EQUINA in called.cards


def test_the_first_day_of_a_flare_up_calls_for_them_and_its_second_does_not() -> None:
    first, second = (CheckIn(day=day, flare=True) for day in MARCH[:2])
    called = recheck_called_for(first, CheckIn(day=MARCH[0], flare=False))
    assert called is not None
    assert called.reason is RecheckReason.FLARE_UP
    assert recheck_called_for(second, first) is None


def test_a_worrying_note_comes_before_a_flare_up() -> None:
    called = recheck_called_for(CheckIn(day=MARCH[0], flare=True, note=NUMB), None)
    assert called is not None
    assert called.reason is RecheckReason.WORRYING_NOTE


def test_an_ordinary_day_calls_for_nothing() -> None:
    day = CheckIn(day=MARCH[0], flare=False, note="walked to the shop, nice chat")
    assert recheck_called_for(day, None) is None


def test_what_was_noted_before_the_answers_was_heard_by_them() -> None:
    diary = Diary.of(CheckIn(day=MARCH[0], note=NUMB), CheckIn(day=MARCH[2], flare=False))
    assert recheck_since(diary, MARCH[1], until=MARCH[5]) is None


def test_no_card_is_lost_when_several_notes_worry() -> None:
    diary = Diary.of(
        CheckIn(day=MARCH[2], flare=True),
        CheckIn(day=MARCH[3], note=NUMB),
        CheckIn(day=MARCH[4], note=WEAK),
    )
    called = recheck_since(diary, MARCH[1], until=MARCH[5])
    assert called is not None
    assert called.since == MARCH[3]
    assert {NoteCard.CAUDA_EQUINA, NoteCard.PROGRESSIVE_WEAKNESS} <= set(called.cards)


def test_what_comes_after_the_day_in_question_is_not_known_yet() -> None:
    diary = Diary.of(CheckIn(day=MARCH[9], note=NUMB))
    assert recheck_since(diary, MARCH[1], until=MARCH[5]) is None


def plan(name: str) -> ActivityPlan:
    return ActivityPlan(
        id=name, name=name, unit=Unit.MINUTES, goal=30, started=MARCH[0], baseline=10
    )


def test_two_activities_with_one_id_are_refused() -> None:
    with pytest.raises(BadInput, match="same id"):
        PatientRecord(plans=(plan("walking"), plan("walking")))


def test_more_activities_than_anyone_can_pace_are_refused() -> None:
    with pytest.raises(BadInput, match="at most"):
        PatientRecord(plans=tuple(plan(f"a{n}") for n in range(PLANS_TOP + 1)))
