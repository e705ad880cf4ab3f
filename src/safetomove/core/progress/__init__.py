"""How doing goes over weeks and months. A week with nothing noted is a gap, and never a nought."""

from collections.abc import Mapping
from typing import Final

from safetomove.core.errors import BadInput

WORDS_TOP: Final = 300  # letters that one answer of a weekly review or a stay-well plan holds
SHAPE: Final = 1  # of the JSON of both


class BadReview(BadInput):
    """A weekly review or a stay-well plan that can't be kept or read."""


def check_words(words: str) -> None:
    """Refuse what is too long or can't be stored."""
    if len(words) > WORDS_TOP:
        raise BadReview(f"use at most {WORDS_TOP} letters")
    if "\x00" in words or any("\ud800" <= sign <= "\udfff" for sign in words):
        raise BadReview("this has a sign in it that can't be kept")


def check_shape(data: Mapping[str, object]) -> None:
    """Refuse what another version wrote."""
    if data.get("shape") != SHAPE:
        raise BadReview(f"this was written in shape {data.get('shape')!r}, not {SHAPE}")
