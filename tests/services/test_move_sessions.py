"""Sessions as they are kept: once for each press, counted once, gone when erased."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from safetomove.content import movements
from safetomove.core.doing import Abilities, Felt, Kit, NotCleared, Outcome, Part, Tag
from safetomove.core.errors import BadInput
from safetomove.core.safety import Answer
from safetomove.services import (
    check_in,
    ladder,
    move_fit,
    move_sessions,
    people,
    plans,
    safety_check,
)
from safetomove.services.export import export_json
from safetomove.services.move_sessions import Deed, NoSession, Open
from safetomove.services.refusals import BadKey
from safetomove.services.today import review_today
from tests.people import NOW, TODAY, all_clear, walking

pytestmark = pytest.mark.django_db


@pytest.fixture
def asha(db: None) -> UUID:
    """Asha, who is cleared and walks."""
    person = people.start_guest(now=NOW)
    safety_check.save_answers(person=person, answers=all_clear(), now=NOW)
    plans.choose_activity(person=person, plan=walking(), now=NOW)
    return person


def begin(person: UUID, minutes: int = 5, key: str | None = None) -> Open:
    """Start a session now."""
    return move_sessions.start(
        person=person, client_key=key or uuid4().hex, minutes=minutes, now=NOW
    )


def press(person: UUID, kept: Open, deed: Deed, seconds: int | None = None) -> Open:
    """Press a button of the player as it was last seen."""
    return move_sessions.do(
        person=person, id=kept.session.id, seen=kept.seen, deed=deed, seconds=seconds, now=NOW
    )


def finish(person: UUID) -> Open:
    """Go through a whole session."""
    kept = begin(person)
    while not kept.session.over:
        kept = press(person, kept, Deed.DONE)
    return kept


def walked(person: UUID) -> float | None:
    """Return the minutes noted as walked today."""
    day = review_today(person=person, now=NOW).check_in
    return day.done.get("walking") if day else None


def test_a_session_is_kept_as_it_goes_and_found_again(asha: UUID) -> None:
    kept = press(asha, begin(asha), Deed.DONE, seconds=30)
    found = move_sessions.latest(person=asha)
    assert found == kept
    assert found.session.at == 1
    assert found.session.items[0].seconds == 30


def test_a_second_press_of_the_same_button_changes_nothing(asha: UUID) -> None:
    kept = begin(asha)
    once = press(asha, kept, Deed.DONE)
    assert press(asha, kept, Deed.DONE) == once
    assert press(asha, kept, Deed.SKIP) == once


def test_a_second_tap_on_start_is_the_same_session(asha: UUID) -> None:
    key = uuid4().hex
    first = begin(asha, key=key)
    press(asha, first, Deed.DONE)
    assert begin(asha, key=key).session.at == 1


def test_without_clearance_there_is_no_session_and_none_goes_on(asha: UUID) -> None:
    kept = begin(asha)
    safety_check.say_something_is_different(person=asha, now=NOW)
    with pytest.raises(NotCleared):
        begin(asha)
    with pytest.raises(NotCleared):
        press(asha, kept, Deed.DONE)
    assert press(asha, kept, Deed.END).session.over


def test_what_a_person_told_is_heeded_by_the_session_and_by_each_swap(asha: UUID) -> None:
    told = Abilities(
        trouble={Tag.FLOOR: Answer.YES, Tag.KNEELING: Answer.NO, Tag.BALANCE: Answer.NO,
                 Tag.HANDS: Answer.NO},
        kit=frozenset({Kit.BALL}),
    )  # fmt: skip
    move_fit.keep_abilities(person=asha, abilities=told, now=NOW)
    kept = begin(asha, minutes=40)
    for _ in range(12):
        kept = press(asha, kept, Deed.SWAP)
        kept = press(asha, kept, Deed.SKIP)
    for item in kept.session.items:
        movement = movements.load()[item.movement]
        assert Tag.FLOOR not in movement.tags
        assert movement.needs <= told.kit


def test_a_rung_of_the_ladder_is_in_the_session_and_what_is_dreaded_is_not(asha: UUID) -> None:
    for movement, worry in (("pick-up-light", 3.0), ("slump-tall", 9.0)):
        ladder.put_up(person=asha, client_key=uuid4().hex, worry=worry, movement=movement, now=NOW)
    kept = begin(asha, minutes=20)
    every = [item.movement for item in kept.session.items]
    assert "pick-up-light" in every
    assert "slump-tall" not in every
    for _ in range(6):
        kept = press(asha, press(asha, kept, Deed.SWAP), Deed.SKIP)
    assert "slump-tall" not in {item.movement for item in kept.session.items}


def test_a_session_begins_with_what_was_asked_for_unless_it_is_dreaded_or_does_not_fit(
    asha: UUID,
) -> None:
    ladder.put_up(person=asha, client_key=uuid4().hex, worry=9.0, movement="slump-tall", now=NOW)
    today = review_today(person=asha, now=NOW)
    for movement, fits in (("hip-hinge", True), ("slump-tall", False), ("bridge", False)):
        assert move_sessions.can_begin_with(person=asha, movement=movement, today=today) is fits
        kept = move_sessions.start(
            person=asha, client_key=uuid4().hex, minutes=5, now=NOW, first=movement
        )
        main = [item.movement for item in kept.session.items if item.part is Part.MAIN]
        assert (main[0] == movement) is fits
        assert fits or movement not in main


def test_a_swap_keeps_the_level_and_easier_and_harder_change_it(asha: UUID) -> None:
    kept = press(asha, begin(asha), Deed.HARDER)
    assert kept.session.items[0].level == 2
    swapped = press(asha, kept, Deed.SWAP)
    assert swapped.session.items[0].movement != kept.session.items[0].movement
    assert press(asha, swapped, Deed.EASIER).session.items[0].level == 1


def test_next_time_starts_at_the_level_reached(asha: UUID) -> None:
    kept = press(asha, begin(asha), Deed.HARDER)
    done = press(asha, kept, Deed.DONE).session.items[0]
    again = begin(asha).session.items[0]
    assert (again.movement, again.level) == (done.movement, 2)


def test_too_much_means_one_level_lower_next_time(asha: UUID) -> None:
    kept = press(asha, press(asha, begin(asha), Deed.HARDER), Deed.DONE)
    kept = press(asha, kept, Deed.END)
    for _ in range(2):  # said twice is said once
        move_sessions.say_how_it_felt(person=asha, id=kept.session.id, felt=Felt.TOO_MUCH, now=NOW)
    assert begin(asha).session.items[0].level == 1


def test_in_a_flare_up_every_movement_starts_at_its_easiest(asha: UUID) -> None:
    kept = press(asha, press(asha, begin(asha), Deed.HARDER), Deed.DONE)
    check_in.start_flare(person=asha, client_key="flare", now=NOW)
    safety_check.save_answers(person=asha, answers=all_clear(), now=NOW)
    eased = begin(asha)
    assert eased.session.items[0].movement == kept.session.items[0].movement
    assert {item.level for item in eased.session.items} == {1}
    assert move_sessions.offered(review_today(person=asha, now=NOW)) == 5


def test_minutes_are_added_once_to_what_was_noted_already(asha: UUID) -> None:
    check_in.record_done(
        person=asha, activity="walking", amount=8.0, day=TODAY, planned=8.0,
        client_key="walk", now=NOW,
    )  # fmt: skip
    kept = finish(asha)
    assert kept.session.minutes_done == 5
    for _ in range(3):
        move_sessions.count(person=asha, id=kept.session.id, activity="walking", now=NOW)
    assert walked(asha) == 13.0


def test_minutes_kept_apart_stay_apart(asha: UUID) -> None:
    kept = finish(asha)
    move_sessions.count(person=asha, id=kept.session.id, activity="", now=NOW)
    move_sessions.count(person=asha, id=kept.session.id, activity="walking", now=NOW)
    assert walked(asha) is None


def test_minutes_go_to_nothing_that_is_not_the_persons_own_and_in_minutes(asha: UUID) -> None:
    kept = finish(asha)
    with pytest.raises(BadInput):
        move_sessions.count(person=asha, id=kept.session.id, activity="bending", now=NOW)
    found = move_sessions.latest(person=asha)
    assert found is not None
    assert found.session.counted is None


def test_a_session_counts_on_the_day_it_was_begun(asha: UUID) -> None:
    kept = finish(asha)
    tomorrow = NOW + timedelta(days=1)
    move_sessions.count(person=asha, id=kept.session.id, activity="walking", now=tomorrow)
    assert walked(asha) == 5.0


@pytest.mark.parametrize("id", ["", "latest", "x", "no-such-session", "a\x00b" * 4, "y" * 80])
def test_a_session_that_is_not_there_is_refused(asha: UUID, id: str) -> None:
    with pytest.raises(NoSession):
        move_sessions.do(person=asha, id=id, seen=1, deed=Deed.DONE, seconds=None, now=NOW)


@pytest.mark.parametrize("key", ["", "short", "a\x00bcdefgh", "z" * 57])
def test_a_key_that_is_none_is_refused(asha: UUID, key: str) -> None:
    with pytest.raises(BadKey):
        move_sessions.start(person=asha, client_key=key, minutes=5, now=NOW)


def test_nobody_reaches_into_somebody_elses_session(asha: UUID) -> None:
    dev = people.start_guest(now=NOW)
    kept = begin(asha)
    with pytest.raises(NoSession):
        move_sessions.do(
            person=dev, id=kept.session.id, seen=kept.seen, deed=Deed.DONE, seconds=None, now=NOW
        )


def test_what_was_done_is_in_the_persons_own_export(asha: UUID) -> None:
    kept = press(asha, begin(asha), Deed.DONE)
    whole = export_json(person=asha)
    assert kept.session.id in str(whole)
    assert kept.session.items[0].movement in str(whole)
    assert kept.session.items[0].outcome is Outcome.DONE
