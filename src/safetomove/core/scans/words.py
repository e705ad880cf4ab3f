"""From a report as pasted to sentences of lower-case words that know where they stood."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from safetomove.core.scans.levels import LEVEL, levels_of

_TOKEN = re.compile(
    rf"(?P<level>{LEVEL})|(?P<word>[^\W\d_]+(?:['’][^\W\d_]+)*)|(?P<number>\d{{1,9}}(?:\.\d{{1,9}})?)"
    r"|(?P<mark>[.,:?!;&\n\r•])",
    re.IGNORECASE,
)
WORDS_TOP = 150  # in a sentence; a longer run is cut, so that no text can take long to read
_ENDS = frozenset(".;!\n\r•")
_ABOUT_THE_PICTURE = re.compile(
    r"[\s-]*(weight|signal|hyper|hypo|bright|dark|high|low|image|sequence|w\b|/?stir|intens"
    r"|(and|or) T[12])",
    re.IGNORECASE,
)
_ON_A_PICTURE = re.compile(
    r"\b(on|sagittal|axial|increased|decreased|normal|low|high)[\s,]*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """One word, number, mark or spinal level; `levels` are those that a level token names."""

    word: str
    start: int
    end: int
    levels: tuple[str, ...] = ()


Sentence = list[Token]


def sentences(text: str) -> Iterator[Sentence]:
    """Yield each sentence; one that a line's end closes carries that end as its last token."""
    sentence: Sentence = []
    for match in _TOKEN.finditer(text):
        token = _token(match, text)
        if token.word in _ENDS:
            if token.word in "\n\r":
                sentence.append(token)
            if sentence:
                yield sentence
            sentence = []
        else:
            sentence.append(token)
        if len(sentence) >= WORDS_TOP:
            yield sentence
            sentence = []
    if sentence:
        yield sentence


def _token(match: re.Match[str], text: str) -> Token:
    start, end = match.span()
    found = match.group()
    levels = levels_of(found) if match["level"] else ()
    if levels and not _is_picture(found, text, start, end):
        return Token(word=found.lower(), start=start, end=end, levels=levels)
    return Token(word=_plain(found), start=start, end=end)


def _is_picture(found: str, text: str, start: int, end: int) -> bool:
    """Tell T2 the kind of picture from T2 the bone."""
    if found.upper() not in ("T1", "T2"):
        return False
    before = text[max(0, start - 12) : start]
    return bool(_ABOUT_THE_PICTURE.match(text[end : end + 12]) or _ON_A_PICTURE.search(before))


def _plain(found: str) -> str:
    word = found.lower().replace("’", "'")
    if word == "&":
        return "and"
    return word.removesuffix("'s").replace("'", "")
