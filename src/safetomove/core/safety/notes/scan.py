"""A note in, safety cards out. A card is only ever raised here; nothing in a note clears one."""

from functools import cache

from .card import NoteCard
from .guards import Roles, quietened, roles
from .lexicon import Lexicon, Pattern, lexicon
from .match import Reading, hits, possible, read
from .words import sentences

TRIES = 64  # quietened hits of one pattern in one sentence; beyond it the card is shown
REMEMBERED_SENTENCES = 512


@cache
def _small_words() -> Roles:
    return roles(lexicon())


def scan_note(text: str) -> tuple[NoteCard, ...]:
    """List the cards that a free-text note raises, the most urgent first.

    Parameters
    ----------
    text
        A note of any length, English as typed. It is not kept.

    Returns
    -------
    tuple of NoteCard
        No duplicates. An empty result means that no known danger wording was seen; it never
        means that the writer is safe.
    """
    known = lexicon()
    raised: set[NoteCard] = set()
    done: set[tuple[str, ...]] = set()
    for words in sentences(text):
        key = tuple(words)
        if key in done:
            continue
        if len(done) < REMEMBERED_SENTENCES:
            done.add(key)
        _raise_cards(read(words, known), known, raised)
        if len(raised) == len(NoteCard):
            break
    return tuple(card for card in NoteCard if card in raised)


def _raise_cards(reading: Reading, known: Lexicon, raised: set[NoteCard]) -> None:
    for pattern in possible(reading, known):
        if pattern.card not in raised and _stands(pattern, reading):
            raised.add(pattern.card)


def _stands(pattern: Pattern, reading: Reading) -> bool:
    for tries, hit in enumerate(hits(pattern, reading)):
        if tries >= TRIES or not quietened(pattern, hit, reading, _small_words()):
            return True
    return False
