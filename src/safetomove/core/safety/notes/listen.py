"""Hold a note against the likeness net: each sentence, and each two neighbours."""

from collections import deque

from safetomove.core.safety.notes.card import NoteCard
from safetomove.core.safety.notes.lexicon import Lexicon
from safetomove.core.safety.notes.likeness import Likeness, Piece
from safetomove.core.safety.notes.match import Reading, read

LONG_SENTENCE = 40  # words; beyond it a danger would drown, so it is read in parts
PART = 30  # words
STEP = 15  # words from the start of one part to the next
FIRST_WORDS = 10_000  # of a giant note the net reads the first and the last words,
LAST_WORDS = 10_000  # while the patterns read all of it


class Listener:
    """Collects the cards that the sentences of one note raise by likeness."""

    def __init__(self, net: Likeness, known: Lexicon) -> None:
        self.raised: set[NoteCard] = set()
        self._net = net
        self._known = known
        self._before: Piece | None = None
        self._heard = 0
        self._late: deque[Reading] = deque()
        self._late_words = 0

    def hear(self, reading: Reading) -> None:
        """Read one sentence now, or keep it in case it proves to be among the last."""
        if self._heard < FIRST_WORDS:
            self._heard += len(reading.words)
            self._weigh(reading)
            return
        self._late.append(reading)
        self._late_words += len(reading.words)
        while self._late_words - len(self._late[0].words) >= LAST_WORDS:
            self._late_words -= len(self._late.popleft().words)

    def finish(self) -> set[NoteCard]:
        """Read the last sentences, and give every card that was raised."""
        while self._late:
            self._weigh(self._late.popleft())
        return self.raised

    def _weigh(self, reading: Reading) -> None:
        for part in self._parts(reading):
            piece = self._net.piece(part)
            if not piece.count:
                continue
            self.raised |= self._net.alarms((piece,))
            if self._before is not None:
                self.raised |= self._net.alarms((self._before, piece))
            self._before = piece

    def _parts(self, reading: Reading) -> list[Reading]:
        words = reading.words
        if len(words) <= LONG_SENTENCE:
            return [reading]
        starts = range(0, len(words) - PART + STEP, STEP)
        return [read(words[at : at + PART], self._known) for at in starts]
