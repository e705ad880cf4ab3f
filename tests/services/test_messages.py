"""Messages between a person and their clinic: delivered once, answered, kept, never watched."""

import json
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from safetomove.core.safety import NoteCard
from safetomove.records.models import AuditRow, ClinicDocumentRow
from safetomove.services import export, holding
from safetomove.services.clinic import (
    enrolment,
    inbox,
    looks,
    members,
    messages,
    my_messages,
    sharing,
)
from safetomove.services.clinic.refusals import NoSuchClinic, NoSuchMember
from safetomove.services.clinic.staff import Desk, Role
from safetomove.services.clinic.threads import WORDS_TOP, BadMessage, Closed, Side, ThreadClosed
from safetomove.services.erase import erase_person
from safetomove.services.refusals import KeyReused
from tests.clinics import NOW, a_clinic, a_member, a_worker, join
from tests.courses import a_group

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
WORRYING = "since Sunday I can't feel it when I wipe"


@pytest.fixture
def at() -> Desk:
    return a_worker(a_clinic(), Role.PHYSIOTHERAPIST, name="Ben Hill").at


@pytest.fixture
def amina(at: Desk) -> UUID:
    return a_member(at)


def person_of(at: Desk, member: UUID) -> UUID:
    found = members.member(at.held, member).person
    assert found is not None
    return found


def says(at: Desk, member: UUID, words: str, *, hours: int = 0, key: str = "") -> str:
    sent = my_messages.send(
        person=person_of(at, member),
        member=member,
        words=words,
        client_key=key or uuid4().hex,
        now=NOW + hours * HOUR,
    )
    return sent.name


def answers(at: Desk, member: UUID, words: str, *, hours: int, seen: int | None = None) -> None:
    seen_at = None if seen is None else NOW + seen * HOUR
    key, now = uuid4().hex, NOW + hours * HOUR
    messages.answer(at, member=member, words=words, seen=seen_at, client_key=key, now=now)


def waiting(at: Desk, *, hours: int = 0) -> list[str]:
    return [each.member.name for each in inbox.inbox(at.held, now=NOW + hours * HOUR).threads]


def test_a_message_arrives_and_its_answer_comes_back(at: Desk, amina: UUID) -> None:
    says(at, amina, "Can I come on Friday?\nBy bus.")
    answers(at, amina, "Yes, see you then.", hours=2, seen=0)
    thread = my_messages.my_thread(person=person_of(at, amina), member=amina)
    assert [(each.side, each.words) for each in thread.messages] == [
        (Side.PERSON, "Can I come on Friday?\nBy bus."),
        (Side.CLINIC, "Yes, see you then."),
    ]
    read = messages.read(at, members.member(at.held, amina), now=NOW)
    assert [each.words for each in read] == [each.words for each in thread.messages]


def test_a_second_tap_sends_nothing_more(at: Desk, amina: UUID) -> None:
    first = says(at, amina, "Hello", key="k")
    assert says(at, amina, "Hello", key="k", hours=1) == first
    with pytest.raises(KeyReused):
        says(at, amina, "Another", key="k")
    assert ClinicDocumentRow.objects.filter(kind="message").count() == 1


def test_words_do_not_stand_in_the_table(at: Desk, amina: UUID) -> None:
    says(at, amina, "heliotrope")
    rows = ClinicDocumentRow.objects.filter(kind="message")
    assert not any(b"heliotrope" in bytes(row.sealed) for row in rows)


@pytest.mark.parametrize("words", ["", " \n ", "x" * (WORDS_TOP + 1), "a\x00b", "\ud800"])
def test_what_can_not_be_kept_is_refused_whole(at: Desk, amina: UUID, words: str) -> None:
    with pytest.raises(BadMessage):
        says(at, amina, words)
    assert waiting(at) == []


