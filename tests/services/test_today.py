"""Today says the same from a checkpoint as from the whole diary, at the same small cost."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safetomove.core import safety
from safetomove.core.diary import CheckIn, Diary, write_csv
from safetomove.core.pacing import ActivityPlan
from safetomove.core.record import PatientRecord
from safetomove.core.review import review_day
from safetomove.records.mappers import open_file, seal_file
from safetomove.records.models import CheckInRow
from safetomove.services.check_in import save_check_in
from safetomove.services.checkpoint import DAYS_LEFT_OPEN, DAYS_OPEN_TOP, monday
from safetomove.services.holding import hold, look, whole_diary
from safetomove.services.imports import Kind, confirm_import
from safetomove.services.people import start_guest
from safetomove.services.plans import (
    add_try,
    change_plan,
    choose_activity,
    leave_activity,
)
from safetomove.services.safety_check import save_answers
from safetomove.services.today import Today, review_today
from tests.people import NOW, TODAY, a_day, all_clear, noon, walking

SLOW = settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def from_the_whole_diary(person: UUID, today: Today) -> PatientRecord:
    held = look(person)
    file = held.file
    return PatientRecord(
        safety=file.safety, recheck=file.recheck, plans=file.plans, diary=whole_diary(held),
        climbs=file.pins,
    )  # fmt: skip


def assert_same(person: UUID, now: datetime) -> Today:
    today = review_today(person=person, now=now)
    whole = from_the_whole_diary(person, today)
    rules = safety.rules_in_force(today.local_day)
    plain = review_day(whole, today=today.local_day, rules=rules)
    assert [_plain(d) for d in today.review.doses] == [_plain(d) for d in plain.doses]
    assert today.review.needs_tries == plain.needs_tries
    assert today.review.triage == plain.triage
    return today


def _plain(dose: object) -> str:
    return repr(dose)  # NaN is not equal to itself, but is written the same


def live(person: UUID, days: list[CheckIn]) -> None:
    for one in days:
        save_check_in(person=person, check_in=one, client_key=f"day-{one.day}", now=noon(one.day))


def bring(person: UUID, days: list[CheckIn], *, now: datetime = NOW, key: str = "file") -> None:
    text = write_csv(Diary.of(*days))
    confirm_import(person=person, text=text, kind=Kind.CSV, client_key=key, now=now)


def some_days(count: int, *, last: date = TODAY) -> list[CheckIn]:
    first = last - timedelta(days=count - 1)
    return [a_day(n, first=first) for n in range(count)]


def a_person(plan: ActivityPlan | None, *, now: datetime) -> UUID:
    person = start_guest(now=now)
    if plan is not None:
        choose_activity(person=person, plan=plan, now=now)
    return person


DAY = st.builds(
    dict,
    flare=st.sampled_from([None, False, False, False, True]),
    sleep_quality=st.sampled_from([None, 2.0, 5.0, 8.0]),
    stress=st.sampled_from([None, 1.0, 9.0]),
    done=st.sampled_from([{}, {"walking": 3.0}, {"walking": 9.5}, {"walking": 30.0}]),
)


@SLOW
@given(
    days=st.lists(st.none() | DAY, min_size=62, max_size=160),
    tries=st.sampled_from([None, (), (10.0,), (10.0, 12.0, 8.0)]),
    begun=st.integers(0, 70),
)
def test_the_review_from_a_checkpoint_is_that_of_the_whole_diary(
    db: None, days: list[dict[str, object] | None], tries: tuple[float, ...] | None, begun: int
) -> None:
    first = TODAY - timedelta(days=len(days) - 1)
    started = first + timedelta(days=begun)
    plan = walking(started=min(started, TODAY))
    if tries is not None:
        plan = replace(plan, baseline=None, tries=tries)
    person = start_guest(now=noon(first))
    chosen = False
    for n, told in enumerate(days):
        day = first + timedelta(days=n)
        if not chosen and day >= plan.started:
            choose_activity(person=person, plan=plan, now=noon(day))
            chosen = True
        if told is not None:
            live(person, [CheckIn(day=day, **told)])  # type: ignore[arg-type]
    save_answers(person=person, answers=all_clear(), now=NOW)
    assert_same(person, NOW)


def test_the_checkpoint_moves_up_as_the_diary_grows(db: None) -> None:
    days = some_days(200)
    person = a_person(walking(started=days[0].day), now=noon(days[0].day))
    live(person, days)
    save_answers(person=person, answers=all_clear(), now=NOW)
    today = assert_same(person, NOW)
    assert DAYS_LEFT_OPEN <= len(today.record.diary.check_ins) <= DAYS_OPEN_TOP + 7


def test_ten_years_read_no_more_rows_and_queries_than_one_year(db: None) -> None:
    read = []
    for count in (365, 3650):
        days = some_days(count)
        person = a_person(walking(started=days[0].day), now=noon(days[0].day))
        bring(person, days)
        save_answers(person=person, answers=all_clear(), now=NOW)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            today = review_today(person=person, now=NOW)
        assert len(queries) <= 3
        assert today.review.doses
        read.append(len(today.record.diary.check_ins))
    assert read[0] == read[1] <= DAYS_OPEN_TOP


def test_a_file_with_older_days_is_folded_in(db: None) -> None:
    days = some_days(150)
    person = a_person(walking(started=days[0].day), now=noon(days[0].day))
    live(person, days[80:])
    bring(person, [replace(days[5], flare=True), *days[20:70]])
    save_answers(person=person, answers=all_clear(), now=NOW)
    assert_same(person, NOW)


def test_days_amended_by_hand_are_never_behind_the_checkpoint(db: None) -> None:
    days = some_days(120)
    person = a_person(walking(started=days[0].day), now=noon(days[0].day))
    live(person, days)
    for back in range(28):
        day = TODAY - timedelta(days=back)
        assert day > look(person).file.checkpoint.through
        amended = CheckIn(day=day, stress=9)
        save_check_in(person=person, check_in=amended, client_key=f"again-{back}", now=NOW)
    save_answers(person=person, answers=all_clear(), now=NOW)
    assert_same(person, NOW)


def test_a_new_goal_goes_on_from_the_dose_of_the_day_and_does_not_jump(db: None) -> None:
    days = some_days(150)
    plan = walking(started=days[0].day, goal=10.0)
    person = a_person(plan, now=noon(days[0].day))
    live(person, [replace(day, flare=False) for day in days])
    save_answers(person=person, answers=all_clear(), now=NOW)
    before = review_today(person=person, now=NOW).review.doses[0]
    change_plan(person=person, plan=replace(plan, goal=60.0), now=NOW)
    after = assert_same(person, NOW).review.doses[0]
    assert before.dose == 10.0
    assert after.unrounded <= before.unrounded * 1.15
    bring(person, [replace(days[3], pain=9.0)], key="late")
    assert assert_same(person, NOW).review.doses[0].unrounded <= before.unrounded * 1.15


def test_a_new_baseline_starts_afresh_today(db: None) -> None:
    days = some_days(100)
    plan = walking(started=days[0].day)
    person = a_person(plan, now=noon(days[0].day))
    live(person, days)
    save_answers(person=person, answers=all_clear(), now=NOW)
    change_plan(person=person, plan=replace(plan, baseline=4.0), now=NOW)
    assert assert_same(person, NOW).review.doses[0].dose == 4.0


def test_an_activity_without_a_try_asks_for_one_and_a_try_gives_a_dose(db: None) -> None:
    person = a_person(walking(baseline=None), now=NOW)
    save_answers(person=person, answers=all_clear(), now=NOW)
    assert review_today(person=person, now=NOW).review.needs_tries == ("walking",)
    assert add_try(person=person, activity="walking", amount=10.0, now=NOW).tries == (10.0,)
    assert review_today(person=person, now=NOW).review.doses[0].dose == 8.0


def test_weeks_show_the_typical_amount_and_gaps_as_gaps(db: None) -> None:
    days = some_days(150)
    person = a_person(walking(started=days[0].day), now=noon(days[0].day))
    gap = TODAY - timedelta(days=TODAY.weekday() + 14)
    live(person, [day for day in days if not gap <= day.day < gap + timedelta(days=7)])
    weeks = review_today(person=person, now=NOW).weekly["walking"]
    assert [week.monday.weekday() for week in weeks] == [0] * 12
    assert [week.monday for week in weeks if week.typical is None] == [gap]
    assert all(8 <= week.typical <= 13 for week in weeks if week.typical is not None)


def test_weeks_are_the_same_from_the_checkpoint_and_from_all_days(db: None) -> None:
    days = some_days(150)
    lived = a_person(walking(started=days[0].day), now=noon(days[0].day))
    live(lived, days)
    brought = a_person(walking(started=days[0].day), now=noon(days[0].day))
    bring(brought, days)
    both = [review_today(person=one, now=NOW).weekly for one in (lived, brought)]
    assert both[0] == both[1]


def test_a_checkpoint_of_an_older_dose_rule_is_folded_anew(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = some_days(120)
    person = a_person(walking(started=days[0].day), now=noon(days[0].day))
    live(person, days)
    save_answers(person=person, answers=all_clear(), now=NOW)
    monkeypatch.setattr("safetomove.core.pacing.rule.RULE_VERSION", "2099-01-01")
    assert len(assert_same(person, NOW).record.diary.check_ins) == len(days)
    tomorrow = a_day(120, first=days[0].day)
    live(person, [tomorrow])
    assert look(person).file.checkpoint.climbs


def test_no_dose_is_shown_before_the_safety_questions(db: None) -> None:
    person = a_person(walking(), now=NOW)
    assert review_today(person=person, now=NOW).review.doses == ()


def test_what_stands_in_the_file_survives_the_way_in_and_out(db: None) -> None:
    days = some_days(120)
    person = a_person(walking(started=days[0].day), now=noon(days[0].day))
    live(person, days)
    save_answers(person=person, answers=all_clear(), now=NOW)
    held = hold(person)
    again = open_file(seal_file(held.file, seal=held.seal, version=9), seal=held.seal, version=9)
    assert repr(again) == repr(held.file)


def test_a_day_noted_ahead_by_a_traveller_is_not_shown_before_it_comes(db: None) -> None:
    person = start_guest(now=NOW, zone="Pacific/Kiritimati")
    live_at = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)
    ahead = CheckIn(day=date(2026, 11, 23), pain=4)
    save_check_in(person=person, check_in=ahead, client_key="a", now=live_at)
    assert CheckInRow.objects.count() == 1
    assert review_today(person=person, now=live_at).check_in == ahead


def test_a_clock_that_ran_ahead_and_was_put_right_breaks_nothing(db: None) -> None:
    days = some_days(120, last=TODAY + timedelta(days=119))
    person = a_person(walking(started=days[0].day), now=noon(days[0].day))
    live(person, days)
    last = days[60].day
    save_answers(person=person, answers=all_clear(given_on=last), now=noon(last))
    assert look(person).file.checkpoint.through > last
    today = review_today(person=person, now=noon(last))
    held = look(person)
    kept = tuple(one for one in whole_diary(held).check_ins if one.day <= last)
    whole = replace(from_the_whole_diary(person, today), diary=Diary(kept))
    plain = review_day(whole, today=last, rules=safety.rules_in_force(last))
    assert [_plain(d) for d in today.review.doses] == [_plain(d) for d in plain.doses]


def test_a_flare_up_of_long_ago_is_still_shown_on_its_week(db: None) -> None:
    days = [replace(day, flare=False) for day in some_days(84)]
    days[10] = replace(days[10], flare=True)
    person = a_person(walking(started=days[0].day), now=noon(days[0].day))
    live(person, days)
    (weeks,) = review_today(person=person, now=NOW).weekly.values()
    flared = [week.monday for week in weeks if week.flare]
    assert flared == [monday(days[10].day)]


SEVERAL = ("walking", "swimming", "gardening", "dancing")


@SLOW
@given(
    days=st.lists(st.none() | DAY, min_size=62, max_size=110),
    turns=st.lists(
        st.tuples(
            st.integers(0, 109),
            st.sampled_from(SEVERAL),
            st.sampled_from(["leave", "goal", "fresh", "try"]),
        ),
        max_size=4,
    ),
)
def test_several_activities_are_the_same_from_a_checkpoint_whatever_is_changed_on_the_way(
    db: None, days: list[dict[str, object] | None], turns: list[tuple[int, str, str]]
) -> None:
    first = TODAY - timedelta(days=len(days) - 1)
    person = start_guest(now=noon(first))
    for n, id in enumerate(SEVERAL):
        tries = {"baseline": None, "tries": (6.0,)} if n == 2 else {}
        plan = walking(id=id, started=first, goal=9.0 + 3 * n, **tries)
        choose_activity(person=person, plan=plan, now=noon(first))
    for n, told in enumerate(days):
        day = first + timedelta(days=n)
        for _, id, how in (turn for turn in turns if turn[0] == n):
            change_one(person, id, how, now=noon(day))
        if told is not None:
            done = dict.fromkeys(SEVERAL, sum(told["done"].values(), 1.0))  # type: ignore[attr-defined]
            live(person, [CheckIn(day=day, **{**told, "done": done})])
    save_answers(person=person, answers=all_clear(), now=NOW)
    assert_same(person, NOW)


def change_one(person: UUID, id: str, how: str, *, now: datetime) -> None:
    """Change one of several activities on the way, if it is still there to be changed."""
    plan = next((each for each in look(person).file.plans if each.id == id), None)
    if plan is None:
        choose_activity(person=person, plan=walking(id=id, started=now.date()), now=now)
    elif how == "leave":
        leave_activity(person=person, activity=id, now=now)
    elif how == "goal":
        change_plan(person=person, plan=replace(plan, goal=plan.goal * 1.5), now=now)
    elif how == "fresh" or plan.baseline is not None or len(plan.tries) > 2:
        change_plan(person=person, plan=replace(plan, baseline=4.0), now=now)
    else:
        add_try(person=person, activity=id, amount=7.0, now=now)


def test_a_goal_moved_twice_on_one_day_does_not_jump_either(db: None) -> None:
    days = some_days(150)
    plan = walking(started=days[0].day, goal=10.0)
    person = a_person(plan, now=noon(days[0].day))
    live(person, [replace(day, flare=False) for day in days])
    save_answers(person=person, answers=all_clear(), now=NOW)
    for goal in (60.0, 61.0, 59.0):
        change_plan(person=person, plan=replace(plan, goal=goal), now=NOW)
    assert assert_same(person, NOW).review.doses[0].unrounded <= 10.0 * 1.15


def test_leaving_one_of_four_moves_no_other_number(db: None) -> None:
    days = some_days(100)
    person = start_guest(now=noon(days[0].day))
    for id in SEVERAL:
        plan = walking(id=id, started=days[0].day, goal=60.0)
        choose_activity(person=person, plan=plan, now=noon(days[0].day))
    live(person, [replace(day, done=dict.fromkeys(SEVERAL, 20.0), flare=False) for day in days])
    save_answers(person=person, answers=all_clear(), now=NOW)
    before = {d.activity: d.dose for d in review_today(person=person, now=NOW).review.doses}
    leave_activity(person=person, activity="swimming", now=NOW)
    after = {d.activity: d.dose for d in assert_same(person, NOW).review.doses}
    assert after == {id: dose for id, dose in before.items() if id != "swimming"}
