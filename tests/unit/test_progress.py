"""How doing goes: gaps stay gaps, goals held for six weeks, and boom and bust once a week."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safetomove.core.diary import CheckIn, Diary
from safetomove.core.progress import BadReview
from safetomove.core.progress.boom import SAID_FOR, boom_to_tell, booms
from safetomove.core.progress.felt import Felt, Moment, columns_of, felt_counts, felt_on
from safetomove.core.progress.held import HELD_SHARE, goal_held, goals_held
from safetomove.core.progress.kept import StayWell, WeekReview
from safetomove.core.progress.passive import named_in, tapped
from safetomove.core.progress.stretches import firsts, lived, mondays, months, weeks
from safetomove.services.checkpoint import weeks_of

TODAY = date(2026, 11, 25)  # a Wednesday
WALK, GOAL = "walking", 30.0


def day(ago: int, amount: float | None = None, **answers: object) -> CheckIn:
    done = {} if amount is None else {WALK: amount}
    return CheckIn(day=TODAY - timedelta(days=ago), done=done, **answers)  # type: ignore[arg-type]


def diary_of(*days: CheckIn) -> Diary:
    return Diary.of(*days)


def steady(amount: float = GOAL, *, days: int = 60, **answers: object) -> Diary:
    return diary_of(*(day(n, amount, **answers) for n in range(days)))


def test_a_week_with_nothing_noted_is_a_gap_and_not_a_nought() -> None:
    (this,) = weeks(diary_of(day(0, flare=False)), WALK, today=TODAY, count=1)
    assert this.typical is None
    assert this.days == 0


def test_weeks_run_from_monday_to_sunday_and_this_one_ends_today() -> None:
    found = weeks(diary_of(day(2, 10.0), day(3, 20.0)), WALK, today=TODAY, count=2)
    assert [each.typical for each in found] == [20.0, 10.0]
    assert [each.begins for each in found] == [date(2026, 11, 16), date(2026, 11, 23)]


def test_what_is_noted_for_a_day_to_come_is_left_out() -> None:
    assert weeks(diary_of(day(-1, 90.0)), WALK, today=TODAY, count=1)[0].typical is None


def test_months_go_back_over_the_turn_of_a_year() -> None:
    assert firsts(date(2027, 1, 31), 3) == (date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1))
    found = months(diary_of(day(30, 12.0), day(0, 18.0)), WALK, today=TODAY, count=2)
    assert [each.typical for each in found] == [12.0, 18.0]


@given(st.lists(st.one_of(st.none(), st.floats(0, 90)), min_size=1, max_size=80))
def test_this_page_and_today_never_tell_two_stories_of_one_week(
    amounts: list[float | None],
) -> None:
    diary = diary_of(*(day(n, amount) for n, amount in enumerate(amounts)))
    there = weeks_of(diary.check_ins).get(WALK, {})
    here = {
        each.begins: each.typical
        for each in weeks(diary, WALK, today=TODAY, count=13)
        if each.typical is not None
    }
    assert here == there


def test_days_lived_count_what_was_done_out_of_the_days_noted() -> None:
    diary = diary_of(day(0, 5.0, pain=6.0), day(1, 0.0, pain=2.0), day(2, flare=False))
    this = lived(diary, [WALK], mondays(TODAY, 1), today=TODAY)[0]
    assert (this.loved, this.noted, this.pain) == (1, 3, 4.0)


def test_goals_are_held_after_six_whole_weeks_at_them() -> None:
    assert goals_held(steady(), {WALK: GOAL}, today=TODAY)
    assert not goals_held(steady(GOAL * HELD_SHARE - 0.1), {WALK: GOAL}, today=TODAY)


def test_one_week_away_costs_nothing_but_two_are_too_little_to_say() -> None:
    whole = steady()

    def without(mondays_ago: set[int]) -> Diary:
        out = {TODAY - timedelta(days=2) - timedelta(weeks=n) for n in mondays_ago}
        kept = [d for d in whole.check_ins if d.day - timedelta(days=d.day.weekday()) not in out]
        return diary_of(*kept)

    assert goals_held(without({3}), {WALK: GOAL}, today=TODAY)
    assert not goals_held(without({2, 3}), {WALK: GOAL}, today=TODAY)


def test_this_week_neither_makes_nor_breaks_it() -> None:
    low_now = diary_of(*(replace(d, done={WALK: 1.0}) if d.day > TODAY - timedelta(days=3) else d
                         for d in steady().check_ins))  # fmt: skip
    assert goal_held(low_now, WALK, GOAL, today=TODAY).held


def test_every_goal_counts_and_no_goals_hold_nothing() -> None:
    assert not goals_held(steady(), {WALK: GOAL, "gardening": 5.0}, today=TODAY)
    assert not goals_held(steady(), {}, today=TODAY)


def test_nobody_graduates_in_a_flare_up_however_long_ago_it_was_told() -> None:
    told = steady().with_check_in(day(9, GOAL, flare=True))
    assert not goals_held(told, {WALK: GOAL}, today=TODAY)
    assert goals_held(told.with_check_in(day(3, GOAL, flare=False)), {WALK: GOAL}, today=TODAY)


def big_then_worse(ago: int = 2, *, big: float = 40.0, **worse: object) -> Diary:
    calm = [day(n, 10.0, interference=2.0, pain=3.0) for n in range(60)]
    diary = diary_of(*calm).with_check_in(day(ago, big, interference=2.0))
    return diary.with_check_in(day(ago - 1, 5.0, **(worse or {"flare": True})))


def test_far_more_than_usual_and_then_a_flare_up_is_told_with_both_days() -> None:
    found = boom_to_tell(big_then_worse(), [WALK], today=TODAY)
    assert found is not None
    assert (found.done, found.typical, found.flare) == (40.0, 10.0, True)
    assert (found.worse - found.day).days == 1


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"interference": 4.0}, True),
        ({"interference": 3.9}, False),
        ({"pain": 5.0}, True),
        ({"pain": 4.9}, False),
    ],
)
def test_a_worse_day_is_two_points_over_the_usual(change: dict[str, float], told: bool) -> None:
    found = boom_to_tell(big_then_worse(**change), [WALK], today=TODAY)
    assert (found is not None) is told


def test_less_than_twice_the_usual_is_no_boom() -> None:
    assert boom_to_tell(big_then_worse(big=19.9), [WALK], today=TODAY) is None
    assert boom_to_tell(big_then_worse(big=20.0), [WALK], today=TODAY) is not None


def test_nobody_knows_the_usual_from_four_days() -> None:
    days = [day(n, 10.0) for n in range(3, 7)]
    diary = diary_of(*days, day(2, 40.0), day(1, flare=True))
    assert boom_to_tell(diary, [WALK], today=TODAY) is None


def test_it_is_told_for_three_days_and_then_no_more() -> None:
    diary = big_then_worse()
    worse = TODAY - timedelta(days=1)
    told = [boom_to_tell(diary, [WALK], today=worse + timedelta(days=n)) for n in range(6)]
    assert [each is not None for each in told] == [n < SAID_FOR for n in range(6)]


@given(st.lists(st.tuples(st.sampled_from([0.0, 5.0, 10.0, 25.0, 60.0]), st.booleans()),
                min_size=30, max_size=70))  # fmt: skip
def test_it_is_told_once_in_any_seven_days(days: list[tuple[float, bool]]) -> None:
    diary = diary_of(*(day(n, amount, flare=flare) for n, (amount, flare) in enumerate(days)))
    first = TODAY - timedelta(days=20)
    told = [boom_to_tell(diary, [WALK], today=first + timedelta(days=n)) for n in range(21)]
    starts = sorted({each.worse for each in told if each is not None})
    assert all((later - earlier).days >= 7 for earlier, later in pairwise(starts))
    assert all(each.done >= 2 * each.typical
               for each in booms(diary, [WALK], since=first, until=TODAY))  # fmt: skip


def test_a_review_and_a_plan_come_back_as_they_were_written() -> None:
    review = WeekReview(monday=date(2026, 11, 23), well="Sat through lunch", chosen="people")
    plan = StayWell(keep="Walk", who="Sam", since=TODAY)
    assert WeekReview.from_json(review.to_json(), monday=review.monday) == review
    assert StayWell.from_json(plan.to_json()) == plan


@pytest.mark.parametrize("words", ["a" * 301, "nul\x00", "\ud800"])
def test_words_that_can_not_be_kept_are_refused(words: str) -> None:
    with pytest.raises(BadReview):
        StayWell(keep=words)
    with pytest.raises(BadReview):
        WeekReview(monday=date(2026, 11, 23), well=words)


def test_a_review_belongs_to_a_monday_and_to_this_shape() -> None:
    with pytest.raises(BadReview):
        WeekReview(monday=TODAY)
    with pytest.raises(BadReview):
        StayWell.from_json({"shape": 2})


@pytest.mark.parametrize(
    ("note", "found"),
    [
        ("Had a MASSAGE, then the osteo", "massage"),
        ("a tense day, often sat", ""),
        ("TENS on the train", "tens"),
        ("", ""),
    ],
)
def test_a_treatment_is_found_only_as_a_word_of_its_own(note: str, found: str) -> None:
    assert named_in(note, ("osteo", "massage", "tens")) == found


def test_a_lowered_goal_is_judged_by_weeks_that_began_since() -> None:
    monday = TODAY - timedelta(days=2)

    def found(weeks_ago: int) -> bool:
        lowered = {WALK: monday - timedelta(weeks=weeks_ago)}
        return goals_held(steady(), {WALK: GOAL}, today=TODAY, lowered=lowered)

    assert [found(weeks_ago) for weeks_ago in (0, 4, 5, 6, 60)] == [False, False, True, True, True]
    assert goals_held(steady(), {WALK: GOAL}, today=TODAY, lowered={WALK: None})


def test_a_word_for_how_it_felt_comes_back_and_any_other_is_passed_over() -> None:
    told = {Moment.BEFORE: Felt.EASIER, Moment.AFTER: Felt.HARDER}
    there = day(0, 9.0, extra={**columns_of(WALK, told), "felt_during:walking": "7"})
    assert felt_on(there, WALK) == told
    assert felt_on(there, "swimming") == felt_on(None, WALK) == {}


def test_days_are_counted_by_moment_and_word() -> None:
    harder = columns_of(WALK, {Moment.DURING: Felt.HARDER})
    diary = diary_of(*(day(n, 9.0, extra=harder) for n in range(5)))
    counts = felt_counts(diary, WALK, since=TODAY - timedelta(days=2), until=TODAY)
    assert counts[Moment.DURING] == {Felt.EASIER: 0, Felt.USUAL: 0, Felt.HARDER: 3}
    assert sum(counts[Moment.AFTER].values()) == 0


def test_a_treatment_counts_only_where_it_was_tapped() -> None:
    there = day(0, extra={"treatment:heat": "yes", "treatment:tens": "no"})
    assert tapped(there, ("massage", "heat", "tens")) == ("heat",)
    assert tapped(None, ("heat",)) == ()
