"""What a clinic's changes of the rule never do, over hundreds of invented histories.

The limit on a day's rise, no rise in a flare-up, and one climb however it is folded: all of
these hold whatever a clinic asks for. Only the lowest amount may go below half the baseline.
"""

import json
import random
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from safetomove.core.diary import CheckIn, Diary
from safetomove.core.pacing import (
    ActivityPlan,
    Alters,
    Climb,
    Override,
    ReasonCode,
    Unit,
    climbs_through,
    rule_dose,
)
from safetomove.core.pacing.rounding import WHOLE

FIRST = date(2026, 1, 5)
DAYS = 70
RISE, HAIR = 1.15, 1e-9
seeds = st.integers(0, 2**32 - 1)


def changes(rng: random.Random, size: float) -> tuple[Override, ...]:
    """Draw changes that follow each other, some of them for less and some for much more."""
    made, day = [], FIRST + timedelta(days=rng.randint(-3, 20))
    while day < FIRST + timedelta(days=DAYS):
        alters = rng.choice(list(Alters))
        values = {
            Alters.AMOUNT: size * rng.choice([0.1, 0.6, 1.0, 2.5, 50.0]),
            Alters.STEP: rng.choice([0.002, 0.0075, 0.03]),
            Alters.FLOOR: size * rng.choice([0.05, 0.3, 0.8]),
        }
        until = day + timedelta(days=rng.choice([0, 3, 13, 40]))
        made.append(
            Override(
                id=f"c{len(made)}", alters=alters, since=day, until=until, value=values.get(alters)
            )
        )
        day = until + timedelta(days=rng.choice([1, 1, 5, 30]))
    return tuple(made)


def a_plan(rng: random.Random, n: int) -> ActivityPlan:
    size = rng.choice([2.0, 8.0, 12.5, 90.0])
    return ActivityPlan(
        id=f"activity {n}",
        name="Something loved",
        unit=rng.choice(list(Unit)),
        goal=size * rng.choice([0.8, 1.05, 1.5, 4.0]),
        started=FIRST + timedelta(days=rng.choice([0, 0, 6])),
        baseline=rng.choice([size, size, None]),
        tries=(size,),
        overrides=changes(rng, size),
    )


def a_life(rng: random.Random, plans: list[ActivityPlan]) -> Diary:
    flares, silence = rng.choice([0.0, 0.05, 0.3]), rng.choice([0.0, 0.2])
    days = []
    for n in range(DAYS):
        done = {p.id: p.goal * rng.choice([0.0, 0.3, 1.0]) for p in plans if rng.random() < 0.7}
        sleep = rng.choice([None, 2.0, 5.0, 9.0])
        flare = rng.choice([None, rng.random() < flares])
        if rng.random() >= silence:
            day = FIRST + timedelta(days=n)
            days.append(CheckIn(day=day, flare=flare, sleep_quality=sleep, done=done, pain=4.0))
    return Diary(tuple(days))


def world(seed: int, most: int = 4) -> tuple[list[ActivityPlan], Diary, random.Random]:
    rng = random.Random(seed)
    plans = [a_plan(rng, n) for n in range(rng.randint(1, most))]
    return plans, a_life(rng, plans), rng


@settings(max_examples=150, deadline=None)
@given(seed=seeds)
def test_climbs_from_a_checkpoint_are_those_of_the_whole_diary(seed: int) -> None:
    plans, diary, rng = world(seed)
    cut = FIRST + timedelta(days=rng.randint(8, DAYS))
    end = FIRST + timedelta(days=DAYS + 3)
    stored = json.loads(
        json.dumps({id: c.to_json() for id, c in climbs_through(plans, diary, until=cut).items()})
    )
    heads = {id: Climb.from_json(data) for id, data in stored.items()}
    again = [ActivityPlan.from_json(json.loads(json.dumps(plan.to_json()))) for plan in plans]
    assert again == plans
    tail = Diary(tuple(day for day in diary.check_ins if day.day > cut))
    whole = climbs_through(plans, diary, until=end)
    assert climbs_through(again, tail, until=end, starts=heads) == whole


@settings(max_examples=150, deadline=None)
@given(seed=seeds)
def test_no_change_leads_to_a_leap_or_to_a_rise_in_a_flare_up(seed: int) -> None:
    (plan,), diary, _ = world(seed, most=1)
    before, flare_before = None, False
    for n in range(7, DAYS):
        today = FIRST + timedelta(days=n)
        now, told = rule_dose(plan, diary, today=today), diary.on(today)
        flare = bool(told and told.flare)
        low, high = now.room
        assert 0 < low <= now.dose <= high
        assert now.dose <= max(plan.goal, now.climb.baseline or 0.0) * (1 + HAIR)
        if before is not None:
            most = max(before.dose * RISE, before.dose + (plan.unit in WHOLE))
            assert now.dose <= most * (1 + HAIR)
            assert now.unrounded <= before.unrounded * RISE * (1 + HAIR)
            if flare or flare_before:
                assert now.dose <= before.dose
                assert high <= before.dose
        before, flare_before = now, flare


@settings(max_examples=100, deadline=None)
@given(seed=seeds)
def test_an_amount_is_never_passed_while_it_is_in_force(seed: int) -> None:
    (plan,), diary, _ = world(seed, most=1)
    for override in plan.overrides:
        eve = override.since - timedelta(days=1)
        if override.alters is not Alters.AMOUNT or eve < plan.started + timedelta(days=8):
            continue
        day = override.since
        while day <= min(override.until, FIRST + timedelta(days=DAYS)):
            found = rule_dose(plan, diary, today=day)
            assert override.value is not None
            assert found.unrounded <= override.value * (1 + HAIR) or found.phase == "baseline"
            assert found.reasons[0].code is ReasonCode.CLINIC_AMOUNT
            if found.phase != "baseline":
                assert found.room[1] <= max(override.value, found.dose) * (1 + HAIR)
            day += timedelta(days=1)


@settings(max_examples=60, deadline=None)
@given(seed=seeds)
def test_a_change_that_has_not_begun_changes_nothing_yet(seed: int) -> None:
    plans, diary, _ = world(seed)
    end = FIRST + timedelta(days=DAYS)
    bare = [replace(plan, overrides=()) for plan in plans]
    coming = Override(
        id="later",
        alters=Alters.PAUSE,
        since=end + timedelta(days=9),
        until=end + timedelta(days=9),
    )
    ready = [replace(plan, overrides=(coming,)) for plan in bare]
    assert climbs_through(bare, diary, until=end) == climbs_through(ready, diary, until=end)
