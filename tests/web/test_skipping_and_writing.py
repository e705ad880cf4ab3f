"""A check-in asks for nothing, and says where a person writes that nobody reads along."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from safetomove.services.today import review_today
from safetomove.web import who
from safetomove.web.patient.forms import ASKED
from tests.web.visits import NOW, TODAY, check_in, cleared

pytestmark = pytest.mark.django_db

ANSWERS = dict.fromkeys(ASKED, "5") | {"flare": "no", "note": "A walk by the sea."}


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(who, "now", lambda request=None: NOW)


@pytest.mark.parametrize("only", ASKED)
def test_any_one_answer_can_be_kept_without_the_others(client: Client, only: str) -> None:
    person = cleared(client)
    assert check_in(client, **{only: ANSWERS[only]}).status_code == 303
    kept = review_today(person=person, now=NOW).check_in
    assert kept is not None
    answered = {name for name in ASKED if getattr(kept, name) not in (None, "")}
    assert answered == {only}


def test_days_without_a_check_in_take_nothing_off_the_climb(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = cleared(client)
    before = review_today(person=person, now=NOW).review.doses[0].dose
    later = NOW + timedelta(days=6)
    monkeypatch.setattr(who, "now", lambda request=None: later)
    after = review_today(person=person, now=later).review.doses[0].dose
    assert after >= before
    page = client.get("/today/").content.decode()
    assert not re.search(r"missed|behind|catch up|streak", page, re.IGNORECASE)


@pytest.mark.parametrize("path", ["/today/", "/check-in/", f"/check-in/{TODAY.isoformat()}/"])
def test_beside_the_note_it_says_that_nobody_reads_it_and_help_is_one_press_away(
    client: Client, path: str
) -> None:
    cleared(client)
    page = client.get(path).content.decode()
    field = re.search(r'<textarea[^>]*id="note"[^>]*>', page)
    assert field is not None
    hint = re.search(r'aria-describedby="([\w-]+)', field[0])
    assert hint is not None
    said = page.split(f'id="{hint[1]}"', 1)[1][:400]
    assert "Nobody reads this as you write it" in said
    assert 'href="/help-now/"' in page
