"""A day is written once, whatever is sent how often, and nothing that it said is lost."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, connection

from safetomove.core.diary import CheckIn
from safetomove.core.record import RecheckReason
from safetomove.core.safety import NoteCard
from safetomove.records.models import CheckInHistory, CheckInRow, WriteKey
from safetomove.services.check_in import Saved, end_flare, record_done, save_check_in, start_flare
from safetomove.services.people import set_zone, start_guest
from safetomove.services.refusals import BadKey, DayTooOld, FutureDay, KeyReused, NoSuchPerson
from safetomove.services.safety_check import save_answers, say_something_is_different
from safetomove.services.today import review_today
from tests.people import NOW, TODAY, all_clear, noon

NUMB = "numb between my legs and I can't feel it when I pee"


@pytest.fixture
def asha(db: None) -> UUID:
    return start_guest(now=NOW)


def save(person: UUID, check_in: CheckIn, *, key: str = "", now: datetime = NOW) -> Saved:
    return save_check_in(
        person=person, check_in=check_in, client_key=key or uuid.uuid4().hex, now=now
    )


def test_a_day_comes_back_as_it_was_told(asha: UUID) -> None:
    told = CheckIn(
        day=TODAY, pain=7.5, flare=False, note="ÄÖ 🌱 fine", done={"walking": 12},
        planned={"walking": 10}, extra={"weather": "wet"},
    )  # fmt: skip
    saved = save(asha, told)
    assert (saved.check_in, saved.version, saved.repeated) == (told, 1, False)
    assert review_today(person=asha, now=NOW).check_in == told


def test_more_answers_on_the_same_day_add_to_it_and_skipped_ones_take_nothing_away(
    asha: UUID,
) -> None:
    save(asha, CheckIn(day=TODAY, pain=4, note="first", done={"walking": 5}))
    saved = save(asha, CheckIn(day=TODAY, pain=6, mood=3, done={"swim": 2}))
    whole = CheckIn(day=TODAY, pain=6, mood=3, note="first", done={"walking": 5, "swim": 2})
    assert (saved.check_in, saved.version) == (whole, 2)


def test_what_an_amendment_replaced_is_kept_in_history(asha: UUID) -> None:
    save(asha, CheckIn(day=TODAY, pain=4))
    save(asha, CheckIn(day=TODAY, pain=6))
    save(asha, CheckIn(day=TODAY, pain=6))
    rows = CheckInHistory.objects.filter(person_id=asha)
    assert [(row.local_day, row.version) for row in rows] == [(TODAY, 1)]


def test_an_answer_can_be_taken_back(asha: UUID) -> None:
    save(asha, CheckIn(day=TODAY, pain=4, note="slip", done={"walking": 5}))
    saved = save_check_in(
        person=asha, check_in=CheckIn(day=TODAY), client_key="undo", now=NOW,
        clear=("pain", "note", "dose:walking"),
    )  # fmt: skip
    assert saved.check_in == CheckIn(day=TODAY)


def test_the_same_request_fifty_times_writes_one_day_and_gets_one_answer(asha: UUID) -> None:
    told = CheckIn(day=TODAY, pain=4)
    answers = [save(asha, told, key="tap") for _ in range(50)]
    assert {answer.version for answer in answers} == {1}
    assert [answer.repeated for answer in answers] == [False] + [True] * 49
    assert {replace(answer, repeated=False).check_in.pain for answer in answers} == {4}
    assert WriteKey.objects.count() == CheckInRow.objects.count() == 1


def test_a_late_repeat_is_answered_as_the_first_was_and_undoes_nothing_since(asha: UUID) -> None:
    first = save(asha, CheckIn(day=TODAY, pain=4), key="a")
    save(asha, CheckIn(day=TODAY, pain=8), key="b")
    later = NOW + timedelta(days=60)
    again = save(asha, CheckIn(day=TODAY, pain=4), key="a", now=later)
    assert again == replace(first, repeated=True)
    assert review_today(person=asha, now=NOW).check_in == CheckIn(day=TODAY, pain=8)


def test_a_key_used_again_for_other_answers_is_refused_and_keeps_nothing(asha: UUID) -> None:
    save(asha, CheckIn(day=TODAY, pain=4), key="a")
    with pytest.raises(KeyReused):
        save(asha, CheckIn(day=TODAY, pain=5), key="a")
    assert review_today(person=asha, now=NOW).check_in == CheckIn(day=TODAY, pain=4)


def test_two_people_may_use_the_same_key(asha: UUID) -> None:
    dev = start_guest(now=NOW)
    save(asha, CheckIn(day=TODAY, pain=4), key="a")
    assert not save(dev, CheckIn(day=TODAY, pain=5), key="a").repeated


@pytest.mark.parametrize("key", ["", "a" * 65, "ä", "a b", "a\n", "<b>"])
def test_a_client_key_that_is_none_is_refused(asha: UUID, key: str) -> None:
    told = CheckIn(day=TODAY, pain=4)
    with pytest.raises(BadKey):
        save_check_in(person=asha, check_in=told, client_key=key, now=NOW)


def test_a_day_that_has_not_begun_is_refused(asha: UUID) -> None:
    with pytest.raises(FutureDay):
        save(asha, CheckIn(day=TODAY + timedelta(days=1), pain=4))


def test_four_weeks_back_may_be_noted_by_hand_and_no_further(asha: UUID) -> None:
    save(asha, CheckIn(day=TODAY - timedelta(days=27), pain=4))
    with pytest.raises(DayTooOld):
        save(asha, CheckIn(day=TODAY - timedelta(days=28), pain=4))


def test_nobody_is_made_up_for_an_id_that_is_not_kept(db: None) -> None:
    with pytest.raises(NoSuchPerson):
        save(uuid.uuid4(), CheckIn(day=TODAY, pain=4))


def test_two_taps_at_once_write_one_day(transactional_db: None) -> None:
    asha = start_guest(now=NOW)
    answers = _at_once([(asha, CheckIn(day=TODAY, pain=4), "tap")] * 25)
    assert {answer.version for answer in answers} == {1}
    assert sum(not answer.repeated for answer in answers) == 1
    assert CheckInRow.objects.count() == 1


def test_two_tabs_at_once_lose_neither_answer(transactional_db: None) -> None:
    asha = start_guest(now=NOW)
    pain, mood = CheckIn(day=TODAY, pain=4), CheckIn(day=TODAY, mood=7)
    sent = [(asha, told, f"{n}") for n, told in enumerate([pain, mood] * 8)]
    _at_once(sent)
    row = CheckInRow.objects.get()
    assert row.version == 2
    assert review_today(person=asha, now=NOW).check_in == CheckIn(day=TODAY, pain=4, mood=7)


def test_the_database_itself_refuses_a_second_row_for_a_day(asha: UUID) -> None:
    save(asha, CheckIn(day=TODAY, pain=4))
    row = CheckInRow.objects.get()
    with pytest.raises(IntegrityError):
        CheckInRow.objects.create(
            person_id=asha, local_day=TODAY, sealed=row.sealed, written_at=NOW
        )


def _at_once(sent: list[tuple[UUID, CheckIn, str]]) -> list[Saved]:
    def one(args: tuple[UUID, CheckIn, str]) -> Saved:
        try:
            return save(args[0], args[1], key=args[2])
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(one, sent))


# --- The local day ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("zone", "instant", "day"),
    [
        ("Europe/London", datetime(2026, 10, 24, 22, 59, tzinfo=UTC), date(2026, 10, 24)),
        ("Europe/London", datetime(2026, 10, 24, 23, 0, tzinfo=UTC), date(2026, 10, 25)),
        ("Europe/London", datetime(2026, 10, 25, 0, 30, tzinfo=UTC), date(2026, 10, 25)),
        ("Europe/London", datetime(2026, 10, 25, 1, 30, tzinfo=UTC), date(2026, 10, 25)),
        ("Europe/London", datetime(2026, 10, 25, 23, 59, tzinfo=UTC), date(2026, 10, 25)),
        ("Europe/London", datetime(2026, 10, 26, 0, 0, tzinfo=UTC), date(2026, 10, 26)),
        ("Europe/London", datetime(2027, 3, 27, 23, 59, tzinfo=UTC), date(2027, 3, 27)),
        ("Europe/London", datetime(2027, 3, 28, 1, 0, tzinfo=UTC), date(2027, 3, 28)),
        ("Europe/London", datetime(2027, 3, 28, 22, 59, tzinfo=UTC), date(2027, 3, 28)),
        ("Europe/London", datetime(2027, 3, 28, 23, 0, tzinfo=UTC), date(2027, 3, 29)),
        ("America/New_York", datetime(2026, 11, 1, 3, 59, tzinfo=UTC), date(2026, 10, 31)),
        ("America/New_York", datetime(2026, 11, 2, 4, 59, tzinfo=UTC), date(2026, 11, 1)),
        ("America/New_York", datetime(2027, 3, 15, 3, 59, tzinfo=UTC), date(2027, 3, 14)),
        ("Pacific/Kiritimati", datetime(2026, 11, 22, 10, 0, tzinfo=UTC), date(2026, 11, 23)),
    ],
)
def test_a_check_in_falls_on_the_day_on_the_wall_where_the_person_is(
    db: None, zone: str, instant: datetime, day: date
) -> None:
    person = start_guest(now=instant, zone=zone)
    assert start_flare(person=person, client_key="a", now=instant).check_in.day == day


def test_an_hour_lived_twice_is_still_one_day(db: None) -> None:
    before = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # 01:30 summer time
    after = before + timedelta(hours=1)  # 01:30 again
    person = start_guest(now=before)
    save(person, CheckIn(day=date(2026, 10, 25), pain=4), now=before)
    save(person, CheckIn(day=date(2026, 10, 25), mood=4), now=after)
    assert CheckInRow.objects.count() == 1


def test_flying_west_lives_a_day_twice_and_keeps_one_row_a_day(asha: UUID) -> None:
    save(asha, CheckIn(day=TODAY, pain=4))
    set_zone(person=asha, zone="Pacific/Kiritimati", now=NOW)
    tomorrow = TODAY + timedelta(days=1)
    save(asha, CheckIn(day=tomorrow, pain=5))
    set_zone(person=asha, zone="America/New_York", now=NOW)
    today = review_today(person=asha, now=NOW)
    assert (today.local_day, today.check_in) == (TODAY, CheckIn(day=TODAY, pain=4))
    assert [one.day for one in today.record.diary.check_ins] == [TODAY]


# --- When the safety questions come back ------------------------------------------------


@pytest.fixture
def cleared(asha: UUID) -> UUID:
    save_answers(person=asha, answers=all_clear(), now=NOW)
    return asha


def test_a_flare_up_that_begins_asks_the_safety_questions_and_its_second_day_does_not(
    cleared: UUID,
) -> None:
    began = start_flare(person=cleared, client_key="a", now=NOW)
    assert began.recheck is not None
    assert began.recheck.reason is RecheckReason.FLARE_UP
    tomorrow = NOW + timedelta(days=1)
    save_answers(person=cleared, answers=all_clear(given_on=tomorrow.date()), now=tomorrow)
    assert start_flare(person=cleared, client_key="b", now=tomorrow).recheck is None


def test_a_worrying_note_stops_doses_until_the_questions_are_answered(cleared: UUID) -> None:
    saved = save(cleared, CheckIn(day=TODAY, note=NUMB))
    assert saved.recheck is not None
    assert NoteCard.CAUDA_EQUINA in saved.recheck.cards
    assert not review_today(person=cleared, now=NOW).review.cleared
    save_answers(person=cleared, answers=all_clear(), now=NOW)
    assert review_today(person=cleared, now=NOW).review.cleared


def test_nothing_that_comes_after_pushes_a_worrying_note_out(cleared: UUID) -> None:
    save(cleared, CheckIn(day=TODAY, note=NUMB))
    start_flare(person=cleared, client_key="a", now=NOW)
    say_something_is_different(person=cleared, now=NOW)
    recheck = review_today(person=cleared, now=NOW).record.recheck
    assert recheck is not None
    assert NoteCard.CAUDA_EQUINA in recheck.cards


def test_a_worrying_note_is_shown_even_while_a_flare_up_waits_for_its_questions(
    cleared: UUID,
) -> None:
    start_flare(person=cleared, client_key="a", now=NOW)
    save(cleared, CheckIn(day=TODAY, note=NUMB))
    recheck = review_today(person=cleared, now=NOW).record.recheck
    assert recheck is not None
    assert NoteCard.CAUDA_EQUINA in recheck.cards


def test_what_has_been_asked_about_is_not_asked_again_when_the_day_is_amended(
    cleared: UUID,
) -> None:
    save(cleared, CheckIn(day=TODAY, note=NUMB, flare=True))
    save_answers(person=cleared, answers=all_clear(), now=NOW)
    assert save(cleared, CheckIn(day=TODAY, mood=4)).recheck is None


def test_a_worrying_note_about_last_week_told_today_counts_and_an_old_flare_up_does_not(
    cleared: UUID,
) -> None:
    last_week = TODAY - timedelta(days=7)
    assert save(cleared, CheckIn(day=last_week, flare=True)).recheck is None
    assert save(cleared, CheckIn(day=last_week, note=NUMB)).recheck is not None


def test_a_repeated_request_brings_its_recheck_again(cleared: UUID) -> None:
    first = save(cleared, CheckIn(day=TODAY, note=NUMB), key="a")
    again = save(cleared, CheckIn(day=TODAY, note=NUMB), key="a")
    assert again.recheck == first.recheck is not None


def test_the_end_of_a_flare_up_is_noted_on_its_day(cleared: UUID) -> None:
    start_flare(person=cleared, client_key="a", now=noon(TODAY - timedelta(days=2)))
    ended = end_flare(person=cleared, client_key="b", now=NOW)
    assert ended.check_in == CheckIn(day=TODAY, flare=False)


def test_a_flare_button_pressed_before_midnight_and_sent_again_after_is_one_press(
    cleared: UUID,
) -> None:
    first = start_flare(person=cleared, client_key="a", now=NOW)
    again = start_flare(person=cleared, client_key="a", now=NOW + timedelta(hours=14))
    assert again.check_in.day == first.check_in.day == TODAY


def test_what_was_done_is_noted_beside_what_was_planned(asha: UUID) -> None:
    saved = record_done(
        person=asha, activity="walking", amount=12, day=TODAY, planned=10, client_key="a", now=NOW
    )
    assert saved.check_in == CheckIn(day=TODAY, done={"walking": 12}, planned={"walking": 10})
