"""Beliefs are asked three times; small moves are called none, and few answers give no mean."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safetomove.core.beliefs import (
    ANSWERS_FOR_A_MEAN,
    WORRIES_FROM,
    Belief,
    BeliefAnswers,
    Direction,
    NotScorable,
    Round,
    changes,
    due,
    worries,
)
from safetomove.core.errors import BadInput

DAY = date(2026, 11, 22)
scores = st.dictionaries(
    st.sampled_from(Belief), st.integers(0, 20).map(lambda n: n / 2), min_size=1
)


def answers(after: int = 0, **given: float) -> BeliefAnswers:
    by_belief = {Belief(name): score for name, score in given.items()}
    return BeliefAnswers(given_on=DAY + timedelta(days=after), scores=by_belief)


def test_the_first_round_is_asked_before_anything_else() -> None:
    assert due([], today=DAY) is Round.BEFORE


@pytest.mark.parametrize(
    ("answered_after", "today_after", "asked"),
    [
        ([0], 0, None),
        ([0], 27, None),
        ([0], 28, Round.FOUR_WEEKS),
        ([0, 28], 28, None),
        ([0, 27], 28, Round.FOUR_WEEKS),
        ([0, 40], 83, None),
        ([0, 40], 84, Round.TWELVE_WEEKS),
        ([0], 200, Round.TWELVE_WEEKS),
        ([0, 84], 400, None),
    ],
)
def test_each_round_is_asked_once_from_the_day_it_falls_due(
    answered_after: list[int], today_after: int, asked: Round | None
) -> None:
    days = [DAY + timedelta(days=n) for n in answered_after]
    assert due(days, today=DAY + timedelta(days=today_after)) is asked


def test_a_point_up_or_down_is_called_about_the_same() -> None:
    first = answers(damage=8, rest=5, back_weak=2)
    last = answers(28, damage=5, rest=6, back_weak=4)
    moved = {one.belief: one.direction for one in changes(first, last)}
    assert moved == {
        Belief.DAMAGE: Direction.EASED,
        Belief.REST: Direction.SAME,
        Belief.BACK_WEAK: Direction.GREW,
    }


def test_a_line_answered_once_only_has_no_change() -> None:
    found = changes(answers(damage=8, rest=5), answers(28, damage=4, need_fix=9))
    assert [one.belief for one in found] == [Belief.DAMAGE]


def test_too_few_answers_give_no_mean_rather_than_a_wrong_one() -> None:
    few = BeliefAnswers(given_on=DAY, scores=dict.fromkeys(list(Belief)[:7], 5.0))
    assert few.mean == NotScorable(answered=7)
    enough = BeliefAnswers(given_on=DAY, scores=dict.fromkeys(list(Belief)[:8], 5.0))
    assert enough.mean == 5.0


def test_only_strong_lines_choose_a_lesson_the_strongest_first() -> None:
    said = answers(damage=6, rest=9.5, back_weak=5.5)
    assert worries(said) == (Belief.REST, Belief.DAMAGE)


@pytest.mark.parametrize("score", [-0.5, 10.5, float("nan"), float("inf")])
def test_an_answer_off_the_scale_is_refused(score: float) -> None:
    with pytest.raises(BadInput, match="damage"):
        answers(damage=score)


def test_no_answers_are_no_answers() -> None:
    with pytest.raises(BadInput):
        answers()


@given(scores)
def test_answers_come_back_as_they_were_kept(given_scores: dict[Belief, float]) -> None:
    said = BeliefAnswers(given_on=DAY, scores=given_scores)
    assert BeliefAnswers.from_json(said.to_json(), given_on=DAY) == said


@given(scores, scores)
def test_nothing_is_said_of_a_line_that_was_left_blank(
    before: dict[Belief, float], now: dict[Belief, float]
) -> None:
    first = BeliefAnswers(given_on=DAY, scores=before)
    last = BeliefAnswers(given_on=DAY, scores=now)
    assert {one.belief for one in changes(first, last)} == set(before) & set(now)
    assert all(now[one] >= WORRIES_FROM for one in worries(last))
    assert isinstance(last.mean, NotScorable) == (len(now) < ANSWERS_FOR_A_MEAN)
