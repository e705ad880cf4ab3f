"""What people say to themselves before a try, or of a flare-up: how often it raises a crisis card.

The sentences were written after the scanner, and nothing of it has learnt from them.
"""

import csv
from pathlib import Path

from safetomove.core.safety import NoteCard, scan_note, scan_question

CORPUS = Path(__file__).parents[2] / "corpus" / "self_talk.tsv"
CRISIS = {NoteCard.SUICIDALITY, NoteCard.SELF_HARM, NoteCard.OVERDOSE_OR_MEDICINE}
CAUGHT_AT_LEAST = 0.95  # of the dangerous ones
FALSE_AT_MOST = 0.35  # of the ordinary ones: high, and known; it must not get worse


def said(kind: str) -> list[str]:
    with CORPUS.open(encoding="utf-8") as file:
        return [words for what, words in csv.reader(file, "excel-tab") if what == kind]


def caught(scan: object, kind: str) -> float:
    """Return the share of sentences that raise a crisis card."""
    every = said(kind)
    return sum(bool(CRISIS & set(scan(words))) for words in every) / len(every)  # type: ignore[operator]


def test_what_is_dangerous_is_heard_among_self_talk_too() -> None:
    assert caught(scan_note, "crisis") >= CAUGHT_AT_LEAST


def test_ordinary_self_talk_raises_a_crisis_card_no_more_often_than_is_known() -> None:
    assert caught(scan_note, "ordinary") <= FALSE_AT_MOST


def test_the_firm_patterns_alone_would_miss_too_much_to_be_used_there() -> None:
    assert caught(scan_question, "crisis") < CAUGHT_AT_LEAST
