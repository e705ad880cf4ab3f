"""What people are told about their backs, and which of it a person means by their own words.

Matching is by meaning, not by letters: words are stemmed, words of like meaning count as one,
a slip is forgiven, and rare words count for more. What comes close to nothing is left alone.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from math import log, sqrt

from rapidfuzz.distance import OSA
from snowballstemmer import stemmer

from safetomove.content import catalogue, files
from safetomove.content.files import BadContent

LETTERS_TOP = 300  # what somebody was told fits in this
CLOSE_ENOUGH = 0.53  # least likeness of the first answer; set on tests/corpus/told_learn.tsv
ALSO_CLOSE = 0.6  # of the first one's likeness: others to offer
OTHERS_TOP = 3
ONE_SAYING = 0.6  # how much the single closest wording counts, against all of a message's words
STRANGE = 1.0  # what a word that we don't know weighs, against the rarest that we do
TYPO_LETTERS, LONG_WORD_LETTERS = 6, 9

_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One thing that people are told, and an answer to it."""

    id: str
    group: str
    heard: str
    says: tuple[str, ...]
    instead: str
    net: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """What somebody's words come closest to, best first; nothing where nothing is close."""

    messages: tuple[Message, ...]
    likeness: float = 0.0  # of the best, from 0 to 1

    @property
    def first(self) -> Message | None:
        """The best of them."""
        return self.messages[0] if self.messages else None


Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Matcher:
    """The words of every message as weights; made once."""

    phrases: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]  # by first stem, longest first
    ideas: Mapping[str, tuple[str, ...]]  # from a stem to the ideas that it carries
    small: frozenset[str]
    rarity: Weights
    sayings: Mapping[str, tuple[Weights, ...]]
    wholes: Mapping[str, Weights]
    vocabulary: tuple[str, ...]
    strange: float
    remembered: dict[str, str] = field(default_factory=dict)


def messages() -> tuple[Message, ...]:
    """Return all of them, in the order of the file."""
    return tuple(_messages().values())


def message(id: str) -> Message | None:
    """Return one, or None where there is none of that name."""
    return _messages().get(id)


def wordings(id: str) -> tuple[str, ...]:
    """Return the ways in which people hear a message."""
    entry = files.section(_body(), "messages").get(id, {})
    return tuple(_sayings(files.as_table(entry, id)))


def meant_by(words: str) -> Meant:
    """Find what somebody's words come closest to.

    Parameters
    ----------
    words
        English as typed; only the first 300 letters are read.

    Returns
    -------
    Meant
        Up to four messages, best first; empty where none is close enough, for a wrong answer
        is worse than none.
    """
    known = _matcher()
    typed = _weights(_ideas(words[:LETTERS_TOP], known), known)
    if not typed:
        return Meant(messages=())
    ranked = sorted(((_likeness(typed, id, known), id) for id in known.sayings), reverse=True)
    best = ranked[0][0]
    if best < CLOSE_ENOUGH:
        return Meant(messages=())
    near = [id for score, id in ranked[: OTHERS_TOP + 1] if score >= best * ALSO_CLOSE]
    return Meant(messages=tuple(_messages()[id] for id in near), likeness=best)


def _likeness(typed: Weights, id: str, known: _Matcher) -> float:
    closest = max(_cosine(typed, one) for one in known.sayings[id])
    return ONE_SAYING * closest + (1 - ONE_SAYING) * _cosine(typed, known.wholes[id])


def _cosine(one: Weights, other: Weights) -> float:
    shared = sum(weight * other.get(idea, 0.0) for idea, weight in one.items())
    if not shared:
        return 0.0
    return shared / (_length(one) * _length(other))


def _length(weights: Weights) -> float:
    return sqrt(sum(weight * weight for weight in weights.values()))


def _weights(ideas: Counter[str], known: _Matcher) -> Weights:
    return {
        idea: sqrt(count) * known.rarity.get(idea, known.strange) for idea, count in ideas.items()
    }


def _ideas(text: str, known: _Matcher) -> Counter[str]:
    """Count the ideas in a text; a phrase counts once, and its words no more."""
    words = _words(text)
    found: Counter[str] = Counter()
    at = 0
    while at < len(words):
        phrase = _phrase_at(words, at, known)
        if phrase is not None:
            found[phrase[1]] += 1
            at += len(phrase[0])
            continue
        if words[at] not in known.small:
            stem = _meant(_stem(words[at]), known)
            found.update(known.ideas.get(stem, (stem,)))
        at += 1
    return found


def _phrase_at(words: list[str], at: int, known: _Matcher) -> tuple[tuple[str, ...], str] | None:
    for parts, idea in known.phrases.get(words[at], ()):
        if tuple(words[at : at + len(parts)]) == parts:
            return parts, idea
    return None


