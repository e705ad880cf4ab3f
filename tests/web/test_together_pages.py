"""Sharing what a test came to: off until ticked, plain about what is given, and taken back."""

import re
from uuid import UUID

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from safetomove.records.models import DocumentRow
from safetomove.services import pooling
from safetomove.services.documents import Kind
from safetomove.services.people import start_guest
from safetomove.web import who
from tests.people import NOW
from tests.services.test_pooling import finished, sharer
from tests.web.visits import come_as, text_of

pytestmark = pytest.mark.django_db
PATH = "/patterns/tests/together/"


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(who, "now", lambda request=None: NOW)


@pytest.fixture
def asha(client: Client, db: None) -> UUID:
    person = start_guest(now=NOW)
    come_as(client, person)
    return person


def ticked(page: str) -> list[str]:
    boxes = re.findall(r'<input[^>]*name="share"[^>]*>', page)
    return [box for box in boxes if " checked" in box]


def test_looking_creates_nobody_and_shows_no_form(client: Client) -> None:
    answer = client.get(PATH)
    assert answer.status_code == 200
    assert "Too few people share" in text_of(answer)
    assert f'action="{PATH}"' not in answer.content.decode()
    assert not Session.objects.exists()


def test_i_see_all_that_would_be_given_and_nothing_is_ticked(client: Client, asha: UUID) -> None:
    finished(asha, effect=-0.6)
    answer = client.get(PATH)
    assert "Difference: −0.60 points. Doubt: 0.30 points." in text_of(answer)
    assert "No name, no days, no notes" in text_of(answer)
    assert ticked(answer.content.decode()) == []


def test_i_share_one_and_take_it_back(client: Client, asha: UUID) -> None:
    one = finished(asha)
    answer = client.post(PATH, {"share": one.id})
    assert (answer.status_code, answer.url) == (303, f"{PATH}?saved=1#share")
    shown = client.get(f"{PATH}?saved=1")
    assert "You share 1 of your results" in text_of(shown)
    assert len(ticked(shown.content.decode())) == 1
    client.post(PATH, {})
    assert "You share none of your results" in text_of(client.get(f"{PATH}?saved=1"))
    assert not DocumentRow.objects.filter(kind=Kind.POOLED).exists()


@pytest.mark.parametrize("id", ["x" * 100_000, "a\x00b", "../..", "\u202e", ""])
def test_what_is_not_mine_to_share_is_not_there_and_changes_nothing(
    client: Client, asha: UUID, id: str
) -> None:
    one = finished(asha)
    pooling.choose(person=asha, ids=[one.id], now=NOW)
    assert client.post(PATH, {"share": [one.id, id]}).status_code == 404
    assert DocumentRow.objects.filter(kind=Kind.POOLED).count() == 1


def test_a_stranger_can_not_share(client: Client) -> None:
    assert client.post(PATH, {"share": "a"}).status_code == 404
    assert not Session.objects.exists()


def test_from_eight_people_on_it_is_said_in_words_with_its_doubt(client: Client) -> None:
    for n in range(7):
        sharer(n)
    assert "A short walk" not in text_of(client.get(PATH))
    sharer(7)
    answer = client.get(PATH)
    shown = text_of(answer)
    assert "On days to try it, backs got in the way less: by about half a point out of 10" in shown
    assert "8 people on this site share it" in shown
    assert "Those who found a help may share more often" in shown
    assert re.search(r"somebody new is better off with it, even a little: (over )?9 in 10", shown)
    assert 'href="/safe/"' in answer.content.decode()
    assert "On a scale from worse to better" in answer.content.decode()


@pytest.mark.parametrize(
    ("effect", "said"),
    [(0.8, "in the way a bit more"), (0.0, "much the same")],
)
def test_a_harder_day_and_no_difference_are_said_as_plainly(
    client: Client, effect: float, said: str
) -> None:
    for n in range(8):
        sharer(n, effect=effect)
    assert said in text_of(client.get(PATH))


def test_people_who_differ_much_are_not_summed_up(client: Client) -> None:
    for n in range(8):
        sharer(n, effect=-3.0 if n % 2 else 3.0)
    assert "too far apart to say" in text_of(client.get(PATH))
