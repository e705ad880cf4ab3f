"""What is given to be pooled holds two numbers and the experiment's own name, and no more."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from safetomove.core.errors import BadInput
from safetomove.core.experiments import (
    Experiment,
    Outcome,
    Share,
    begin,
    own_question,
    pool,
    ready,
    share_of,
)
from tests.unit.experiments.test_pool import result

FIRST = date(2026, 9, 1)


def ended(question_id: str = "short_walk") -> Experiment:
    question = ready(question_id)
    assert question is not None
    one = begin(question, id="a1", first_day=FIRST, days=28, seed=7)
    return replace(one, ended=date(2026, 9, 30))


def given(**changes: Any) -> Share:
    values: dict[str, Any] = {
        "question": "short_walk",
        "outcome": Outcome.INTERFERENCE,
        "measured": -0.42,
        "measured_sd": 0.3,
    }
    return Share(**values | changes)


def test_a_share_holds_no_day_no_name_and_nothing_finer_than_a_hundredth() -> None:
    told = result(-0.41789, 0.30123, outcome=Outcome.INTERFERENCE)
    share = share_of(ended(), told)
    assert share == given()
    assert share is not None
    said = share.to_json()
    assert said.keys() == {"version", "question", "outcome", "measured", "measured_sd"}
    assert "2026" not in json.dumps(said)
    assert Share.from_json(json.loads(json.dumps(said))) == share


def test_a_doubt_too_small_to_write_is_not_written_as_none() -> None:
    share = share_of(ended(), result(0.0, 0.001, outcome=Outcome.INTERFERENCE))
    assert share is not None
    assert share.measured_sd == 0.01


def test_what_is_running_without_result_or_of_ones_own_can_not_be_shared() -> None:
    told = result(-0.4, 0.3, outcome=Outcome.INTERFERENCE)
    assert share_of(replace(ended(), ended=None), told) is None
    assert share_of(ended(), None) is None
    mine = own_question("a song", outcome=Outcome.MOOD, lag=0, lingers=False)
    own = begin(mine, id="a1", first_day=FIRST, days=28, seed=7)
    assert share_of(replace(own, ended=date(2026, 9, 30)), told) is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"question": "a song"},
        {"outcome": Outcome.MOOD},
        {"measured": float("nan")},
        {"measured": 10.5},
        {"measured_sd": 0.0},
        {"measured_sd": float("inf")},
    ],
)
def test_a_share_that_can_not_be_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(BadInput):
        given(**wrong)


@pytest.mark.parametrize("broken", [{}, {"version": 2}, {**given().to_json(), "measured": None}])
def test_a_share_that_can_not_be_read_is_refused(broken: dict[str, Any]) -> None:
    with pytest.raises(BadInput):
        Share.from_json(broken)


def test_shares_are_pooled_as_their_results_would_be() -> None:
    points = (-0.1, -0.25, 0.3, -0.47, 0.0)
    results = [result(each, 0.3, outcome=Outcome.INTERFERENCE) for each in points]
    shares = [share_of(ended(), one) for one in results]
    assert pool([one for one in shares if one is not None]) == pool(results)
