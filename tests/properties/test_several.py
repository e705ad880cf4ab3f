"""What several climbs together never do, over ten thousand invented histories.

Each history has one to five activities, flare-ups, gaps, answers left out, goals that are
changed on the way, activities that come later and some that are left.
"""

import json
import random
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safetomove.core.diary import CheckIn, Diary
from safetomove.core.pacing import (
    MOST_CLIMBING,
    ActivityPlan,
    Climb,
    Unit,
    climb_through,
    climbs_through,
)
from safetomove.core.pacing.climb import Walk, stand
from safetomove.core.pacing.rounding import WHOLE, round_up
from safetomove.core.pacing.several import live_day

FIRST = date(2026, 1, 5)  # a Monday
HISTORIES, BATCHES = 10_000, 10
DAYS = 35  # at most: enough for the longest gap and the day after it
RISE, CLIMB = 1.15, 1.015
HAIR = 1e-9  # relative: for sums that the test works out in another order than the rule


@dataclass(frozen=True, slots=True)
class Stood:
    """What a climb was before one more day was lived."""

    level: float
    last: float
    shown: float
    baseline: float
    before_flare: float
    finding: bool
    after_flare: bool
    in_flare: bool


def stood(walk: Walk) -> Stood:
    foot = walk.foot
    return Stood(
        foot.level, foot.last, walk.shown, foot.baseline, foot.before_flare,
        walk.finding, foot.since_flare == 0.0, bool(foot.in_flare),
    )  # fmt: skip


def a_plan(rng: random.Random, n: int, *, started: date) -> ActivityPlan:
    size = rng.choice([2.0, 8.0, 12.5, 90.0])
    tries = rng.choice([None, None, (), (size,), (size, 2 * size, size)])
    return ActivityPlan(
        id=f"activity {n}",
        name="Something loved",
        unit=rng.choice(list(Unit)),
        goal=size * rng.choice([0.8, 1.05, 1.5, 4.0]),
        started=started,
        baseline=size if tries is None else None,
        tries=tries or (),
    )


def plans_of(rng: random.Random) -> list[ActivityPlan]:
    return [
        a_plan(rng, n, started=FIRST + timedelta(days=rng.choice([0, 0, 0, 3, 17])))
        for n in range(rng.randint(1, 5))
    ]


def a_day(rng: random.Random, day: date, plans: list[ActivityPlan], flares: float) -> CheckIn:
    def told(value: float) -> float | None:
        return None if rng.random() < 0.4 else value

    done = {
        plan.id: plan.goal * rng.choice([0.0, 0.2, 0.7, 1.0, 6.0])
        for plan in plans
        if rng.random() < 0.7
    }
    return CheckIn(
        day=day,
        flare=None if rng.random() < 0.2 else rng.random() < flares,
        sleep_quality=told(rng.randrange(11)),
        stress=told(rng.randrange(11)),
        done=done,
    )


def days_of(rng: random.Random, plans: list[ActivityPlan], last: int) -> dict[date, CheckIn]:
    flares, silence = rng.choice([0.0, 0.05, 0.3]), rng.choice([0.0, 0.2, 0.6])
    away = rng.choice([DAYS, DAYS, rng.randrange(DAYS)])
    back = away + rng.choice([4, 12, 30])
    days = {}
    for n in range(last):
        day = FIRST + timedelta(days=n)
        if not away <= n < back and rng.random() >= silence:
            days[day] = a_day(rng, day, plans, flares)
    return days


def chosen_otherwise(rng: random.Random, walks: list[Walk], eve: date) -> list[Walk]:
    """Return the climbs after the person moved a goal, or left an activity."""
    if rng.random() < 0.3 and len(walks) > 1:
        return [walk for walk in walks if walk is not rng.choice(walks)]
    changed = rng.choice(walks)
    goal = changed.plan.goal * rng.choice([0.3, 0.7, 1.5, 3.0])
    plan = replace(changed.plan, goal=goal)
    climb = stand(plan, Diary(), until=eve, start=changed.stop(eve))
    return [Walk(plan, climb) if walk is changed else walk for walk in walks]


def check_one(walk: Walk, was: Stood, lived: CheckIn | None) -> None:
    foot = walk.foot
    flare = lived.flare if lived else None
    whole = 1.0 if walk.plan.unit in WHOLE else 0.0
    assert foot.given <= was.last * RISE, "more than 15% up"
    assert foot.given <= was.level * CLIMB * (1 + HAIR), "above the climb"
    held = bool(flare or was.after_flare or (was.in_flare and flare is None))
    least = min(was.baseline * 0.5, was.last if held else was.last * RISE)
    assert foot.given >= least, "below half the baseline"
    if was.shown:
        assert walk.given <= max(was.shown * RISE, was.shown + whole) * (1 + HAIR)
        if held:
            assert walk.given <= was.shown * (1 + HAIR), "a rise in a flare-up or the day after"
            assert foot.given <= was.last
    lowest = round_up(was.baseline * 0.5, walk.plan.unit)
    smallest = 1.0 if whole else 0.25
    if walk.plan.unit is Unit.MINUTES or whole:
        assert walk.given <= max(walk.plan.goal, lowest, smallest), "above the goal"
    if was.finding:
        return
    assert foot.level <= max(was.level * CLIMB, was.level) * (1 + HAIR), "a climb that leaps"
    if lived is None:
        assert foot.level == was.level, "a missed day that costs or gives"
    if foot.level < foot.before_flare:
        assert foot.given <= foot.before_flare, "above the level before the flare-up"
        assert walk.given <= foot.before_flare * (1 + HAIR) or walk.given <= lowest


