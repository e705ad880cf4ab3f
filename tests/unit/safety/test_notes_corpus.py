"""The note scanner against its corpus: the learn files shaped it, the report files never did."""

import hashlib
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.note_scanner import (
    CORPUS,
    FALSE_ALARM_BAR,
    HARMLESS,
    RECALL_BAR,
    REPORTS,
    hostile_texts,
    learnt,
    rows,
    score,
)
from safetomove.core.safety.notes import LEXICON_VERSION, NoteCard, scan_note
from safetomove.core.safety.notes.loader import FOLDER

# What the shipped weights reached, rounded towards worse; a change may not fall behind it.
# Raised of dangerous, of harmless.
REACHED = {"report_2": (0.98, 0.10), "report_3": (0.95, 0.07), "report_4": (0.82, 0.09)}
ADDED = ["Walked to the shop.", "no fever in 2009", "my mum had tea", "fine now, all normal"]


@pytest.mark.parametrize("name", REPORTS)
def test_unseen_sentences_are_caught_no_worse_than_reported(name: str) -> None:
    made = score(rows(name))
    recall, false_alarms = REACHED[name]
    told = f"{name}: {made.recall:.3f} of dangerous (bar {RECALL_BAR}), "
    told += f"{made.false_alarms:.3f} of harmless (bar {FALSE_ALARM_BAR})"
    print(told)
    assert made.recall >= recall, told
    assert made.false_alarms <= false_alarms, told


def test_every_danger_card_is_raised_by_unseen_sentences() -> None:
    made = score(rows("report_3"))
    assert all(made.right[card] >= 0.5 * made.count[card] for card in NoteCard), made.right


def test_the_corpus_is_big_enough_to_mean_something_for_every_card() -> None:
    count = Counter(label for label, _ in rows("report_3"))
    assert all(count[card] >= 25 for card in NoteCard)
    assert sum(label == HARMLESS for label, _ in learnt()) >= 250


def test_no_reported_sentence_was_learnt_from() -> None:
    seen = {sentence.lower() for _, sentence in learnt()}
    assert not seen & {sentence.lower() for name in REPORTS for _, sentence in rows(name)}


def test_the_weights_are_those_of_these_sentences_and_word_lists() -> None:
    files: list[Path] = sorted(CORPUS.glob("learn_*.tsv"))
    whole = hashlib.sha256()
    for file in [*files, FOLDER / "concepts.toml", FOLDER / "patterns.toml"]:
        whole.update(file.read_bytes())
    made = tomllib.loads((FOLDER / "likeness.toml").read_text(encoding="ascii"))
    assert made["learnt_from"] == whole.hexdigest(), "run scripts/learn_likeness.py"
    assert made["version"] == LEXICON_VERSION


@pytest.mark.parametrize("added", ADDED)
def test_adding_a_harmless_sentence_never_removes_a_card(added: str) -> None:
    for _, note in rows("learn_2"):
        alone = set(scan_note(note))
        assert alone <= set(scan_note(f"{note}. {added}")), note
        assert alone <= set(scan_note(f"{added.rstrip('.')}. {note}")), note


@given(st.text())
@settings(max_examples=300, deadline=None)
def test_no_text_whatever_breaks_the_scanner(note: str) -> None:
    assert set(scan_note(note)) <= set(NoteCard)


@given(st.lists(st.sampled_from([s for _, s in rows("learn_2")]), min_size=1, max_size=4))
@settings(max_examples=100, deadline=None)
def test_a_note_of_many_sentences_raises_what_each_would_raise_alone(sentences: list[str]) -> None:
    alone = {card for sentence in sentences for card in scan_note(sentence)}
    assert alone <= set(scan_note(". ".join(sentences)))


@pytest.mark.parametrize("name", sorted(hostile_texts(megabytes=0.02)))
def test_text_made_to_trip_a_scanner_is_read_to_the_end(name: str) -> None:
    hostile = hostile_texts(megabytes=0.02)[name]
    assert NoteCard.SUICIDALITY in scan_note(hostile + " . I want to die")
