"""Whom to call: a crisis is announced as urgent, and a number to text is texted, never rung."""

import re

import pytest
from django.template.loader import get_template
from django.test import Client

from safetomove.content.catalogue import load
from safetomove.content.words import CardKind
from safetomove.web import who, words
from tests.web.visits import NOW, check_in, cleared

pytestmark = pytest.mark.django_db

CRISIS = "I want to kill myself"
LINK = re.compile(r'<a class="call" href="([^"]*)">([^<]*)</a>')


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(who, "now", lambda request=None: NOW)


def calls_on(page: str) -> dict[str, str]:
    """Return where each call on a page leads, by its label."""
    return {label: href for href, label in LINK.findall(page)}


def crisis_page(client: Client) -> str:
    """Write words of suicide in a note, and return the page that follows."""
    cleared(client)
    return client.get(check_in(client, note=CRISIS)["Location"]).content.decode()


def test_a_crisis_in_a_note_is_announced_as_urgent(client: Client) -> None:
    shown = crisis_page(client)
    assert "Are you safe right now?" in shown
    assert "Not urgent" not in shown
    assert re.search(r">Urgent: </span>Are you safe right now", shown)


@pytest.mark.parametrize("card", ["suicidality", "self_harm", "abuse"])
def test_no_card_of_support_is_ever_called_not_urgent(card: str) -> None:
    support = load().note_card(card)
    assert support.kind is CardKind.SUPPORT
    source = '{% from "components/cards.jinja" import care_card %}{{ care_card(card) }}'
    engine = get_template("plain.jinja").template.environment
    shown = engine.from_string(source).render(card=words.card(support))
    assert "Urgent: " in shown
    assert "Not urgent" not in shown


@pytest.mark.parametrize("path", ["/help-now/", "/flare/now/"])
def test_a_number_to_text_opens_a_message_and_never_rings(client: Client, path: str) -> None:
    shown = client.get(path).content.decode()
    assert calls_on(shown)["Text SHOUT to 85258"] == "sms:85258?body=SHOUT"
    assert "tel:85258" not in shown


def test_the_crisis_card_texts_shout_and_rings_the_others(client: Client) -> None:
    calls = calls_on(crisis_page(client))
    assert calls["Text SHOUT to 85258"] == "sms:85258?body=SHOUT"
    assert calls["Call Samaritans on 116 123"] == "tel:116123"


def test_every_number_on_every_card_leads_where_its_label_says() -> None:
    for call in load().numbers.values():
        texts = call.label.startswith("Text ")
        assert call.href.startswith("sms:" if texts else "tel:"), call.label
        assert call.tel in call.href
