"""Find a movement by a word or two, among those that one person may be shown."""

import re
import unicodedata
from collections.abc import Iterable

from safetomove.content.movements import Shown

LEAST_LETTERS = 3  # "go" and "to" find nothing of use
_WEIGHTS = (8, 4, 1)  # title, purpose, the rest
_ENDINGS = re.compile(r"(ing|ed|es|s)$")


def find(query: str, shown: Iterable[Shown]) -> tuple[Shown, ...]:
    """Return those that hold any word of the query, best first; order breaks ties."""
    wanted = _words(query)
    scored = [(_score(wanted, each), each) for each in shown]
    best = sorted((pair for pair in scored if pair[0]), key=lambda pair: -pair[0])
    return tuple(each for _, each in best)


def _score(wanted: set[str], shown: Shown) -> int:
    movement = shown.movement
    rest = (movement.family, movement.relaxed, *movement.steps, *(w.ask for w in movement.worries))
    places = (movement.title, movement.purpose, " ".join(rest))
    return sum(
        weight * len(wanted & _words(place)) for weight, place in zip(_WEIGHTS, places, strict=True)
    )


def _words(text: str) -> set[str]:
    plain = unicodedata.normalize("NFKD", text.lower())
    found = re.findall(r"[a-z]+", "".join(sign for sign in plain if sign.isascii()))
    return {_stem(word) for word in found if len(word) >= LEAST_LETTERS}


def _stem(word: str) -> str:
    stem = _ENDINGS.sub("", word)
    if len(stem) > LEAST_LETTERS and stem[-1] == stem[-2] and stem != word:
        stem = stem[:-1]  # sitting, sit
    return stem if len(stem) >= LEAST_LETTERS else word
