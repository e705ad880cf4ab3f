"""From a note as typed to plain lower-case words, one sentence at a time."""

import re
import unicodedata
from collections.abc import Iterator

PAUSE = ","
LONGEST_WORD = 24  # letters; longer runs are noise
WINDOW = 90  # words read together
OVERLAP = 20  # words shared by two windows, so that nothing is lost at a seam

_UNSEEN = re.compile(
    "[\u0000\u00ad\u0300-\u036f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe0e\ufe0f\ufeff]"
)
_APOSTROPHE = re.compile("[‘’ʼ`´′]")
_EMOJI = str.maketrans(
    {
        "🩸": " blood ",
        "🤮": " vomit ",
        "💊": " tablets ",
        "🔪": " knife ",
        "🚽": " toilet ",
        "💩": " poo ",
        "🤒": " fever ",
        "🌡": " temperature ",
        "🥶": " freezing ",
        "🥵": " hot ",
        "🍷": " wine ",
        "🍺": " beer ",
        "🍻": " beer ",
        "🦵": " leg ",
        "🦶": " foot ",
        "🍑": " bum ",
        "🍆": " willy ",
        "🚑": " ambulance ",
        "⚰": " coffin ",
        "🪦": " grave ",
        "🫀": " heart ",
    }
)
_DRAWN_OUT = re.compile(r"([^\W\d_])\1{2,}")
_SHORTENED = re.compile(r"'(ll|re|ve|d)\b")
_SPLIT_LETTERS = re.compile(r"(?<=[a-z])\*+(?=[a-z])")
_DIGIT_IN_WORD = re.compile(r"(?<=[a-z])[013457](?=[a-z])")
_DIGIT_AS_LETTER = str.maketrans("013457", "oieast")
_TOKEN = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,3})?|[^\W\d_]+|[.!?;\n\r,:()\u2013\u2014]")
_END = ""
_MARKS = dict.fromkeys(".!?;\n\r", _END) | dict.fromkeys(",:()\u2013\u2014", PAUSE)
_TRAILING_OFF = re.compile(r"\.{2,}")


def plain(text: str) -> str:
    """Fold case, width, accents, quotes, emoji, hidden characters and drawn-out letters."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(_EMOJI))
        text = _APOSTROPHE.sub("'", text)
    text = _UNSEEN.sub("", text).lower()
    text = _DRAWN_OUT.sub(r"\1\1", text)
    if "'" in text:
        text = _SHORTENED.sub(_whole, text).replace("'", "")
    if ".." in text:
        text = _TRAILING_OFF.sub(PAUSE, text)
    if "*" in text:
        text = _SPLIT_LETTERS.sub("", text)
    return _DIGIT_IN_WORD.sub(lambda m: m.group().translate(_DIGIT_AS_LETTER), text)


_ENDINGS = {"ll": " will", "re": " are", "ve": "ve", "d": " "}


def _whole(match: re.Match[str]) -> str:
    return _ENDINGS[match.group(1)]


def sentences(text: str) -> Iterator[list[str]]:
    """Yield each sentence's words; a long one comes in overlapping windows."""
    words: list[str] = []
    fresh = False
    for match in _TOKEN.finditer(plain(text)):
        token = match.group()
        mark = _MARKS.get(token, token)
        if mark == _END:
            if fresh:
                yield words
            words, fresh = [], False
            continue
        words.append(mark)
        fresh = True
        if len(words) >= WINDOW:
            yield words
            words, fresh = words[-OVERLAP:], False
    if fresh:
        yield words
