"""A circuit is even, safe for each person, and the same every time it is planned."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safetomove.content import course
from safetomove.core.course import (
    BadGroup,
    CircuitPlan,
    Exercise,
    How,
    Library,
    Member,
    Pace,
    Place,
    fits,
    plan_circuit,
)
from safetomove.core.doing import AboutPerson, Tag, Verdict, suits
from safetomove.core.safety import Answer

LIBRARY = course.library()
SYLLABUS = course.syllabus()
CIRCUITS = [each.circuit for each in SYLLABUS.sessions]
NO_TO_ALL = AboutPerson(told=dict.fromkeys(Tag, Answer.NO))


def person(key: str, *yes: Tag, **what: object) -> Member:
    told = {**dict.fromkeys(Tag, Answer.NO), **dict.fromkeys(yes, Answer.YES)}
    return replace(Member(key=key, about=AboutPerson(told=told)), **what)  # type: ignore[arg-type]


def places(plan: CircuitPlan, key: str) -> list[Place]:
    return [each for turn in plan.turns for each in turn.places if each.member == key]


@st.composite
def groups(draw: st.DrawFn) -> tuple[int, list[Member]]:
    """Draw one of the twelve circuits and a group of very different people."""
    at = draw(st.integers(0, len(CIRCUITS) - 1))
    count = draw(st.integers(1, 18))
    tags = st.dictionaries(st.sampled_from(Tag), st.sampled_from(Answer))
    members = [
        Member(
            key=f"p{n}",
            about=AboutPerson(told=draw(tags)),
            pace=draw(st.sampled_from(Pace)),
            levels=draw(st.dictionaries(st.sampled_from(sorted(LIBRARY.movements)),
                                        st.integers(1, 3), max_size=3)),
            arrives=draw(st.integers(1, CIRCUITS[at].turns)),
            partner=draw(st.none() | st.integers(0, count - 1).map(lambda n: f"p{n}")),
        )
        for n in range(count)
    ]  # fmt: skip
    return at, members


@given(groups())
@settings(max_examples=60)
def test_no_station_ever_has_two_people_more_than_another(drawn: tuple[int, list[Member]]) -> None:
    at, members = drawn
    plan = plan_circuit(CIRCUITS[at], members, LIBRARY)
    for turn in plan.turns:
        there = Counter(each.station for each in turn.places)
        counts = [there[n] for n in range(1, len(CIRCUITS[at].stations) + 1)]
        assert max(counts) - min(counts) <= 1
        present = {each.key for each in members if each.arrives <= turn.number}
        assert Counter(each.member for each in turn.places) == Counter(present)


@given(groups())
@settings(max_examples=60)
def test_nobody_is_put_to_a_movement_that_does_not_suit_them(
    drawn: tuple[int, list[Member]],
) -> None:
    at, members = drawn
    about = {each.key: each.about for each in members}
    plan = plan_circuit(CIRCUITS[at], members, LIBRARY)
    for each in (place for turn in plan.turns for place in turn.places):
        if each.movement is None:
            assert each.how is How.CLINICIAN_CHOOSES
            continue
        found = suits(LIBRARY.movements[each.movement].tags, about[each.member])
        assert found.listed
        assert (found.verdict is Verdict.CLINICIAN) == (each.how is How.WITH_CLINICIAN)
        assert each.how is not How.AS_PLANNED or found.certain
        assert 1 <= (each.level or 0) <= LIBRARY.movements[each.movement].levels


@given(groups())
@settings(max_examples=30)
def test_nobody_meets_a_station_twice_and_the_same_group_gets_the_same_plan(
    drawn: tuple[int, list[Member]],
) -> None:
    at, members = drawn
    plan = plan_circuit(CIRCUITS[at], members, LIBRARY)
    for member in members:
        met = [each.station for each in places(plan, member.key)]
        assert len(set(met)) == len(met)
        assert len(met) == CIRCUITS[at].turns - member.arrives + 1
    assert plan_circuit(CIRCUITS[at], list(members), LIBRARY) == plan


@given(groups(), st.integers(1, 5))
@settings(max_examples=30)
def test_a_latecomer_moves_nobody(drawn: tuple[int, list[Member]], late: int) -> None:
    at, members = drawn
    before = plan_circuit(CIRCUITS[at], members, LIBRARY)
    latest = max([late, 2, *(each.arrives for each in members)])
    latest = min(latest, CIRCUITS[at].turns)
    after = plan_circuit(CIRCUITS[at], [*members, person("late", arrives=latest)], LIBRARY)
    for member in members:
        assert places(before, member.key) == places(after, member.key)


@given(st.sets(st.sampled_from([tag for tag in Tag if tag is not Tag.RECENT_SURGERY])))
def test_in_the_shipped_course_everybody_has_something_to_do_at_every_station(
    yes: set[Tag],
) -> None:
    for circuit in CIRCUITS:
        plan = plan_circuit(circuit, [person("a", *yes)], LIBRARY)
        assert all(each.movement is not None for each in places(plan, "a"))
        assert fits(circuit.warm_up, person("a", *yes), LIBRARY)
        assert fits(circuit.rest, person("a", *yes), LIBRARY)


def test_weak_bones_mean_the_hinge_in_place_of_the_fold() -> None:
    circuit = SYLLABUS.session(3).circuit
    plan = plan_circuit(circuit, [person("ann", Tag.OSTEOPOROSIS)], LIBRARY)
    fold = next(each for each in places(plan, "ann") if each.station == 2)
    assert (fold.movement, fold.how, fold.because) == (
        "hip-hinge", How.SWAP, (Tag.OSTEOPOROSIS,),
    )  # fmt: skip


def test_recent_surgery_means_a_clinician_beside_them() -> None:
    circuit = SYLLABUS.session(1).circuit
    plan = plan_circuit(circuit, [person("ann", Tag.RECENT_SURGERY)], LIBRARY)
    turn = next(each for each in places(plan, "ann") if each.station == 4)
    assert (turn.movement, turn.how) == ("chair-turn", How.WITH_CLINICIAN)


def test_where_a_swap_needs_a_clinician_too_both_reasons_are_told() -> None:
    circuit = SYLLABUS.session(3).circuit
    ann = person("ann", Tag.FLOOR, Tag.RECENT_SURGERY)
    rolls = next(
        each for each in places(plan_circuit(circuit, [ann], LIBRARY), "ann") if each.station == 6
    )
    assert (rolls.movement, rolls.how) == ("chair-turn", How.WITH_CLINICIAN)
    assert set(rolls.because) == {Tag.FLOOR, Tag.RECENT_SURGERY}


def test_where_neither_fits_the_clinician_chooses() -> None:
    circuit = SYLLABUS.session(1).circuit
    wrong = Exercise(movement="bridge", easier=1, harder=1)
    stations = tuple(
        replace(each, do=replace(wrong, movement="ball-bridge"), swap=wrong) if n == 0 else each
        for n, each in enumerate(circuit.stations)
    )
    plan = plan_circuit(replace(circuit, stations=stations), [person("ann", Tag.FLOOR)], LIBRARY)
    first = next(each for each in places(plan, "ann") if each.station == 1)
    assert (first.how, first.movement, first.level) == (How.CLINICIAN_CHOOSES, None, None)


def test_what_nobody_asked_is_asked_first() -> None:
    plan = plan_circuit(
        SYLLABUS.session(1).circuit, [Member(key="new", about=AboutPerson())], LIBRARY
    )
    turn = next(each for each in places(plan, "new") if each.station == 4)
    assert (turn.how, turn.ask) == (How.ASK_FIRST, (Tag.RECENT_SURGERY,))


def test_each_has_their_own_level_within_those_of_the_station() -> None:
    circuit = SYLLABUS.session(1).circuit  # sit-to-stand at levels 1 and 2
    group = [
        person("easy"),
        person("hard", pace=Pace.HARDER),
        person("home", levels={"sit-to-stand": 3}),
        person("low", pace=Pace.HARDER, levels={"sit-to-stand": 1}),
    ]
    plan = plan_circuit(circuit, group, LIBRARY)
    level = {
        key: next(each.level for each in places(plan, key) if each.station == 1)
        for key in ("easy", "hard", "home", "low")
    }
    assert level == {"easy": 1, "hard": 2, "home": 2, "low": 1}


def test_two_who_name_each_other_share_a_station_where_numbers_allow() -> None:
    circuit = SYLLABUS.session(1).circuit  # five stations
    six = [person(key) for key in "abcd"]
    pair = [person("e", partner="f"), person("f", partner="e")]
    together = plan_circuit(circuit, [*six, *pair], LIBRARY)
    assert together.apart == ()
    assert [each.station for each in places(together, "e")] == [
        each.station for each in places(together, "f")
    ]
    assert plan_circuit(circuit, pair, LIBRARY).apart == (("e", "f"),)


def test_a_wish_that_is_not_shared_is_no_pair() -> None:
    group = [person("a", partner="b"), person("b", partner="c"), person("c")]
    assert plan_circuit(SYLLABUS.session(1).circuit, group, LIBRARY).apart == ()


def test_somebody_twice_or_at_no_turn_is_refused() -> None:
    circuit = SYLLABUS.session(1).circuit
    with pytest.raises(BadGroup, match="twice"):
        plan_circuit(circuit, [person("a"), person("a")], LIBRARY)
    with pytest.raises(BadGroup, match="turns 1 to 5, not 6"):
        plan_circuit(circuit, [person("a", arrives=6)], LIBRARY)


def test_an_empty_room_has_an_empty_plan() -> None:
    plan = plan_circuit(SYLLABUS.session(1).circuit, [], LIBRARY)
    assert [each.places for each in plan.turns] == [()] * 5


def test_a_warm_up_leaves_out_what_does_not_suit() -> None:
    warm_up = SYLLABUS.session(1).circuit.warm_up
    assert fits(warm_up, person("a", Tag.BALANCE), LIBRARY) == ("shoulder-drop", "chair-cat")
    assert isinstance(LIBRARY, Library)
    assert fits(warm_up, Member(key="b", about=NO_TO_ALL), LIBRARY) == warm_up.movements
