"""Amounts as a person says them: no fractions of a minute to work out."""

import pytest

from safetomove.content.doses import amount_of, because, label, number_and_unit, span
from safetomove.core.pacing import Reason, ReasonCode, Unit

MINUTES = Unit.MINUTES


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "0 minutes"),
        (0.25, "15 seconds"),
        (0.5, "30 seconds"),
        (1, "1 minute"),
        (1.5, "1½ minutes"),
        (61 / 60, "1 minute 1 second"),
        (2.67, "2 minutes 40 seconds"),
        (8.75, "8 minutes 45 seconds"),
        (18.5, "18½ minutes"),
        (59.999, "60 minutes"),
        (1200, "1,200 minutes"),
    ],
)
def test_minutes_are_said_whole_by_the_half_or_with_seconds(minutes: float, words: str) -> None:
    assert amount_of(minutes, MINUTES) == words


@pytest.mark.parametrize(
    ("amount", "unit", "words"),
    [
        (2.5, Unit.METRES, "2.5 metres"),
        (1, Unit.REPETITIONS, "1 time"),
        (45, Unit.SECONDS, "45 seconds"),
        (4000, Unit.STEPS, "4,000 steps"),
    ],
)
def test_other_units_keep_their_numbers(amount: float, unit: Unit, words: str) -> None:
    assert amount_of(amount, unit) == words


def test_the_big_number_stays_short_and_its_unit_says_the_rest() -> None:
    assert number_and_unit(18.5, MINUTES) == ("18½", "minutes")
    assert number_and_unit(8.75, MINUTES) == ("8", "minutes 45 seconds")
    assert number_and_unit(0.5, MINUTES) == ("30", "seconds")


def test_a_span_says_a_shared_unit_once_and_never_mixes_two() -> None:
    assert span(6, 8.5, MINUTES) == ("6", "8½ minutes")
    assert span(0.75, 1.5, MINUTES) == ("45 seconds", "1½ minutes")
    assert span(6.25, 8, MINUTES) == ("6 minutes 15 seconds", "8 minutes")
    assert span(1, 6, Unit.REPETITIONS) == ("1", "6 times")


def test_a_picture_has_room_for_the_amount() -> None:
    assert [label(each, MINUTES) for each in (8, 8.5, 8.75, 0.5)] == [
        "8",
        "8½",
        "8 min 45 s",
        "30 s",
    ]


def test_a_reason_says_its_amounts_the_same_way() -> None:
    facts = {"unit": "minutes", "before": 8.75}
    said = because(Reason(code=ReasonCode.STEP_BACK_FOR_FLARE, facts=facts))
    assert "from 8 minutes 45 seconds." in said
