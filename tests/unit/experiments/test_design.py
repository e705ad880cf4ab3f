"""A plan is settled by chance before it begins, is fair, and can't be drawn again unseen."""

import hashlib
from collections import Counter
from datetime import date

import pytest

from safetomove.core.errors import BadInput
from safetomove.core.experiments import (
    READY,
    Care,
    Design,
    Experiment,
    NotForATest,
    Outcome,
    Question,
    Refused,
    Side,
    begin,
    own_question,
    plan_text,
    ready,
    sides,
)

MONDAY = date(2026, 11, 23)


def design(**changes: object) -> Design:
    fields = {"first_day": MONDAY, "days": 28, "outcome": Outcome.PAIN, **changes}
    return Design(**fields)  # type: ignore[arg-type]


def test_every_pair_has_one_day_of_each_kind() -> None:
    for seed in range(30):
        plan = sides(design(), seed)
        assert all({plan[n], plan[n + 1]} == set(Side) for n in range(0, 28, 2))


def test_every_pair_of_blocks_has_one_block_of_each_kind() -> None:
    plan = sides(design(days=30, block_days=3), 5)
    blocks = [set(plan[n : n + 3]) for n in range(0, 30, 3)]
    assert all(len(block) == 1 for block in blocks)
    assert all(blocks[n] != blocks[n + 1] for n in range(0, 10, 2))


def test_each_day_is_an_even_toss_up_over_many_plans() -> None:
    plans = [sides(design(), seed) for seed in range(400)]
    for day in range(28):
        tries = sum(plan[day] is Side.TRY for plan in plans)
        assert abs(tries - 200) < 4.5 * 10  # 4.5 standard errors of a fair coin


def test_different_people_get_different_plans() -> None:
    counts = Counter(sides(design(days=56), seed) for seed in range(60))
    assert max(counts.values()) == 1


def test_the_same_seed_always_draws_the_same_plan() -> None:
    assert sides(design(), 7) == sides(design(first_day=date(2027, 3, 1)), 7)


def test_the_fingerprint_is_that_of_the_whole_plan() -> None:
    one = begin(READY[0], id="a", first_day=MONDAY, days=28, seed=99)
    text = plan_text(one.design, one.seed)
    assert one.fingerprint == hashlib.sha256(text.encode()).hexdigest()
    letters = {Side.TRY: "T", Side.AS_USUAL: "U"}
    assert "".join(letters[side] for side in sides(one.design, 99)) in text


def test_a_plan_that_was_changed_after_the_start_is_refused() -> None:
    data = begin(READY[0], id="a", first_day=MONDAY, days=28, seed=99).to_json()
    for changed in ({"seed": "100"}, {"design": {**data["design"], "days": 42}}):
        with pytest.raises(BadInput, match="fixed"):
            Experiment.from_json({**data, **changed})


def test_an_experiment_comes_back_from_json_as_it_was() -> None:
    question = own_question("music after lunch", outcome=Outcome.MOOD, lag=0, lingers=True)
    one = begin(question, id="b", first_day=MONDAY, days=42, seed=2**100)
    assert Experiment.from_json(one.to_json()) == one


@pytest.mark.parametrize(
    "wrong",
    [{"days": 26}, {"days": 58}, {"days": 29}, {"lag": 2}, {"block_days": 5}, {"block_days": 3}],
)
def test_a_design_that_can_not_be_is_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(BadInput):
        design(**wrong)


def test_looks_are_weekly_from_the_second_week_and_at_the_end() -> None:
    assert design().looks == (14, 21, 28)
    assert design(days=54, block_days=3).looks == (14, 21, 28, 35, 42, 49, 54)


@pytest.mark.parametrize("question", READY, ids=lambda each: each.id)
def test_every_ready_made_question_can_be_planned_at_each_of_its_lengths(
    question: Question,
) -> None:
    for days in question.lengths:
        assert question.design(first_day=MONDAY, days=days).days == days


def test_what_gets_somebody_moving_is_marked_so_that_it_can_wait_for_the_safety_questions() -> None:
    moving = {each.id for each in READY if Care.MOVES in each.cares}
    assert moving == {"short_walk", "morning_moves"}


def test_an_unknown_ready_made_question_is_none() -> None:
    assert ready("snake_oil") is None


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("half my Tramadol", Refused.MEDICINE),
        ("no painkillers today", Refused.MEDICINE),
        ("skip my morning DOSE", Refused.MEDICINE),
        ("staying in bed until noon", Refused.GUARDING),
        ("wear my back brace and corset", Refused.GUARDING),
        ("avoid bending", Refused.GUARDING),
        ("a glass of wine", Refused.GOING_WITHOUT),
        ("skip lunch", Refused.GOING_WITHOUT),
        ("   ", Refused.EMPTY),
        ("x" * 61, Refused.LONG),
    ],
)
def test_chance_may_not_decide_about_medicines_rest_or_going_without(
    name: str, why: Refused
) -> None:
    with pytest.raises(NotForATest) as refused:
        own_question(name, outcome=Outcome.PAIN, lag=0, lingers=False)
    assert refused.value.why is why


@pytest.mark.parametrize("name", ["ten minutes of music", "tea with Ann", "a warm bath at night"])
def test_small_things_of_ones_own_are_fine(name: str) -> None:
    assert own_question(f" {name} ", outcome=Outcome.PAIN, lag=1, lingers=False).name == name