def test_who_waits_longest_comes_first_and_an_answer_takes_them_off(at: Desk, amina: UUID) -> None:
    ben = a_member(at, "Ben Cole")
    says(at, ben, "Hello", hours=1)
    says(at, amina, "Hello")
    says(at, amina, "Anybody?", hours=2)
    assert waiting(at, hours=3) == ["Amina Begum", "Ben Cole"]
    answers(at, amina, "Yes", hours=4, seen=2)
    assert waiting(at, hours=5) == ["Ben Cole"]
    assert inbox.waiting(at.held) == 1
    assert inbox.waiting_since(ben) == NOW + HOUR
    assert inbox.waiting_since(amina) is None


def test_what_was_written_while_staff_wrote_still_waits(at: Desk, amina: UUID) -> None:
    says(at, amina, "Hello")
    says(at, amina, WORRYING, hours=1)
    answers(at, amina, "Good morning", hours=2, seen=0)
    assert inbox.waiting_since(amina) == NOW + HOUR
    assert inbox.worrying_since(amina) == NOW + HOUR


def test_worrying_words_come_first_and_call_for_the_safety_questions(at: Desk, amina: UUID) -> None:
    says(at, a_member(at, "Ben Cole"), "Hello")
    name = says(at, amina, WORRYING, hours=5)
    found = inbox.inbox(at.held, now=NOW + 6 * HOUR).threads
    assert [each.member.name for each in found] == ["Amina Begum", "Ben Cole"]
    assert found[0].worrying_since == NOW + 5 * HOUR
    thread = my_messages.my_thread(person=person_of(at, amina), member=amina)
    raised = next(each for each in thread.messages if each.name == name).cards
    assert NoteCard.CAUDA_EQUINA in raised
    recheck = holding.look(person_of(at, amina)).file.recheck
    assert recheck is not None
    assert recheck.cards == raised


def test_a_thread_is_overdue_only_after_three_days(at: Desk, amina: UUID) -> None:
    says(at, amina, "Hello")
    for hours, late in ((72, False), (73, True)):
        assert inbox.inbox(at.held, now=NOW + hours * HOUR).threads[0].overdue is late


def test_whoever_takes_a_thread_is_named_until_they_let_it_go(at: Desk, amina: UUID) -> None:
    says(at, amina, "Hello")
    messages.take(at, member=amina, mine=True)
    assert inbox.inbox(at.held, now=NOW).threads[0].owner_name == "Ben Hill"
    messages.take(at, member=amina, mine=False)
    assert inbox.inbox(at.held, now=NOW).threads[0].owner is None


def test_what_was_done_instead_is_for_staff_alone(at: Desk, amina: UUID) -> None:
    says(at, amina, WORRYING)
    messages.settle(at, member=amina, words="Rang her", seen=NOW, client_key="s", now=NOW + HOUR)
    assert waiting(at) == []
    own = my_messages.my_thread(person=person_of(at, amina), member=amina)
    assert [each.side for each in own.messages] == [Side.PERSON]
    staff = messages.read(at, members.member(at.held, amina), now=NOW)
    assert [each.words for each in staff] == [WORRYING, "Rang her"]
    assert "Rang her" not in export.export_json(person=person_of(at, amina))


def test_the_person_sees_that_something_is_new_until_they_open_it(at: Desk, amina: UUID) -> None:
    person = person_of(at, amina)
    answers(at, amina, "Welcome", hours=1)
    assert my_messages.mine(person)[0].unread
    assert my_messages.my_thread(person=person, member=amina).unread
    assert not my_messages.mine(person)[0].unread


def test_who_has_left_can_read_but_neither_side_can_write(at: Desk, amina: UUID) -> None:
    person = person_of(at, amina)
    says(at, amina, "Hello")
    sharing.leave(person=person, member=amina, now=NOW + HOUR)
    with pytest.raises(ThreadClosed):
        says(at, amina, "Still there?", hours=2)
    with pytest.raises(ThreadClosed):
        answers(at, amina, "Yes", hours=3)
    own = my_messages.my_thread(person=person, member=amina)
    assert own.closed is Closed.LEFT
    assert [each.words for each in own.messages] == ["Hello"]
    assert waiting(at) == ["Amina Begum"]


