"""What the likeness net sees in a sentence: bits of words, words, pairs of them, and ideas.

Each trait is known only by a place in a table of fixed size; two traits may share a place.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from zlib import crc32

from safetomove.core.safety.notes.match import Reading
from safetomove.core.safety.notes.words import LONGEST_WORD, PAUSE

PLACES = 1 << 17  # for danger as a whole
CARD_PLACES = 1 << 14  # for each card, a smaller table
BIT_LENGTHS = (3, 4, 5)  # letters in a bit of a word, its two ends counted
IDEA_REACH = 6  # words between two ideas that count as a pair
_MASK = PLACES - 1
_MIX = 0x9E3779B1  # spreads pairs of ideas over the table (Knuth's multiplicative hash)


def place(name: str) -> int:
    """Give the place of a named trait."""
    return crc32(name.encode("utf-8", "replace")) & _MASK


def plain_word(word: str) -> str:
    """Cut a word to its longest length; every number is the same word."""
    return "#" if word[0].isdigit() else word[:LONGEST_WORD]


def word_places(word: str) -> tuple[int, ...]:
    """Give the places of one word and of the bits of it."""
    ends = f"<{word}>"
    names = [f"w{word}"]
    for length in BIT_LENGTHS:
        names += [f"c{ends[i : i + length]}" for i in range(len(ends) - length + 1)]
    return tuple(map(place, names))


def pair_places(words: Sequence[str]) -> list[int]:
    """Give the places of each two neighbours, and of each two words with one between."""
    near = [place(f"b{a}_{b}") for a, b in pairwise(words)]
    return near + [place(f"s{a}_{b}") for a, b in zip(words, words[2:], strict=False)]


def idea_codes(names: Iterable[str]) -> tuple[int, ...]:
    """Give each idea a place by its name, so that a new idea in the list moves no other."""
    return tuple(place(f"k{name}") for name in names)


def idea_places(reading: Reading, codes: Sequence[int]) -> set[int]:
    """Give the places of the ideas seen, and of each two of them that lie close together."""
    starts = [start for start, _, ideas, _ in reading.sightings for _ in ideas]
    seen = [codes[idea] for _, _, ideas, _ in reading.sightings for idea in ideas]
    places = set(seen)
    end = 0
    for at, code in enumerate(seen):
        while end < len(seen) and starts[end] - starts[at] <= IDEA_REACH:
            end += 1
        mixed = (code * _MIX >> 7) & _MASK
        places.update([mixed ^ other for other in seen[at + 1 : end]])
    return places


def bare(words: Sequence[str]) -> list[str]:
    """Drop the pauses."""
    return [plain_word(word) for word in words if word != PAUSE]
