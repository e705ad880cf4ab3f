"""What people are told is known by its meaning, and what we have no answer to is left alone."""

from pathlib import Path

import pytest

from safetomove.content import told
from safetomove.content.told import LETTERS_TOP, Message, meant_by

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
UNKNOWN = "-"
FIRST_BAR = 0.85  # of sayings never tuned on have their answer in the first place
LEFT_ALONE_BAR = 0.80  # of what we have no answer to gets none


def rows(name: str) -> list[tuple[str, str]]:
    lines = (CORPUS / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [(id, words) for id, words in (line.split("\t") for line in lines)]


def first(words: str) -> str:
    found = meant_by(words).first
    return UNKNOWN if found is None else found.id


def test_forty_sayings_and_more_have_an_answer() -> None:
    assert len(told.messages()) >= 40


def test_no_saying_stands_in_both_halves_of_the_corpus() -> None:
    tuned = {words.casefold() for _, words in rows("told_learn")}
    assert not tuned & {words.casefold() for _, words in rows("told_report")}


def test_a_saying_never_tuned_on_finds_its_answer() -> None:
    known = [(id, words) for id, words in rows("told_report") if id != UNKNOWN]
    right = sum(first(words) == id for id, words in known)
    assert len(known) >= 90
    assert right / len(known) >= FIRST_BAR


def test_what_we_have_no_answer_to_is_left_alone() -> None:
    strange = [words for id, words in rows("told_report") if id == UNKNOWN]
    left = sum(first(words) == UNKNOWN for words in strange)
    assert left / len(strange) >= LEFT_ALONE_BAR


@pytest.mark.parametrize("message", told.messages(), ids=lambda each: each.id)
def test_each_message_is_found_by_its_own_words_and_is_whole(message: Message) -> None:
    assert first(message.heard) == message.id
    assert 2 <= len(message.says) <= 3
    assert message.instead
    assert message.sources


@pytest.mark.parametrize("words", ["", "   ", "!!!", "the a of", "\x00", "x" * 9000])
def test_words_without_meaning_get_no_answer(words: str) -> None:
    assert meant_by(words).messages == ()


def test_a_slip_of_the_finger_is_forgiven() -> None:
    assert first("You have degeneratve disc diseese.") == "degenerative_disease"


def test_only_as_much_is_read_as_a_saying_needs() -> None:
    assert first("Don't twist." + " porridge" * LETTERS_TOP) != "twist"
