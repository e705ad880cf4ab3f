"""A session as it is gone through: what was done stays done, and is counted truly."""

from dataclasses import replace

import pytest

from safetomove.core.doing import (
    BadSession,
    Felt,
    Item,
    MoveSession,
    Outcome,
    Part,
    SessionOver,
    levels_next,
)
from tests.people import TODAY


def session(count: int = 3, level: int = 2) -> MoveSession:
    """Return a session of some minutes' work each."""
    items = (
        Item(movement=f"m{n}", level=level, levels=3, part=Part.MAIN, work_s=60, rest_s=15)
        for n in range(count)
    )
    return MoveSession(id="session-1", day=TODAY, minutes=5, items=tuple(items))


def test_doing_and_skipping_lead_on_to_the_end() -> None:
    here = session()
    assert here.at == 0
    here = here.done().skipped()
    assert here.at == 2
    here = here.done(20)
    assert here.over
    assert [item.outcome for item in here.items] == [Outcome.DONE, Outcome.SKIPPED, Outcome.DONE]
    assert here.count_done == 2
    assert here.minutes_done == round((60 + 15 + 20 + 15) / 60)


def test_nothing_more_can_be_done_with_a_session_that_is_over() -> None:
    over = session(1).done()
    for deed in (over.done, over.skipped, lambda: over.levelled(1)):
        with pytest.raises(SessionOver):
            deed()
    assert over.ended() == over


def test_no_more_time_counts_than_was_planned_and_never_less_than_none() -> None:
    assert session().done(4000).items[0].seconds == 60
    assert session().done(-5).items[0].seconds == 0
    assert session(1).done(0).minutes_done == 0


def test_easier_and_harder_stop_at_either_end() -> None:
    here = session(level=2)
    assert here.levelled(1).levelled(1).items[0].level == 3
    assert here.levelled(-1).levelled(-1).items[0].level == 1
    assert here.levelled(1).items[1].level == 2


def test_stopping_early_keeps_what_was_done() -> None:
    here = session().done().ended()
    assert here.over
    assert here.count_done == 1


def test_it_is_read_back_as_it_was_written() -> None:
    here = replace(session().done(30).skipped(), felt=Felt.HARD, counted="walking")
    assert MoveSession.from_json(here.to_json()) == here
    assert MoveSession.from_json(session().to_json()) == session()


@pytest.mark.parametrize(
    "wrong",
    [{"version": 2}, {"items": []}, {"day": "soon"}, {"felt": "grand"}, {"items": [{"level": 1}]}],
)
def test_what_can_not_be_read_as_meant_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(BadSession):
        MoveSession.from_json({**session().to_json(), **wrong})


@pytest.mark.parametrize("wrong", [{"level": 4}, {"level": 0}, {"work_s": -1}, {"work_s": 9999}])
def test_an_item_that_can_not_be_is_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(BadSession):
        replace(session().items[0], **wrong)


def test_next_time_starts_at_the_level_reached_and_one_lower_after_too_much() -> None:
    here = session(2, level=2).done().skipped()
    assert levels_next(here, {"m1": 1, "m9": 3}) == {"m0": 2, "m1": 1, "m9": 3}
    sore = replace(here, felt=Felt.TOO_MUCH)
    assert levels_next(sore, {}) == {"m0": 1}
    assert levels_next(replace(session(1, level=1).done(), felt=Felt.TOO_MUCH), {}) == {"m0": 1}
