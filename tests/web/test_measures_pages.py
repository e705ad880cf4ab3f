"""The measures' pages: a card before all else, nothing lost, and nothing kept twice."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from safetomove.content import instrument_files
from safetomove.core.measures import NotScorable, Reason, Score
from safetomove.core.safety import Answer
from safetomove.records.models import Person
from safetomove.services import instruments, measures, move_fit
from safetomove.services.today import review_today
from safetomove.web.words import page
from tests.web.visits import cleared, form_for, text_of

pytestmark = pytest.mark.django_db

INDEX = "/measures/"
CRISIS = "Are you safe right now?"


def fill(id: str) -> str:
    return f"/measures/fill/{id}/"


def invented(rules: str, count: int, version: str = "1") -> bytes:
    """Make a site's file of invented words: no owner's wording stands in these tests."""
    answers = 'answers = ["never", "some", "more", "most"]\n'
    head = f'rules = "{rules}"\nversion = "{version}"\ntitle = "Invented"\n{answers}'
    return (head + "".join(f'[[item]]\nasks = "Invented {at}"\n' for at in range(count))).encode()


@pytest.fixture
def site(settings: Any, tmp_path: Path) -> Any:
    """Give this test a data folder of its own."""
    settings.DATA_FOLDER = tmp_path
    return settings


@pytest.fixture
def phq9(site: Any) -> Iterator[Any]:
    """Load an invented form under the PHQ-9's rules, with a reader named."""
    site.SELF_HARM_READER = "Sam Lee reads these on weekdays from 9 to 5"
    instruments.load(invented("phq9", 9), name="phq9.toml", now=timezone.now())
    return site


def send(client: Client, id: str, **answers: str) -> HttpResponse:
    """Open a form and send it as a browser would."""
    hidden = form_for(client.get(fill(id)), fill(id))
    return client.post(fill(id), {**hidden, **answers})


def sent(client: Client, id: str, **answers: str) -> str:
    """Send a form that is kept, and return where it leads."""
    answer = send(client, id, **answers)
    assert answer.status_code == 303, text_of(answer)
    return answer.headers["Location"].split("?")[0]


def person_of(client: Client) -> UUID:
    return UUID(client.session["person"])


def test_to_look_creates_nobody_and_an_unknown_measure_is_not_here(client: Client) -> None:
    for id in ("", *(f"fill/{id}/" for id in instrument_files.shipped())):
        assert client.get(f"{INDEX}{id}").status_code == 200
    for lost in ("fill/phq99/", "kept/nothing/"):
        assert client.get(f"{INDEX}{lost}").status_code == 404
    assert not Person.objects.exists()


def test_what_was_answered_is_kept_and_shown_in_its_own_words(client: Client) -> None:
    kept = sent(client, "own-numbers", gets_in_the_way="7", can_do="3")
    shown = text_of(client.get(kept))
    assert "Gets in the way 7" in shown
    assert "How much does your back get in the way" in shown
    assert "left out" in shown  # a blank is said to be one, and is not 0
    assert "none of its questions was answered" in shown


def test_a_number_filled_in_again_is_compared_and_a_worse_one_is_said_as_plainly(
    client: Client,
) -> None:
    sent(client, "own-numbers", gets_in_the_way="7", can_do="6")
    shown = text_of(client.get(sent(client, "own-numbers", gets_in_the_way="4", can_do="3")))
    assert "moved from 7 to 4. That counts as a change for the better." in shown
    assert "nobody has tested that" in shown
    assert "for the worse" in shown
    assert "not your fault" in shown
    assert "Check it is safe" in shown


def test_own_activities_come_back_with_the_same_words_to_be_rated_again(client: Client) -> None:
    sent(client, "own-activities", **{"a1-words": "lifting Sam", "a1": "2"})
    again = client.get(fill("own-activities")).content.decode()
    assert 'value="lifting Sam"' in again
    shown = text_of(
        client.get(sent(client, "own-activities", **{"a1-words": "lifting Sam", "a1": "5"}))
    )
    assert "It moved from 2 to 5" in shown


