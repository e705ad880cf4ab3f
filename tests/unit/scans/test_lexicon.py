"""The word list is checked when it is read, and one slip leads to one word."""

import pytest

from safetomove.core.scans.lexicon import BadLexicon
from safetomove.core.scans.loader import lexicon, parse

REST = """
[glue]
words = "the"
[barriers]
words = "but"
[plain]
words = "injection"
[denials]
before = "no"
sizes = "mild"
[sections]
asked = "history"
"""


def test_a_form_that_names_no_idea_is_refused() -> None:
    with pytest.raises(BadLexicon, match="BULDGE"):
        parse('[ideas]\nDISC = "disc"\n[terms.bulge]\nforms = ["DISC BULDGE"]\n' + REST)


def test_a_bar_that_names_no_idea_is_refused() -> None:
    with pytest.raises(BadLexicon, match="BONE"):
        parse('[ideas]\nDISC = "disc"\n[terms.bulge]\nforms = ["DISC"]\nbars = ["BONE"]\n' + REST)


def test_a_word_that_gives_way_gives_way_to_a_term_that_there_is() -> None:
    terms = lexicon().terms
    assert {each.yields for each in terms.values() if each.yields} <= set(terms)


@pytest.mark.parametrize("word", ["injection", "caudally", "contrast", "disease", "central"])
def test_a_plain_word_is_not_taken_for_its_neighbour(word: str) -> None:
    assert lexicon().meaning(word)[0] == word


@pytest.mark.parametrize(
    ("typed", "meant"), [("stenosys", "stenos"), ("fractrue", "fractur"), ("abcess", "abscess")]
)
def test_a_slip_leads_to_the_word_that_was_meant(typed: str, meant: str) -> None:
    ideas = lexicon().meaning(meant)[1]
    assert ideas
    assert ideas <= lexicon().meaning(typed)[1]
