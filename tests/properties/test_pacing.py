"""What the dose rule never does, over ten thousand invented histories.

Ten thousand run as arrays, a thousand at a time from a drawn seed; three hundred more are
diaries that Hypothesis makes and, when one fails, shrinks.
"""

import json
import math
from collections.abc import Iterator
from dataclasses import astuple, fields, replace
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from safetomove.core.diary import CheckIn, Diary
from safetomove.core.pacing import (
    ActivityPlan,
    Climb,
    DayObservations,
    DoseDecision,
    Unit,
    climb_through,
    default_policy,
    rule_dose,
)
from safetomove.core.pacing.rounding import WHOLE

FIRST = date(2026, 1, 5)
MOST_RISE = 1.15
MOST_RISE_UNHEARD = 1.015**7 * 1.000001
PEOPLE, DAYS = 1000, 120
HAIR = 1e-9  # relative: for sums that the test works out in another order than the rule

History = list[DayObservations]
seeds = st.integers(0, 2**32 - 1)


def lives(seed: int, people: int, days: int) -> tuple[np.ndarray, np.ndarray, History]:
    """Return baselines, goals and days of very different people, with holes everywhere."""
    rng = np.random.default_rng(seed)
    baseline = rng.choice([0.4, 3.0, 12.0, 400.0], people) * rng.uniform(0.5, 2.0, people)
    goal = baseline * rng.uniform(0.8, 5.0, people)
    flares, silence = rng.uniform(0, 0.4, people), rng.uniform(0, 0.5, people)
    quiet = rng.random(people) < 0.25  # never say what they did
    away = np.zeros(people, dtype=int)
    history = []
    for _ in range(days):
        away = np.where(
            away > 0, away - 1, rng.integers(25, 40, people) * (rng.random(people) < 0.005)
        )
        gone = (rng.random(people) < silence) | (away > 0)

        def told(values: np.ndarray, gone: np.ndarray = gone) -> np.ndarray:
            return np.where(gone | (rng.random(people) < 0.15), np.nan, values)

        history.append(
            DayObservations(
                flare=told((rng.random(people) < flares).astype(float)),
                pain=told(rng.integers(0, 11, people).astype(float)),
                sleep=told(rng.integers(0, 21, people) / 2),
                stress=told(rng.integers(0, 21, people) / 2),
                done=told(
                    np.where(
                        quiet, np.nan, baseline * rng.choice([0.0, 0.3, 1.0, 1.7, 9.0], people)
                    )
                ),
                planned=told(baseline * rng.choice([0.0, 1.0, 1.4], people)),
            )
        )
    return baseline, goal, history


def doses(baseline: np.ndarray, goal: np.ndarray, history: History) -> Iterator[np.ndarray]:
    """Yield the dose of the first day, then the next day's after each lived day."""
    policy = default_policy()
    state = policy.start(len(baseline), baseline=baseline, goal=goal)
    yield baseline
    for day in history:
        yield policy.next(state, day)


def person(seed: int, days: int) -> tuple[ActivityPlan, Diary, History]:
    """Return one life as a plan and a diary, and the same life as arrays."""
    baseline, goal, history = lives(seed, 1, days)
    plan = walking(baseline=float(baseline[0]), goal=float(goal[0]))
    rows = (check_in(n, day) for n, day in enumerate(history))
    return plan, Diary(tuple(row for row in rows if not row.empty)), history


def check_in(n: int, day: DayObservations) -> CheckIn:
    one = {part.name: float(getattr(day, part.name)[0]) for part in fields(day)}
    known = {name: value for name, value in one.items() if not math.isnan(value)}
    return CheckIn(
        day=FIRST + timedelta(days=n),
        pain=known.get("pain"),
        flare=bool(known["flare"]) if "flare" in known else None,
        sleep_quality=known.get("sleep"),
        stress=known.get("stress"),
        done={"walking": known["done"]} if "done" in known else {},
        planned={"walking": known["planned"]} if "planned" in known else {},
    )


def walking(**changes: object) -> ActivityPlan:
    plan = ActivityPlan(
        id="walking", name="Walking", unit=Unit.MINUTES, goal=30.0, started=FIRST, baseline=8.0
    )
    return replace(plan, **changes)  # type: ignore[arg-type]


@settings(max_examples=10, deadline=None)
@given(seed=seeds)
def test_nobody_is_ever_asked_for_too_much_too_little_or_nothing(seed: int) -> None:
    baseline, goal, history = lives(seed, PEOPLE, DAYS)
    given_doses = list(doses(baseline, goal, history))
    for yesterday, today in pairwise(given_doses):
        assert (today <= yesterday * MOST_RISE).all()
        assert (today >= baseline * 0.5).all()
        assert (today <= np.maximum(goal, baseline)).all()
        assert np.isfinite(today).all()
        assert (today > 0).all()
    for lived, before, after in zip(history, given_doses, given_doses[1:], strict=False):
        flare = lived.flare == 1
        assert (after[flare] <= before[flare]).all()
    quiet = np.all([np.isnan(day.done) for day in history], axis=0)
    assert quiet.any()
    for dose in given_doses:
        assert (dose <= baseline * MOST_RISE_UNHEARD)[quiet].all()
    again = list(doses(baseline, goal, history))
    assert all((one == two).all() for one, two in zip(given_doses, again, strict=True))


