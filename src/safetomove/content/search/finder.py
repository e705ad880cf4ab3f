"""Rank what can be found for what somebody typed: BM25 over fields, and the phrases people use.

Robertson and Zaragoza, "The probabilistic relevance framework: BM25 and beyond", 2009, §3.6:
a word that stands in a strong field counts as several in a weak one, and a rare word counts
more than a common one. A phrase that we know people type for a page counts for that page as
far as the question covers it and it covers the question.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain, pairwise
from math import log
from typing import Final

from rapidfuzz import fuzz, process

from safetomove.content import files
from safetomove.content.files import texts
from safetomove.content.search.entries import Entry, Kind, body, entries
from safetomove.content.search.terms import QUERY_CHARACTERS, stem, terms
from safetomove.core.safety import NoteCard, scan_question

RESULTS_TOP: Final = 20
HELP: Final = ("is-it-safe", "get-help-now")  # the pages that come first where a card does
SATURATION: Final = 1.2  # BM25's k1, its usual value
WEIGHTS: Final = {"title": 6.0, "asked": 4.0, "strong": 2.5, "weak": 0.6}
SHORTENING: Final = 0.5  # BM25's b: how much a long text is held against it
PHRASE: Final = 3.0  # what a phrase that is typed whole adds, in rare words
KIN: Final = 0.6  # what a word of the same meaning counts
SLIP: Final = 0.8  # what the word most likely meant by a slip of the finger counts
ALIKE: Final = 80.0  # of 100: below it a word is another word, not a slip
LEAST_SLIP: Final = 4  # letters: shorter words are too alike to guess at

Weighted = Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a question meets: `danger` comes first, whatever else is there."""

    danger: tuple[NoteCard, ...]
    results: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Phrase:
    """What people type for one entry; `worth` is the rarity of its stems together."""

    stems: frozenset[str]
    worth: float
    entry: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Index:
    entries: tuple[Entry, ...]
    weights: tuple[Weighted, ...]  # by entry: stem -> weight over its fields
    rarity: Weighted
    phrases: tuple[_Phrase, ...]
    holding: Mapping[str, tuple[int, ...]]  # stem -> the phrases that hold it
    words: Mapping[str, str]  # as written -> stem, for slips
    kin: Mapping[str, frozenset[str]]
    danger: tuple[tuple[frozenset[str], NoteCard], ...]


def find(query: str, *, language: str = files.FALLBACK) -> Found:
    """Return what `query` meets, the best first; nothing where no word of it is known."""
    index, query = _index(language), query[:QUERY_CHARACTERS]
    danger = _danger(query, index)
    first = (one for one in index.entries if danger and one.id in HELP)
    results = tuple(dict.fromkeys((*first, *_ranked(query, index))))[:RESULTS_TOP]
    return Found(danger=danger, results=results)


def related(query: str, kind: Kind, *, language: str = files.FALLBACK) -> Found:
    """Return what `query` meets of one kind alone, all of it; behind a danger there is nothing."""
    index, query = _index(language), query[:QUERY_CHARACTERS]
    danger = _danger(query, index)
    found = () if danger else _ranked(query, index)
    return Found(danger=danger, results=tuple(one for one in found if one.kind is kind))


def _ranked(query: str, index: _Index) -> tuple[Entry, ...]:
    """Return every entry that holds something of the query, the best first."""
    asked = _meant(query, index)
    scores = [_score(asked, weights, index.rarity) for weights in index.weights]
    for n, covered in _phrase_scores(asked, index).items():
        scores[n] += covered
    best = sorted((n for n, score in enumerate(scores) if score), key=lambda n: (-scores[n], n))
    return tuple(index.entries[n] for n in best)


def _danger(query: str, index: _Index) -> tuple[NoteCard, ...]:
    """Name the cards: those of a note that says this, and those of a word that asks for one."""
    said = frozenset(terms(query))
    named = (card for words, card in index.danger if words <= said)
    return tuple(dict.fromkeys((*scan_question(query), *named)))


def _meant(query: str, index: _Index) -> tuple[Weighted, ...]:
    """Return, for each word typed, what it may mean: itself, a slip mended, words of its kin."""
    typed = terms(query)
    joined = (stem(one + two) for one, two in pairwise(typed))  # pain killers
    known = dict.fromkeys((*typed, *(both for both in joined if both in index.rarity)))
    return tuple(found for one in known if (found := _alternatives(one, index)))


def _alternatives(word: str, index: _Index) -> Weighted:
    meant, weight = (word, 1.0) if word in index.rarity else _mended(word, index)
    kin = {one: KIN * weight for one in index.kin.get(meant, ()) if one in index.rarity}
    return {**kin, meant: weight} if meant else kin


