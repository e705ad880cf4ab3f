"""Double taps, old pages and two tabs: one answer is kept once, and nothing is lost."""

from uuid import UUID

import pytest
from django.test import Client

from safetomove.services.export import export_json
from safetomove.services.today import review_today
from safetomove.web import who
from tests.web.visits import NOW, cleared, form_for, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(who, "now", lambda request=None: NOW)


@pytest.fixture
def asha(client: Client, db: None) -> UUID:
    """Asha, who is cleared and walks."""
    return cleared(client)


def test_a_double_tap_on_save_gives_the_same_answer_and_keeps_it_once(
    client: Client, asha: UUID
) -> None:
    hidden = form_for(client.get("/check-in/"), "/check-in/")
    answers = [client.post("/check-in/", {**hidden, "mood": "5"}) for _ in range(5)]
    assert {each.status_code for each in answers} == {303}
    assert len({each["Location"] for each in answers}) == 1
    kept = review_today(person=asha, now=NOW).check_in
    assert kept is not None
    assert kept.mood == 5.0


def test_an_old_page_sent_again_with_other_answers_says_what_to_do_and_keeps_the_first(
    client: Client, asha: UUID
) -> None:
    hidden = form_for(client.get("/check-in/"), "/check-in/")
    client.post("/check-in/", {**hidden, "mood": "5"})
    answer = client.post("/check-in/", {**hidden, "mood": "10"})
    assert answer.status_code == 422
    assert "saved once already, with other answers" in text_of(answer)
    kept = review_today(person=asha, now=NOW).check_in
    assert kept is not None
    assert kept.mood == 5.0
    again = form_for(answer, "/check-in/")
    assert client.post("/check-in/", {**again, "mood": "10"}).status_code == 303
    changed = review_today(person=asha, now=NOW).check_in
    assert changed is not None
    assert changed.mood == 10.0


def test_a_second_tab_amends_says_so_and_the_first_answers_are_not_lost(
    client: Client, asha: UUID
) -> None:
    one = form_for(client.get("/check-in/"), "/check-in/")
    two = form_for(client.get("/check-in/"), "/check-in/")
    client.post("/check-in/", {**one, "mood": "2.5", "note": "first words"})
    sent = client.post("/check-in/", {**two, "mood": "7.5"})
    assert "had answers already" in text_of(client.get(sent["Location"]))
    kept = review_today(person=asha, now=NOW).check_in
    assert kept is not None
    assert (kept.mood, kept.note) == (7.5, "first words")
    assert '"mood": 2.5' in str(export_json(person=asha)).replace("'", '"')


def test_the_first_check_in_after_a_walk_is_not_called_a_change(client: Client, asha: UUID) -> None:
    hidden = form_for(client.get("/today/"), "/did/walking/")
    client.post("/did/walking/", {**hidden, "done": "all"})
    hidden = form_for(client.get("/today/"), "/check-in/")
    sent = client.post("/check-in/", {**hidden, "mood": "5"})
    assert "again" not in sent["Location"]


def test_an_answer_taken_back_on_the_change_page_is_empty_again(client: Client, asha: UUID) -> None:
    hidden = form_for(client.get("/check-in/"), "/check-in/")
    client.post("/check-in/", {**hidden, "mood": "5", "pain": "3"})
    change = form_for(client.get("/check-in/"), "/check-in/")
    assert set(change["had"].split()) == {"mood", "pain"}
    client.post("/check-in/", {**change, "mood": "5"})
    kept = review_today(person=asha, now=NOW).check_in
    assert kept is not None
    assert (kept.mood, kept.pain) == (5.0, None)


def test_a_double_tap_on_i_did_it_counts_once_and_a_change_of_mind_counts_last(
    client: Client, asha: UUID
) -> None:
    hidden = form_for(client.get("/today/"), "/did/walking/")
    for deed in ("all", "all", "none"):
        assert client.post("/did/walking/", {**hidden, "done": deed}).status_code == 303
    kept = review_today(person=asha, now=NOW).check_in
    assert kept is not None
    assert kept.done == {"walking": 0.0}
