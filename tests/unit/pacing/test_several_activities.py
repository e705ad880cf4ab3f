"""Several activities at once, by hand: they take turns, and the sum stays small."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from safetomove.core import safety
from safetomove.core.diary import CheckIn, Diary
from safetomove.core.pacing import ActivityPlan, Climb, DoseDecision, ReasonCode, climbs_through
from safetomove.core.record import PatientRecord
from safetomove.core.review import review_day
from tests.people import all_clear, walking

MONDAY = date(2026, 9, 7)
WEEK = 7
FOUR = ("walking", "swimming", "gardening", "dancing")


def plans(*ids: str, **changes: object) -> list[ActivityPlan]:
    asked = {"started": MONDAY, "baseline": 10.0, "goal": 60.0} | changes
    return [replace(walking(), id=id, name=id.title(), **asked) for id in ids]


def did_all(n: int, *ids: str, **more: object) -> CheckIn:
    told: dict[str, object] = {"flare": False, "done": dict.fromkeys(ids, 30.0)}
    return CheckIn(day=MONDAY + timedelta(days=n), **(told | more))  # type: ignore[arg-type]


def good_days(count: int, *ids: str) -> Diary:
    return Diary(tuple(did_all(n, *ids) for n in range(count)))


def climbs(chosen: list[ActivityPlan], diary: Diary, days: int) -> dict[str, Climb]:
    return climbs_through(chosen, diary, until=MONDAY + timedelta(days=days - 1))


def grew(chosen: list[ActivityPlan], diary: Diary, week: int) -> set[str]:
    """Name the activities whose climb grew in a week, the first being 1."""
    before = climbs(chosen, diary, WEEK * (week - 1)) if week > 1 else {}
    after = climbs(chosen, diary, WEEK * week)
    return {id for id in after if after[id].level > (before[id].level if before else 10.0)}


def test_of_four_activities_two_grow_each_week_and_then_the_other_two() -> None:
    diary = good_days(4 * WEEK, *FOUR)
    by_week = [grew(plans(*FOUR), diary, week) for week in (1, 2, 3, 4)]
    assert [len(each) for each in by_week] == [2, 2, 2, 2]
    assert by_week[0] | by_week[1] == set(FOUR)
    assert by_week[0] == by_week[2] != by_week[1] == by_week[3]


def test_of_three_activities_each_grows_in_two_weeks_of_three() -> None:
    three = FOUR[:3]
    level = climbs(plans(*three), good_days(3 * WEEK, *three), 3 * WEEK)
    assert [each.level for each in level.values()] == pytest.approx([10 * 1.015**14] * 3)


def test_one_at_its_goal_or_not_done_lately_gives_its_turn_away() -> None:
    chosen = plans(*FOUR)
    chosen[0] = replace(chosen[0], goal=10.0)
    diary = good_days(5 * WEEK, *FOUR[:3])  # the fourth is never told as done
    assert {frozenset(grew(chosen, diary, week)) for week in (3, 4, 5)} == {frozenset(FOUR[1:3])}


def test_while_a_start_is_being_found_only_one_other_grows() -> None:
    chosen = plans(*FOUR[:2]) + plans("dancing", baseline=None, tries=(5.0,))
    only_walks = Diary(tuple(did_all(n, *FOUR[:2]) for n in range(WEEK)))
    assert len(grew(chosen[:2], only_walks, 1)) == 2
    assert len(grew(chosen, only_walks, 1) - {"dancing"}) == 1


def test_a_flare_up_steps_all_of_them_back_and_the_way_back_needs_no_turn() -> None:
    days = [did_all(n, *FOUR) for n in range(8)]
    days[0] = replace(days[0], flare=True)
    after = climbs(plans(*FOUR), Diary(tuple(days[:1])), 1)
    assert {each.level for each in after.values()} == {8.5}
    later = climbs(plans(*FOUR), Diary(tuple(days)), 8)
    assert [each.level for each in later.values()] == pytest.approx([8.5 * 1.015**7] * 4)
    assert not any(each.waited for each in later.values())


def test_a_new_activity_moves_no_other() -> None:
    new = plans("dancing", started=MONDAY + timedelta(days=WEEK))
    diary, old = good_days(WEEK, *FOUR[:3]), plans(*FOUR[:3])
    with_it = climbs_through([*old, *new], diary, until=MONDAY + timedelta(days=6))
    assert with_it.pop("dancing").level == 10.0
    assert with_it == climbs(old, diary, WEEK)


def reviewed(chosen: list[ActivityPlan], diary: Diary, today: date) -> list[DoseDecision]:
    answers = all_clear(given_on=today)
    record = PatientRecord(safety=answers, plans=tuple(chosen), diary=diary)
    return list(review_day(record, today=today, rules=safety.newest_rules()).doses)


def test_the_review_says_who_waits_for_a_turn_and_holds_that_number() -> None:
    doses = reviewed(plans(*FOUR), good_days(6, *FOUR), MONDAY + timedelta(days=6))
    waiting = {dose.activity for dose in doses for reason in dose.reasons
               if reason.code is ReasonCode.TAKING_TURNS}  # fmt: skip
    assert len(waiting) == 2
    assert {dose.activity: dose.dose for dose in doses} == {
        id: 10.0 if id in waiting else 10.5 for id in FOUR
    }


def test_two_activities_are_never_told_of_turns() -> None:
    doses = reviewed(plans(*FOUR[:2]), good_days(6, *FOUR), MONDAY + timedelta(days=6))
    assert [dose.dose for dose in doses] == [10.5, 10.5]
    codes = {reason.code for dose in doses for reason in dose.reasons}
    assert ReasonCode.TAKING_TURNS not in codes


def test_a_number_that_waits_is_not_said_to_have_grown() -> None:
    for n in range(1, 5 * WEEK):
        for dose in reviewed(plans(*FOUR), good_days(n, *FOUR), MONDAY + timedelta(days=n)):
            codes = {reason.code for reason in dose.reasons}
            grown = {ReasonCode.FLARE_FREE_DAYS, ReasonCode.SMALL_STEPS_ADD_UP}
            assert len(codes & (grown | {ReasonCode.TAKING_TURNS})) == 1
            assert (ReasonCode.TAKING_TURNS in codes) <= (dose.change.value == "hold")
