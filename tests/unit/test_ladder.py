"""The ladder: the least worry first, guesses before doing, and worse said as plainly as better."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safetomove.core.ladder import (
    HIGH_WORRY,
    RUNGS_TOP,
    BadLadder,
    Company,
    Expected,
    Happened,
    Ladder,
    Outcome,
    Rung,
    Try,
    company,
    compared,
    places,
)

DAY = date(2026, 11, 22)
scores = st.integers(0, 20).map(lambda n: n / 2)


def rung(id: str, worry: float = 5, **changes: str) -> Rung:
    said = changes or {"words": f"thing {id}"}
    return Rung(id=id, worry=worry, added=DAY, **said)  # type: ignore[arg-type]


def a_try(
    bad: float, came: float | None = None, *, true: str = "no", n: int = 0, where: str = ""
) -> Try:
    outcome = None if came is None else Outcome(
        on=DAY, happened=Happened(true), bad=came, worry=3
    )  # fmt: skip
    said = Expected(what="my back goes", likely=80, bad=bad)
    return Try(name=f"try-{n}", rung="a", begun=DAY, expected=said, worry=6, where=where,
               outcome=outcome)  # fmt: skip


@given(st.lists(scores, max_size=RUNGS_TOP))
def test_the_least_worry_stands_first(worries: list[float]) -> None:
    ladder = Ladder(rungs=tuple(rung(str(n), worry) for n, worry in enumerate(worries)))
    assert [one.worry for one in ladder.up] == sorted(worries)


def test_a_rung_let_go_is_kept_and_can_be_taken_back() -> None:
    ladder = Ladder(rungs=(rung("a"), rung("b"))).without("a", on=DAY)
    assert [one.id for one in ladder.up] == ["b"]
    assert [one.id for one in ladder.let_go] == ["a"]
    assert [one.id for one in ladder.taken_back("a").up] == ["a", "b"]


def test_a_twin_is_refused_but_not_of_what_was_let_go() -> None:
    one, twin = rung("a", words="Bending"), rung("b", words="bending ")
    with pytest.raises(BadLadder, match="twice"):
        Ladder(rungs=(one, twin))
    gone = Ladder(rungs=(one,)).without("a", on=DAY)
    assert not gone.holds(words="bending")
    assert gone.with_rung(twin).holds(words="BENDING")


def test_a_ladder_holds_no_more_rungs_than_a_person_can_look_at() -> None:
    with pytest.raises(BadLadder, match="at most"):
        Ladder(rungs=tuple(rung(str(n)) for n in range(RUNGS_TOP + 1)))


@pytest.mark.parametrize(
    "wrong",
    [{"worry": 11}, {"worry": -1}, {"worry": float("nan")}, {"words": "x" * 61},
     {"words": "a\x00b"}, {"words": ""}, {"movement": "cat-cow"}],
)  # fmt: skip
def test_a_rung_that_says_nothing_or_too_much_is_refused(wrong: dict[str, object]) -> None:
    values = {"id": "a", "worry": 5.0, "added": DAY, "words": "bending", **wrong}
    with pytest.raises(BadLadder):
        Rung(**values)  # type: ignore[arg-type]


@pytest.mark.parametrize("wrong", [{"what": " "}, {"likely": 101}, {"bad": 10.5}])
def test_a_guess_must_be_whole(wrong: dict[str, object]) -> None:
    with pytest.raises(BadLadder):
        Expected(**{"what": "it hurts", "likely": 50, "bad": 5, **wrong})  # type: ignore[arg-type]


def test_strong_worry_or_a_warning_tag_means_first_with_somebody_trained() -> None:
    assert company(HIGH_WORRY - 0.5) is Company.ALONE
    assert company(HIGH_WORRY) is Company.CLINICIAN
    assert company(0, tagged=True) is Company.CLINICIAN


@given(scores, st.booleans())
def test_what_does_not_fit_is_never_offered_however_small_the_worry(
    worry: float, tagged: bool
) -> None:
    assert company(worry, fits=False, tagged=tagged) is Company.NOT_THIS


def test_nothing_tried_to_its_end_compares_to_nothing() -> None:
    assert compared([]) is None
    assert compared([a_try(7)]) is None


def test_worse_than_expected_is_counted_beside_better() -> None:
    told = compared([a_try(8, 2), a_try(4, 7, true="yes"), a_try(5, 5.5, true="partly"), a_try(9)])
    assert told is not None
    assert (told.tries, told.better, told.worse) == (3, 1, 1)
    assert (told.came_true, told.partly) == (1, 1)
    assert (told.expected, told.likely) == (pytest.approx(17 / 3), 80)
    assert told.happened == pytest.approx(14.5 / 3)


def test_places_count_once_and_only_where_it_was_done() -> None:
    tries = [a_try(5, 5, where="Home"), a_try(5, 5, where="home "), a_try(5, where="shop")]
    assert [one.casefold() for one in places(tries)] == ["home"]


@given(scores, scores, st.sampled_from(Happened))
def test_a_ladder_and_its_tries_come_back_as_they_were_written(
    worry: float, bad: float, happened: Happened
) -> None:
    ladder = Ladder(rungs=(rung("a", worry), rung("b", movement="cat-cow"))).without("b", on=DAY)
    assert Ladder.from_json(ladder.to_json()) == ladder
    for one in (a_try(bad, where="home"), a_try(bad, bad, true=happened)):
        assert Try.from_json(one.to_json(), name=one.name) == one


def test_another_shape_is_refused() -> None:
    with pytest.raises(BadLadder):
        Ladder.from_json({"shape": 2, "rungs": []})
    with pytest.raises(BadLadder):
        Try.from_json({"shape": 0}, name="a")
