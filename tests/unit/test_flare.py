"""A flare-up is the person's own word; what went before it is found, and never called its cause."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safetomove.core.diary import CheckIn, Diary
from safetomove.core.flare import (
    NOT_SETTLING_DAYS,
    OPEN_DAYS,
    BadFlare,
    Before,
    FlarePlan,
    Going,
    Spell,
    Story,
    clues_before,
    last_spell,
    was_noted,
)
from safetomove.core.pacing import rule
from safetomove.core.pacing.dose import rule_dose
from safetomove.core.pacing.way_back import STAIRS_TOP, way_back
from tests.people import walking

DAY = date(2026, 11, 22)


def day(back: int, **answers: object) -> CheckIn:
    return CheckIn(day=DAY - timedelta(days=back), **answers)  # type: ignore[arg-type]


def month(*, began: int = 0, **answers: object) -> list[CheckIn]:
    """Return four unremarkable weeks before the three days before a flare-up."""
    usual: dict[str, object] = {"sleep_quality": 6, "stress": 3, "done": {"walking": 10.0}}
    days = [day(began + n, **{**usual, **answers}) for n in range(4, 32)]
    return [*days, day(began, flare=True)]


def test_a_flare_up_is_over_for_the_dose_and_for_the_look_back_on_the_same_day() -> None:
    assert OPEN_DAYS == rule.FLARE_OPEN_DAYS


def test_a_flare_up_begins_with_yes_and_ends_with_the_first_no() -> None:
    told = {9: False, 6: True, 4: True, 2: False}
    diary = Diary.of(*(day(back, flare=flare) for back, flare in told.items()))
    assert last_spell(diary, today=DAY) == Spell(
        began=DAY - timedelta(days=6), ended=DAY - timedelta(days=2)
    )


def test_a_blank_day_neither_ends_nor_prolongs_it() -> None:
    open_one = Diary.of(day(5, flare=True), day(3, pain=4))
    assert last_spell(open_one, today=DAY) == Spell(began=DAY - timedelta(days=5))


def test_after_a_week_unheard_of_it_counts_as_over() -> None:
    began = DAY - timedelta(days=OPEN_DAYS + 1)
    diary = Diary.of(day(OPEN_DAYS + 1, flare=True))
    assert last_spell(diary, today=DAY) == Spell(began=began, ended=began)
    again = diary.with_check_in(day(0, flare=True))
    assert last_spell(again, today=DAY) == Spell(began=DAY)


def test_no_flare_up_noted_is_none() -> None:
    assert last_spell(Diary(), today=DAY) is None
    assert last_spell(Diary.of(day(1, flare=False)), today=DAY) is None


def test_more_than_two_weeks_is_time_that_somebody_looks() -> None:
    first = DAY - timedelta(days=NOT_SETTLING_DAYS)
    assert Spell(began=first).not_settling(DAY)
    assert not Spell(began=first + timedelta(days=1)).not_settling(DAY)
    assert not Spell(began=first, ended=DAY).not_settling(DAY)


def test_a_poor_night_stress_and_a_jump_before_it_are_found_with_their_days() -> None:
    before = [day(3, sleep_quality=6, stress=7, done={"walking": 10.0}),
              day(1, sleep_quality=2, stress=3, done={"walking": 18.0})]  # fmt: skip
    found = clues_before(Diary.of(*month(), *before), DAY)
    assert [(one.what, (DAY - one.day).days, one.value, one.usual) for one in found] == [
        (Before.SLEEP, 1, 2, 6), (Before.STRESS, 3, 7, 3), (Before.ACTIVITY, 1, 18, 10),
    ]  # fmt: skip


def test_ordinary_days_before_it_hold_no_clue() -> None:
    before = [day(n, sleep_quality=5, stress=4, done={"walking": 12.0}) for n in (1, 2, 3)]
    diary = Diary.of(*month(), *before)
    assert clues_before(diary, DAY) == ()
    assert was_noted(diary, DAY)
    assert not was_noted(Diary.of(*before, day(0, flare=True)), DAY), "with no usual to compare"


def test_too_little_noted_to_know_the_usual_is_no_clue_and_not_nothing() -> None:
    diary = Diary.of(day(4, stress=1), day(1, stress=9, sleep_quality=0), day(0, flare=True))
    assert clues_before(diary, DAY) == ()
    assert not was_noted(diary, DAY)


def test_what_came_after_it_began_is_never_a_clue() -> None:
    later = DAY + timedelta(days=1)
    after = CheckIn(day=later, sleep_quality=0, stress=10, done={"walking": 99.0})
    assert clues_before(Diary.of(*month(), after), DAY) == ()


def test_a_plan_never_holds_a_zero_day() -> None:
    for amount in (0.0, -1.0, float("nan")):
        with pytest.raises(BadFlare):
            FlarePlan(small={"walking": amount})


def test_nothing_before_it_and_something_before_it_is_refused() -> None:
    with pytest.raises(BadFlare):
        Story(began=DAY, before=frozenset({Before.NOTHING, Before.SLEEP}))


def test_a_day_before_it_began_can_not_be_told_of() -> None:
    with pytest.raises(BadFlare):
        Story(began=DAY, going={DAY - timedelta(days=1): Going.BETTER})


@given(st.sets(st.sampled_from(sorted(set(Before) - {Before.NOTHING}))), st.sampled_from(Going))
def test_a_plan_and_a_story_come_back_as_they_were_written(
    before: set[Before], going: Going
) -> None:
    plan = FlarePlan(helps=("warm",), own=("tea",), tell=("Jo",), small={"walking": 4.5}, say="ok")
    assert FlarePlan.from_json(plan.to_json()) == plan
    story = Story(began=DAY, going={DAY: going}, before=frozenset(before), looked_back=DAY)
    assert Story.from_json(story.to_json(), began=DAY) == story


def on_the_way_back(calm: int) -> Diary:
    """Return weeks of walking, a flare-up of two days, and then `calm` days without."""
    first = DAY - timedelta(days=40 + calm)
    days = [CheckIn(day=first + timedelta(days=n), flare=n in {38, 39}, done={"walking": 10.0})
            for n in range(40 + calm)]  # fmt: skip
    return Diary.of(*days)


@pytest.mark.parametrize("calm", [0, 1, 4, 8])
def test_the_stairs_lead_from_todays_dose_to_where_it_was_and_never_past_it(calm: int) -> None:
    dose = rule_dose(walking(started=DAY - timedelta(days=60)), on_the_way_back(calm), today=DAY)
    found = way_back(dose)
    assert 2 <= len(found) <= STAIRS_TOP
    assert (found[0].amount, found[0].days) == (dose.dose, 0)
    assert all(a.amount < b.amount and a.days < b.days for a, b in pairwise(found))
    assert found[-1].amount <= dose.climb.footing.before_flare


def test_off_the_way_back_there_are_no_stairs() -> None:
    for days in (4, 34):
        told = [day(n, flare=False, done={"walking": 10.0}) for n in range(1, days + 1)]
        diary = Diary.of(*told)
        dose = rule_dose(walking(started=DAY - timedelta(days=60)), diary, today=DAY)
        assert way_back(dose) == ()
