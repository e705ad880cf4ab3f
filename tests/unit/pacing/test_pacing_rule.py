"""The dose rule by hand: each test is a sentence that a physiotherapist could check."""

import itertools
from dataclasses import replace
from datetime import date, timedelta

import pytest

from safetomove.core.diary import CheckIn, Diary
from safetomove.core.pacing import (
    Change,
    DoseDecision,
    NoBaseline,
    NoClearance,
    Phase,
    ReasonCode,
    Unit,
    climb_through,
    next_dose,
    rule_dose,
)
from safetomove.core.safety import newest_rules, triage
from tests.people import all_clear, walking

FIRST = date(2026, 9, 1)
PLAN = walking(started=FIRST, goal=30.0, baseline=10.0)


def day(n: int) -> date:
    return FIRST + timedelta(days=n)


def calm(n: int, **more: object) -> CheckIn:
    return replace(CheckIn(day=day(n), flare=False), **more)  # type: ignore[arg-type]


def walked(n: int, **more: object) -> CheckIn:
    return calm(n, done={"walking": 30.0}, **more)


def flare(n: int) -> CheckIn:
    return CheckIn(day=day(n), flare=True)


def decide(*check_ins: CheckIn, on: int, plan: object = PLAN) -> DoseDecision:
    return rule_dose(plan, Diary.of(*check_ins), today=day(on))  # type: ignore[arg-type]


def codes(decision: DoseDecision) -> set[ReasonCode]:
    return {reason.code for reason in decision.reasons}


def level(*check_ins: CheckIn, through: int) -> float:
    return climb_through(PLAN, Diary.of(*check_ins), until=day(through)).level


def test_three_tries_on_the_first_day_are_a_start_and_not_a_way_back_up() -> None:
    first = decide(on=0, plan=walking(started=FIRST, goal=30.0, tries=(10.0, 12.0, 15.0)))
    assert codes(first) == {ReasonCode.STARTING_AT_BASELINE}


def test_the_first_day_is_the_baseline() -> None:
    first = decide(on=0)
    assert (first.dose, first.change, first.phase) == (10.0, Change.HOLD, Phase.CLIMBING)
    assert ReasonCode.STARTING_AT_BASELINE in codes(first)


def test_six_flare_free_days_add_one_and_a_half_percent_each() -> None:
    after = decide(*(calm(n) for n in range(6)), on=6)
    assert after.unrounded == pytest.approx(10 * 1.015**6)
    assert after.dose == 10.5
    assert after.climb.flare_free_days == 6


def test_the_reason_to_grow_says_how_many_days_and_from_where() -> None:
    grows = next(
        each
        for n in range(1, 9)
        if (each := decide(*map(calm, range(n)), on=n)).change is Change.INCREASE
    )
    reason = next(one for one in grows.reasons if one.code is ReasonCode.FLARE_FREE_DAYS)
    assert reason.facts == {"flare_free_days": 4, "yesterday": 10.0, "unit": "minutes"}


def test_a_flare_up_steps_back_once_however_long_it_lasts() -> None:
    week = [flare(n) for n in range(7)]
    assert level(*week, through=6) == pytest.approx(8.5)
    assert decide(*week, on=7).phase is Phase.FLARE
    assert {decide(*week[:n], on=n).dose for n in range(1, 8)} == {8.5}


def test_a_flare_up_eases_the_dose_on_the_day_it_is_told() -> None:
    today = decide(calm(0), flare(1), on=1)
    assert today.unrounded == pytest.approx(10.15 * 0.85)
    assert today.change is Change.EASE
    assert ReasonCode.STEP_BACK_FOR_FLARE in codes(today)


def test_the_dose_never_rises_on_the_day_after_a_flare_up_day() -> None:
    after = decide(calm(0), flare(1), calm(2), on=2)
    during = decide(calm(0), flare(1), on=1)
    assert after.dose <= during.dose
    assert after.room[1] <= during.dose
    assert ReasonCode.DAY_AFTER_FLARE in codes(after)


