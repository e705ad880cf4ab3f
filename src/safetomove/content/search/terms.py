"""From what somebody types to stems: plain letters, no small words, endings cut off."""

import re
import unicodedata
from functools import cache
from typing import Any, Final

import snowballstemmer

QUERY_CHARACTERS: Final = 200  # what lies beyond says nothing that a search could use
_WORD: Final = re.compile(r"[a-z]+|\d+")
_X_RAY: Final = re.compile(r"\bx[ -]ray")
_SMALL: Final = frozenset(
    "a about after all am an and any are as at be been being but by can could did do does doing "
    "for from had has have having he her him his how i if in into is it its just may me might my "
    "of on or our out own s she should so some t than that the their them then there these they "
    "this to too us was we were what when where which who why will with would you your".split()
)


def terms(text: str) -> tuple[str, ...]:
    """Return the stems of a text in order, small words left out unless there is nothing else."""
    every = _words(text)
    telling = [word for word in every if word not in _SMALL]
    return tuple(stem(word) for word in telling or every)


@cache
def stem(word: str) -> str:
    """Cut a word's ending off (Snowball's English stemmer: bending, bends and bend are one)."""
    cut: str = _stemmer().stemWord(word)
    return cut


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text[: QUERY_CHARACTERS * 100].lower())
    plain = plain.replace("’", "'").replace("'s ", " ").replace("'", "")
    plain = _X_RAY.sub("xray", plain)
    return _WORD.findall("".join(sign for sign in plain if not unicodedata.combining(sign)))


@cache
def _stemmer() -> Any:
    return snowballstemmer.stemmer("english")
