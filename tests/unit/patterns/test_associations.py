"""What a diary may and may not lead us to say."""

import json
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from bench.invented_people import FIRST, NAMES, World, person
from safetomove.core import patterns
from safetomove.core.diary import CheckIn, Diary
from safetomove.core.patterns import Association, Caution, Lag, Patterns, Verdict

STRONG = World(days=90, missing=0.0, effect=(0.9, 1.0))


def with_a_link(*, later: bool) -> Diary:
    """Return ninety days on which stress moves the pain, the same day or the next."""
    world = replace(
        STRONG,
        inclusion=(0.0, 1.0, *[0.0] * 6),
        with_more_pain=(1.0,) * 8,
        next_day=(float(later),) * 8,
    )
    return person(world, 1, 0).diary


def named(found: Patterns, contributor: str, lag: int = 0) -> Association:
    one = found.of(contributor, lag)
    assert one is not None
    return one


@pytest.mark.parametrize("lag", list(Lag))
def test_a_strong_link_is_likely_at_its_own_lag_with_its_own_sign(lag: Lag) -> None:
    found = patterns.associations(with_a_link(later=lag is Lag.NEXT_DAY))
    one, other = named(found, "stress", lag), named(found, "stress", 1 - lag)
    assert one.verdict is Verdict.LIKELY
    assert one.link is not None
    assert one.link.low > 0.5
    assert other.verdict is Verdict.NOTHING_SEEN


def test_under_28_days_there_is_no_number_at_all() -> None:
    diary = with_a_link(later=False)
    for days, verdict in ((27, Verdict.COLLECTING), (28, Verdict.LIKELY)):
        found = patterns.associations(diary, before=FIRST + timedelta(days=days))
        assert found.days_observed == days
        stress = named(found, "stress")
        assert stress.verdict is verdict
        assert (stress.link is None) == (verdict is Verdict.COLLECTING)
    assert patterns.associations(Diary()).associations == ()


def test_a_contributor_noted_too_rarely_waits_while_the_others_do_not() -> None:
    kept = [
        replace(one, mood=None) if n % 4 else one
        for n, one in enumerate(with_a_link(later=False).check_ins)
    ]
    found = patterns.associations(Diary(tuple(kept)))
    assert named(found, "mood").verdict is Verdict.COLLECTING
    assert named(found, "mood").days == 23
    assert named(found, "stress").verdict is Verdict.LIKELY


def test_pain_that_never_changes_goes_along_with_nothing() -> None:
    same = [replace(one, pain=4.0) for one in with_a_link(later=False).check_ins]
    found = patterns.associations(Diary(tuple(same)))
    assert {one.verdict for one in found.associations} == {Verdict.COLLECTING}


def test_on_the_same_day_pain_may_have_come_first_except_for_the_night_before() -> None:
    found = patterns.associations(with_a_link(later=False))
    for one in found.associations:
        free = one.lag is Lag.NEXT_DAY or one.contributor == "sleep_quality"
        assert one.caution is (None if free else Caution.WENT_TOGETHER)


def test_moving_a_diary_in_time_or_a_scale_by_a_constant_changes_nothing() -> None:
    diary = with_a_link(later=False)
    moved = [
        replace(one, day=one.day + timedelta(days=1000), steps=(one.steps or 0) + 5000)
        for one in diary.check_ins
    ]
    here, there = (patterns.associations(each) for each in (diary, Diary(tuple(moved))))
    for one, other in zip(here.associations, there.associations, strict=True):
        assert one.link is not None
        assert other.link is not None
        assert one.link.inclusion == pytest.approx(other.link.inclusion, abs=1e-4)
        assert one.link.effect == pytest.approx(other.link.effect, abs=1e-3)


def test_days_more_than_half_a_year_old_no_longer_count() -> None:
    recent = with_a_link(later=False)
    old = [
        replace(one, day=one.day - timedelta(days=400), pain=9.0 - (one.pain or 0) * 0.9)
        for one in recent.check_ins
    ]
    both = Diary.of(*old, *recent.check_ins)
    assert patterns.associations(both) == patterns.associations(recent)