def test_after_a_flare_up_the_climb_goes_on_from_where_it_stepped_back_to() -> None:
    days = [flare(0), *(calm(n) for n in range(1, 4))]
    assert level(*days, through=3) == pytest.approx(8.5 * 1.015**3)
    assert decide(*days, on=5).phase is Phase.WAY_BACK


def test_a_flare_up_not_heard_of_for_over_a_week_counts_as_over() -> None:
    walk = {"walking": 10.0}
    told_pain = [CheckIn(day=day(n), pain=6.0, done=walk) for n in range(1, 10)]
    assert level(flare(0), *told_pain, through=7) == pytest.approx(8.5)
    assert level(flare(0), *told_pain, through=9) == pytest.approx(8.5 * 1.015**2)


def test_high_pain_without_a_flare_up_does_not_ease_the_climb() -> None:
    sore = [CheckIn(day=day(n), pain=9.0, pain_worst=10.0) for n in range(5)]
    assert level(*sore, through=4) == pytest.approx(10 * 1.015**5)


def test_missed_check_ins_cost_nothing() -> None:
    assert level(calm(0), through=20) == level(calm(0), through=0)
    waiting = decide(calm(0), on=5)
    assert waiting.change is Change.HOLD
    assert ReasonCode.NO_CHECK_IN in codes(waiting)


def test_a_note_alone_is_not_a_flare_free_day() -> None:
    assert level(CheckIn(day=day(0), note="rain"), through=0) == 10.0


def test_a_rough_night_makes_today_smaller_and_keeps_the_climb() -> None:
    rough = decide(calm(0, sleep_quality=5.0), calm(1, sleep_quality=1.0), on=1)
    assert rough.unrounded < 9.0
    assert rough.climb.level == pytest.approx(10.15)
    assert {ReasonCode.ROUGH_NIGHT, ReasonCode.CLIMB_KEPT} <= codes(rough)


def test_two_spreads_of_stress_ease_by_thirty_percent_and_no_more() -> None:
    worst = decide(calm(0, stress=10.0), on=0)
    assert worst.unrounded == pytest.approx(10 * (1 - 0.15 * 2))
    assert ReasonCode.STRESSFUL_DAY in codes(worst)


def test_a_good_night_adds_nothing() -> None:
    assert decide(calm(0, sleep_quality=10.0), on=0).unrounded == 10.0


def test_scores_are_read_against_the_persons_own_usual() -> None:
    poor_sleeper = [calm(n, sleep_quality=2.0) for n in range(41)]
    first, later = decide(*poor_sleeper, on=0), decide(*poor_sleeper, on=40)
    assert first.unrounded < 0.8 * first.climb.level
    assert later.unrounded > 0.95 * later.climb.level


def test_less_than_half_of_the_plan_neither_raises_nor_lowers_the_climb() -> None:
    assert level(calm(0, done={"walking": 4.0}), through=0) == 10.0
    low = decide(calm(0, done={"walking": 4.0}), on=1)
    assert ReasonCode.DID_LESS_THAN_HALF in codes(low)


def test_doing_much_more_than_planned_is_not_answered_with_a_jump() -> None:
    more = decide(calm(0, done={"walking": 60.0}), on=1)
    assert more.unrounded == pytest.approx(10.15)
    assert ReasonCode.DID_MORE_THAN_PLANNED in codes(more)


def test_a_climb_waits_for_somebody_who_never_says_that_they_walk() -> None:
    only_pain = [CheckIn(day=day(n), pain=3.0) for n in range(300)]
    assert level(*only_pain, through=6) == pytest.approx(10 * 1.015**7)
    assert level(*only_pain, through=299) == level(*only_pain, through=6)
    told = decide(*only_pain, on=300)
    assert (told.change, ReasonCode.DOING_UNHEARD in codes(told)) == (Change.HOLD, True)


def test_saying_that_none_was_done_does_not_count_as_doing() -> None:
    none_done = [calm(n, done={"walking": 0.0} if n % 3 == 0 else {}) for n in range(60)]
    assert level(*none_done, through=59) == level(*none_done, through=7)