@pytest.mark.parametrize(
    "bad",
    [
        {"gets_in_the_way": "11"},
        {"gets_in_the_way": "-1"},
        {"gets_in_the_way": "3.5"},
        {"gets_in_the_way": "\x00"},
        {"gets_in_the_way": "9" * 50_000},
        {"gets_in_the_way": "٣"},
        {},
    ],
)
def test_what_cannot_be_an_answer_is_refused_beside_its_question_and_nothing_is_kept(
    client: Client, bad: dict[str, str]
) -> None:
    answer = send(client, "own-numbers", can_do="4" if bad else "", **bad)
    assert answer.status_code == 422
    assert "There is a problem" in text_of(answer)
    if bad:
        assert 'value="4" checked' in answer.content.decode()  # what was right is not lost
    assert not Person.objects.exists()


def test_words_without_end_or_with_a_hidden_sign_are_refused(client: Client) -> None:
    for words in ("x" * 500, "lift\x00ing"):
        answer = send(client, "own-activities", **{"a1-words": words, "a1": "3"})
        assert answer.status_code == 422
    twice = {"a1-words": "Swim", "a1": "3", "a2-words": "swim", "a2": "4"}
    assert "named this one already" in text_of(send(client, "own-activities", **twice))


def test_a_double_tap_is_one_and_the_same_key_with_other_answers_changes_nothing(
    client: Client,
) -> None:
    hidden = form_for(client.get(fill("own-numbers")), fill("own-numbers"))
    first = client.post(fill("own-numbers"), {**hidden, "pain": "3"})
    again = client.post(fill("own-numbers"), {**hidden, "pain": "3"})
    assert first.headers["Location"] == again.headers["Location"]
    other = client.post(fill("own-numbers"), {**hidden, "pain": "4"})
    assert other.status_code == 422
    assert len(measures.measures_of(person_of(client))) == 1


def test_one_sent_by_mistake_is_taken_out_and_its_answers_stay_kept(client: Client) -> None:
    kept = sent(client, "own-numbers", pain="9")
    assert client.get(f"{kept}withdraw/").status_code == 405
    assert client.post(f"{kept}withdraw/").status_code == 303
    assert measures.measures_of(person_of(client)) == ()
    assert client.get(kept).status_code == 303
    exported = json.loads(client.get("/my-data/export.json").content)
    told = [one["says"] for one in exported["documents"] if one["kind"] == "measure"]
    assert [one["answers"] for one in told] == [{"pain": 9}]


def test_nobody_else_can_open_or_take_out_a_measure(client: Client) -> None:
    kept = sent(client, "own-numbers", pain="9")
    other = Client()
    cleared(other)
    assert other.get(kept).status_code == 404
    assert other.post(f"{kept}withdraw/").status_code == 404
    assert Client().get(kept).status_code == 404


@pytest.mark.parametrize("value", ["1", "2", "3"])
def test_any_answer_above_the_lowest_about_self_harm_shows_the_crisis_card_before_all_else(
    client: Client, phq9: Any, value: str
) -> None:
    cleared(client)
    answers = {f"q{at}": "0" for at in range(1, 9)}
    shown = text_of(client.get(sent(client, "phq9", **answers, q9=value)))
    assert shown.index(CRISIS) < shown.index("What it comes to")
    assert "Samaritans" in shown
    assert "Nobody watches for these answers" in shown


def test_the_crisis_card_comes_at_once_even_where_another_answer_is_wrong(
    client: Client, phq9: Any
) -> None:
    answer = send(client, "phq9", q1="7", q9="1")
    assert answer.status_code == 422
    shown = text_of(answer)
    assert shown.index(CRISIS) < shown.index("There is a problem")


