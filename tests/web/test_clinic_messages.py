"""Messages on their pages: hours said first, a care card before all else, nothing lost."""

import re
from uuid import UUID

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from safetomove.services.clinic import inbox, members, my_messages, sharing
from safetomove.services.clinic.staff import Desk, Role
from tests.clinics import NOW, Worker, a_clinic, a_member, a_worker, signed_in
from tests.courses import a_group
from tests.web.visits import HIDDEN, come_as, text_of

pytestmark = pytest.mark.django_db

WORRYING = "I can't go on, I want to end my life"


@pytest.fixture
def ben() -> Worker:
    return a_worker(a_clinic(), Role.PHYSIOTHERAPIST, name="Ben Hill")


@pytest.fixture
def at(ben: Worker) -> Desk:
    return ben.at


@pytest.fixture
def amina(at: Desk) -> UUID:
    return a_member(at)


@pytest.fixture
def own(at: Desk, amina: UUID, client: Client) -> Client:
    come_as(client, person_of(at, amina))
    return client


def person_of(at: Desk, member: UUID) -> UUID:
    person = members.member(at.held, member).person
    assert person is not None
    return person


def mine(member: UUID) -> str:
    return reverse("my_clinic_messages", args=[member])


def fields(client: Client, address: str) -> dict[str, str]:
    return dict(HIDDEN.findall(client.get(address).content.decode()))


def test_when_somebody_reads_is_said_before_the_box_to_type_in(own: Client, amina: UUID) -> None:
    words = own.get(mine(amina)).content.decode()
    box = words.index("<textarea")
    for said in ("Nobody watches for messages", "Weekdays, 9 to 5", "not for emergencies"):
        assert words.index(said) < box


def test_after_sending_the_hours_are_said_again(own: Client, amina: UUID) -> None:
    sent = fields(own, mine(amina)) | {"words": "Is there parking?"}
    answer = own.post(mine(amina), sent, follow=True)
    said = text_of(answer)
    assert answer.redirect_chain[0][1] == 303
    assert "Nobody is told at once" in said
    assert "Weekdays, 9 to 5" in said
    assert "Is there parking?" in said


def test_a_worrying_message_is_delivered_and_the_card_comes_before_all_else(
    own: Client, at: Desk, amina: UUID
) -> None:
    sent = fields(own, mine(amina)) | {"words": WORRYING}
    main = own.post(mine(amina), sent, follow=True).content.decode().split("<main")[1]
    assert main.index("nhsuk-card--care") < main.index("<h1")
    assert "Your message was sent" in main
    assert inbox.worrying_since(amina) is not None