def test_one_word_of_doing_lets_the_climb_go_on() -> None:
    silent = [calm(n) for n in range(20)]
    assert level(*silent, walked(20), through=20) == pytest.approx(10 * 1.015**8)


def test_days_without_a_check_in_never_count_as_not_doing() -> None:
    weekly = [calm(n) for n in range(0, 49, 7)]
    assert level(*weekly, through=48) == pytest.approx(10 * 1.015**7)


def test_another_activity_done_says_nothing_of_this_one() -> None:
    swims = [calm(n, done={"swimming": 20.0}) for n in range(20)]
    assert level(*swims, through=19) == level(*swims, through=6)


def test_the_climb_stops_at_the_goal() -> None:
    there = decide(*(walked(n) for n in range(100)), on=100)
    assert (there.dose, there.phase) == (30.0, Phase.GOAL)
    assert ReasonCode.AT_GOAL in codes(there)


def test_many_flare_ups_never_take_the_dose_below_half_the_baseline() -> None:
    days = [flare(n) if n % 2 else calm(n) for n in range(80)]
    assert min(decide(*days[:n], on=n).dose for n in range(80)) >= 5.0


def test_after_a_month_away_the_first_day_back_is_easier_and_the_climb_is_kept() -> None:
    back = decide(calm(0), on=30)
    assert back.unrounded == pytest.approx(10.15 * 0.75)
    assert back.climb.level == pytest.approx(10.15)
    assert {ReasonCode.BACK_AFTER_GAP, ReasonCode.CLIMB_KEPT} <= codes(back)
    assert decide(calm(0), on=29).unrounded == pytest.approx(10.15)


def flare_ups_after(load: float) -> Diary:
    """Return seventy days with a flare-up every ninth, each after two days of `load`."""
    days = []
    for n in range(70):
        done = load if n % 9 in {6, 7} else 10.0
        days.append(CheckIn(day=day(n), flare=n % 9 == 8, done={"walking": done}))
    return Diary(tuple(days))


@pytest.mark.parametrize(("load", "eases"), [(16.0, True), (6.0, False)])
def test_easing_stops_when_flare_ups_do_not_follow_bigger_days(load: float, eases: bool) -> None:
    diary = flare_ups_after(load)
    told = rule_dose(PLAN, diary, today=day(62))
    before = climb_through(PLAN, diary, until=day(61)).level
    assert (climb_through(PLAN, diary, until=day(62)).level < before) is eases
    assert (ReasonCode.STEP_BACK_FOR_FLARE in codes(told)) is eases
    assert (ReasonCode.FLARES_DO_NOT_FOLLOW_DOSE in codes(told)) is not eases


def test_the_first_four_flare_ups_always_ease() -> None:
    diary = flare_ups_after(6.0)
    levels = [climb_through(PLAN, diary, until=day(n)).level for n in range(70)]
    assert [levels[n] < levels[n - 1] for n in (8, 17, 26, 35)] == [True] * 4


def test_repetitions_are_whole_and_rise_one_at_a_time() -> None:
    plan = replace(PLAN, unit=Unit.REPETITIONS, goal=12.0, baseline=3.0)
    shown = [decide(*map(walked, range(n)), on=n, plan=plan).dose for n in range(100)]
    assert shown[0] == 3.0
    assert shown[-1] == 12.0
    assert {b - a for a, b in itertools.pairwise(shown)} == {0.0, 1.0}


def test_no_dose_without_a_clearance_that_covers_the_day() -> None:
    clearance = triage(all_clear(given_on=day(0)), rules=newest_rules(), today=day(0)).clearance
    assert clearance is not None
    dose = next_dose(PLAN, Diary(), clearance=clearance, today=day(0))
    assert dose == rule_dose(PLAN, Diary(), today=day(0))
    for today in (day(-1), day(200)):
        with pytest.raises(NoClearance):
            next_dose(PLAN, Diary(), clearance=clearance, today=today)


