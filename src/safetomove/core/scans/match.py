"""Find the forms of terms in one sentence, and settle which of them stand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from safetomove.core.scans.lexicon import LONGEST_WORD, Form, Lexicon, Link, Phrase
from safetomove.core.scans.words import Token

GAP = 8  # words between two links of a form
ONE_BONE = "ONEBONE"
STRANGERS = 1  # of them that are neither glue nor part of any list
SMALL = frozenset(
    "the a of has have degree s multilevel degenerative acquired congenital".split()
    + "lumbar cervical thoracic".split()
)

Sightings = list[dict[str, int]]  # for each word: the ideas that begin there, and their ends


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A form as it lies in the sentence: from `first` up to, not including, `last`."""

    form: Form
    first: int
    last: int

    @property
    def loose(self) -> int:
        """Count the words that are not links."""
        return self.last - self.first - len(self.form.links)

    def meets(self, other: "Hit") -> bool:
        """Say whether two hits share a word."""
        return self.first < other.last and other.first < self.last


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """One sentence: its tokens, their words as meant, and the ideas that begin at each."""

    tokens: Sequence[Token]
    words: list[str]
    seen: Sightings
    lexicon: Lexicon


def hits_in(sentence: Sequence[Token], lexicon: Lexicon) -> list[Hit]:
    """List what the sentence names, in its order, each word used once for each term."""
    words = [lexicon.meaning(token.word)[0] for token in sentence]
    seen = _sightings(sentence, words, lexicon)
    read = _Read(tokens=sentence, words=words, seen=seen, lexicon=lexicon)
    ideas = {idea for at in seen for idea in at}
    found = [hit for hit in _all(read) if _allowed(hit, ideas, lexicon)]
    chosen: list[Hit] = []
    for hit in sorted(found, key=_strength):
        if not any(hit.meets(other) and _rivals(hit, other) for other in chosen):
            chosen.append(hit)
    kept = [hit for hit in chosen if not _yields(hit, chosen, lexicon)]
    return sorted(kept, key=lambda each: (each.first, each.last))


def _yields(hit: Hit, chosen: list[Hit], lexicon: Lexicon) -> bool:
    to = lexicon.terms[hit.form.term].yields
    return bool(to) and any(each.form.term == to and each.meets(hit) for each in chosen)


def _strength(hit: Hit) -> tuple[bool, bool, int, int]:
    """Order hits: that all is well comes before its parts, then what stands closest together."""
    form = hit.form
    return form.weak, not form.clear, hit.loose, -len(form.links)


def _rivals(hit: Hit, other: Hit) -> bool:
    return hit.form.weak or hit.form.term == other.form.term


def _allowed(hit: Hit, ideas: set[str], lexicon: Lexicon) -> bool:
    term = lexicon.terms[hit.form.term]
    return hit.form.clear or not term.bars & ideas


def _sightings(sentence: Sequence[Token], words: list[str], lexicon: Lexicon) -> Sightings:
    """Note which ideas begin at each word; a phrase hides what its words mean alone."""
    seen: Sightings = [{} for _ in words]
    hidden: set[int] = set()
    for at, word in enumerate(words):
        for phrase in _opened(word, lexicon):
            end = _phrase_end(words, at, phrase.parts)
            if end:
                seen[at][phrase.idea] = max(end, seen[at].get(phrase.idea, 0))
                hidden.update(range(at, end))
    for at, token in enumerate(sentence):
        if len(token.levels) == 1 and "/" not in token.levels[0]:
            seen[at][ONE_BONE] = at + 1
        if at not in hidden and not token.levels:
            for idea in lexicon.meaning(token.word)[1]:
                seen[at].setdefault(idea, at + 1)
    return seen


def _opened(word: str, lexicon: Lexicon) -> Iterator[Phrase]:
    for end in range(1, min(len(word), LONGEST_WORD) + 1):
        for phrase in lexicon.phrases.get(word[:end], ()):
            if phrase.parts[0] == word or phrase.parts[0] == word[:end] + "*":
                yield phrase


def _phrase_end(words: list[str], at: int, parts: tuple[str, ...]) -> int:
    if at + len(parts) > len(words):
        return 0
    fits = all(
        word.startswith(part[:-1]) if part[-1] == "*" else word == part
        for word, part in zip(words[at : at + len(parts)], parts, strict=True)
    )
    return at + len(parts) if fits else 0


def _all(read: _Read) -> Iterator[Hit]:
    for at, word in enumerate(read.words):
        for name in (*read.seen[at], word):
            for form in read.lexicon.forms.get(name, ()):
                end = _end_of(form, at, read)
                if end:
                    yield Hit(form=form, first=at, last=end)


def _end_of(form: Form, at: int, read: _Read) -> int:
    """Say where a form that begins here ends; 0 where it isn't whole."""
    end = read.seen[at].get(form.links[0].name, at + 1)
    for link in form.links[1:]:
        strangers = 0 if link.close or form.clear else STRANGERS
        place = _next(link, end, strangers, read)
        if place is None:
            return 0
        end = read.seen[place].get(link.name, place + 1)
    return end


def _next(link: Link, start: int, strangers: int, read: _Read) -> int | None:
    for at in range(start, min(start + (2 if link.close else GAP + 1), len(read.words))):
        word = read.words[at]
        if link.name in read.seen[at] or link.name == word:
            return at
        if read.lexicon.is_barrier(word) or word in ":?":
            return None
        small = word in SMALL or (bool(read.tokens[at].levels) and link.name != ONE_BONE)
        held = small if link.close else _held_together(read.tokens[at], word, read.lexicon)
        strangers -= not held
        if strangers < 0:
            return None
    return None


def _held_together(token: Token, word: str, lexicon: Lexicon) -> bool:
    return bool(token.levels) or word == "," or word[0].isdigit() or lexicon.is_glue(word)
