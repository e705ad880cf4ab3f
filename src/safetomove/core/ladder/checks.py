"""What a ladder and its tries can hold, refused by name otherwise."""

from collections.abc import Mapping
from typing import Any, Final

from safetomove.core.diary.check_in import SCALE_TOP
from safetomove.core.errors import BadInput

RUNG_WORDS_TOP: Final = 60  # characters, as on the map of what turns pain up and down
WORDS_TOP: Final = 300  # characters of what is expected or learnt
SHAPE: Final = 1


class BadLadder(BadInput):
    """A rung or a try that can't be kept as it is."""


def check_shape(data: Mapping[str, Any]) -> None:
    """Refuse what another version wrote."""
    if data.get("shape") != SHAPE:
        raise BadLadder(f"a ladder of shape {data.get('shape')!r} is not known here")


def check_scale(value: float, *, what: str) -> None:
    """Refuse a rating off the scale, and what is no number."""
    if not 0 <= value <= SCALE_TOP:
        raise BadLadder(f"{what} must be a number from 0 to {SCALE_TOP:g}")


def check_words(words: str, *, top: int) -> None:
    """Refuse words too long to keep, or with signs that can't be shown again."""
    if len(words) > top:
        raise BadLadder(f"at most {top} characters are kept here")
    if any((sign < " " and sign != "\n") or "\ud800" <= sign <= "\udfff" for sign in words):
        raise BadLadder("this has signs in it that can't be kept")
