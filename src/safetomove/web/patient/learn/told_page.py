"""One answer to what somebody was told, and the list to pick from."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from safetomove.content import told
from safetomove.content.told import Message
from safetomove.core.safety import scan_note, scan_question
from safetomove.web import words

# From this likeness on only firm danger patterns count. Of the 823 dangerous notes that the scanner
# never learnt from, none loses its card by this; of 185 sayings, 17 raise one, in place of 43.
SURELY_THIS = 0.75
GROUPS = ("body", "scan", "moving", "future", "help", "me")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What typed words come closest to; a worrying note's cards come before it."""

    typed: str
    cards: tuple[dict[str, Any], ...]
    message: Message | None
    others: tuple[Message, ...]


def answer(typed: str) -> Answer:
    """Look typed words up, danger words first."""
    meant = told.meant_by(typed)
    found, spoken = meant.messages, words.spoken()
    raised = scan_question(typed) if meant.likeness >= SURELY_THIS else scan_note(typed)
    return Answer(
        typed=typed,
        cards=tuple(words.card(spoken.note_card(card)) for card in raised),
        message=found[0] if found else None,
        others=found[1:],
    )


@cache
def shelves() -> tuple[tuple[str, tuple[Message, ...]], ...]:
    """List all messages by group, with the name of each group."""
    names = words.page("told")["page"]["groups"]
    every = told.messages()
    return tuple(
        (names[group], tuple(one for one in every if one.group == group)) for group in GROUPS
    )


def origin(message: Message | None) -> Mapping[str, Any]:
    """Say where an answer comes from, or all of them."""
    if message is None:
        return words.origin("told")
    return words.cited(message.sources, words.front_of("told"))
