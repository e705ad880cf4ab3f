"""Which movements fit a person: one rule, and every list asks it."""

from datetime import timedelta
from itertools import combinations

import pytest

from safetomove.content import movements
from safetomove.content.search import Kind, related
from safetomove.core.doing import (
    ABILITIES,
    Abilities,
    AboutPerson,
    BadAbout,
    Kit,
    Tag,
    Verdict,
    Way,
    about_person,
    suits,
)
from safetomove.core.safety import Answer, Context
from tests.people import TODAY, all_clear

IDS = tuple(movements.load())
NO_TROUBLE = dict.fromkeys(Tag, Answer.NO)


def person(*tags: Tag, answer: Answer = Answer.YES) -> AboutPerson:
    """Return somebody who has answered everything, with these answers."""
    return AboutPerson(told={**NO_TROUBLE, **dict.fromkeys(tags, answer)}, kit=frozenset(Kit))


@pytest.mark.parametrize("tag", Tag)
def test_a_yes_to_what_a_movement_is_tagged_with_always_changes_how_it_is_met(tag: Tag) -> None:
    about = person(tag)
    for id in IDS:
        met = movements.meet(id, about)
        assert met is not None
        tagged = tag in met.movement.tags
        assert (met.suits.verdict is not Verdict.ALLOWED) == tagged, id
        assert met.suits.because == ((tag,) if tagged else ()), id


@pytest.mark.parametrize("tag", Tag)
def test_what_is_swapped_or_hidden_stands_in_no_list_and_no_session(tag: Tag) -> None:
    about = person(tag)
    unfit = {id for id in IDS if not movements.meet(id, about).suits.listed}  # type: ignore[union-attr]
    assert unfit or tag is Tag.RECENT_SURGERY
    shown = movements.listed(about)
    assert unfit.isdisjoint(each.movement.id for each in shown)
    assert unfit.isdisjoint(each.id for each in movements.candidates(about))


@pytest.mark.parametrize("tag", Tag)
def test_a_session_is_never_made_of_what_needs_a_clinician_or_an_answer(tag: Tag) -> None:
    for answer in (Answer.YES, Answer.UNKNOWN):
        for each in movements.candidates(person(tag, answer=answer)):
            assert tag not in movements.load()[each.id].tags


@pytest.mark.parametrize("tags", list(combinations(Tag, 2)))
def test_whoever_has_two_of_them_still_finds_an_allowed_swap(tags: tuple[Tag, Tag]) -> None:
    about = person(*tags)
    for id in IDS:
        met = movements.meet(id, about)
        assert met is not None
        if met.suits.verdict in (Verdict.SWAP, Verdict.HIDDEN):
            assert met.swap is not None, id
            assert suits(met.swap.tags, about).verdict is Verdict.ALLOWED


def test_of_somebody_unknown_all_is_shown_with_its_questions_and_little_goes_in_a_session() -> None:
    nobody = AboutPerson()
    assert len(movements.listed(nobody)) == len(IDS)
    for each in movements.listed(nobody):
        assert set(each.suits.unknown) == set(each.movement.tags)
    assert all(not movements.load()[each.id].tags for each in movements.candidates(nobody))


def test_even_with_every_trouble_there_is_a_warm_up_a_main_part_and_a_way_to_let_go() -> None:
    parts = [part for each in movements.candidates(person(*Tag)) for part in each.parts]
    assert {"warm_up", "main", "relax"} == set(parts)


def test_the_strictest_tag_decides_and_is_the_one_that_is_named() -> None:
    tags = {Tag.FLOOR: Way.SWAP, Tag.PREGNANCY: Way.HIDE, Tag.RECENT_SURGERY: Way.CLINICIAN}
    met = suits(tags, person(*tags))
    assert (met.verdict, met.because) == (Verdict.HIDDEN, (Tag.PREGNANCY,))


def test_a_ball_or_a_band_is_only_in_a_session_of_somebody_who_has_one() -> None:
    without = AboutPerson(told=NO_TROUBLE)
    assert all(not movements.load()[each.id].needs for each in movements.candidates(without))
    with_ball = AboutPerson(told=NO_TROUBLE, kit=frozenset({Kit.BALL}))
    extra = set(movements.candidates(with_ball)) - set(movements.candidates(without))
    assert {each.family for each in extra} == {"ball"}


def test_not_sure_is_never_taken_for_no() -> None:
    met = suits({Tag.OSTEOPOROSIS: Way.SWAP}, person(Tag.OSTEOPOROSIS, answer=Answer.UNKNOWN))
    assert met.listed
    assert not met.certain
    assert met.unknown == (Tag.OSTEOPOROSIS,)


def test_an_old_no_counts_as_never_asked_and_an_old_yes_stays() -> None:
    context = Context(age=52, pregnant=Answer.NO, osteoporosis=Answer.YES)
    told = all_clear(given_on=TODAY - timedelta(days=29))
    old = about_person(
        type(told)(given_on=told.given_on, answers=told.answers, context=context),
        None,
        today=TODAY,
    )
    assert old.answer(Tag.PREGNANCY) is Answer.UNKNOWN
    assert old.answer(Tag.OSTEOPOROSIS) is Answer.YES


def test_a_flare_up_check_does_not_renew_what_only_the_full_check_asks() -> None:
    told = all_clear(given_on=TODAY)
    first = TODAY - timedelta(days=29)
    renewed = type(told)(
        given_on=TODAY, answers=told.answers, context=told.context, full_check_on=first
    )
    about = about_person(renewed, None, today=TODAY)
    assert about.answer(Tag.PREGNANCY) is Answer.UNKNOWN


def test_what_suits_a_person_is_written_and_read_back_whole() -> None:
    told = Abilities(
        trouble={Tag.FLOOR: Answer.YES, Tag.HANDS: Answer.NO}, kit=frozenset({Kit.BAND, Kit.STEP})
    )
    assert Abilities.from_text(told.to_text()) == told
    assert Abilities.from_text("") == Abilities()
    whole = Abilities(trouble=dict.fromkeys(ABILITIES, Answer.UNKNOWN), kit=frozenset(Kit))
    assert len(whole.to_text()) <= 200  # what one setting may hold


@pytest.mark.parametrize("text", ["floor=perhaps", "roof=yes", "spoon", "osteoporosis=no"])
def test_what_can_not_be_read_as_meant_is_refused(text: str) -> None:
    with pytest.raises(BadAbout):
        Abilities.from_text(text)


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("bending", "easy-fold"),
        ("SOFA", "low-seat-stand"),
        ("tie my shoes", "shoe-reach"),
        ("sitting", "chair-march"),
    ],
)
def test_a_plain_word_finds_its_movement_among_the_first(query: str, first: str) -> None:
    found = [each.id for each in related(query, Kind.MOVEMENT).results]
    assert first in found[:12]


@pytest.mark.parametrize("query", ["", "  ", "to", "\u0000", "zzzz", "<script>"])
def test_a_search_for_nothing_finds_nothing(query: str) -> None:
    assert related(query, Kind.MOVEMENT).results == ()