def test_the_crisis_card_comes_even_where_the_records_are_out_of_reach(
    client: Client, phq9: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(**_: object) -> None:
        raise OperationalError("the database is away")

    monkeypatch.setattr(measures, "record", gone)
    answer = send(client, "phq9", q1="2", q9="1")
    assert answer.status_code == 503
    shown = text_of(answer)
    assert shown.index(CRISIS) < shown.index("Your answers could not be kept")
    assert 'value="2" checked' in answer.content.decode()  # to be sent again later


def test_after_an_answer_about_self_harm_no_dose_is_shown_before_the_questions_again(
    client: Client, phq9: Any
) -> None:
    person, now = cleared(client, now=timezone.now()), timezone.now()
    assert review_today(person=person, now=now).review.cleared
    sent(client, "phq9", q9="1")
    assert not review_today(person=person, now=now).review.cleared


def test_the_lowest_answer_about_self_harm_shows_no_card(client: Client, phq9: Any) -> None:
    assert CRISIS not in text_of(client.get(sent(client, "phq9", q1="1", q9="0")))


def test_who_reads_such_an_answer_and_when_is_said_before_it_is_given(
    client: Client, phq9: Any
) -> None:
    shown = text_of(client.get(fill("phq9")))
    assert "Sam Lee reads these on weekdays from 9 to 5. Nobody reads it as you send it" in shown
    assert "Get help now" in shown


def test_where_nobody_is_named_to_read_it_the_question_is_left_out_and_the_eight_stand(
    client: Client, phq9: Any
) -> None:
    phq9.SELF_HARM_READER = ""
    asked = client.get(fill("phq9"))
    assert 'name="q8"' in asked.content.decode()
    assert 'name="q9"' not in asked.content.decode()
    assert "One question is left out here" in text_of(asked)
    sent(client, "phq9", **{f"q{at}": "1" for at in range(1, 9)}, q9="3")
    (one,) = measures.measures_of(person_of(client))
    assert isinstance(one.result, NotScorable)
    assert one.result.reason is Reason.NOT_ASKED
    assert one.result.parts["phq8"].value == 8  # type: ignore[union-attr]


def test_low_mood_is_answered_with_where_help_is(client: Client, phq9: Any) -> None:
    answers = {f"q{at}": "2" for at in range(1, 9)}
    shown = text_of(client.get(sent(client, "phq9", **answers, q9="0")))
    assert page("measures")["talk"]["heading"] in shown
    assert "Get help now" in shown


def test_worrying_words_in_an_activity_of_their_own_raise_the_card(client: Client) -> None:
    cleared(client)
    kept = sent(client, "own-activities", **{"a1-words": "I can't feel when I wipe", "a1": "1"})
    shown = client.get(kept).content.decode().split("<main", 1)[1]
    assert "nhsuk-card--care--emergency" in shown
    assert shown.index("nhsuk-card--care") < shown.index("<h1>")


def test_sit_to_stand_waits_for_the_safety_questions_and_for_what_a_body_needs(
    client: Client,
) -> None:
    words = page("measures")["sit"]
    never = text_of(client.get(fill("sit-to-stand")))
    assert words["before"][0] not in never
    person = cleared(client, now=timezone.now())
    assert words["unknown_heading"] in text_of(client.get(fill("sit-to-stand")))
    for answer, heading in (
        (Answer.YES, words["clinician_heading"]),
        (Answer.NO, words["before"][0]),
    ):
        told = move_fit.Abilities.from_text(f"balance={answer}")
        move_fit.keep_abilities(person=person, abilities=told, now=timezone.now())
        shown = client.get(fill("sit-to-stand"))
        assert heading in text_of(shown)
        assert ("data-half-minute" in shown.content.decode()) == (answer is Answer.NO)


def test_what_a_clinic_asks_for_is_shown_with_its_day_and_goes_once_it_is_met(
    client: Client,
) -> None:
    now = timezone.now()
    person = cleared(client, now=now)
    measures.ask(
        person=person, instruments_asked=["own-numbers"], now=now, by="staff-1",
        label=measures.Occasion.FIRST,
    )  # fmt: skip
    shown = text_of(client.get(INDEX))
    assert "Your clinic asked for this. For the start of your course." in shown
    sent(client, "own-numbers", pain="4")
    assert "Your clinic asked for this" not in text_of(client.get(INDEX))
    (one,) = measures.measures_of(person)
    assert one.label is measures.Occasion.FIRST
    assert isinstance(one.result, Score) is False  # its first number was left out
