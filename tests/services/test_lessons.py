"""What is kept of lessons is sealed, is noted once, and says what Today should show."""

from datetime import timedelta
from uuid import UUID

import pytest

from safetomove.records.models import AuditRow, DocumentRow
from safetomove.services import lessons
from safetomove.services.lesson_notes import (
    IDEAS_TOP,
    WORDS_TOP,
    BadNote,
    LessonNotes,
    ToDo,
    notes_from_json,
)
from safetomove.services.people import keep_with_account, start_for_user, start_guest
from safetomove.services.refusals import NoSuchPerson
from safetomove.services.today import review_today
from tests.people import NOW, TODAY

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=3)
SLEEP, PAIN = "sleep", "why-we-feel-pain"


@pytest.fixture
def asha() -> UUID:
    return start_guest(now=NOW)


def choose(person: UUID, what: str = "Turn the clock round", lesson: str = SLEEP) -> None:
    lessons.choose_to_do(person=person, lesson=lesson, what=what, when="Tonight", now=NOW)


def shown_today(person: UUID) -> list[str]:
    """Return what Today would show of lessons."""
    choices = review_today(person=person, now=NOW).choices
    return [each.to_do.what for each in lessons.open_to_dos(person, choices)]


def test_a_lesson_opened_twice_is_noted_once_with_its_first_day(asha: UUID) -> None:
    lessons.note_read(person=asha, lesson=PAIN, now=NOW)
    notes = lessons.note_read(person=asha, lesson=PAIN, now=LATER)
    assert notes == {PAIN: LessonNotes(read=TODAY)} == lessons.notes_of(asha)
    assert DocumentRow.objects.get(person=asha).version == 1


def test_a_sentence_is_kept_with_its_first_day_until_it_is_let_go(asha: UUID) -> None:
    for now in (NOW, LATER):
        lessons.keep_sentence(person=asha, lesson=PAIN, wanted=True, now=now)
    assert lessons.notes_of(asha)[PAIN].kept == TODAY
    lessons.keep_sentence(person=asha, lesson=PAIN, wanted=False, now=LATER)
    assert lessons.notes_of(asha)[PAIN] == LessonNotes(read=TODAY)


def test_lists_take_the_place_of_those_before_and_name_each_thing_once(asha: UUID) -> None:
    for left in (["A row"], ["Rushing", "Rushing", "A long drive"]):
        lessons.save_lists(person=asha, lesson=PAIN, left=left, right=["Singing"], now=NOW)
    kept = lessons.notes_of(asha)[PAIN]
    assert (kept.left, kept.right) == (("Rushing", "A long drive"), ("Singing",))


def test_a_chosen_thing_is_on_today_until_it_is_done(asha: UUID) -> None:
    assert shown_today(asha) == []
    choose(asha)
    assert shown_today(asha) == ["Turn the clock round"]
    for _ in range(2):  # a second tap
        lessons.end_to_do(person=asha, lesson=SLEEP, done=True, now=LATER)
    assert shown_today(asha) == []
    to_do = lessons.notes_of(asha)[SLEEP].to_do
    assert to_do is not None
    assert to_do.done == LATER.date()


def test_a_thing_let_go_leaves_no_trace_and_the_others_stay(asha: UUID) -> None:
    choose(asha)
    choose(asha, "Go for a walk", "work")
    lessons.end_to_do(person=asha, lesson=SLEEP, done=False, now=LATER)
    assert lessons.notes_of(asha)[SLEEP].to_do is None
    assert shown_today(asha) == ["Go for a walk"]


def test_today_asks_nothing_more_where_nothing_is_open(
    asha: UUID, django_assert_num_queries: object
) -> None:
    choose(asha)
    lessons.end_to_do(person=asha, lesson=SLEEP, done=True, now=NOW)
    choices = review_today(person=asha, now=NOW).choices
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert lessons.open_to_dos(asha, choices) == ()


def test_what_a_person_writes_rests_sealed_and_each_step_is_noted(asha: UUID) -> None:
    choose(asha, "Hum a heliotrope tune")
    assert b"heliotrope" not in bytes(DocumentRow.objects.get(person=asha).sealed)
    assert AuditRow.objects.filter(person=asha).order_by("pk").last().verb == "lesson_noted"


def test_a_guest_takes_lessons_into_an_account(asha: UUID, django_user_model: type) -> None:
    user = django_user_model.objects.create_user("asha").pk  # type: ignore[attr-defined]
    account = start_for_user(user_id=user, now=NOW)
    lessons.keep_sentence(person=account, lesson=PAIN, wanted=True, now=NOW)
    choose(asha)
    keep_with_account(guest=asha, user_id=user, now=LATER)
    assert set(lessons.notes_of(account)) == {PAIN, SLEEP}
    assert shown_today(account) == ["Turn the clock round"]


def test_nobody_is_noted_for_nobody() -> None:
    with pytest.raises(NoSuchPerson):
        lessons.note_read(person=UUID(int=7), lesson=PAIN, now=NOW)


@pytest.mark.parametrize(
    "left",
    [["x" * (WORDS_TOP + 1)], ["a\x00b"], ["\ud800"], [str(n) for n in range(IDEAS_TOP + 1)]],
)
def test_what_cannot_be_kept_is_refused_and_nothing_is_written(asha: UUID, left: list[str]) -> None:
    with pytest.raises(BadNote):
        lessons.save_lists(person=asha, lesson=PAIN, left=left, right=[], now=NOW)
    assert lessons.notes_of(asha) == {}


def test_notes_come_back_as_they_were_written_and_another_shape_is_refused() -> None:
    to_do = ToDo(what="Walk", when="", since=TODAY, done=TODAY)
    notes = LessonNotes(read=TODAY, kept=TODAY, left=("a",), right=("b",), to_do=to_do)
    assert notes_from_json(notes.to_json()) == notes
    assert notes_from_json(LessonNotes().to_json()) == LessonNotes()
    with pytest.raises(BadNote):
        notes_from_json({"shape": 2})