def test_what_is_frozen_on_monday_stays_until_the_next() -> None:
    diary, monday = with_a_link(later=False), FIRST + timedelta(days=70)
    week = [monday + timedelta(days=n) for n in range(7)]
    assert {patterns.as_of(day) for day in week} == {monday}
    assert patterns.as_of(monday - timedelta(days=1)) == monday - timedelta(days=7)
    found = patterns.associations(diary, before=monday)
    assert found.last_day == monday - timedelta(days=1)


def test_own_contributors_may_be_numbers_or_yes_and_no_but_not_words() -> None:
    days = [
        CheckIn(day=FIRST + timedelta(days=n), pain=float(n % 5), extra={"tea": tea})
        for n, tea in enumerate(["2", "yes", "0.5"] * 12)
    ]
    assert patterns.associations(Diary(tuple(days))).of("tea", 0) is not None
    days[3] = replace(days[3], extra={"tea": "lots"})
    assert patterns.associations(Diary(tuple(days))).of("tea", 0) is None
    with pytest.raises(patterns.BadQuestion, match="lots"):
        patterns.associations(Diary(tuple(days)), contributors=["tea"])


@pytest.mark.parametrize(
    ("outcome", "contributors"),
    [
        ("happiness", None),
        ("pain", ["pain"]),
        ("pain", ["mood", "mood"]),
        ("pain", [f"own {n}" for n in range(11)]),
    ],
)
def test_a_question_that_a_diary_cannot_answer_is_refused(
    outcome: str, contributors: list[str] | None
) -> None:
    with pytest.raises(patterns.BadQuestion):
        patterns.associations(Diary(), outcome, contributors)


def test_priors_survive_json_and_bad_ones_are_refused() -> None:
    text = json.dumps(patterns.POPULATION.to_json())
    assert patterns.Priors.from_json(json.loads(text)) == patterns.POPULATION
    for bad in ({}, [], {"version": "x", "links": [{"contributor": None, "lag": 2}]}):
        with pytest.raises(patterns.BadPriors):
            patterns.Priors.from_json(bad)
    with pytest.raises(patterns.BadPriors):
        patterns.LinkPrior(inclusion=1.0, positive=0.5)


# ---- Calibration, by its own sampling error ----------------------------------------------------

WORLD = World(days=60)
PEOPLE, SEED = 40, 44


def test_what_is_said_with_some_chance_comes_true_about_that_often() -> None:
    """The sum of (true − said) over links has a known SD if what is said is right: stay within 3.

    People are counted, not links, because a person's links share their days.
    """
    priors = patterns.Priors(
        links={
            name: (
                patterns.LinkPrior(inclusion=share, positive=positive),
                patterns.LinkPrior(inclusion=0.01, positive=positive),
            )
            for name, share, positive in zip(
                NAMES, WORLD.inclusion, WORLD.with_more_pain, strict=True
            )
        },
        other=patterns.POPULATION.other,
    )
    off, shown, false = [], 0, 0
    for number in range(PEOPLE):
        one = person(WORLD, SEED, number)
        found = patterns.associations(one.diary, contributors=NAMES, priors=priors)
        links = [a for a in found.associations if a.link is not None and a.lag is Lag.SAME_DAY]
        true = [one.effects[NAMES.index(a.contributor), 0] != 0 for a in links]
        off.append(sum(true) - sum(a.link.inclusion for a in links if a.link))
        likely = [there for a, there in zip(links, true, strict=True) if a.verdict == "likely"]
        shown, false = shown + len(likely), false + len(likely) - sum(likely)
    assert abs(np.mean(off)) < 3 * np.std(off, ddof=1) / np.sqrt(PEOPLE)
    assert shown > PEOPLE / 4
    assert false <= 0.2 * shown + 3 * np.sqrt(0.2 * 0.8 * shown)  # "likely" promises 0.8


def test_hardly_anybody_without_a_link_is_shown_a_likely_one() -> None:
    """With a true share of 3%, more than 4 of 40 come about once in a hundred and fifty runs."""
    null = replace(WORLD, linked=False)
    fooled = sum(
        any(
            a.verdict is Verdict.LIKELY
            for a in patterns.associations(person(null, SEED, n).diary).associations
        )
        for n in range(PEOPLE)
    )
    assert fooled <= 4