def test_the_card_comes_even_where_the_message_can_not_be_sent(
    own: Client, amina: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = fields(own, mine(amina)) | {"words": WORRYING}

    def gone(**_: object) -> None:
        raise OperationalError("no database")

    monkeypatch.setattr(my_messages, "send", gone)
    answer = own.post(mine(amina), sent)
    main = answer.content.decode().split("<main")[1]
    assert answer.status_code == 503
    assert "nhsuk-card--care" in main
    assert "not sent" in main
    assert WORRYING.split(",")[1].strip() in main


def test_too_long_a_worrying_message_still_shows_the_card_and_keeps_the_words(
    own: Client, amina: UUID
) -> None:
    long = f"{WORRYING}. {'And more. ' * 500}"
    answer = own.post(mine(amina), fields(own, mine(amina)) | {"words": long})
    main = answer.content.decode().split("<main")[1]
    assert answer.status_code == 422
    assert main.index("nhsuk-card--care") < main.index("<h1")
    assert "Use up to 4,000" in main
    assert main.count("And more.") == 500


@pytest.mark.parametrize("words", ["", "\x00", "a\x00b"])
def test_bad_words_are_answered_and_nothing_is_stored(
    own: Client, at: Desk, amina: UUID, words: str
) -> None:
    answer = own.post(mine(amina), fields(own, mine(amina)) | {"words": words})
    assert answer.status_code == 422
    assert inbox.waiting(at.held) == 0


def test_two_taps_send_one_message(own: Client, at: Desk, amina: UUID) -> None:
    sent = fields(own, mine(amina)) | {"words": "Hello"}
    for _ in range(2):
        assert own.post(mine(amina), sent).status_code == 303
    thread = my_messages.my_thread(person=person_of(at, amina), member=amina)
    assert len(thread.messages) == 1


def test_staff_see_the_worrying_thread_first_take_it_and_answer(
    own: Client, ben: Worker, at: Desk, amina: UUID
) -> None:
    own.post(mine(amina), fields(own, mine(amina)) | {"words": WORRYING})
    staff, here = signed_in(ben), reverse("clinic_thread", args=[at.held.clinic, amina])
    listed = text_of(staff.get(reverse("clinic_messages", args=[at.held.clinic])))
    assert "May hold a warning sign" in listed
    assert "You told people that you read at these times: Weekdays, 9 to 5" in listed
    shown = text_of(staff.get(here))
    assert "I want to end my life" in shown
    assert "raised a safety card" in shown
    staff.post(here, {"deed": "take"})
    assert "You have taken it" in text_of(staff.get(here))
    sent = fields(staff, here) | {"words": "I rang you. Are you safe now?", "deed": "answer"}
    assert staff.post(here, sent | {"key": "a"}).status_code == 303
    assert inbox.waiting(at.held) == 0
    assert "I rang you. Are you safe now?" in text_of(own.get(mine(amina)))
    assert "Ben Hill" in text_of(own.get(mine(amina)))


def test_an_answer_without_words_keeps_the_thread_waiting(
    own: Client, ben: Worker, at: Desk, amina: UUID
) -> None:
    own.post(mine(amina), fields(own, mine(amina)) | {"words": "Hello"})
    staff, here = signed_in(ben), reverse("clinic_thread", args=[at.held.clinic, amina])
    for deed, field in (("answer", "words"), ("settle", "settle")):
        answer = staff.post(here, fields(staff, here) | {"words": " ", "deed": deed})
        assert answer.status_code == 422
        assert f'href="#{field}"' in answer.content.decode()
    assert inbox.waiting(at.held) == 1


def test_a_group_is_written_to_at_once_and_says_who_was_missed(ben: Worker, at: Desk) -> None:
    from safetomove.services.clinic import enrolment

    group, alone = a_group(at), a_member(at, "No Phone", joined=False)
    enrolment.enrol(at, group=group, member=alone, now=NOW)
    staff, here = signed_in(ben), reverse("clinic_group_message", args=[at.held.clinic, group])
    answer = staff.post(here, {"key": "g", "words": "No session on Friday"})
    assert "No Phone" in text_of(answer)
    assert staff.post(here, {"key": "h", "words": ""}).status_code == 422


def test_after_leaving_the_thread_can_be_read_but_there_is_no_box(
    own: Client, at: Desk, amina: UUID
) -> None:
    own.post(mine(amina), fields(own, mine(amina)) | {"words": "Hello"})
    sharing.leave(person=person_of(at, amina), member=amina, now=NOW)
    words = own.get(mine(amina)).content.decode()
    assert "Hello" in words
    assert "<textarea" not in words
    assert re.search("You left this clinic", words)
    assert mine(amina) in own.get(reverse("my_clinics")).content.decode()
    assert own.post(mine(amina), {"key": "k", "words": "Anybody?"}).status_code == 422


def test_today_says_that_there_is_something_new_in_neutral_words(
    own: Client, ben: Worker, at: Desk, amina: UUID
) -> None:
    staff, here = signed_in(ben), reverse("clinic_thread", args=[at.held.clinic, amina])
    assert "new message" not in text_of(own.get(reverse("today")))
    staff.post(here, {"deed": "answer", "words": "Your blood test is in", "key": "k"})
    said = text_of(own.get(reverse("today")))
    assert "There is a new message for you" in said
    assert "blood test" not in said
    own.get(mine(amina))
    assert "new message" not in text_of(own.get(reverse("today")))


def test_the_clinics_first_page_says_how_many_wait_and_whom_to_ask_again(
    own: Client, ben: Worker, at: Desk, amina: UUID
) -> None:
    own.post(mine(amina), fields(own, mine(amina)) | {"words": "Hello"})
    said = text_of(signed_in(ben).get(reverse("clinic_home", args=[at.held.clinic])))
    assert "Messages: 1 waiting" in said
    assert "Asking again" in said
