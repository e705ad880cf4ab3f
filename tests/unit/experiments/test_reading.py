"""What an experiment says: right where the truth is known, and never before its day."""

import math
from dataclasses import replace
from datetime import date, timedelta
from statistics import fmean

import numpy as np
import pytest
from scipy.stats import multivariate_t, t

from bench import experiment as bar
from safetomove.core.diary import CheckIn, Diary
from safetomove.core.experiments import (
    READY,
    Design,
    Experiment,
    Outcome,
    Side,
    Standing,
    Verdict,
    begin,
    chance_of_finding,
    noise_of,
    sides,
    standing,
)
from safetomove.core.experiments.looks import Result, at_look, read, sure_enough
from safetomove.core.experiments.model import covariances, mixes, posteriors
from safetomove.core.experiments.series import Felt, felt_days

MONDAY = date(2026, 11, 23)
RELAX, WALK = READY[0], READY[2]


def experiment(days: int = 28, *, seed: int = 1, question: object = WALK) -> Experiment:
    return begin(question, id="e", first_day=MONDAY, days=days, seed=seed)  # type: ignore[arg-type]


def diary_of(
    one: Experiment, effect: float, *, days: int | None = None, noise: float = 1.0, seed: int = 12
) -> Diary:
    """Return days that differ by `effect` and wobble in a fixed way."""
    rng = np.random.default_rng(seed)
    plan = sides(one.design, one.seed)[:days]
    return Diary.of(
        *(
            CheckIn(
                day=MONDAY + timedelta(days=n + one.design.lag),
                interference=float(
                    np.clip(5 + (effect if side is Side.TRY else 0.0) + noise * rng.normal(), 0, 10)
                ),
            )
            for n, side in enumerate(plan)
        )
    )


def stands(one: Experiment, diary: Diary, *, lived: int) -> Standing:
    return standing(one, diary, today=MONDAY + timedelta(days=lived + one.design.lag))


def test_a_plain_help_is_found() -> None:
    one = experiment()
    result = stands(one, diary_of(one, -2.0), lived=28).result
    assert result is not None
    assert result.verdict is Verdict.HELPS
    assert result.low < result.effect < result.high < 0.0
    assert abs(result.measured + 2.0) < 3 * result.measured_sd


def test_a_plain_harm_is_found_too() -> None:
    one = experiment()
    result = stands(one, diary_of(one, 2.0), lived=28).result
    assert result is not None
    assert result.verdict is Verdict.WORSE


def test_more_is_better_where_the_outcome_says_so() -> None:
    one = experiment(question=replace(WALK, outcome=Outcome.MOOD))
    days = [replace(each, interference=None, mood=each.interference)
            for each in diary_of(one, 2.0).check_ins]  # fmt: skip
    result = stands(one, Diary.of(*days), lived=28).result
    assert result is not None
    assert result.verdict is Verdict.HELPS


def test_a_quiet_life_with_no_effect_ends_as_no_difference_seen() -> None:
    one = experiment(56)
    result = stands(one, diary_of(one, 0.0, noise=0.6), lived=56).result
    assert result is not None
    assert result.verdict is Verdict.NO_DIFFERENCE


def test_a_wild_life_mostly_ends_as_can_not_tell_and_never_as_no_difference() -> None:
    verdicts = []
    for seed in range(8):
        one = experiment(28, seed=seed)
        result = stands(one, diary_of(one, 0.0, noise=3.5, seed=seed), lived=28).result
        verdicts.append(result and result.verdict)
    assert Verdict.NO_DIFFERENCE not in verdicts
    assert verdicts.count(Verdict.CANT_TELL) > 4


def test_nothing_of_the_numbers_shows_between_two_looks() -> None:
    one = experiment()
    diary = diary_of(one, -4.0, noise=0.3)
    assert stands(one, diary, lived=13).result is None
    at_two_weeks = stands(one, diary, lived=14).result
    assert at_two_weeks is not None
    assert at_two_weeks.days == 14
    assert stands(one, diary, lived=20).result == at_two_weeks


def test_an_early_look_asks_for_more_than_the_last() -> None:
    asked = [sure_enough(bar.plan(days=56), look) for look in (14, 28, 42, 56)]
    assert asked == sorted(asked, reverse=True)
    assert asked[-1] == pytest.approx(0.879, abs=0.001)


def test_what_is_felt_the_next_day_is_read_from_the_next_day() -> None:
    one = experiment(question=RELAX)
    diary = diary_of(one, -2.0)
    felt = felt_days(one.design, sides(one.design, one.seed), diary)
    assert [each.rating for each in felt] == [
        diary.on(MONDAY + timedelta(days=each.place + 1)).interference  # type: ignore[union-attr]
        for each in felt
    ]
    assert one.lived(MONDAY + timedelta(days=14)) == 13


