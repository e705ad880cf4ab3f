"""The parts around the rule: rounding, tries, plans, checkpoints, arrays and words."""

import json
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from safetomove.content.doses import COUNTS, DAYS, because
from safetomove.content.files import read
from safetomove.core.diary import Diary
from safetomove.core.pacing import (
    ActivityPlan,
    BadCheckpoint,
    BadDay,
    BadPlan,
    Climb,
    DayObservations,
    NoBaseline,
    Reason,
    ReasonCode,
    Unit,
    baseline_from_tries,
    climb_through,
    default_policy,
    rule_dose,
)
from safetomove.core.pacing.rounding import grains, round_down, round_up
from tests.people import a_day, walking

FIRST = date(2026, 1, 5)
PLAN = walking(started=FIRST)
DIARY = Diary(tuple(a_day(n, first=FIRST) for n in range(120)))


@pytest.mark.parametrize(
    ("amount", "unit", "shown"),
    [
        (13.7, Unit.MINUTES, 13.5),
        (7.9, Unit.MINUTES, 7.75),
        (45.9, Unit.MINUTES, 45.0),
        (134.0, Unit.MINUTES, 130.0),
        (2.6, Unit.MINUTES, 2.5),
        (44.0, Unit.SECONDS, 40.0),
        (6.9, Unit.REPETITIONS, 6.0),
        (437.0, Unit.METRES, 430.0),
        (4180.0, Unit.STEPS, 4100.0),
        (13.0, Unit.MINUTES, 13.0),
    ],
)
def test_a_dose_is_rounded_down_to_what_can_be_done(
    amount: float, unit: Unit, shown: float
) -> None:
    assert round_down(amount, unit) == pytest.approx(shown)
    assert round_up(shown, unit) == pytest.approx(shown)


@pytest.mark.parametrize("unit", [unit for unit in Unit if unit is not Unit.REPETITIONS])
def test_a_grain_is_at_most_fifteen_percent_of_a_dose_worth_asking_for(unit: Unit) -> None:
    start = 0.0
    for below, grain, parts in grains(unit):
        assert start == 0.0 or grain / parts <= 0.15 * start
        assert start == 0.0 or round_down(start, unit) == start
        start = below


@pytest.mark.parametrize(
    ("tries", "recent_flare", "baseline"),
    [
        ((10.0,), False, 8.0),
        ((10.0, 20.0), False, 12.0),
        ((10.0, 30.0, 12.0), False, 9.6),
        ((10.0, 30.0, 12.0), True, 8.4),
        ((10.0, 30.0, 12.0, 500.0), False, 9.6),
    ],
)
def test_the_start_lies_below_the_middle_try(
    tries: tuple[float, ...], recent_flare: bool, baseline: float
) -> None:
    assert baseline_from_tries(tries, recent_flare=recent_flare) == pytest.approx(baseline)


def test_no_tries_and_impossible_tries_are_refused() -> None:
    with pytest.raises(NoBaseline):
        baseline_from_tries((), recent_flare=False)
    for amount in (0.0, -1.0, float("nan"), float("inf")):
        with pytest.raises(BadPlan):
            baseline_from_tries((amount,), recent_flare=False)


@pytest.mark.parametrize(
    "change",
    [{"id": ""}, {"id": "a,b"}, {"goal": 0.0}, {"baseline": -2.0}, {"tries": (float("nan"),)}],
)
def test_a_plan_that_cannot_be_followed_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(BadPlan):
        replace(PLAN, **change)  # type: ignore[arg-type]


def test_a_plan_comes_back_from_json_as_it_was() -> None:
    plan = replace(PLAN, tries=(7.5, 9.0), goal_text="to the allotment and back")
    assert ActivityPlan.from_json(json.loads(json.dumps(plan.to_json()))) == plan


@pytest.mark.parametrize(
    "change", [{"unit": "miles"}, {"started": "soon"}, {"goal": "far"}, {"colour": "red"}]
)
def test_a_plan_file_that_cannot_be_read_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(BadPlan):
        ActivityPlan.from_json(PLAN.to_json() | change)


