"""The note scanner raises safety cards from free text and never clears one."""

import pytest

from safetomove.core.errors import CoreError
from safetomove.core.safety.notes import LEXICON_VERSION, NoteCard, scan_note
from safetomove.core.safety.notes.lexicon import BadLexicon, one_slip
from safetomove.core.safety.notes.loader import build, lexicon

PLAIN_WORDS_FOR_DANGER = [
    (NoteCard.CAUDA_EQUINA, "I can't wee"),
    (NoteCard.CAUDA_EQUINA, "numb between my legs"),
    (NoteCard.CAUDA_EQUINA, "wet myself and never felt it"),
    (NoteCard.CAUDA_EQUINA, "messed my pants without knowing"),
    (NoteCard.CAUDA_EQUINA, "no erection since my back went"),
    (NoteCard.CAUDA_EQUINA, "pins and needles in both legs"),
    (NoteCard.PROGRESSIVE_WEAKNESS, "my foot drags"),
    (NoteCard.PROGRESSIVE_WEAKNESS, "the leg is getting weaker"),
    (NoteCard.INFECTION, "fever and chills"),
    (NoteCard.INFECTION, "my temperature is 39.1"),
    (NoteCard.SUICIDALITY, "I want to die"),
    (NoteCard.SUICIDALITY, "they'd be better off without me"),
    (NoteCard.SELF_HARM, "I cut myself on purpose"),
    (NoteCard.CARDIAC_OR_VASCULAR, "crushing chest pain"),
    (NoteCard.CARDIAC_OR_VASCULAR, "passed out, grey and clammy"),
    (NoteCard.TRAUMA, "fell off a ladder"),
    (NoteCard.TRAUMA, "car crash this morning"),
    (NoteCard.CANCER, "losing weight without trying"),
    (NoteCard.CANCER, "there is a lump on my spine"),
    (NoteCard.OVERDOSE_OR_MEDICINE, "took double my morphine"),
    (NoteCard.OVERDOSE_OR_MEDICINE, "run out of tramadol, shaking"),
    (NoteCard.GI_BLEED, "my poo is black and tarry"),
    (NoteCard.GI_BLEED, "threw up blood"),
    (NoteCard.ABUSE, "he hits me"),
    (NoteCard.ABUSE, "I'm not safe at home"),
]

HARMLESS = [
    "this pain is killing me",
    "dying for a cuppa",
    "weeded the garden",
    "my back is murder today",
    "bum went numb on the hard bench, fine once I stood up",
    "dead leg from the kids",
    "double shot of espresso",
    "legs like jelly after the gym",
    "bloody good walk",
    "ran over to the shop",
    "I could murder a curry",
    "fell asleep on the sofa",
    "broke my phone",
    "losing weight on purpose with slimming club",
    "cancer research fun run",
    "temperature outside was lovely",
    "took my two paracetamol as usual",
    "I'm done for today",
    "",
]


@pytest.mark.parametrize(("card", "note"), PLAIN_WORDS_FOR_DANGER)
def test_plain_words_for_danger_raise_their_card(card: NoteCard, note: str) -> None:
    assert card in scan_note(note)


def test_every_card_can_be_raised() -> None:
    assert {card for card, _ in PLAIN_WORDS_FOR_DANGER} == set(NoteCard)


@pytest.mark.parametrize("note", HARMLESS)
def test_everyday_sayings_raise_nothing(note: str) -> None:
    assert scan_note(note) == ()


@pytest.mark.parametrize(
    "note",
    [
        "NUMB BUM AND CAN'T PEE",
        "numb bum and carnt pee",
        "numb bum and can’t pee",
        "nu\u200bmb b\u00adum and cant p\x00ee",
        "numb bum and cant peeeeee",
        "ｎｕｍｂ ｂｕｍ and cant pee",
        "cant 🚽 and my 🍑 is numb, cant pee",
        "nunb bum n cannae pee",
    ],
)
def test_spelling_case_and_hidden_characters_do_not_hide_a_danger(note: str) -> None:
    assert NoteCard.CAUDA_EQUINA in scan_note(note)


