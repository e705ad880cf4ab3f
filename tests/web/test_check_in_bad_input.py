"""What can't be kept is refused in words; what was typed stays; nothing of it is stored."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client

from safetomove.services.today import review_today
from safetomove.web import who
from tests.web.visits import NOW, TODAY, check_in, cleared, form_for, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(who, "now", lambda request=None: NOW)


@pytest.fixture
def asha(client: Client, db: None) -> UUID:
    """Asha, who is cleared and walks."""
    return cleared(client)


BAD = [
    ("interference", "11"),
    ("interference", "-1"),
    ("interference", "NaN"),
    ("interference", "inf"),
    ("sleep_quality", "٣"),
    ("stress", "2.5.1"),
    ("mood", "<script>"),
    ("pain", "10.01"),
    ("flare", "perhaps"),
    ("note", "a\x00b"),
    ("note", "x" * 10_001),
]


@pytest.mark.parametrize(("name", "text"), BAD)
def test_an_answer_that_no_day_can_hold_is_refused_and_nothing_is_kept(
    client: Client, asha: UUID, name: str, text: str
) -> None:
    answer = check_in(client, **{"mood": "5", name: text})
    assert answer.status_code == 422
    shown = text_of(answer)
    assert "There is a problem" in shown
    assert "Check in" in shown
    assert f'href="#{name}"' in answer.content.decode()
    assert review_today(person=asha, now=NOW).check_in is None


def test_a_ten_megabyte_note_is_refused_with_its_size_and_stays_on_the_page(
    client: Client, asha: UUID
) -> None:
    answer = check_in(client, note="n" * 10_000_000)
    assert answer.status_code == 422
    assert "Your note has 10,000,000 letters" in text_of(answer)[:3000]
    assert answer.content.count(b"n" * 1_000_000) == 10
    assert review_today(person=asha, now=NOW).check_in is None


@pytest.mark.parametrize(
    "note",
    [
        "Walked 🚶‍♀️ to the 🏪",
        "كان يومًا جيدًا",
        "tab\tand\nlines",
        '<b>bold</b> & "quotes" {{ 7*7 }}',
    ],
)
def test_a_note_in_any_script_is_kept_as_written_and_shown_as_words(
    client: Client, asha: UUID, note: str
) -> None:
    assert check_in(client, note=note).status_code == 303
    kept = review_today(person=asha, now=NOW).check_in
    assert kept is not None
    assert kept.note == note
    assert "<b>bold" not in client.get("/today/").content.decode()


def test_the_other_answers_stay_chosen_beside_the_one_that_is_wrong(
    client: Client, asha: UUID
) -> None:
    answer = check_in(client, interference="7.5", note="Too long " + "x" * 10_001)
    page = answer.content.decode()
    assert 'name="interference" id="interference-4" value="7.5" checked' in page
    assert "Too long x" in page


def test_saving_nothing_says_so(client: Client, asha: UUID) -> None:
    answer = check_in(client)
    assert answer.status_code == 422
    assert "There is nothing to save yet" in text_of(answer)


@pytest.mark.parametrize(
    "day", ["", "0001-01-01", "2027-02-29", "25/11/2026", "9999-12-31", "\x00"]
)
def test_a_day_that_cannot_be_read_is_asked_for_again(client: Client, asha: UUID, day: str) -> None:
    hidden = form_for(client.get("/check-in/"), "/check-in/")
    answer = client.post("/check-in/", {**hidden, "day": day, "mood": "5"})
    assert answer.status_code == 422
    assert review_today(person=asha, now=NOW).check_in is None


@pytest.mark.parametrize(("days", "words"), [(1, "not come yet"), (-60, "too long ago")])
def test_a_day_to_come_or_long_gone_is_refused_in_words(
    client: Client, asha: UUID, days: int, words: str
) -> None:
    answer = check_in(client, day=TODAY + timedelta(days=days), mood="5")
    assert answer.status_code == 422
    assert words in text_of(answer)


@pytest.mark.parametrize(
    "page",
    [
        "/check-in/2026-11-26/",
        "/check-in/2026-10-01/",
        "/check-in/0001-01-01/",
        "/check-in/2027-02-29/",
        "/check-in/yesterday/",
        "/did/unknown/",
        "/start/unknown/",
        "/start/golf/now/",
    ],
)
def test_an_address_that_means_nothing_is_not_here(client: Client, asha: UUID, page: str) -> None:
    assert client.get(page).status_code == 404


@pytest.mark.parametrize("amount", ["", "-1", "NaN", "1e9", "100001", "ten", "\x00", "٣"])
def test_an_amount_that_cannot_be_read_is_asked_for_again(
    client: Client, asha: UUID, amount: str
) -> None:
    hidden = form_for(client.get("/did/walking/"), "/did/walking/")
    answer = client.post("/did/walking/", {**hidden, "amount": amount})
    assert answer.status_code == 422
    assert "There is a problem" in text_of(answer)
    assert review_today(person=asha, now=NOW).check_in is None


@pytest.mark.parametrize("field", ["key", "day", "planned"])
def test_a_hidden_field_that_was_tampered_with_never_breaks_the_page(
    client: Client, asha: UUID, field: str
) -> None:
    hidden = form_for(client.get("/today/"), "/did/walking/")
    answer = client.post("/did/walking/", {**hidden, field: "\x00<x>", "done": "all"})
    assert answer.status_code == 422
    assert review_today(person=asha, now=NOW).check_in is None


@pytest.mark.parametrize(
    ("field", "text"),
    [("name", ""), ("name", "x" * 61), ("name", "a\x00b"), ("goal", "0"), ("goal", "-3"),
     ("goal", "NaN"), ("unit", "parsecs"), ("goal_text", "y" * 201), ("goal_text", "a\x00")],
)  # fmt: skip
def test_a_goal_that_cannot_be_kept_is_asked_for_again(
    client: Client, asha: UUID, field: str, text: str
) -> None:
    good = {"name": "Cello", "unit": "minutes", "goal": "45", "goal_text": "", "key": "abc"}
    answer = client.post("/start/own/", {**good, field: text})
    assert answer.status_code == 422
    assert "There is a problem" in text_of(answer)
    assert len(review_today(person=asha, now=NOW).record.plans) == 1
