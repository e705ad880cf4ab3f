"""One note against both nets: firm patterns, and likeness to dangerous sentences.

Either net may raise a card. Neither clears one, and no score hides a pattern's hit.
"""

from functools import cache

from safetomove.core.safety.notes.card import NoteCard
from safetomove.core.safety.notes.guards import Roles, quietened, roles
from safetomove.core.safety.notes.lexicon import Lexicon, Pattern
from safetomove.core.safety.notes.likeness import likeness
from safetomove.core.safety.notes.listen import Listener
from safetomove.core.safety.notes.loader import lexicon
from safetomove.core.safety.notes.match import Reading, hits, possible, read
from safetomove.core.safety.notes.words import sentences

TRIES = 64  # quietened hits of one pattern in one sentence; beyond it the card is shown
REMEMBERED_SENTENCES = 512


@cache
def _small_words() -> Roles:
    return roles(lexicon())


def sweep(text: str, *, by_likeness: bool = True) -> tuple[NoteCard, ...]:
    """Raise the cards of a note, the most urgent first."""
    known = lexicon()
    raised: set[NoteCard] = set()
    listener = Listener(likeness(), known)
    done: dict[tuple[str, ...], Reading] = {}
    for words in sentences(text):
        key = tuple(words)
        reading = done.get(key)
        if reading is None:
            reading = read(words, known)
            if len(done) < REMEMBERED_SENTENCES:
                done[key] = reading
            _raise_cards(reading, known, raised)
        if by_likeness:
            listener.hear(reading)
        if len(raised) == len(NoteCard):
            break
    raised |= listener.finish()
    return tuple(card for card in NoteCard if card in raised)


def _raise_cards(reading: Reading, known: Lexicon, raised: set[NoteCard]) -> None:
    for pattern in possible(reading, known, raised):
        if _stands(pattern, reading):
            raised.add(pattern.card)


def _stands(pattern: Pattern, reading: Reading) -> bool:
    for tries, hit in enumerate(hits(pattern, reading)):
        if tries >= TRIES or not quietened(pattern, hit, reading, _small_words()):
            return True
    return False