def _mended(word: str, index: _Index) -> tuple[str, float]:
    if word in index.kin:
        return word, 1.0
    if len(word) < LEAST_SLIP or word.isdigit():
        return "", 0.0
    near = process.extractOne(word, index.words.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE)
    return (index.words[near[0]], SLIP) if near else ("", 0.0)


def _score(asked: Iterable[Weighted], weights: Weighted, rarity: Weighted) -> float:
    """Sum, over the words typed, what the best of their meanings counts here."""
    return sum(
        max(weight * rarity.get(one, 0.0) * _saturated(weights.get(one, 0.0))
            for one, weight in meanings.items())
        for meanings in asked
    )  # fmt: skip


def _saturated(found: float) -> float:
    return found / (SATURATION + found)


def _phrase_scores(asked: Iterable[Weighted], index: _Index) -> dict[int, float]:
    """Return, by entry, how well its phrases and the question cover each other."""
    asked, rarity = tuple(asked), index.rarity
    theirs = sum(max((weight, rarity.get(one, 1.0)) for one, weight in each.items())[1]
                 for each in asked)  # fmt: skip
    touched = {n for each in asked for one in each for n in index.holding.get(one, ())}
    scores: dict[int, float] = {}
    for phrase in (index.phrases[n] for n in sorted(touched)):
        both = sum(max((weight * rarity.get(one, 1.0) for one, weight in each.items()
                        if one in phrase.stems), default=0.0) for each in asked)  # fmt: skip
        covered = PHRASE * min(1.0, both / phrase.worth) ** 2 * min(1.0, both / theirs)
        scores[phrase.entry] = scores.get(phrase.entry, 0.0) + covered
    return scores


@cache
def _index(language: str) -> _Index:
    every = entries(language)
    counts = [_fields(entry) for entry in every]
    usual = {
        field: sum(len(each[field]) for each in counts) / max(1, len(counts)) for field in WEIGHTS
    }
    weights = tuple(_weigh(each, usual) for each in counts)
    seen = Counter(chain.from_iterable(weights))
    rarity = {one: log(1 + len(every) / times) for one, times in seen.items()}
    words = {one: one for one in rarity} | {
        word: stem(word) for entry in every for word in _plain_words(entry) if stem(word) in rarity
    }
    phrases = tuple(_phrases(every, rarity))
    return _Index(
        entries=every,
        weights=weights,
        rarity=rarity,
        phrases=phrases,
        holding=_holding(phrases),
        words=words,
        kin=_kin(language),
        danger=_danger_words(language),
    )


def _phrases(every: Iterable[Entry], rarity: Weighted) -> Iterable[_Phrase]:
    for n, entry in enumerate(every):
        for phrase in (entry.title, *entry.asked):
            stems = frozenset(terms(phrase))
            worth = sum(rarity.get(one, 1.0) for one in stems)
            yield _Phrase(stems=stems, worth=worth, entry=n)


def _holding(phrases: Iterable[_Phrase]) -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = {}
    for n, phrase in enumerate(phrases):
        for one in phrase.stems:
            found.setdefault(one, []).append(n)
    return {one: tuple(where) for one, where in found.items()}


def _fields(entry: Entry) -> dict[str, tuple[str, ...]]:
    return {
        "title": terms(entry.title),
        "asked": terms(" ".join(entry.asked)),
        "strong": terms(entry.strong),
        "weak": terms(entry.weak),
    }


def _weigh(fields: Mapping[str, tuple[str, ...]], usual: Weighted) -> dict[str, float]:
    weighed: dict[str, float] = {}
    for field, found in fields.items():
        length = 1 - SHORTENING + SHORTENING * len(found) / max(usual[field], 1e-9)
        for one, times in Counter(found).items():
            weighed[one] = weighed.get(one, 0.0) + WEIGHTS[field] * times / length
    return weighed


def _plain_words(entry: Entry) -> Iterable[str]:
    text = " ".join((entry.title, *entry.asked, entry.strong, entry.weak)).lower()
    return {word.strip(".,?:;()“”‘’") for word in text.split()}


def _kin(language: str) -> dict[str, frozenset[str]]:
    groups = [frozenset(map(stem, group.split())) for group in texts(body(language), "kin")]
    found: dict[str, frozenset[str]] = {}
    for group in groups:
        for one in group:
            found[one] = found.get(one, frozenset()) | (group - {one})
    return found


def _danger_words(language: str) -> tuple[tuple[frozenset[str], NoteCard], ...]:
    table = files.section(body(language), "danger")
    return tuple(
        (frozenset(terms(phrase)), NoteCard(card))
        for card in table
        for phrase in texts(table, card)
    )
