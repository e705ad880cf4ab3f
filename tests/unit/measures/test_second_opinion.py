"""Our scores are those of a second implementation, on every way to leave questions blank."""

from functools import cache
from itertools import combinations, product
from random import Random

import pytest

from safetomove.content.instrument_rules import all_rules
from safetomove.core import measures
from safetomove.core.measures import Answers, Instrument, NotScorable, ScaleScore, ValueSet
from tests.unit.measures.second import (
    SECOND,
    forms,
    invented_value,
    items_of,
    range_of,
    start_group,
)

SETS = 10_000  # answer sets drawn, over all instruments
IDS = sorted(SECOND)
WHOLE_UP_TO = 1_000  # an instrument with no more forms than this is tried whole


@cache
def instrument(id: str) -> Instrument:
    found = all_rules()[id].instrument
    if id != "eq5d5l":
        return found
    values = {"".join(one): invented_value("".join(one)) for one in product("12345", repeat=5)}
    from dataclasses import replace

    return replace(found, value_set=ValueSet(id="invented", values=values))


def agree(id: str, given: dict[str, int]) -> None:
    words = dict.fromkeys(given, "in my own words") if id == "own-activities" else {}
    ours = measures.score(instrument(id), Answers(values=given, words=words)).parts
    theirs = SECOND[id](given)
    assert set(ours) == set(theirs)
    for scale, expected in theirs.items():
        found = ours[scale]
        if expected is None:
            assert isinstance(found, NotScorable), (given, scale)
        else:
            assert isinstance(found, ScaleScore), (given, scale)
            assert found.value == expected, (given, scale)


def drawn(id: str, random: Random) -> dict[str, int]:
    return {one: random.randint(*range_of(id, one)) for one in items_of(id)}


def test_there_is_a_second_opinion_on_every_instrument() -> None:
    assert set(SECOND) == set(all_rules())
    for id in IDS:
        assert [one.id for one in instrument(id).items] == items_of(id)
        assert [(one.low, one.high) for one in instrument(id).items] == [
            range_of(id, one) for one in items_of(id)
        ]


@pytest.mark.parametrize("id", IDS)
def test_both_agree_on_every_pattern_of_blanks(id: str) -> None:
    """Every subset for up to 14 questions; for the 24 of the RMDQ, all with up to 3 blanks."""
    random = Random(id)
    items = items_of(id)
    most = len(items) if len(items) <= 14 else 3
    for count in range(most + 1):
        for blank in combinations(items, count):
            given = drawn(id, random)
            agree(id, {one: value for one, value in given.items() if one not in blank})


def test_both_agree_on_ten_thousand_drawn_answer_sets() -> None:
    tried = 0
    for turn in range(SETS):
        random = Random(turn)
        id = IDS[turn % len(IDS)]
        share = random.choice((0.0, 0.0, 0.1, 0.3, 0.7))
        agree(
            id, {one: value for one, value in drawn(id, random).items() if random.random() >= share}
        )
        tried += 1
    assert tried == SETS


@pytest.mark.parametrize("id", [one for one in IDS if forms(one) <= WHOLE_UP_TO])
def test_short_ones_agree_on_every_form_there_is(id: str) -> None:
    ranges = [range(low, high + 1) for low, high in (range_of(id, one) for one in items_of(id))]
    for answers in product(*ranges):
        agree(id, dict(zip(items_of(id), answers, strict=True)))


def test_both_put_the_same_people_in_each_group() -> None:
    seen = set()
    for turn in range(1_000):
        given = drawn("start-back", Random(turn))
        found = measures.score(instrument("start-back"), Answers(values=given))
        assert not isinstance(found, NotScorable)
        assert found.group == start_group(given)
        seen.add(found.group)
    assert seen == {"low", "medium", "high"}