def _meant(stem: str, known: _Matcher) -> str:
    """Put one slip right in a word that we don't know, two in a long one."""
    if stem in known.rarity or stem in known.ideas or len(stem) < TYPO_LETTERS:
        return stem
    room = 2 if len(stem) >= LONG_WORD_LETTERS else 1
    near = ((OSA.distance(stem, one, score_cutoff=room), one) for one in known.vocabulary)
    slips, best = min(near, default=(room + 1, stem))
    return best if slips <= room and best[0] == stem[0] else stem


def _words(text: str) -> list[str]:
    plain = text.lower().replace("’", "").replace("'", "").replace("-", " ")
    return _WORD.findall(plain)


@cache
def _stem(word: str) -> str:
    return str(_stemmer().stemWord(word))


@cache
def _stemmer() -> "stemmer":
    return stemmer("english")


@cache
def _messages() -> Mapping[str, Message]:
    body = _body()
    return {
        id: _message(id, files.as_table(entry, id), files.section(body, "nets"))
        for id, entry in files.section(body, "messages").items()
    }


def _message(id: str, entry: Mapping[str, object], nets: Mapping[str, object]) -> Message:
    net, sources = files.text(entry, "net"), files.texts(entry, "sources")
    if net not in nets or not sources:
        raise BadContent(f"told.{id} needs a safety net that there is, and its sources")
    for source in sources:
        catalogue.load().source(source)
    return Message(
        id=id,
        **{key: files.text(entry, key) for key in ("group", "heard", "instead")},
        says=files.texts(entry, "says"),
        net=net,
        sources=sources,
    )


def _body() -> Mapping[str, object]:
    layers = (layer["told"].body for layer in catalogue.load().layers if "told" in layer)
    return next(layers)


@cache
def _matcher() -> _Matcher:
    body = _body()
    synonyms = files.section(body, "synonyms")
    phrases, ideas = _synonyms(files.texts(synonyms, "lists"))
    small = frozenset(_words(files.text(synonyms, "small")))
    bare = _Matcher(
        phrases=phrases, ideas=ideas, small=small, rarity={}, sayings={}, wholes={},
        vocabulary=(), strange=1.0,
    )  # fmt: skip
    counted = {
        id: [_ideas(text, bare) for text in _sayings(files.as_table(entry, id))]
        for id, entry in files.section(body, "messages").items()
    }
    return _weighed(bare, counted)


def _weighed(bare: _Matcher, counted: Mapping[str, list[Counter[str]]]) -> _Matcher:
    held = Counter(idea for each in counted.values() for idea in set().union(*each))
    rarity = {idea: log(1 + len(counted) / count) for idea, count in held.items()}
    stems = {*bare.ideas, *(idea for idea in rarity if not idea.startswith("="))}
    known = _Matcher(
        phrases=bare.phrases,
        ideas=bare.ideas,
        small=bare.small,
        rarity=rarity,
        sayings={},
        wholes={},
        vocabulary=tuple(sorted(stem for stem in stems if len(stem) >= TYPO_LETTERS - 1)),
        strange=STRANGE * max(rarity.values()),
    )
    return _Matcher(
        phrases=known.phrases,
        ideas=known.ideas,
        small=known.small,
        rarity=rarity,
        sayings={id: tuple(_weights(one, known) for one in each) for id, each in counted.items()},
        wholes={id: _weights(sum(each, Counter()), known) for id, each in counted.items()},
        vocabulary=known.vocabulary,
        strange=known.strange,
    )


def _sayings(entry: Mapping[str, object]) -> Iterator[str]:
    yield files.text(entry, "heard")
    yield from files.texts(entry, "also_heard")


def _synonyms(
    lists: tuple[str, ...],
) -> tuple[dict[str, tuple[tuple[tuple[str, ...], str], ...]], dict[str, tuple[str, ...]]]:
    """Turn lists of like words into ideas, each named by its first word."""
    phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    ideas: dict[str, list[str]] = {}
    for entries in lists:
        each = [tuple(_words(one)) for one in entries.split(",")]
        idea = f"={each[0][0]}"
        for parts in each:
            if len(parts) > 1:
                phrases.setdefault(parts[0], []).append((parts, idea))
            elif idea not in ideas.setdefault(_stem(parts[0]), []):
                ideas[_stem(parts[0])].append(idea)
    longest = {
        first: tuple(sorted(found, key=lambda one: -len(one[0])))
        for first, found in phrases.items()
    }
    return longest, {stem: tuple(found) for stem, found in ideas.items()}
