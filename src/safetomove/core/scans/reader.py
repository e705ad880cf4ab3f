"""Read a scan report: name what it says, where it says it, and what needs a clinician."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from safetomove.core.errors import BadInput
from safetomove.core.scans.denial import Said, match_at, said_of, scopes
from safetomove.core.scans.finding import Finding, ScanCard, ScanReading, Urgent
from safetomove.core.scans.levels import LevelGroup, belonging, groups
from safetomove.core.scans.lexicon import Lexicon
from safetomove.core.scans.loader import lexicon
from safetomove.core.scans.match import Hit, hits_in
from safetomove.core.scans.prevalence import check_age, percent_without_pain
from safetomove.core.scans.words import Sentence, Token, sentences

CHARACTERS_TOP = 20_000  # the longest report that is read; most have under 4,000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mention:
    """One hit with its place in the whole text."""

    id: str
    start: int
    end: int
    said: Said
    levels: tuple[str, ...]


@dataclass(slots=True)
class _Place:
    """Where in the report we are: the level of a paragraph, and whether it is the request."""

    levels: tuple[str, ...] = ()
    asked: bool = False
    words_on_line: bool = field(default=False)


def read_report(text: str, *, age: int | None = None) -> ScanReading:
    """Name the findings of a report, and the words in it that need a clinician.

    Parameters
    ----------
    text
        A report in English as pasted or typed, at most 20,000 characters. It is not kept.
    age
        In whole years; None where it isn't known.

    Returns
    -------
    ScanReading
        `findings` in the order of the text. `negated` is what the report says is not there.
        `percent_without_pain` is None without an age, outside 20 to 80 years, and for all but
        the eight findings of the table. `urgent` has each word that needs a clinician once,
        unless the report says that it is not there; no word of it is ever told as common.

    Raises
    ------
    BadInput
        For a text that is too long, and for an age that nobody has.

    Notes
    -----
    The words are this project's own. An empty result means that nothing was understood, and
    never that the scan was clear. Clinical review: none yet.
    """
    if len(text) > CHARACTERS_TOP:
        raise BadInput(f"a report may have at most {CHARACTERS_TOP:,} characters")
    if age is not None:
        check_age(age)
    mentions = list(_mentions(text, lexicon()))
    return ScanReading(
        findings=tuple(_finding(each, text, age) for each in mentions if _is_told(each)),
        urgent=tuple(_urgent(mentions, text, lexicon())),
    )


def _mentions(text: str, known: Lexicon) -> Iterator[_Mention]:
    place = _Place()
    for sentence in sentences(text):
        _enter(place, sentence, known)
        yield from _in_sentence(sentence, place, known)
        _leave(place, sentence)


def _in_sentence(sentence: Sentence, place: _Place, known: Lexicon) -> Iterator[_Mention]:
    hits = hits_in(sentence, known)
    if not hits:
        return
    scope, named = scopes(sentence, known), groups(sentence)
    spans = [(hit.first, hit.last) for hit in hits]
    for hit in hits:
        said = _said(hit, sentence, scope, known)
        if said is None:
            continue
        if place.asked and said is Said.PRESENT:
            said = Said.ASKED
        levels = belonging((hit.first, hit.last), spans, sentence, named) or place.levels
        yield _Mention(
            id=hit.form.term,
            start=sentence[hit.first].start,
            end=sentence[hit.last - 1].end,
            said=said,
            levels=levels,
        )


def _said(hit: Hit, sentence: Sentence, scope: Sequence[Said], known: Lexicon) -> Said | None:
    """Say how a hit is spoken of; None where "all is well" is itself denied or only asked."""
    said = said_of(hit.first, hit.last, sentence, scope, known)
    if hit.form.clear:
        return Said.DENIED if said is Said.PRESENT else None
    urgent = bool(known.terms[hit.form.term].card)
    if said is Said.GONE:
        return Said.PRESENT if urgent else Said.DENIED
    return said


def _enter(place: _Place, sentence: Sentence, known: Lexicon) -> None:
    """Notice a heading: a section's, or a level's."""
    words = [token.word for token in sentence]
    for kind, phrases in known.sections.items():
        length = match_at(words, 0, phrases)
        if length and length < len(words) and words[length] == ":":
            place.asked, place.levels = kind == "asked", ()
            place.words_on_line = False
    heading = _heading(groups(sentence), sentence)
    if heading:
        place.asked, place.levels = False, heading


def _heading(named: Sequence[LevelGroup], sentence: Sequence[Token]) -> tuple[str, ...]:
    if not named or named[0].first > 2:
        return ()
    before = {token.word for token in sentence[: named[0].first]}
    after = sentence[named[0].last : named[0].last + 2]
    opens = before <= {"at", "the", "level"}
    return named[0].levels if opens and (before or any(t.word == ":" for t in after)) else ()


def _leave(place: _Place, sentence: Sentence) -> None:
    """End a paragraph with its line, unless the line was only the heading."""
    last = sentence[-1].word
    words = [token.word for token in sentence if token.word not in "\n\r:"]
    place.words_on_line = place.words_on_line or len(words) > 3
    if last in "\n\r" and place.words_on_line:
        place.asked, place.levels, place.words_on_line = False, (), False


def _is_told(mention: _Mention) -> bool:
    return mention.said is not Said.ASKED


def _finding(mention: _Mention, text: str, age: int | None) -> Finding:
    return Finding(
        id=mention.id,
        text=text[mention.start : mention.end],
        start=mention.start,
        end=mention.end,
        negated=mention.said is Said.DENIED,
        levels=mention.levels,
        percent_without_pain=percent_without_pain(mention.id, age),
    )


def _urgent(mentions: Sequence[_Mention], text: str, known: Lexicon) -> Iterator[Urgent]:
    """Yield each urgent word once; one that was asked about counts unless it was answered no."""
    denied = {each.id for each in mentions if each.said is Said.DENIED}
    done: set[str] = set()
    for each in mentions:
        card = known.terms[each.id].card
        asked_only = each.said is Said.ASKED and each.id in denied
        if not card or each.said is Said.DENIED or asked_only or each.id in done:
            continue
        done.add(each.id)
        yield Urgent(id=each.id, text=text[each.start : each.end], card=ScanCard(card))