def test_the_first_day_of_each_block_does_not_count() -> None:
    design = Design(first_day=MONDAY, days=30, outcome=Outcome.INTERFERENCE, block_days=3)
    days = [CheckIn(day=MONDAY + timedelta(days=n), interference=5.0) for n in range(30)]
    felt = felt_days(design, sides(design, 1), Diary.of(*days))
    assert [each.place for each in felt] == [n for n in range(30) if n % 3]


def test_a_day_without_a_rating_is_a_gap_and_never_a_nought() -> None:
    one = experiment()
    whole = diary_of(one, -2.0)
    gappy = Diary.of(*(each for n, each in enumerate(whole.check_ins) if n % 4))
    assert len(felt_days(one.design, sides(one.design, one.seed), gappy)) == 21


def test_a_day_counts_on_the_side_that_chance_gave_it_whatever_was_done() -> None:
    one = experiment()
    plain = diary_of(one, -1.0)
    not_kept = Diary.of(*(replace(each, extra={one.column: "no"}) for each in plain.check_ins))
    before, after = stands(one, plain, lived=28), stands(one, not_kept, lived=28)
    assert before.result == after.result
    assert (after.kept.asked, after.kept.did_when_asked) == (14, 0)


def test_too_few_rated_days_say_nothing() -> None:
    one = experiment()
    assert stands(one, diary_of(one, -5.0, days=8), lived=28).result is None


def test_days_still_to_come_are_not_read() -> None:
    one = experiment()
    diary, early = diary_of(one, -1.0), diary_of(one, -1.0, days=14)
    felt = felt_days(one.design, sides(one.design, one.seed), diary)
    first = felt_days(one.design, sides(one.design, one.seed), early)
    late, soon = (at_look(one.design, each, look=14) for each in (felt, first))
    assert late is not None
    assert soon is not None
    assert (late.verdict, late.tried_mean) == (soon.verdict, soon.tried_mean)
    assert late.effect == pytest.approx(soon.effect, rel=1e-9)


def test_an_experiment_that_was_ended_reads_no_later_days() -> None:
    one = replace(experiment(), ended=MONDAY + timedelta(days=10))
    shown = stands(one, diary_of(one, -4.0, noise=0.2), lived=28)
    assert (shown.lived, shown.result, shown.next_look) == (10, None, None)


def test_one_mix_of_noise_gives_the_textbook_posterior() -> None:
    """Hold the closed form to the marginal of a t-distribution, worked out another way."""
    rng = np.random.default_rng(2)
    places, ratings = list(range(12)), rng.normal(5, 1, 12)
    tried = [n % 3 == 0 for n in places]
    (found,) = posteriors(places, tried, list(ratings), [12])
    v = covariances(places)[7]
    x = np.column_stack([np.ones(12), np.where(tried, 0.5, -0.5)])
    wide = np.diag([1e8, 0.25])  # prior of level and effect, in noise variances
    whole = v + x @ wide @ x.T
    solved = np.linalg.solve(whole, x @ wide).T
    effect = (solved @ ratings)[1]
    assert found.centres[7] == pytest.approx(effect, rel=1e-3)
    rest = 1.5 + ratings @ np.linalg.solve(whole, ratings) / 2
    spread = (wide - solved @ x @ wide)[1, 1] * rest / (1.5 + 5.5)
    assert found.scales[7] == pytest.approx(math.sqrt(spread), rel=1e-3)


def test_mixes_are_weighed_by_how_well_they_explain_the_days() -> None:
    rng = np.random.default_rng(8)
    places, ratings = list(range(14)), rng.normal(5, 1, 14)
    tried = [n % 2 == 0 for n in places]
    (found,) = posteriors(places, tried, list(ratings), [14])
    x = np.column_stack([np.ones(14), np.where(tried, 0.5, -0.5)])
    evidence = [
        multivariate_t.logpdf(ratings, shape=v + x @ np.diag([1e7, 0.25]) @ x.T, df=3.0)
        for v in covariances(places)
    ]
    weights = np.exp(np.array(evidence) - max(evidence))
    # A flat level takes one degree of freedom, so ranks agree and weights nearly.
    assert np.corrcoef(weights / weights.sum(), found.weights)[0, 1] > 0.98
    assert len(found.weights) == len(mixes())