def test_who_was_discharged_can_be_written_to_but_not_write(at: Desk, amina: UUID) -> None:
    members.discharge(at, member=amina, now=NOW)
    with pytest.raises(ThreadClosed):
        says(at, amina, "Hello")
    answers(at, amina, "Ring us for a booster on 0113 496 0000.", hours=1)
    own = my_messages.my_thread(person=person_of(at, amina), member=amina)
    assert (own.closed, len(own.messages)) == (Closed.DISCHARGED, 1)


def test_after_erasing_the_clinic_keeps_the_thread_and_nobody_else_reads_it(
    at: Desk, amina: UUID
) -> None:
    says(at, amina, "My own words")
    erase_person(person=person_of(at, amina), actor="self", now=NOW + HOUR)
    kept = messages.read(at, members.member(at.held, amina), now=NOW)
    assert [each.words for each in kept] == ["My own words"]
    someone = join(at, amina, now=NOW + 2 * HOUR)
    assert my_messages.my_thread(person=someone, member=amina).messages == ()


def test_a_thread_opens_for_its_own_person_and_its_own_clinic_alone(at: Desk, amina: UUID) -> None:
    ben = a_member(at, "Ben Cole")
    says(at, amina, "Hello")
    with pytest.raises(NoSuchClinic):
        my_messages.my_thread(person=person_of(at, ben), member=amina)
    with pytest.raises(NoSuchClinic):
        my_messages.send(
            person=person_of(at, ben), member=amina, words="x", client_key="k", now=NOW
        )
    other = a_worker(a_clinic("Elsewhere"), Role.PHYSIOTHERAPIST).at
    with pytest.raises(NoSuchMember):
        answers(other, amina, "Hello", hours=1)
    assert inbox.inbox(other.held, now=NOW).threads == ()


def test_one_message_to_a_group_is_one_each_and_names_who_was_missed(at: Desk, amina: UUID) -> None:
    group = a_group(at)
    alone = a_member(at, "No Phone", joined=False)
    ben = a_member(at, "Ben Cole")
    for each in (amina, ben, alone):
        enrolment.enrol(at, group=group, member=each, now=NOW)
    says(at, amina, "Hello")
    for _ in range(2):
        missed = messages.send_to_group(
            at, group=group, words="Bring shoes", client_key="g", now=NOW + HOUR
        )
    assert [each.name for each in missed] == ["No Phone"]
    for each in (amina, ben):
        own = my_messages.my_thread(person=person_of(at, each), member=each)
        assert [one.words for one in own.messages if one.side is Side.CLINIC] == ["Bring shoes"]
    assert waiting(at) == ["Amina Begum"]  # a message to all answers nobody


def test_reading_and_writing_are_noted_for_the_person(at: Desk, amina: UUID) -> None:
    person = person_of(at, amina)
    says(at, amina, "Hello")
    messages.read(at, members.member(at.held, amina), now=NOW + HOUR)
    answers(at, amina, "Hello", hours=2, seen=0)
    assert [each.verb for each in looks.looks(person)[0]] == ["message_written", "messages_read"]
    assert AuditRow.objects.filter(person=person, verb="message_sent").count() == 1


def test_a_person_takes_their_messages_away(at: Desk, amina: UUID) -> None:
    says(at, amina, "Hello")
    answers(at, amina, "Hello you", hours=1, seen=0)
    told = json.loads(export.export_json(person=person_of(at, amina)))["clinics"]["messages"]
    assert [(each["from"], each["words"]) for each in told] == [
        ("person", "Hello"),
        ("clinic", "Hello you"),
    ]


def test_a_full_inbox_costs_no_more_queries_than_a_short_one(
    at: Desk, django_assert_num_queries
) -> None:  # type: ignore[no-untyped-def]
    for number in range(3):
        says(at, a_member(at, f"Person {number}"), "Hello")
    with django_assert_num_queries(2):
        inbox.inbox(at.held, now=NOW)
    for number in range(3, 30):
        says(at, a_member(at, f"Person {number}"), "Hello")
    with django_assert_num_queries(2):
        found = inbox.inbox(at.held, now=NOW)
    assert (len(found.threads), found.count, found.pages) == (25, 30, 2)
