"""The bars of the report reader, on sentences that it was not tuned on."""

import pytest

from bench.scan_reports import FOUND_BAR, URGENT_BAR, Score, rows, score


@pytest.fixture(scope="module")
def made() -> Score:
    return score("scan_report")


def test_no_sentence_stands_in_both_halves() -> None:
    tuned = {row.text.casefold() for row in rows("scan_learn")}
    assert not tuned & {row.text.casefold() for row in rows("scan_report")}


def test_nine_in_ten_findings_are_named(made: Score) -> None:
    assert made.findings >= 150
    assert made.found / made.findings >= FOUND_BAR


def test_nearly_every_urgent_word_raises_its_card(made: Score) -> None:
    assert made.urgent >= 40
    assert made.raised / made.urgent >= URGENT_BAR


def test_nothing_that_a_report_denies_is_told_as_there(made: Score) -> None:
    assert made.denied >= 70
    assert made.told_as_present == 0


def test_cards_are_not_raised_for_nothing(made: Score) -> None:
    assert made.false_alarms / made.calm <= 0.02
