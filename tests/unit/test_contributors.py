"""The map is the person's own; what it asks of the check-in stays small."""

import pytest

from safetomove.core.contributors import (
    OWN_ASKED_TOP,
    THINGS_TOP,
    WORDS_TOP,
    Area,
    BadMap,
    PainMap,
    Thing,
    Turns,
    columns_asked,
    own_asked,
)


def ours(id: str, column: str = "", turns: Turns = Turns.UP) -> Thing:
    return Thing(area=Area.BODY, turns=turns, id=id, column=column)


def own(words: str) -> Thing:
    return Thing(area=Area.LIFE, turns=Turns.DOWN, words=words)


FULL = PainMap(
    things=(ours("poor_sleep", "sleep_quality"), ours("stress", "stress"), own("the tango")),
    worst_times=("waking",),
    avoided=("bending",),
    missed=("Sunday lunch",),
)


def test_a_map_comes_back_as_it_was_kept() -> None:
    assert PainMap.from_json(FULL.to_json()) == FULL


def test_a_map_of_another_shape_is_refused_rather_than_half_read() -> None:
    with pytest.raises(BadMap):
        PainMap.from_json({**FULL.to_json(), "shape": 2})


def test_the_check_in_asks_once_about_what_stands_on_both_sides() -> None:
    about = PainMap(
        things=(
            ours("stress", "stress"),
            ours("poor_sleep", "sleep_quality"),
            ours("good_night", "sleep_quality", Turns.DOWN),
            ours("warmth", turns=Turns.DOWN),
        )
    )
    assert columns_asked(about) == ("sleep_quality", "stress")


def test_only_the_first_few_own_things_cost_a_tap() -> None:
    about = PainMap(things=tuple(own(f"thing {n}") for n in range(9)))
    assert own_asked(about) == ("thing 0", "thing 1", "thing 2")
    assert len(own_asked(about)) == OWN_ASKED_TOP


def test_an_empty_map_is_known_as_empty() -> None:
    assert PainMap().empty
    assert not FULL.empty


@pytest.mark.parametrize(
    "make",
    [
        lambda: Thing(area=Area.BODY, turns=Turns.UP),
        lambda: Thing(area=Area.BODY, turns=Turns.UP, id="a", words="b"),
        lambda: own("x" * (WORDS_TOP + 1)),
        lambda: own("a\x00b"),
        lambda: own("a\ud800b"),
        lambda: ours("a", column="pain_of_the_neighbour"),
        lambda: PainMap(avoided=(" ",)),
        lambda: PainMap(missed=("a\nb",)),
        lambda: PainMap(things=(own("Tea"), own("tea"))),
        lambda: PainMap(things=tuple(own(f"{n}") for n in range(THINGS_TOP)), missed=("one more",)),
    ],
)
def test_what_cannot_be_kept_whole_is_refused(make: object) -> None:
    with pytest.raises(BadMap):
        make()  # type: ignore[operator]