def test_a_stored_climb_of_another_rule_or_plan_or_a_later_day_is_refused() -> None:
    climb = climb_through(PLAN, DIARY, until=FIRST + timedelta(days=60))
    for broken in ({"rule_version": "1999-01-01"}, {"tries": None}, {"footing": {"goal": 3}}):
        with pytest.raises(BadCheckpoint):
            Climb.from_json(climb.to_json() | broken)
    with pytest.raises(BadCheckpoint):
        climb_through(PLAN, DIARY, until=FIRST + timedelta(days=59), start=climb)
    with pytest.raises(BadCheckpoint):
        climb_through(replace(PLAN, baseline=9.0), DIARY, until=climb.day, start=climb)


def test_folding_on_from_a_climb_leaves_that_climb_as_it_was() -> None:
    climb = climb_through(PLAN, DIARY, until=FIRST + timedelta(days=30))
    before = climb.to_json()
    climb_through(PLAN, DIARY, until=FIRST + timedelta(days=90), start=climb)
    assert climb.to_json() == before


def test_a_goal_moved_further_away_lets_a_stored_climb_climb_on() -> None:
    near = replace(PLAN, goal=8.1)
    climb = climb_through(near, DIARY, until=FIRST + timedelta(days=8))
    further = climb_through(PLAN, DIARY, until=FIRST + timedelta(days=10), start=climb)
    assert climb.level == 8.1
    assert further.level > 8.1


def observations(n: int, **columns: float) -> DayObservations:
    names = ("flare", "pain", "sleep", "stress", "done", "planned")
    return DayObservations(**{name: np.full(n, columns.get(name, np.nan)) for name in names})


def test_an_unseen_first_day_returns_the_baseline() -> None:
    policy = default_policy()
    state = policy.start(3, baseline=np.array([5.0, 8.0, 2.0]), goal=30.0)
    assert policy.next(state, observations(3)).tolist() == [5.0, 8.0, 2.0]


def test_a_day_that_does_not_fit_is_refused() -> None:
    policy = default_policy()
    state = policy.start(3, baseline=5.0, goal=30.0)
    with pytest.raises(BadDay):
        policy.next(state, observations(4))
    for wrong in ({"sleep": np.inf}, {"planned": -0.5}, {"flare": 2.0}, {"done": -1.0}):
        with pytest.raises(BadDay):
            observations(3, **wrong)
    with pytest.raises(BadDay):
        policy.start(2, baseline=0.0, goal=30.0)


def test_sleep_and_stress_may_come_on_any_steady_scale() -> None:
    policy = default_policy()
    state = policy.start(2, baseline=10.0, goal=30.0)
    for night in range(60):
        wave = float(night % 3 - 1)  # scores that go both ways about nought
        dose = policy.next(
            state, observations(2, flare=0.0, sleep=wave, stress=-wave, done=10.0, planned=10.0)
        )
    assert (dose > 10.0).all()


def test_one_persons_dose_needs_no_numpy() -> None:
    look = "import sys, safetomove.core.pacing; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", look], check=False).returncode == 0


def words(table: str) -> dict[str, str]:
    file = read("en", "doses")
    assert file is not None
    found = file.body[table]
    assert isinstance(found, dict)
    return found


def test_every_reason_has_a_sentence_and_every_sentence_a_reason() -> None:
    assert set(words("reasons")) == {code.value for code in ReasonCode}
    assert set(words("one_day")) < set(words("reasons"))
    assert set(words("units")) == {unit.value for unit in Unit}


def test_every_sentence_can_be_filled_from_the_reasons_facts() -> None:
    seen = set()
    for n in range(120):
        for reason in rule_dose(PLAN, DIARY, today=FIRST + timedelta(days=n)).reasons:
            said = because(reason)
            assert "{" not in said
            seen.add(reason.code)
    assert len(seen) > 8


@pytest.mark.parametrize(("days", "said"), [(1, "a day with"), (2, "2 days with")])
def test_one_day_is_said_in_the_singular(days: int, said: str) -> None:
    facts = {"flare_free_days": days, "yesterday": 1.0, "unit": "minutes"}
    sentence = because(Reason(code=ReasonCode.FLARE_FREE_DAYS, facts=facts))
    assert said in sentence
    assert "1 minute." in sentence


def test_no_reason_can_lack_a_word_for_its_facts() -> None:
    facts = dict.fromkeys(DAYS | COUNTS, 3) | dict.fromkeys(
        ("amount", "baseline", "yesterday", "goal", "before", "level", "done"), 4.5
    )
    for code in ReasonCode:
        assert because(Reason(code=code, facts=facts | {"unit": "steps"}))
