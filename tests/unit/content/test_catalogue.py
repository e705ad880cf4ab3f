"""Words are found in the reader's language, with the site's numbers, and never without a net."""

import re
from datetime import date

import pytest

from safetomove.content.catalogue import assemble, check, load, overdue
from safetomove.content.files import BadContent, WordFile, names, parse, read
from safetomove.content.words import Call, CardKind
from safetomove.core.safety import (
    FLAGS,
    QUESTIONS,
    Disposition,
    NoteCard,
    first_screens,
    flare_screens,
)
from safetomove.core.safety.flags import CES_FLAGS

FRONT = """
id = "{id}"
title = "Prawf"
language = "{language}"
sources = {sources}
author = "Safe to Move contributors"
clinical_review = "none yet"
written = 2026-11-22
review_by = 2027-11-22
"""


def english() -> dict[str, WordFile]:
    """Read the English files."""
    found = {id: read("en", id) for id in names("en")}
    return {id: file for id, file in found.items() if file is not None}


def file(id: str, body: str, *, language: str = "cy", sources: str = "[]") -> dict[str, WordFile]:
    """Make one word file."""
    front = FRONT.format(id=id, language=language, sources=sources)
    return {id: parse(front + body, f"{id}.toml")}


@pytest.mark.parametrize("id", QUESTIONS)
def test_every_question_says_what_it_asks_why_and_what_was_told(id: str) -> None:
    text = load().question(id)
    assert all((text.ask, text.hint, text.why, text.told, text.yes, text.no, text.unknown))
    assert text.ask.endswith("?")


@pytest.mark.parametrize("flag", CES_FLAGS)
def test_cauda_equina_questions_ask_about_what_is_new_or_changed(flag: str) -> None:
    text = load().question(flag)
    assert "new" in text.ask or "changed" in text.ask
    assert "new or has changed" in text.yes
    assert "cauda equina" in text.say


def test_every_screen_has_a_heading() -> None:
    for screen in (*first_screens(), *flare_screens()):
        assert load().screen(screen.id).heading


@pytest.mark.parametrize("flag", FLAGS)
def test_every_warning_sign_can_be_said_back_and_explained(flag: str) -> None:
    assert load().told_us(flag)[0].islower()
    assert load().means(flag)


@pytest.mark.parametrize("disposition", Disposition)
def test_every_urgency_has_a_card_with_a_safety_net(disposition: Disposition) -> None:
    card = load().care_card(disposition)
    assert card.net
    assert card.do
    assert card.sources


def test_an_emergency_card_rings_999_and_a_same_day_card_rings_111() -> None:
    assert load().care_card(Disposition.EMERGENCY).call[0].href == "tel:999"
    assert load().care_card(Disposition.SAME_DAY).call[0].href == "tel:111"


@pytest.mark.parametrize("card", NoteCard)
def test_every_note_card_says_that_nobody_reads_notes_live(card: NoteCard) -> None:
    text = load().note_card(card)
    assert re.search(r"No one (reads|has read) (this|these) note", text.net)
    assert text.call


@pytest.mark.parametrize("card", [NoteCard.SUICIDALITY, NoteCard.SELF_HARM])
def test_a_crisis_card_asks_are_you_safe_and_gives_four_ways_to_reach_a_person(
    card: NoteCard,
) -> None:
    text = load().note_card(card)
    assert text.heading == "Are you safe right now?"
    assert text.kind is CardKind.SUPPORT
    reached = [call.href for call in text.call]
    assert reached[:4] == ["tel:999", "tel:111", "tel:116123", "sms:85258?body=SHOUT"]


def test_open_and_outgrown_answers_have_cards_of_their_own() -> None:
    assert load().unanswered_card().net
    assert "four weeks" in load().stale_card().lead


def test_the_help_page_needs_no_account_and_names_who_to_ring() -> None:
    page = load().page("help_now")
    assert page.sections[0].call[0].tel == "999"
    assert "No one watches" in page.net


def test_a_site_can_put_its_own_numbers_in_place() -> None:
    own = Call(label="Call 112", number="112")
    words = load(numbers={"emergency": own})
    card = words.care_card(Disposition.EMERGENCY)
    assert card.call[0] == own
    assert "999" not in card.heading
    assert "112" in card.heading


def test_a_number_nobody_uses_is_refused() -> None:
    with pytest.raises(BadContent, match="emergancy"):
        load(numbers={"emergancy": Call(label="Call 112", number="112")})


def test_a_key_that_a_language_lacks_comes_from_english_and_says_so() -> None:
    welsh = file("safety", '[questions.eye]\nask="A?"\nhint="B."\nwhy="C."\ntold="d"\n')
    words = assemble("cy", (welsh, english()), numbers={})
    assert words.question("eye").language == "cy"
    assert words.question("ces_bladder").language == "en"
    assert words.told_us("eye") == "d"


@pytest.mark.parametrize("language", ["xx", "..", "../content/en", ""])
def test_a_language_without_words_is_refused(language: str) -> None:
    with pytest.raises(BadContent, match="no words in language"):
        load(language)


def test_an_unknown_source_is_refused() -> None:
    stranger = file("care_cards", "", sources='["a-friend"]')
    with pytest.raises(BadContent, match="a-friend"):
        assemble("cy", (stranger, english()), numbers={})


@pytest.mark.parametrize("net", ["", 'net = " "'])
def test_a_card_without_a_safety_net_is_refused(net: str) -> None:
    bare = file("care_cards", f'[cards.proceed]\nkind="start"\nheading="H"\nlead="L"\n{net}\n')
    with pytest.raises(BadContent, match="no safety net"):
        assemble("cy", (bare, english()), numbers={})


def test_a_file_without_front_matter_is_refused() -> None:
    with pytest.raises(BadContent, match="has no title"):
        parse('id = "x"', "x.toml")


def test_words_past_their_review_date_are_named() -> None:
    assert overdue(load(), today=date(2027, 11, 22)) == ()
    assert "safety" in overdue(load(), today=date(2027, 11, 23))


def test_the_shipped_words_pass_their_own_check() -> None:
    check(load())


def test_evidence_says_what_was_found_and_where_it_falls_short() -> None:
    for source in load().evidence.values():
        assert source.finding
        assert source.limits
        assert source.strength


def test_what_comes_from_memory_says_that_a_clinician_must_check_it() -> None:
    assert "clinician" in load().source("needs-check").strength