def test_quantiles_and_probabilities_of_the_posterior_agree() -> None:
    (found,) = posteriors(range(20), [n % 2 == 0 for n in range(20)], [5.0, 4.0] * 10, [20])
    for share in (0.05, 0.5, 0.95):
        assert found.below(found.quantile(share)) == pytest.approx(share, abs=1e-6)
    one = replace(found, weights=np.eye(len(found.weights))[0])
    expected = one.centres[0] + one.scales[0] * t.ppf(0.95, one.freedom)
    assert one.quantile(0.95) == pytest.approx(expected, rel=1e-6)


def test_days_up_to_a_look_are_the_same_whether_or_not_more_have_come() -> None:
    ratings = list(np.random.default_rng(4).normal(5, 1, 40))
    tried = [n % 2 == 0 for n in range(40)]
    early, _ = posteriors(range(40), tried, ratings, [20, 40])
    (alone,) = posteriors(range(20), tried[:20], ratings[:20], [20])
    assert early.below(-0.3) == pytest.approx(alone.below(-0.3), rel=1e-9)


@pytest.fixture(scope="module")
def no_effect() -> list[Result | None]:
    return list(bar.readings(bar.USUAL, effect=0.0, people=200))


def test_what_does_nothing_is_said_to_help_about_one_time_in_ten(
    no_effect: list[Result | None],
) -> None:
    false_helps = bar.share(no_effect, Verdict.HELPS)
    assert false_helps <= 0.1 + 3 * math.sqrt(0.1 * 0.9 / len(no_effect))
    assert bar.share(no_effect, Verdict.WORSE) <= 0.1 + 3 * math.sqrt(0.1 * 0.9 / len(no_effect))


def test_nine_intervals_in_ten_hold_the_truth(no_effect: list[Result | None]) -> None:
    # Stopping when sure keeps the surprising ones, so a little is lost.
    held = fmean(one.low <= 0.0 <= one.high for one in no_effect if one is not None)
    assert held >= 0.9 - 3 * math.sqrt(0.9 * 0.1 / len(no_effect))


def test_the_chance_that_is_told_is_the_chance_that_there_is() -> None:
    """Hold the formula to experiments lived by people of one known noise, one look at the end."""
    world = replace(bar.USUAL, sd=(1.25, 1.25), memory=(0.5, 0.5), drift=(0.0, 0.0))
    design, people = bar.plan(days=56), 240
    found = 0
    for who in range(people):
        result = at_look(design, bar.felt(design, world, effect=-1.0, who=who), look=56)
        found += result is not None and result.verdict is Verdict.HELPS
    rng = np.random.default_rng(5)
    told = fmean(
        chance_of_finding(design, noise_of(_waiting(rng), Outcome.PAIN, today=MONDAY), effect=1.0)
        for _ in range(20)
    )
    assert abs(told - found / people) < 0.1


def _waiting(rng: np.random.Generator) -> Diary:
    """Return twelve weeks of pain before an experiment: SD 1.25, half of yesterday's memory."""
    noise, days = 0.0, []
    for n in range(84):
        noise = 0.5 * noise + 1.25 * math.sqrt(0.75) * rng.normal()
        pain = float(np.clip(round(5 + noise), 0, 10))
        days.append(CheckIn(day=MONDAY - timedelta(days=84 - n), pain=pain))
    return Diary.of(*days)


def test_a_longer_test_a_larger_effect_and_a_quieter_life_find_more() -> None:
    def told(days: int, effect: float, *, scale: float = 1.0) -> float:
        noise = noise_of(Diary(), Outcome.PAIN, today=MONDAY)
        louder = replace(noise, variance=noise.variance * scale)
        return chance_of_finding(bar.plan(days=days), louder, effect=effect)

    assert told(28, 0.5) < told(42, 0.5) < told(56, 0.5) < told(56, 1.0)
    assert told(56, 1.0, scale=2.0) < told(56, 1.0) < told(56, 1.0, scale=0.5)


def test_without_two_weeks_of_ratings_a_typical_person_stands_in_and_it_says_so() -> None:
    few = Diary.of(*(CheckIn(day=MONDAY - timedelta(days=n), pain=5.0) for n in range(1, 14)))
    assert noise_of(few, Outcome.PAIN, today=MONDAY).own_days == 0
    assert noise_of(_waiting(np.random.default_rng(1)), Outcome.PAIN, today=MONDAY).own_days == 84


def test_a_result_comes_back_from_json_as_it_was() -> None:
    one = experiment()
    result = stands(one, diary_of(one, -2.0), lived=28).result
    assert result is not None
    assert Result.from_json(result.to_json()) == result


def test_no_days_at_all_are_no_result() -> None:
    nothing: list[Felt] = []
    assert read(bar.plan(days=28), nothing, lived=28) is None
