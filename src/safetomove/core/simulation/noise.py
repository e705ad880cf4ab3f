"""Keyed draws for many people at once: who, which day and what for decide the number.

Because no draw depends on how many came before it, a person sleeps, worries and is unlucky
on the same days under every policy, and two policies differ by what they ask alone.
"""

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from safetomove.core import chance

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
Words = NDArray[np.uint32]

DECISIONS_A_DAY = 32
_PARAMETERS_FROM = 2**31  # counters above this name a person's parameters, below it their days


class Draw(IntEnum):
    """What a day's draw is for. A number is never given to another decision."""

    SLEEP = 0
    STRESS = 1
    LOAD = 2
    PAIN = 3
    ONSET = 4
    LENGTH = 5
    WANDER = 6
    WISH = 7
    OVERDO = 8
    STOP = 9
    HEED = 10
    SKIP = 11
    MISS = 12
    TELL = 13
    QUIT = 14
    SPELL = 15


class Noise:
    """Every draw of `people` persons; with `keep`, days drawn once are held in memory."""

    def __init__(self, seed: int, people: int, *, keep: bool = False) -> None:
        self.people = people
        self._first, self._second = person_keys(seed, people)
        self._kept: dict[int, Numbers] | None = {} if keep else None

    def uniform(self, what: Draw, day: int) -> Numbers:
        """Return numbers in (0, 1), shape (people,)."""
        return self._held(day * DECISIONS_A_DAY + what, normal=False)

    def normal(self, what: Draw, day: int) -> Numbers:
        """Return standard normal numbers, shape (people,)."""
        return self._held(day * DECISIONS_A_DAY + what, normal=True)

    def of_person(self, name: str) -> Numbers:
        """Return the numbers in (0, 1) behind one parameter of each person, shape (people,)."""
        return self._uniform(_PARAMETERS_FROM + int(chance.draw(0, name) * _PARAMETERS_FROM))

    def _held(self, counter: int, *, normal: bool) -> Numbers:
        if self._kept is None:
            return self._drawn(counter, normal=normal)
        if counter not in self._kept:
            self._kept[counter] = self._drawn(counter, normal=normal)
        return self._kept[counter]

    def _drawn(self, counter: int, *, normal: bool) -> Numbers:
        drawn: Numbers = self._uniform(counter)
        return ndtri(drawn) if normal else drawn

    def _uniform(self, counter: int) -> Numbers:
        word = mixed(mixed(self._first + np.uint32(counter)) ^ self._second)
        return (word.astype(np.float64) + 0.5) * 2.0**-32


def person_keys(seed: int, people: int) -> tuple[Words, Words]:
    """Return two 32-bit words for each person, from one 64-bit hash of seed and number."""
    start = np.uint64(int(chance.draw(seed, "virtual patients") * 2**53))
    word = start + np.arange(1, people + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    word = (word ^ (word >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    word = (word ^ (word >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    word ^= word >> np.uint64(31)
    return (word >> np.uint64(32)).astype(np.uint32), word.astype(np.uint32)


def mixed(word: Words) -> Words:
    """Scramble 32-bit words, one to one: two multiplications and three shifts."""
    word = (word ^ (word >> np.uint32(16))) * np.uint32(0x7FEB352D)
    word = (word ^ (word >> np.uint32(15))) * np.uint32(0x846CA68B)
    return word ^ (word >> np.uint32(16))
