"""A session: cleared, in time, varied, and made only of what fits."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safetomove.core import safety
from safetomove.core.doing import (
    SHAPES,
    BadLength,
    Candidate,
    NotCleared,
    NothingFits,
    Part,
    Wish,
    in_its_place,
    offered_minutes,
    plan_session,
)
from safetomove.core.safety import Clearance
from tests.people import TODAY, all_clear

PARTS = {Part.WARM_UP: frozenset({Part.WARM_UP, Part.MAIN}), Part.MAIN: frozenset({Part.MAIN})}


def pool(families: int = 5, each: int = 5) -> tuple[Candidate, ...]:
    """Return movements of some families, one of each good to warm up with, and three calm ones."""
    busy = (
        Candidate(
            id=f"f{f}-{n}",
            family=f"f{f}",
            parts=PARTS[Part.WARM_UP if n == 0 else Part.MAIN],
            levels=3,
        )
        for f in range(families)
        for n in range(each)
    )
    calm = (
        Candidate(id=f"calm-{n}", family="breathing", parts=frozenset({Part.RELAX}), levels=3)
        for n in range(3)
    )
    return (*busy, *calm)


@pytest.fixture(scope="module")
def clearance() -> Clearance:
    """Return leave for today and the four weeks after."""
    result = safety.triage(all_clear(), rules=safety.rules_in_force(TODAY), today=TODAY)
    assert result.clearance is not None
    return result.clearance


def wish(minutes: int = 10, **changes: object) -> Wish:
    """Ask for a session today."""
    return Wish(**{"id": "session-1", "minutes": minutes, "today": TODAY, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize("minutes", SHAPES)
def test_a_session_takes_the_time_that_was_asked_for(minutes: int, clearance: Clearance) -> None:
    session = plan_session(pool(), wish(minutes), clearance=clearance)
    assert sum(item.work_s + item.rest_s for item in session.items) == minutes * 60
    assert SHAPES[minutes].seconds == minutes * 60


@pytest.mark.parametrize("minutes", SHAPES)
def test_it_warms_up_first_and_lets_go_last(minutes: int, clearance: Clearance) -> None:
    parts = [item.part for item in plan_session(pool(), wish(minutes), clearance=clearance).items]
    assert parts == sorted(parts, key=list(Part).index)
    assert set(parts) == set(Part)


def test_without_a_clearance_for_the_day_there_is_no_session(clearance: Clearance) -> None:
    with pytest.raises(NotCleared):
        plan_session(pool(), wish(), clearance=None)
    late = clearance.expires_on + timedelta(days=1)
    with pytest.raises(NotCleared):
        plan_session(pool(), wish(today=late), clearance=clearance)


def test_the_same_day_gives_the_same_session_and_the_next_day_another(clearance: Clearance) -> None:
    def ids(**changes: object) -> list[str]:
        items = plan_session(pool(), wish(**changes), clearance=clearance).items
        return [item.movement for item in items]

    assert ids() == ids()
    days = {tuple(ids(today=TODAY + timedelta(days=n))) for n in range(7)}
    assert len(days) == 7
    assert ids(seed=1) != ids(seed=2)


def test_no_movement_comes_twice_while_others_wait_and_no_family_crowds_out_the_rest(
    clearance: Clearance,
) -> None:
    items = plan_session(pool(), wish(20), clearance=clearance).items
    assert max(Counter(item.movement for item in items).values()) == 1
    main = [item.movement.split("-")[0] for item in items if item.part is Part.MAIN]
    assert max(Counter(main).values()) <= 3


def test_a_short_list_goes_round_again_rather_than_leave_the_session_short(
    clearance: Clearance,
) -> None:
    session = plan_session(pool(families=1, each=3), wish(20), clearance=clearance)
    assert len(session.items) == 14


def test_when_nothing_fits_it_says_so(clearance: Clearance) -> None:
    with pytest.raises(NothingFits):
        plan_session([], wish(), clearance=clearance)


def test_what_is_on_the_persons_own_plan_comes_first_but_never_fills_it(
    clearance: Clearance,
) -> None:
    own = tuple(f"f4-{n}" for n in range(5))
    items = plan_session(pool(), wish(10, first=own), clearance=clearance).items
    main = [item.movement for item in items if item.part is Part.MAIN]
    assert main[:3] == [each for each in main if each in own][:3]
    assert len({each.split("-")[0] for each in main}) > 1


@pytest.mark.parametrize("minutes", SHAPES)
@pytest.mark.parametrize("lead", ["f3-4", "f2-0", "calm-1"])
def test_what_was_asked_for_opens_its_part_after_the_warm_up_and_stands_there_once(
    minutes: int, lead: str, clearance: Clearance
) -> None:
    asked = wish(minutes, lead=lead, first=("f1-2",))
    items = plan_session(pool(), asked, clearance=clearance).items
    part = Part.RELAX if lead.startswith("calm") else Part.MAIN
    assert next(item.movement for item in items if item.part is part) == lead
    assert sum(item.movement == lead for item in items) == 1
    assert items[0].part is Part.WARM_UP


def test_what_is_not_among_the_candidates_leads_nothing(clearance: Clearance) -> None:
    plain = plan_session(pool(), wish(), clearance=clearance)
    assert plan_session(pool(), wish(lead="unfit"), clearance=clearance) == plain


def test_the_only_way_to_let_go_may_be_asked_for(clearance: Clearance) -> None:
    one = tuple(each for each in pool() if each.id not in {"calm-1", "calm-2"})
    items = plan_session(one, wish(40, lead="calm-0"), clearance=clearance).items
    assert items[-1].movement == "calm-0"


def test_the_ladder_comes_before_what_helps_with_a_chosen_activity(clearance: Clearance) -> None:
    asked = wish(10, first=("f1-2",), liked=("f2-1", "f2-2", "f3-1"))
    items = plan_session(pool(), asked, clearance=clearance).items
    main = [item.movement for item in items if item.part is Part.MAIN]
    assert main[0] == "f1-2"
    assert {"f2-1", "f2-2", "f3-1"} & set(main[1:3]) == set(main[1:3])


def test_a_movement_starts_where_it_stood_and_in_a_flare_up_at_its_easiest(
    clearance: Clearance,
) -> None:
    reached = {each.id: 3 for each in pool()}
    for eased, level in ((False, 3), (True, 1)):
        session = plan_session(pool(), wish(levels=reached, eased=eased), clearance=clearance)
        assert {item.level for item in session.items} == {level}


def test_a_level_that_is_no_longer_there_becomes_the_highest_that_is(clearance: Clearance) -> None:
    session = plan_session(
        pool(), wish(levels={each.id: 9 for each in pool()}), clearance=clearance
    )
    assert {item.level for item in session.items} == {3}


@pytest.mark.parametrize("minutes", [0, 7, 60])
def test_only_the_lengths_on_offer_can_be_asked_for(minutes: int) -> None:
    with pytest.raises(BadLength):
        wish(minutes)


@pytest.mark.parametrize(
    ("planned", "flare", "minutes"),
    [([], False, 10), ([4.0], False, 5), ([12.0, 25.0], False, 20), ([90.0], False, 40),
     ([90.0], True, 5)],
)  # fmt: skip
def test_the_length_on_offer_follows_the_days_plan_and_shrinks_in_a_flare_up(
    planned: list[float], flare: bool, minutes: int
) -> None:
    assert offered_minutes(planned, flare=flare) == minutes


def test_a_swap_takes_the_named_one_then_kin_and_never_a_twin(clearance: Clearance) -> None:
    session = plan_session(pool(), wish(5), clearance=clearance)
    used = {item.movement for item in session.items}
    free = [each for each in pool() if each.id not in used and Part.WARM_UP in each.parts]
    named = in_its_place(session, pool(), named=free[-1].id)
    assert named == free[-1]
    other = in_its_place(session, pool(), named="")
    assert other is not None
    assert other.id not in used
    assert Part.WARM_UP in other.parts
    assert in_its_place(session.ended(), pool(), named="") is None


@given(
    day=st.dates(min_value=TODAY, max_value=TODAY + timedelta(days=28)),
    seed=st.integers(0, 2**31 - 1),
    minutes=st.sampled_from(sorted(SHAPES)),
    families=st.integers(1, 8),
)
def test_whatever_the_day_a_session_is_whole_and_in_time(
    clearance: Clearance, day: date, seed: int, minutes: int, families: int
) -> None:
    session = plan_session(
        pool(families=families), wish(minutes, today=day, seed=seed), clearance=clearance
    )
    assert sum(item.work_s + item.rest_s for item in session.items) == minutes * 60
    known = {each.id: each for each in pool(families=families)}
    assert all(item.part in known[item.movement].parts for item in session.items)
