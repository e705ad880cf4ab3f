"""Scores worked out by hand from each published rule, and what the rules refuse."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safetomove.content.instrument_rules import all_rules
from safetomove.core import measures
from safetomove.core.errors import BadInput
from safetomove.core.measures import (
    Answers,
    Direction,
    Instrument,
    Item,
    Meaning,
    NotScorable,
    Reason,
    Scale,
    ScaleScore,
    Score,
    WhyUnknown,
    change,
    without_self_harm,
)


def rules(id: str) -> Instrument:
    return all_rules()[id].instrument


def answers(*values: int | None) -> Answers:
    """Number the answers from q1; None is a blank."""
    pairs = enumerate(values, start=1)
    return Answers(values={f"q{at}": value for at, value in pairs if value is not None})


def scored(id: str, given: Answers) -> Score:
    found = measures.score(rules(id), given)
    assert isinstance(found, Score)
    return found


def unscored(id: str, given: Answers) -> NotScorable:
    found = measures.score(rules(id), given)
    assert isinstance(found, NotScorable)
    return found


def part(found: Score | NotScorable, scale: str) -> float:
    one = found.parts[scale]
    assert isinstance(one, ScaleScore)
    return one.value


BY_HAND = [
    ("phq9", (1, 2, 3, 0, 1, 2, 3, 0, 0), 12.0, "moderate"),
    ("phq9", (2, 2, 2, 2, 2, 2, 2, None, None), 18.0, "moderately_severe"),  # 14 x 9/7
    ("phq8", (3, 3, 3, 3, 3, 3, 3, 3), 24.0, "severe"),
    ("phq2", (1, 2), 3.0, "ask_more"),
    ("gad2", (1, 1), 2.0, "below"),
    ("phq4", (3, 2, 1, 0), 6.0, "moderate"),
    ("gad7", (1, 1, 1, 1, 1, 0, 0), 5.0, "mild"),
    ("odi", (1, 1, 2, 2, 3, 3, 0, None, 2, 2), 100 * 16 / 45, ""),  # section 8 left out
    ("odi", (1, 1, 2, 2, 3, 3, 0, 0, 2, 2), 32.0, ""),
    ("pseq", (6, 6, 6, 6, 6, 0, 0, 0, 0, 1), 31.0, ""),
    ("pseq2", (4, 3), 7.0, ""),
    ("msk-hq", (0,) * 14, 48.0, ""),  # 12 x 4, and two that count the other way
    ("msk-hq", (4,) * 14, 8.0, ""),
    ("msk-hq", (0,) * 11 + (4, 4, 0), 56.0, ""),
    ("pcs", (4,) * 13, 52.0, ""),
    ("tsk11", (1,) * 11, 11.0, ""),
    ("peg", (7, 8, 6), 7.0, ""),
    ("peg", (1, 1, 2), 4 / 3, ""),
    ("isi", (2, 2, 2, 2, 2, 2, 3), 15.0, "moderate"),
    ("rmdq", (1, 1, 1) + (None,) * 21, 3.0, ""),
    ("rmdq", (0,) * 24, 0.0, ""),
    ("start-back", (1, 1, 1, 0, 0, 0, 0, 0, 2), 3.0, ""),
]


@pytest.mark.parametrize(("id", "values", "expected", "band"), BY_HAND)
def test_a_score_worked_by_hand_comes_out(
    id: str, values: tuple[int | None, ...], expected: float, band: str
) -> None:
    found = scored(id, answers(*values))
    assert (found.value, found.band) == (expected, band)


@pytest.mark.parametrize(
    ("values", "group"),
    [
        ((1, 1, 1, 0, 0, 0, 0, 0, 0), "low"),
        ((1, 1, 1, 1, 0, 0, 0, 0, 0), "medium"),
        ((0, 0, 0, 0, 1, 1, 1, 0, 3), "high"),
        ((0, 0, 0, 0, 1, 1, 1, 0, 2), "low"),  # somewhat bothered counts nothing
        ((1, 1, 1, 1, 1, 1, 1, 0, 0), "medium"),
    ],
)
def test_start_back_groups_follow_total_and_then_the_last_five(
    values: tuple[int, ...], group: str
) -> None:
    assert scored("start-back", answers(*values)).group == group


def test_the_parts_of_the_pcs_are_four_three_and_six_questions() -> None:
    found = scored("pcs", answers(1, 1, 1, 1, 1, 2, 2, 3, 3, 3, 3, 1, 2))
    parts = [part(found, each) for each in ("rumination", "magnification", "helplessness")]
    assert parts == [12, 6, 6]
    assert found.value == sum(parts)


def test_three_blanks_are_too_many_for_the_phq9_and_its_parts_may_still_stand() -> None:
    found = unscored("phq9", answers(1, 1, 1, 1, 1, 1, None, None, None))
    assert (found.reason, found.answered, found.needed) == (Reason.TOO_MANY_BLANK, 6, 7)
    assert part(found, "phq2") == 2


def test_a_form_left_wholly_blank_has_no_score_even_where_a_blank_is_a_no() -> None:
    for id in all_rules():
        assert unscored(id, Answers(values={})).reason is Reason.NOTHING_ANSWERED


def test_eq5d_has_no_index_without_a_country_and_keeps_its_own_number() -> None:
    given = Answers(values={"q1": 1, "q2": 1, "q3": 2, "q4": 1, "q5": 1, "vas": 70})
    found = unscored("eq5d5l", given)
    assert found.reason is Reason.NO_VALUE_SET
    assert part(found, "vas") == 70


def test_without_the_question_on_self_harm_the_phq9_is_a_phq8_and_nothing_is_made_up() -> None:
    asked = without_self_harm(rules("phq9"))
    found = measures.score(asked, answers(1, 1, 1, 1, 1, 1, 1, 1))
    assert isinstance(found, NotScorable)
    assert found.reason is Reason.NOT_ASKED
    assert part(found, "phq8") == 8
    with pytest.raises(BadInput, match="leaves out"):
        measures.score(asked, answers(1, 1, 1, 1, 1, 1, 1, 1, 1))


@pytest.mark.parametrize("value", [0, 1, 2, 3])
def test_any_answer_but_the_lowest_about_self_harm_raises_the_crisis_card(value: int) -> None:
    alone = Answers(values={"q9": value})
    for asked in (rules("phq9"), without_self_harm(rules("phq9"))):
        assert measures.raises_crisis(asked, alone) == (value > 0)


def test_an_unknown_question_or_an_answer_off_its_range_is_refused() -> None:
    with pytest.raises(BadInput, match="no item called 'q10'"):
        measures.score(rules("phq9"), Answers(values={"q10": 1}))
    with pytest.raises(BadInput, match="q1 must be 0 to 3, not 4"):
        measures.score(rules("phq9"), answers(4))
    with pytest.raises(BadInput, match="must be a whole number"):
        Answers(values={"q1": True})
    with pytest.raises(BadInput, match="a number but no words"):
        measures.score(rules("own-activities"), Answers(values={"a1": 3}))


def test_a_reversed_range_an_unknown_item_and_twins_are_refused() -> None:
    item = Item(id="q1", low=0, high=3)
    scale = Scale(id="total", items=("q1",), direction=Direction.MORE_IS_WORSE)
    Instrument(id="fine", version="1", items=(item,), scales=(scale,))
    with pytest.raises(BadInput, match="not a range"):
        Item(id="q1", low=3, high=0)
    with pytest.raises(BadInput, match="names an item that isn't there: 'q7'"):
        Instrument(id="bad", version="1", items=(item,), scales=(replace(scale, items=("q7",)),))
    with pytest.raises(BadInput, match="two items are called 'q1'"):
        Instrument(id="bad", version="1", items=(item, item), scales=(scale,))
    with pytest.raises(BadInput, match="points for each"):
        Item(id="q1", low=0, high=3, points=(0, 1))
    with pytest.raises(BadInput, match="names an item twice"):
        replace(scale, items=("q1", "q1"))


@given(low=st.integers(-5, 5), spread=st.integers(1, 20), data=st.data())
def test_reversing_keeps_the_range_and_turning_twice_changes_nothing(
    low: int, spread: int, data: st.DataObject
) -> None:
    item = Item(id="q1", low=low, high=low + spread, reversed=True)
    answer = data.draw(st.integers(low, low + spread))
    turned = item.points_of(answer)
    assert low <= turned <= low + spread
    assert item.points_of(turned) == answer


@given(st.sampled_from(sorted(all_rules())), st.data())
def test_a_score_stays_in_its_bounds_and_rises_with_each_answer_that_counts_up(
    id: str, data: st.DataObject
) -> None:
    instrument = rules(id)
    full = {one.id: data.draw(st.integers(one.low, one.high)) for one in instrument.items}
    words = dict.fromkeys(full, "mine") if id == "own-activities" else {}
    item = data.draw(st.sampled_from(instrument.items))
    more = {**full, item.id: min(item.high, full[item.id] + 1)}
    before = measures.score(instrument, Answers(values=full, words=words))
    after = measures.score(instrument, Answers(values=more, words=words))
    step = item.points_of(more[item.id]) - item.points_of(full[item.id])
    for scale in instrument.scales:
        was, now = before.parts[scale.id], after.parts[scale.id]
        if isinstance(was, ScaleScore) and isinstance(now, ScaleScore):
            moved = now.value - was.value
            assert (moved > 0) == (step > 0 and item.id in scale.items)
            assert (moved < 0) == (step < 0 and item.id in scale.items)
            assert -1e-9 <= was.value <= 100 + 1e-9


CHANGES = [
    ("rmdq", (1,) * 12 + (0,) * 12, (1,) * 7 + (0,) * 17, Meaning.BETTER),
    ("rmdq", (1,) * 12 + (0,) * 12, (1,) * 8 + (0,) * 16, Meaning.WITHIN),
    ("rmdq", (1,) * 7 + (0,) * 17, (1,) * 12 + (0,) * 12, Meaning.WORSE),
    ("pseq2", (2, 2), (3, 3), Meaning.BETTER),
    ("pseq2", (3, 3), (2, 2), Meaning.WORSE),
    ("peg", (10, 10, 10), (7, 7, 7), Meaning.BETTER),  # 30% of 10 is 3, to the point
    ("peg", (10, 10, 10), (7, 7, 8), Meaning.WITHIN),
]


@pytest.mark.parametrize(("id", "first", "last", "meaning"), CHANGES)
def test_a_change_means_something_from_the_least_that_people_notice(
    id: str, first: tuple[int, ...], last: tuple[int, ...], meaning: Meaning
) -> None:
    found = change(scored(id, answers(*first)), scored(id, answers(*last)))
    assert found.meaningful is meaning
    assert found.why is None


def test_nothing_is_said_of_a_change_where_there_is_nothing_to_say() -> None:
    phq2, blank = scored("phq2", answers(1, 1)), unscored("phq2", answers(1))
    assert change(phq2, blank).why is WhyUnknown.NO_SCORE
    assert change(phq2, scored("gad2", answers(1, 1))).why is WhyUnknown.OTHER_INSTRUMENT
    other = measures.score(replace(rules("phq2"), version="2"), answers(1, 1))
    assert change(phq2, other).why is WhyUnknown.OTHER_VERSION
    assert change(phq2, phq2).why is WhyUnknown.NO_LEAST_CHANGE
    nought = scored("peg", answers(0, 0, 0))
    assert change(nought, scored("peg", answers(3, 3, 3))).why is WhyUnknown.BEGAN_AT_NOUGHT


def test_own_activities_are_compared_on_the_same_words_only() -> None:
    first = Answers(values={"a1": 2, "a2": 4}, words={"a1": "Garden", "a2": "Sit in a film"})
    last = Answers(values={"a1": 8, "a2": 5}, words={"a1": "Swim", "a2": " garden "})
    found = change(scored("own-activities", first), scored("own-activities", last))
    assert (found.before, found.after, found.meaningful) == (2, 5, Meaning.BETTER)
    swim = Answers(values={"a1": 8}, words={"a1": "Swim"})
    none = change(scored("own-activities", first), scored("own-activities", swim))
    assert none.why is WhyUnknown.OTHER_ACTIVITIES


def test_answers_are_read_back_as_they_were_written() -> None:
    given = Answers(values={"a1": 2}, words={"a1": "Garden"})
    assert Answers.from_json(given.to_json()) == given
    assert Answers.from_json({"answers": {"q1": None, "q2": 1}}).values == {"q2": 1}
    for bad in (None, [], {"answers": 3}, {"answers": {}, "words": 3}):
        with pytest.raises(BadInput):
            Answers.from_json(bad)
