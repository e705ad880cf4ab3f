"""A message as typed, on either side of a thread."""

from collections.abc import Mapping
from typing import Any

from safetomove.services.clinic.threads import WORDS_TOP
from safetomove.web.typed import can_be_kept, tidy
from safetomove.web.words import page


def typed(sent: Mapping[str, Any]) -> tuple[str, str]:
    """Return the words of a message, and what is wrong with them or nothing."""
    words, said = tidy(sent.get("words", "")), page("clinic_messages")["errors"]
    if not words:
        return "", said["empty"]
    if len(words) > WORDS_TOP:
        return words, said["long"].format(count=f"{len(words):,}")
    return words, "" if all(map(can_be_kept, words.split("\n"))) else said["sign"]