def check_sum(walks: list[Walk], before: list[Stood]) -> None:
    """Check that new ground is broken by two at most, and that the whole rises like one."""
    pairs = [(walk, was) for walk, was in zip(walks, before, strict=True) if was.baseline]
    settled = [(walk, was) for walk, was in pairs if not was.finding]
    rises = [
        walk.foot.level / was.level - 1
        for walk, was in settled
        if walk.foot.level > was.level >= was.before_flare
    ]
    assert len(rises) <= MOST_CLIMBING
    assert sum(rises) <= MOST_CLIMBING * (CLIMB - 1) * (1 + HAIR)
    total = sum(walk.foot.given / was.baseline for walk, was in pairs)
    assert total <= RISE * sum(was.last / was.baseline for _, was in pairs) * (1 + HAIR)


def live_a_history(seed: int) -> int:
    """Live one history, checking each day; return on how many days somebody waited."""
    rng = random.Random(seed)
    plans, last = plans_of(rng), rng.choice([14, 21, DAYS])
    days, waits = days_of(rng, plans, last), 0
    diary = Diary(tuple(days.values()))
    otherwise = {rng.randrange(last), rng.randrange(last)} if rng.random() < 0.5 else set()
    walks: list[Walk] = []
    for n in range(last):
        day = FIRST + timedelta(days=n)
        eve = day - timedelta(days=1)
        joins = [plan for plan in plans if plan.started == day]
        walks += [Walk(plan, stand(plan, diary, until=eve, start=None)) for plan in joins]
        if n in otherwise and walks:
            walks = chosen_otherwise(rng, walks, eve)
        before = [stood(walk) for walk in walks]
        live_day(walks, days.get(day))
        waits += any(walk.waited for walk in walks)
        for walk, was in zip(walks, before, strict=True):
            if was.baseline:
                check_one(walk, was, days.get(day))
        check_sum(walks, before)
    return waits


@pytest.mark.parametrize("batch", range(BATCHES))
def test_ten_thousand_histories_of_several_activities_keep_every_promise(batch: int) -> None:
    each = HISTORIES // BATCHES
    waits = [live_a_history(seed) for seed in range(batch * each, (batch + 1) * each)]
    assert sum(waits) > each, "nobody ever waited, so the sum was never tried"


seeds = st.integers(0, 2**32 - 1)


@settings(max_examples=40, deadline=None)
@given(seed=seeds, cut=st.integers(-1, DAYS))
def test_several_climbs_taken_up_from_a_checkpoint_are_those_of_the_whole_diary(
    seed: int, cut: int
) -> None:
    rng = random.Random(seed)
    plans = plans_of(rng)
    diary = Diary(tuple(days_of(rng, plans, DAYS).values()))
    until, end = FIRST + timedelta(days=cut), FIRST + timedelta(days=DAYS + 5)
    stored = {
        id: Climb.from_json(json.loads(json.dumps(climb.to_json())))
        for id, climb in climbs_through(plans, diary, until=until).items()
    }
    before_a_plan = timedelta(days=9)  # a plan that begins later looks back for a flare-up
    tail = Diary(diary.between(until - before_a_plan, end))
    rest = climbs_through(plans, tail, until=end, starts=stored)
    assert rest == climbs_through(plans, diary, until=end)


@settings(max_examples=40, deadline=None)
@given(seed=seeds)
def test_one_or_two_activities_climb_as_though_each_were_alone(seed: int) -> None:
    rng = random.Random(seed)
    plans = plans_of(rng)[:MOST_CLIMBING]
    diary = Diary(tuple(days_of(rng, plans, DAYS).values()))
    end = FIRST + timedelta(days=DAYS)
    alone = {plan.id: climb_through(plan, diary, until=end) for plan in plans}
    assert climbs_through(plans, diary, until=end) == alone
    walks = [
        Walk(plan, stand(plan, diary, until=end, start=None))
        for plan in plans
        if plan.started == FIRST
    ]
    for n in range(DAYS):
        live_day(walks, diary.on(FIRST + timedelta(days=n)))
    last = FIRST + timedelta(days=DAYS - 1)
    for walk in walks:
        assert walk.stop(last) == climb_through(walk.plan, diary, until=last)


@settings(max_examples=40, deadline=None)
@given(seed=seeds)
def test_taking_turns_never_asks_for_more_than_climbing_alone(seed: int) -> None:
    rng = random.Random(seed)
    plans = plans_of(rng)
    diary = Diary(tuple(days_of(rng, plans, DAYS).values()))
    together = climbs_through(plans, diary, until=FIRST + timedelta(days=DAYS))
    for plan in plans:
        alone = climb_through(plan, diary, until=FIRST + timedelta(days=DAYS))
        few = alone.footing.onsets < 5  # later on, what is noticed depends on what was done
        assert together[plan.id].level <= alone.level * (1 + HAIR) or not few
