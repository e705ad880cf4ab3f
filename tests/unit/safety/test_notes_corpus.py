"""The note scanner against its corpus: the tune half shaped the words, the report half did not."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.note_scanner import HARMLESS, hostile_texts, rates, rows, score
from safetomove.core.safety.notes import NoteCard, scan_note

RECALL_BAR = 0.95  # of dangerous notes raise the right card
FALSE_ALARM_BAR = 0.10  # of harmless notes raise any card
ADDED = ["Walked to the shop.", "no fever in 2009", "my mum had tea", "fine now, all normal"]


@pytest.mark.parametrize("half", ["tune", "report"])
def test_the_scanner_keeps_its_bars_on_both_halves(half: str) -> None:
    count, hit = score(rows(half))
    recall, false_alarms = rates(count, hit)
    print(f"{half}: recall {recall:.3f}, harmless that raise a card {false_alarms:.3f}")
    print({label: f"{hit[label]}/{count[label]}" for label in count})
    assert recall >= RECALL_BAR
    assert false_alarms <= FALSE_ALARM_BAR


def test_the_corpus_is_big_enough_to_mean_something_for_every_card() -> None:
    both = rows("tune") + rows("report")
    count = Counter(label for label, _ in both)
    assert all(count[card] >= 25 for card in NoteCard)
    assert count[HARMLESS] >= 250
    assert len(both) >= 700


def test_the_halves_share_no_sentence() -> None:
    tune, report = ({sentence.lower() for _, sentence in rows(h)} for h in ("tune", "report"))
    assert not tune & report


@pytest.mark.parametrize("added", ADDED)
def test_adding_a_harmless_sentence_never_removes_a_card(added: str) -> None:
    for _, note in rows("report"):
        alone = set(scan_note(note))
        assert alone <= set(scan_note(f"{note}. {added}")), note
        assert alone <= set(scan_note(f"{added}. {note}")), note


@given(st.text())
@settings(max_examples=300, deadline=None)
def test_no_text_whatever_breaks_the_scanner(note: str) -> None:
    assert set(scan_note(note)) <= set(NoteCard)


@given(st.lists(st.sampled_from([s for _, s in rows("tune")]), min_size=1, max_size=4))
@settings(max_examples=100, deadline=None)
def test_a_note_of_many_sentences_raises_what_each_would_raise_alone(sentences: list[str]) -> None:
    alone = {card for sentence in sentences for card in scan_note(sentence)}
    assert alone <= set(scan_note(". ".join(sentences)))


@pytest.mark.parametrize("name", sorted(hostile_texts(megabytes=0.02)))
def test_text_made_to_trip_a_scanner_is_read_to_the_end(name: str) -> None:
    hostile = hostile_texts(megabytes=0.02)[name]
    assert NoteCard.SUICIDALITY in scan_note(hostile + " . I want to die")
