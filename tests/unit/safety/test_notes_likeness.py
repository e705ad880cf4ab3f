"""The second net: likeness raises cards, hides none, and is not drowned by a cheerful note."""

import base64

import pytest

from safetomove.core.safety.notes import LEXICON_VERSION, NoteCard, scan_note
from safetomove.core.safety.notes.lexicon import BadLexicon
from safetomove.core.safety.notes.likeness import Likeness, Weights, build, likeness
from safetomove.core.safety.notes.listen import FIRST_WORDS, LAST_WORDS, Listener
from safetomove.core.safety.notes.loader import lexicon
from safetomove.core.safety.notes.match import read
from safetomove.core.safety.notes.traits import PLACES

CHEERFUL = "Walked to the shop. Had a nice chat. Slept well and the bath helped. "


def alarm_at(bar: float) -> Likeness:
    """Give the shipped net with another bar for danger."""
    net = likeness()
    danger = Weights(each=net.danger.each, worth=net.danger.worth, start=net.danger.start, bar=bar)
    return Likeness(danger=danger, cards=net.cards, codes=net.codes)


@pytest.mark.parametrize("before", [0, 1, 10])
def test_a_danger_inside_a_long_cheerful_note_is_not_diluted(before: int) -> None:
    note = CHEERFUL * before + "I want to die. " + CHEERFUL * 10
    assert NoteCard.SUICIDALITY in scan_note(note)


def test_a_cheerful_note_of_any_length_raises_nothing() -> None:
    assert scan_note(CHEERFUL * 40) == ()


def test_a_sentence_over_the_bar_raises_at_least_its_likeliest_card() -> None:
    piece = alarm_at(-99.0).piece(read("walked to the shop".split(), lexicon()))
    assert alarm_at(-99.0).alarms((piece,))


def test_a_sentence_under_the_bar_raises_nothing() -> None:
    piece = alarm_at(99.0).piece(read("i want to die".split(), lexicon()))
    assert alarm_at(99.0).alarms((piece,)) == set()


def test_of_a_giant_note_likeness_reads_the_beginning_and_the_end() -> None:
    listener = Listener(alarm_at(99.0), lexicon())
    reading = read(["walked", "home"], lexicon())
    for _ in range(FIRST_WORDS + LAST_WORDS):
        listener.hear(reading)
    assert sum(len(kept.words) for kept in listener._late) == LAST_WORDS
    assert listener.finish() == set()


def test_saying_not_suicidal_shows_the_card_whatever_the_net_makes_of_it() -> None:
    assert NoteCard.SUICIDALITY in scan_note("not suicidal")


def test_the_memory_for_words_changes_no_score() -> None:
    net = alarm_at(0.0)
    reading = read("my foot has gone floppy".split(), lexicon())
    assert net.piece(reading) == net.piece(reading)
    piece = net.piece(reading)
    assert piece.total == sum(net.danger.each[at] for at in piece.places())
    assert piece.count == len(list(piece.places()))


def test_weights_of_another_size_or_version_are_refused_by_name() -> None:
    few = {"weights": base64.b85encode(b"abcd").decode(), "worth": 1.0, "start": 0.0, "bar": 0.0}
    assert PLACES != 4
    table = {"version": "older", "danger": few, "cards": {}}
    with pytest.raises(BadLexicon, match="version"):
        build(table, lexicon())
    table["version"] = LEXICON_VERSION
    with pytest.raises(BadLexicon, match="weights"):
        build(table, lexicon())


def test_a_slip_of_the_thumb_means_the_same_word_in_every_run() -> None:
    assert all(list(meant) == sorted(meant) for meant in lexicon().slips.values())
