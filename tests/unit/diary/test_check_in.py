"""A day's check-in holds what was said and nothing that wasn't."""

from datetime import date

import pytest

from safetomove.core.diary import SCALES, BadCheckIn, CheckIn, Diary

DAY = date(2026, 3, 1)


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("value", [-1, -0.1, 10.01, 11, float("nan"), float("inf")])
def test_no_scale_holds_a_number_outside_0_to_10(scale: str, value: float) -> None:
    with pytest.raises(BadCheckIn, match="from 0 to 10"):
        CheckIn(day=DAY, **{scale: value})


@pytest.mark.parametrize("scale", SCALES)
def test_a_skipped_answer_is_missing_and_never_nought(scale: str) -> None:
    assert getattr(CheckIn(day=DAY), scale) is None


def test_nought_is_an_answer() -> None:
    assert CheckIn(day=DAY, pain=0).observed
    assert not CheckIn(day=DAY, pain=0).empty


def test_a_note_alone_does_not_count_as_an_observed_day() -> None:
    noted = CheckIn(day=DAY, note="slept at my sister's")
    assert not noted.observed
    assert not noted.empty


def test_a_day_nobody_lived_is_refused() -> None:
    with pytest.raises(BadCheckIn, match="year"):
        CheckIn(day=date(1, 1, 1))


@pytest.mark.parametrize("note", ["a\x00b", "x" * 10_001, "half \ud83d"])
def test_a_note_that_cannot_be_kept_whole_is_refused(note: str) -> None:
    with pytest.raises(BadCheckIn, match="note"):
        CheckIn(day=DAY, note=note)


def test_a_diary_holds_each_day_once() -> None:
    with pytest.raises(BadCheckIn, match="twice"):
        Diary.of(CheckIn(day=DAY, pain=1), CheckIn(day=DAY, pain=2))


def test_writing_a_day_again_replaces_it() -> None:
    diary = Diary.of(CheckIn(day=DAY, pain=1)).with_check_in(CheckIn(day=DAY, pain=2))
    assert diary.on(DAY) == CheckIn(day=DAY, pain=2)
    assert len(diary.check_ins) == 1


def test_a_blank_day_stays_blank() -> None:
    first, third = CheckIn(day=date(2026, 3, 1)), CheckIn(day=date(2026, 3, 3))
    diary = Diary.of(third, first)
    assert diary.on(date(2026, 3, 2)) is None
    assert diary.between(date(2026, 3, 2), date(2026, 3, 9)) == (third,)
    assert (diary.first_day, diary.last_day) == (first.day, third.day)
