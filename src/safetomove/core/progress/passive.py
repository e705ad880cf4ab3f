"""Treatments that are done to a person, found in a note by their names."""

import re
from collections.abc import Sequence


def named_in(note: str, names: Sequence[str]) -> str:
    """Return the first name that stands in the note as a word of its own, or nothing."""
    found = (
        (at.start(), name)
        for name in names
        if (at := re.search(rf"\b{re.escape(name)}\b", note, re.IGNORECASE)) is not None
    )
    return min(found, default=(0, ""))[1]
