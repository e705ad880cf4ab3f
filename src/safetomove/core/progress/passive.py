"""Treatments that are done to a person: tapped on the day, or named in its note."""

import re
from collections.abc import Sequence
from typing import Final

from safetomove.core.diary import CheckIn

TREATMENT: Final = "treatment:"  # how the day's column for one kind begins
HAD: Final = "yes"


def named_in(note: str, names: Sequence[str]) -> str:
    """Return the first name that stands in the note as a word of its own, or nothing."""
    found = (
        (at.start(), name)
        for name in names
        if (at := re.search(rf"\b{re.escape(name)}\b", note, re.IGNORECASE)) is not None
    )
    return min(found, default=(0, ""))[1]


def tapped(day: CheckIn | None, kinds: Sequence[str]) -> tuple[str, ...]:
    """Return which of these kinds were tapped for a day, in the order given."""
    told = {} if day is None else day.extra
    return tuple(kind for kind in kinds if told.get(f"{TREATMENT}{kind}") == HAD)
