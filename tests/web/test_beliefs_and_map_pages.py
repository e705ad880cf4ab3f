"""Beliefs and the map: what can't be kept is shown again as typed, and nothing half is kept."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client

from safetomove.core.beliefs import Belief
from safetomove.records.models import Person
from safetomove.services.beliefs import beliefs_of, save_beliefs
from safetomove.services.pain_map import map_of
from safetomove.services.people import SESSION_KEY
from safetomove.web.patient.learn.beliefs_page import lessons_for
from tests.web.visits import NOW, cleared, text_of

pytestmark = pytest.mark.django_db

ANSWER, BELIEFS = "/learn/beliefs/answer/", "/learn/beliefs/"
CHANGE, MAP = "/learn/map/change/", "/learn/map/"


def test_to_look_creates_nobody(client: Client) -> None:
    for path in (BELIEFS, ANSWER, MAP, CHANGE):
        assert client.get(path).status_code == 200
    assert not Person.objects.exists()


def test_first_answers_are_kept_and_lead_to_lessons_that_speak_to_them(client: Client) -> None:
    answer = client.post(ANSWER, {"damage": "9", "rest": "2"}, follow=True)
    assert "My pain shows how much damage" in text_of(answer)
    assert "/learn/" in answer.content.decode()
    (kept,) = beliefs_of(UUID(client.session[SESSION_KEY]))
    assert kept.scores == {Belief.DAMAGE: 9.0, Belief.REST: 2.0}


def test_a_strong_line_leads_to_the_lesson_that_speaks_to_it_most() -> None:
    ((_, lesson),) = lessons_for([Belief.REST])
    assert lesson.beliefs[0] is Belief.REST


def test_after_four_weeks_the_page_says_kindly_what_has_moved(client: Client) -> None:
    person = cleared(client)
    before = dict.fromkeys(Belief, 8.0)
    now = {**before, Belief.DAMAGE: 3.0, Belief.REST: 10.0}
    save_beliefs(person=person, scores=before, now=NOW - timedelta(days=28))
    save_beliefs(person=person, scores=now, now=NOW)
    shown = text_of(client.get(BELIEFS))
    assert "One of these lines has less of a grip" in shown
    assert "8 then, 3 now: it has eased" in shown
    assert "not a step back in your recovery" in shown
    assert "8.0 then, 7.7 now" in shown


def test_two_taps_on_save_are_one_set_of_answers(client: Client) -> None:
    for _ in range(2):
        client.post(ANSWER, {"damage": "9"})
    assert len(beliefs_of(UUID(client.session[SESSION_KEY]))) == 1


@pytest.mark.parametrize("sent", [{}, {"damage": "11"}, {"damage": "nan"}, {"rest": "-1"},
                                  {"damage": "\x00"}, {"damage": "9" * 5000}])  # fmt: skip
def test_an_answer_that_is_none_is_asked_again_and_creates_nobody(
    client: Client, sent: dict[str, str]
) -> None:
    answer = client.post(ANSWER, sent)
    assert answer.status_code == 422
    assert "There is a problem" in text_of(answer)
    assert not Person.objects.exists()


def test_a_map_is_kept_and_shown(client: Client) -> None:
    sent = {
        "thing": ["poor_sleep", "friends", "made_up"],
        "times": ["waking", "never"],
        "up_own": "the 47 bus",
        "avoided": "bending",
    }
    answer = client.post(CHANGE, sent, follow=True)
    shown = text_of(answer)
    for words in ("A poor night", "Time with people I like", "the 47 bus", "On waking", "bending"):
        assert words in shown
    kept = map_of(UUID(client.session[SESSION_KEY]))
    assert [one.id or one.words for one in kept.things] == ["poor_sleep", "friends", "the 47 bus"]


def test_the_form_comes_back_filled_as_the_map_stands(client: Client) -> None:
    client.post(CHANGE, {"thing": ["stress"], "missed": "the tango"})
    form = client.get(CHANGE).content.decode()
    assert 'value="stress" checked' in form
    assert "the tango" in form


@pytest.mark.parametrize(
    "sent",
    [
        {"up_own": "x" * 61},
        {"avoided": "a\x00b"},
        {"up_own": "Tea", "down_own": "tea"},
        {"missed": "\n".join(f"thing {n}" for n in range(41))},
    ],
)
def test_a_map_that_cannot_be_kept_is_shown_again_as_typed(
    client: Client, sent: dict[str, str]
) -> None:
    answer = client.post(CHANGE, {**sent, "thing": ["stress"]})
    assert answer.status_code == 422
    assert "There is a problem" in text_of(answer)
    assert 'value="stress" checked' in answer.content.decode()
    assert not Person.objects.exists()


def test_a_danger_word_on_the_map_brings_its_card_before_the_map(client: Client) -> None:
    sent = {"up_own": "numb between my legs since monday"}
    shown = text_of(client.post(CHANGE, sent, follow=True))
    assert "999" in shown
    assert shown.index("999") < shown.index("Body")