@pytest.mark.parametrize("word", ["suicidle", "sucidal", "suicdal", "su1cidal", "s*icidal"])
def test_a_misspelt_or_masked_word_for_suicide_still_shows_the_card(word: str) -> None:
    assert NoteCard.SUICIDALITY in scan_note(f"feeling {word} tonight")


@pytest.mark.parametrize(
    "note",
    [
        "no numbness down below",
        "no fever, no chills",
        "not had any chest pain",
        "haven't fallen",
        "no weakness in my legs",
        "no blood in my poo",
    ],
)
def test_a_plain_no_quietens_a_bodily_sign(note: str) -> None:
    assert scan_note(note) == ()


@pytest.mark.parametrize(
    "note",
    [
        "no feeling in my bum",
        "can't feel my bum",
        "not able to wee",
        "no control of my bladder",
        "never been numb down below before but I am",
        "no sleep, numb bum",
    ],
)
def test_a_no_that_is_itself_the_sign_never_quietens_it(note: str) -> None:
    assert NoteCard.CAUDA_EQUINA in scan_note(note)


def test_saying_not_suicidal_still_shows_the_card() -> None:
    assert NoteCard.SUICIDALITY in scan_note("I'm not suicidal")


def test_a_crash_long_ago_is_quiet_and_one_last_night_is_not() -> None:
    assert scan_note("had a car crash in 2009") == ()
    assert NoteCard.TRAUMA in scan_note("had a car crash last night")


def test_an_old_cancer_with_new_pain_is_not_history() -> None:
    assert scan_note("had cancer in 2005") == ()
    assert NoteCard.CANCER in scan_note("had cancer in 2005 and now my spine hurts at night")


@pytest.mark.parametrize(
    "note",
    ["my mum had cancer", "the dog wet the floor", "watched a film about suicide"],
)
def test_what_befell_somebody_else_is_quiet(note: str) -> None:
    assert scan_note(note) == ()


def test_what_somebody_else_noticed_in_the_writer_is_the_writers_own() -> None:
    assert NoteCard.CARDIAC_OR_VASCULAR in scan_note("my wife says I'm slurring my words")
    assert NoteCard.PROGRESSIVE_WEAKNESS in scan_note("husband noticed my foot is dragging")


def test_hearsay_about_a_sign_is_quiet_until_the_writer_has_it() -> None:
    assert scan_note("the leaflet says to ring if your legs go numb") == ()
    assert NoteCard.CAUDA_EQUINA in scan_note("leaflet says ring but I can't wee")


def test_cards_come_in_order_of_urgency_without_repeats() -> None:
    note = "Lump on my spine. I want to die. Lump on my back. Crushing chest pain."
    cards = scan_note(note)
    assert list(cards) == [card for card in NoteCard if card in cards]
    assert cards[0] is NoteCard.CARDIAC_OR_VASCULAR


def test_a_danger_is_found_wherever_it_stands_in_a_long_note_without_stops() -> None:
    filler = "walked to the shop and had tea then "
    for before in range(25):
        note = filler * before + "i cant feel my bum " + filler * 8
        assert NoteCard.CAUDA_EQUINA in scan_note(note), before


def test_the_word_list_is_dated_and_agrees_with_itself() -> None:
    assert lexicon().by_idea
    assert LEXICON_VERSION[:2] == "20"


def test_a_pattern_over_an_unknown_idea_is_refused_by_name() -> None:
    concepts = {"people": {"NUMB": "numb"}}
    patterns = {"guards": {"trauma": "n"}, "patterns": {"trauma": ["NUMB & NOSUCH /3"]}}
    with pytest.raises(BadLexicon, match="NOSUCH") as refused:
        build(concepts, patterns)
    assert isinstance(refused.value, CoreError)


@pytest.mark.parametrize(
    ("word", "meant", "same"),
    [
        ("bladdr", "bladder", True),
        ("blladder", "bladder", True),
        ("bladdre", "bladder", True),
        ("bledder", "bladder", True),
        ("blodden", "bladder", False),
        ("bladder", "bladder", True),
    ],
)
def test_one_slip_is_one_letter_added_lost_changed_or_swapped(
    word: str, meant: str, same: bool
) -> None:
    assert one_slip(word, meant) is same