@settings(max_examples=25, deadline=None)
@given(seed=seeds)
def test_one_persons_dose_is_the_virtual_patients_dose_to_the_last_bit(seed: int) -> None:
    plan, diary, history = person(seed, 200)
    policy = default_policy()
    state = policy.start(1, baseline=plan.baseline, goal=plan.goal)
    climb: Climb | None = None
    for n, day in enumerate(history):
        dose = policy.next(state, day)
        climb = climb_through(plan, diary, until=FIRST + timedelta(days=n), start=climb)
        assert climb.footing.dose == dose[0]
    assert climb is not None
    many = [value[0] for value in astuple(state)]
    assert list(astuple(climb.footing)) == many


@settings(max_examples=25, deadline=None)
@given(seed=seeds, data=st.data())
def test_a_climb_taken_up_from_a_checkpoint_is_the_climb_of_the_whole_diary(
    seed: int, data: st.DataObject
) -> None:
    plan, diary, _ = person(seed, 150)
    plan = replace(plan, baseline=data.draw(st.sampled_from([plan.baseline, None])))
    cut = FIRST + timedelta(days=data.draw(st.integers(-1, 149)))
    end = FIRST + timedelta(days=155)
    stored = json.loads(json.dumps(climb_through(plan, diary, until=cut).to_json()))
    head = Climb.from_json(stored)
    tail = Diary(tuple(day for day in diary.check_ins if day.day > cut))
    assert climb_through(plan, tail, until=end, start=head) == climb_through(plan, diary, until=end)


scores = st.none() | st.integers(0, 10).map(float)
amounts = st.none() | st.sampled_from([0.0, 1.0, 4.0, 10.0, 11.0, 12.0, 60.0])
rows = st.none() | st.tuples(st.sampled_from([None, False, False, True]), scores, scores, amounts)


@st.composite
def diaries(draw: st.DrawFn) -> Diary:
    """Draw up to five weeks of days, some blank, some half told."""
    kept = []
    for n, row in enumerate(draw(st.lists(rows, max_size=36))):
        if row is not None:
            flare, sleep, stress, done = row
            told = {} if done is None else {"walking": done}
            day = FIRST + timedelta(days=n)
            kept.append(
                CheckIn(day=day, flare=flare, sleep_quality=sleep, stress=stress, done=told)
            )
    return Diary(tuple(day for day in kept if not day.empty))


@st.composite
def plans(draw: st.DrawFn) -> ActivityPlan:
    return walking(
        unit=draw(st.sampled_from(Unit)),
        goal=draw(st.sampled_from([3.0, 12.4, 30.0, 400.0])),
        baseline=draw(st.sampled_from([None, 0.7, 2.0, 8.0, 55.0])),
        tries=draw(st.sampled_from([(), (6.0,), (5.0, 9.0, 7.0)])),
    )


def decisions(plan: ActivityPlan, diary: Diary) -> Iterator[tuple[CheckIn | None, DoseDecision]]:
    """Yield each day's own check-in and its dose, from the first day that has a baseline."""
    climb: Climb | None = None
    for n in range(40):
        today = FIRST + timedelta(days=n)
        climb = climb_through(plan, diary, until=today - timedelta(days=1), start=climb)
        if climb.baseline is not None:
            yield diary.on(today), rule_dose(plan, diary, today=today, start=climb)


@settings(max_examples=300, deadline=None)
@given(plan=plans(), diary=diaries())
def test_no_diary_leads_to_a_leap_a_rise_in_a_flare_up_or_a_lost_climb(
    plan: ActivityPlan, diary: Diary
) -> None:
    before: DoseDecision | None = None
    flare_yesterday = False
    for check_in, now in decisions(plan, diary):
        told = check_in.flare if check_in else None
        low, high = now.room
        assert 0 < low <= now.dose <= high
        assert now.reasons
        if before is not None:
            whole = plan.unit in WHOLE
            most = before.dose * MOST_RISE
            assert now.dose <= (max(most, before.dose + 1) if whole else most) * (1 + HAIR)
            assert high <= max(before.dose * MOST_RISE, before.dose + whole) * (1 + HAIR)
            assert now.unrounded <= before.unrounded * MOST_RISE
            if flare_yesterday or told:
                assert now.dose <= before.dose
                assert high <= before.dose
                assert now.unrounded <= before.unrounded
            if not climbed_or_flared(before, now, diary):
                assert now.climb.level >= before.climb.level
        flare_yesterday, before = bool(told), now


def climbed_or_flared(before: DoseDecision, now: DoseDecision, diary: Diary) -> bool:
    """Say whether the day between had a check-in, or the baseline was still being found."""
    finding = len(now.climb.tries) < 3 or before.climb.tries != now.climb.tries
    return diary.on(now.climb.day) is not None or finding
