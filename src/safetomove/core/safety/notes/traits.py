"""What the likeness net sees in a sentence: bits of words, words, pairs of them, and ideas.

Each trait is known only by a place in a table of fixed size; two traits may share a place.
"""

from collections.abc import Sequence
from zlib import crc32

from safetomove.core.safety.notes.match import Reading
from safetomove.core.safety.notes.words import LONGEST_WORD, PAUSE

PLACES = 1 << 15
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
    near = [place(f"b{a}_{b}") for a, b in zip(words, words[1:], strict=False)]
    return near + [place(f"s{a}_{b}") for a, b in zip(words, words[2:], strict=False)]


def idea_places(reading: Reading, codes: Sequence[int]) -> set[int]:
    """Give the places of the ideas seen, and of each two of them that lie close together."""
    seen = [(start, codes[idea]) for start, _, ideas, _ in reading.sightings for idea in ideas]
    places = {code & _MASK for _, code in seen}
    for at, (start, code) in enumerate(seen):
        mixed = code * _MIX
        for other_start, other in seen[at + 1 :]:
            if other_start - start > IDEA_REACH:
                break
            places.add(((mixed + other) >> 7) & _MASK)
    return places


def bare(words: Sequence[str]) -> list[str]:
    """Drop the pauses."""
    return [plain_word(word) for word in words if word != PAUSE]
