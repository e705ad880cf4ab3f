"""The rules in use do what their names say, and the frontier compares like with like."""

import math
from dataclasses import replace

import numpy as np
import pytest

from safetomove.core.pacing import DayObservations
from safetomove.core.simulation import Cohort, FamilyId, Measured, Scores, live, metrics, policy
from safetomove.core.simulation.frontier import frontier_at, gained, gap, ratio
from safetomove.core.simulation.measures import BadComparison
from safetomove.core.simulation.policies import (
    SWEEPS,
    FlareHold,
    Oracle,
    Ours,
    PolicyId,
    Quota,
    TrafficLight,
)

NAN = float("nan")


def day(**told: float) -> DayObservations:
    columns = dict.fromkeys(("flare", "pain", "sleep", "stress", "done", "planned"), NAN)
    return DayObservations(**{name: np.array([it]) for name, it in (columns | told).items()})


def walked(rule: object, *days: DayObservations) -> list[float]:
    state = rule.start(1, baseline=10.0, goal=30.0)  # type: ignore[attr-defined]
    first = rule.next(state, day())  # type: ignore[attr-defined]
    return [float(first[0]), *(float(rule.next(state, one)[0]) for one in days)]  # type: ignore[attr-defined]


def test_a_quota_rises_by_the_calendar_up_to_the_goal() -> None:
    doses = walked(Quota(weekly=0.1, start_share=0.8), *[day(flare=1)] * 200)
    assert doses[0] == 8.0
    assert doses[7] == pytest.approx(8.8)
    assert doses[-1] == 30.0


def test_a_flare_hold_steps_back_once_and_waits_also_through_silence() -> None:
    doses = walked(FlareHold(weekly=0.1, back=0.2), day(flare=1), day(), day(flare=1), day(flare=0))
    assert doses[:4] == pytest.approx([10.0, 8.0, 8.0, 8.0])
    assert doses[4] > 8.0


def test_a_traffic_light_grows_on_green_holds_on_amber_and_cuts_on_red() -> None:
    rule = TrafficLight(daily=0.02, back=0.2)
    days = [day(pain=5, flare=0), day(pain=6.2, flare=0), day(), day(pain=8, flare=0)]
    assert walked(rule, *days) == pytest.approx([10.0, 10.2, 10.2, 10.2, 8.16])


def test_no_rule_in_use_falls_below_half_of_habit() -> None:
    for rule in (FlareHold(weekly=0.1, back=0.2), TrafficLight(daily=0.02, back=0.2)):
        assert min(walked(rule, *[day(flare=n % 2, pain=9.0) for n in range(60)])) == 5.0


def test_ours_is_the_shipped_rule_from_the_baseline_that_it_would_find() -> None:
    assert walked(Ours(), day(flare=0))[0] == 8.0


def test_every_named_policy_is_fresh_and_every_class_is_swept() -> None:
    assert all(policy(name) is not None for name in PolicyId)
    assert policy(PolicyId.OURS) is not policy(PolicyId.OURS)
    assert all(len(rules) >= 10 for rules in SWEEPS.values())


def test_the_yardstick_that_knows_all_gets_more_for_less_where_dose_matters() -> None:
    people = Cohort.of(FamilyId.THRESHOLD, people=400, days=84, seed=2)
    knows = Scores.of(live(people, Oracle(limit=0.04)))
    blind = Scores.of(live(people, Quota(weekly=0.05)))
    assert knows.activity.mean() > blind.activity.mean()
    assert knows.flare_days.mean() < blind.flare_days.mean()


def test_the_frontier_is_the_upper_hull_and_ends_where_nothing_was_tried() -> None:
    days, minutes = np.array([1.0, 2.0, 3.0]), np.array([1.0, 1.1, 2.0])
    assert frontier_at(days, minutes, 2.0) == pytest.approx(1.5)
    assert frontier_at(days, minutes, 2.5) == pytest.approx(1.75)
    assert frontier_at(days, minutes, 1.0) == 1.0
    assert math.isnan(frontier_at(days, minutes, 0.9))
    assert math.isnan(frontier_at(days, minutes, 3.1))


def scores(flare_days: float, activity: float, n: int = 400) -> Scores:
    luck = np.sin(np.arange(n) * 12.9898) * 3
    return Scores(
        activity=activity + 0.02 * luck,
        flare_days=flare_days + luck,
        late_flare_days=np.zeros(n),
        stayed=np.ones(n),
        strict=np.zeros(n),
        ability=np.ones(n),
    )


def test_a_gap_is_told_at_equal_flare_up_days_with_its_interval() -> None:
    others = [scores(8.0, 0.8), scores(16.0, 1.2)]
    found = gap(scores(12.0, 1.1), others, seed=1)
    assert found.points == pytest.approx(10.0, abs=0.01)
    assert found.low <= found.points <= found.high
    assert math.isnan(gap(scores(4.0, 1.1), others, seed=1).points)


def test_a_step_between_two_rules_is_taken_each_at_its_own_flare_up_days() -> None:
    others = [scores(8.0, 0.8), scores(16.0, 1.2)]
    old, new = scores(10.0, 0.95), scores(14.0, 1.17)  # 5 and 7 points above the frontier
    found = gained(new, old, others, seed=1)
    assert found.points == pytest.approx(2.0, abs=0.01)
    assert found.low <= found.points <= found.high
    assert gained(old, new, others, seed=1).points == pytest.approx(-2.0, abs=0.01)
    assert math.isnan(gained(scores(4.0, 1.1), old, others, seed=1).points)


def test_a_policy_against_itself_has_a_gap_of_nought_and_a_ratio_of_one() -> None:
    one = scores(12.0, 1.1)
    assert gap(one, [one], seed=1).points == pytest.approx(0.0, abs=1e-9)
    same = ratio(one, one, seed=1)
    assert (same.points, same.low, same.high) == pytest.approx((1.0, 1.0, 1.0))


def test_harm_is_more_flare_up_days_than_the_same_person_has_by_habit() -> None:
    habit = scores(10.0, 1.0)
    worse = replace(habit, flare_days=habit.flare_days + (np.arange(400) < 100))
    found = metrics(worse, habit)
    assert (found["harm"].mean, found["spared"].mean) == (0.25, 0.0)
    assert found["gain"].mean == 0.0
    with pytest.raises(BadComparison):
        metrics(worse, scores(10.0, 1.0, n=399))


def test_an_interval_narrows_with_the_number_of_people() -> None:
    few, many = (Measured.of(np.arange(n) % 2.0) for n in (100, 10_000))
    assert (many.high - many.low) < (few.high - few.low) / 9
