"""What each idea of flare-ups says must happen, happens to its people."""

from itertools import pairwise

import numpy as np
import pytest

from safetomove.core.simulation import Cohort, FamilyId, Scores, live, onset_deciles, policy
from safetomove.core.simulation.living import BadTrial, Body, SeesBodies
from safetomove.core.simulation.policies import Habit, Oracle, PolicyId, Quota, WhatYouCan

PEOPLE, DAYS, SEED = 600, 84, 5
FOLLOWING = [one for one in FamilyId if one is not FamilyId.NULL]


def cohort(family: FamilyId, **changed: float) -> Cohort:
    return Cohort.of(family, people=PEOPLE, days=DAYS, seed=SEED, changed=changed)


@pytest.mark.parametrize("family", FamilyId)
def test_flare_ups_begin_as_often_as_the_bodies_say(family: FamilyId) -> None:
    for tenth in onset_deciles(live(cohort(family), policy(PolicyId.OURS))):
        error = (tenth.chance * (1 - tenth.chance) / tenth.days) ** 0.5
        assert abs(tenth.began - tenth.chance) < 4.5 * error


@pytest.mark.parametrize("family", FOLLOWING)
def test_a_steep_quota_brings_more_flare_ups_than_habit(family: FamilyId) -> None:
    people = cohort(family)
    steep, habit = (Scores.of(live(people, one)) for one in (Quota(weekly=0.2), Habit()))
    assert steep.flare_days.mean() > habit.flare_days.mean() + 1
    assert steep.activity.mean() > habit.activity.mean()


def test_in_the_null_family_no_policy_changes_a_single_flare_up() -> None:
    people = cohort(FamilyId.NULL)
    flares = [live(people, policy(one)).flare for one in PolicyId]
    assert all((one == flares[0]).all() for one in flares)


@pytest.mark.parametrize("family", FamilyId)
def test_the_same_policy_lives_the_same_life_twice(family: FamilyId) -> None:
    one, two = (live(cohort(family), policy(PolicyId.OURS)) for _ in range(2))
    assert all(
        np.array_equal(getattr(one, it), getattr(two, it), equal_nan=True)
        for it in ("minutes", "flare", "began", "chance", "gone", "ability")
    )


class Asks(Oracle):
    """Note what the bodies say of more and less, then do as habit would."""

    def next_knowing(self, state, day, body: Body):  # type: ignore[no-untyped-def]
        doses = [body.excess(state.goal * share) for share in (0.0, 0.2, 0.5, 1.0)]
        assert all((more >= less - 1e-12).all() for less, more in pairwise(doses))
        assert np.abs(doses[0]).max() < 1e-12
        assert (body.ability > 0).all()
        return state.level


@pytest.mark.parametrize("family", FamilyId)
def test_more_minutes_never_add_less_to_the_chance_and_none_add_nothing(family: FamilyId) -> None:
    asks = Asks(limit=0.04)
    assert isinstance(asks, SeesBodies)
    live(Cohort.of(family, people=100, days=10, seed=1), asks)


def test_doing_little_brings_bad_spells_on_in_the_family_held_out() -> None:
    people = cohort(FamilyId.SPELLS)
    little, habit = (live(people, Quota(weekly=0.0, start_share=it)) for it in (0.5, 1.0))
    assert little.flare.sum() > habit.flare.sum()


def test_those_who_leave_stay_in_the_count() -> None:
    lives = live(cohort(FamilyId.THRESHOLD, quit=0.05), Quota(weekly=0.1))
    assert lives.gone[-1].mean() > 0.9
    assert lives.minutes[-1].mean() > 0
    assert Scores.of(lives).activity.shape == (PEOPLE,)


def test_people_who_are_asked_to_do_what_they_can_choose_by_what_they_feel() -> None:
    lives = live(cohort(FamilyId.INFLAMMATION, skip=0.001, skip_fear=0.0), WhatYouCan())
    did = lives.minutes[0] > 0
    chosen = lives.minutes[0][did] / lives.ability[0][did]
    assert 0.8 < float(np.median(chosen)) < 1.05


@pytest.mark.parametrize(("people", "days"), [(0, 10), (10, 0), (10**9, 10)])
def test_a_trial_of_no_size_or_beyond_all_memory_is_refused(people: int, days: int) -> None:
    with pytest.raises(BadTrial):
        Cohort.of(FamilyId.NULL, people=people, days=days, seed=1)
