"""Tell what a report says is there from what it says is not, and from what was only asked.

Rules in the manner of NegEx and ConText (Chapman 2001, Harkema 2009): a sign opens a scope, and
certain words end it. A word that looks like a denial and is none ("cannot exclude") opens none.
"""

from collections.abc import Sequence
from enum import StrEnum

from safetomove.core.scans.lexicon import Lexicon, Phrases
from safetomove.core.scans.words import Token

REACH_AFTER = 9  # words after a finding in which "is not seen" counts
_OF_A_VERB = frozenset("not doesnt isnt arent dont does".split())
_TOLD = frozenset("seen noted present identified demonstrated evident shown".split())
_LIST_ENDS = frozenset(("or", "nor"))


class Said(StrEnum):
    """How a sentence speaks of a thing."""

    PRESENT = "present"
    DENIED = "denied"
    GONE = "gone"  # was there on an earlier scan
    ASKED = "asked"


def scopes(sentence: Sequence[Token], lexicon: Lexicon) -> list[Said]:
    """Say for each word whether it lies behind a denial or a question."""
    words = [token.word for token in sentence]
    made: list[Said] = []
    state, opener = Said.PRESENT, ""
    at = 0
    while at < len(words):
        kind, length = _sign_at(words, at, lexicon)
        if kind == "before":
            state, opener = Said.DENIED, words[at]
        elif kind == "asked":
            state = Said.ASKED
        elif kind in ("sham", "ends") or (
            kind == ""
            and state is not Said.PRESENT
            and _new_statement(sentence, at, opener, lexicon)
        ):
            state = Said.PRESENT
        made.extend([state] * length)
        at += length
    return made


def said_of(
    first: int,
    last: int,
    sentence: Sequence[Token],
    scope: Sequence[Said],
    lexicon: Lexicon,
) -> Said:
    """Say how the sentence speaks of the words from `first` up to `last`."""
    if scope[first] is not Said.PRESENT:
        return scope[first]
    return _said_after(last, sentence, lexicon)


def _said_after(last: int, sentence: Sequence[Token], lexicon: Lexicon) -> Said:
    words = [token.word for token in sentence]
    listing = False
    for at in range(last, min(last + REACH_AFTER, len(words))):
        if match_at(words, at, lexicon.signs["sham"]):
            return Said.PRESENT
        if match_at(words, at, lexicon.signs["gone"]):
            return Said.GONE
        if words[at] == "and" and _is_denied_there(words, at + 1, lexicon):
            return Said.PRESENT  # "mild on the left and absent on the right"
        if match_at(words, at, lexicon.signs["after"]) and (not listing or "are" in words[last:at]):
            return Said.DENIED
        if words[at] in ("no", "without", "?") or _ends(words, at, lexicon):
            return Said.PRESENT
        listing = listing or words[at] == ","
    return Said.PRESENT


def _is_denied_there(words: Sequence[str], at: int, lexicon: Lexicon) -> bool:
    return at < len(words) and bool(match_at(words, at, lexicon.signs["after"]))


def _ends(words: Sequence[str], at: int, lexicon: Lexicon) -> bool:
    return bool(match_at(words, at, lexicon.signs["ends"])) or words[at] in ("with", "which")


def _sign_at(words: Sequence[str], at: int, lexicon: Lexicon) -> tuple[str, int]:
    """Find the longest sign that begins here, and how many words it takes."""
    best, length = "", 1
    for kind in ("sham", "asked", "after", "before", "ends"):
        found = match_at(words, at, lexicon.signs[kind])
        if found > length or (found and not best):
            best, length = kind, found
    opens = at <= 1 and length == 1 and bool(match_at(words, at, lexicon.signs["before"]))
    return ("before" if best == "after" and opens else best), length


def match_at(words: Sequence[str], at: int, phrases: Phrases) -> int:
    """Say how many words of a listed phrase stand here; 0 for none."""
    for parts in phrases.get(words[at], ()):
        if len(words) >= at + len(parts) and _fits(words[at : at + len(parts)], parts):
            return len(parts)
    return 0


def _fits(words: Sequence[str], parts: Sequence[str]) -> bool:
    return all(part in ("_", word) for word, part in zip(words, parts, strict=True))


def _new_statement(sentence: Sequence[Token], at: int, opener: str, lexicon: Lexicon) -> bool:
    """Tell a comma or an "and" that begins a new statement from one that goes on with a list."""
    word = sentence[at].word
    if word not in (",", "and", "with", ":"):
        return False
    if word == ":":
        return opener not in ("nil",)
    rest = _clause(sentence, at + 1, lexicon)
    if any(token.word in _LIST_ENDS for token in rest):
        return False
    if word == "," and opener in _OF_A_VERB:
        return True
    following = [token for token in rest if token.word not in ("and", ",")]
    if not following:
        return False
    first = following[0]
    return bool(first.levels) or first.word in lexicon.sizes or (word == "," and _told(rest))


def _told(rest: Sequence[Token]) -> bool:
    words = [token.word for token in rest]
    return bool(_TOLD & set(words)) and "not" not in words


def _clause(sentence: Sequence[Token], start: int, lexicon: Lexicon) -> Sequence[Token]:
    words = [token.word for token in sentence]
    for at in range(start, len(words)):
        if _sign_at(words, at, lexicon)[0] in ("before", "ends") and words[at] not in _LIST_ENDS:
            return sentence[start:at]
    return sentence[start:]