def test_a_number_back_up_from_a_rough_night_is_not_called_growth() -> None:
    rough = [walked(0), walked(1, stress=10.0), walked(2), walked(3)]
    back = decide(*rough, on=4)
    assert back.change is Change.INCREASE
    assert ReasonCode.BACK_TO_CLIMB in codes(back)
    assert ReasonCode.FLARE_FREE_DAYS not in codes(back)


def test_a_climb_kept_is_named_only_where_it_is_above_the_number_shown() -> None:
    days = [walked(n, stress=float(n % 11), sleep_quality=float(n * 7 % 11)) for n in range(90)]
    for n in range(90):
        told = decide(*days[:n], on=n)
        kept = [each for each in told.reasons if each.code is ReasonCode.CLIMB_KEPT]
        assert all(float(each.facts["level"]) > told.dose for each in kept)
        assert (ReasonCode.ROUGH_NIGHT in codes(told)) <= bool(kept)


def test_the_day_a_flare_up_is_said_to_be_over_has_its_own_reason() -> None:
    over = decide(flare(0), CheckIn(day=day(1), pain=5.0), calm(2), on=2)
    assert ReasonCode.FLARE_OVER in codes(over)
    assert over.change is not Change.INCREASE


def test_a_hold_of_a_few_seconds_can_grow() -> None:
    plan = replace(PLAN, unit=Unit.SECONDS, goal=10.0, baseline=4.0)
    shown = [decide(*map(walked, range(n)), on=n, plan=plan).dose for n in range(100)]
    assert (shown[0], shown[-1]) == (4.0, 10.0)
    assert {b - a for a, b in itertools.pairwise(shown)} == {0.0, 1.0}


def tries(*amounts: float, flare_on: int | None = None) -> Diary:
    rows = (
        CheckIn(day=day(n), flare=n == flare_on, done={"walking": amount})
        for n, amount in enumerate(amounts)
    )
    return Diary(tuple(rows))


OWN_START = replace(PLAN, baseline=None)


def test_without_a_single_try_there_is_no_dose_and_a_plain_word_why() -> None:
    with pytest.raises(NoBaseline, match="note how much"):
        rule_dose(OWN_START, Diary(), today=day(0))


def test_a_day_with_nothing_done_is_no_try() -> None:
    with pytest.raises(NoBaseline):
        rule_dose(OWN_START, tries(0.0), today=day(1))


def test_one_or_two_tries_give_a_first_guess() -> None:
    guess = rule_dose(OWN_START, tries(10.0, 14.0), today=day(2))
    assert (guess.unrounded, guess.phase) == (pytest.approx(9.2), Phase.BASELINE)
    assert guess.reasons[0].facts == {"tries": 2, "tries_left": 1, "unit": "minutes"}


def test_three_tries_fix_the_baseline_at_four_fifths_of_the_middle_one() -> None:
    diary = tries(10.0, 14.0, 11.0, 40.0, 40.0)
    for today in (3, 4, 5):
        assert rule_dose(OWN_START, diary, today=day(today)).climb.baseline == pytest.approx(8.8)


def test_a_flare_up_during_the_tries_lowers_the_start() -> None:
    diary = tries(10.0, 14.0, 11.0, flare_on=1)
    assert climb_through(OWN_START, diary, until=day(2)).baseline == pytest.approx(7.7)


def test_a_first_try_far_too_low_does_not_open_the_door_to_a_leap() -> None:
    diary = tries(2.0, 20.0, 20.0, 16.0, 16.0, 16.0)
    doses = [rule_dose(OWN_START, diary, today=day(n)).dose for n in range(1, 20)]
    assert all(b <= a * 1.15 + 1e-9 for a, b in itertools.pairwise(doses))


def test_tries_made_when_setting_up_count_with_those_in_the_diary() -> None:
    plan = replace(OWN_START, tries=(10.0, 14.0))
    assert rule_dose(plan, Diary(), today=day(0)).unrounded == pytest.approx(9.6)
    assert climb_through(plan, tries(11.0), until=day(0)).baseline == pytest.approx(8.8)
