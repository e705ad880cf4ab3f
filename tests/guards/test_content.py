"""Every sentence a person reads is short, plain, dated and free of false comfort.

The grade is Flesch-Kincaid, over all whole sentences of a file together: one hard word that
is needed, such as a medicine or an illness, does not fail a page that is plain otherwise.
"""

import re
import statistics
from collections.abc import Iterator, Mapping

import pytest
import textstat

from safetomove.content import files, lessons
from safetomove.content.files import names, read, read_evidence
from safetomove.content.lesson_shapes import Lesson
from safetomove.core.pacing import Unit

HIGHEST_GRADE = 6.0  # Flesch-Kincaid, about age 11
MIDDLE_GRADE = 5.5  # of all lessons
MOST_WORDS = 20
LESSON_WORDS = (250, 450)  # in the parts of one lesson
# Not sentences: ids, kinds and numbers.
# Nor what others said, quoted to be answered, and the words that it is known by.
SILENT_KEYS = {"kind", "sources", "call", "number", "text", "id"}
SILENT_KEYS |= {"heard", "also_heard", "synonyms", "asked", "kin", "danger", "families"}
# A sentence may be longer only if it is named here with a reason.
LONGER: frozenset[str] = frozenset()
FORBIDDEN = (
    r"!",
    r"\bjust\b",
    r"\bsimply\b",
    r"\bnothing to worry about\b",
    r"\byou are fine\b",
    r"\bharmless\b",
    r"\bclinically (proven|approved)\b",
    r"\bslipped disc\b",
    r"\bwear and tear\b",
    r"\bprotect your back\b",
    r"\blow risk\b",
)
# A medicine is never dosed, tapered or stopped by us: no strengths, no counts, no "stop taking".
DOSING = (
    r"\d\s?(mg|mcg|micrograms?|milligrams?|ml|g)\b",
    r"\btaper",
    r"\b(stop|skip|halve|double|reduce|cut down) (taking |using )?(your|the) "
    r"(tablets?|pills?|medicines?|painkillers?|dose)\b",
    r"\btake (a|one|two|half|another|more|fewer|less)\b.*\b(tablets?|pills?|painkillers?)\b",
)
FILES = pytest.mark.parametrize("id", names("en"))
LESSON_FILES = (files.root() / "en" / "lessons").iterdir()
LESSONS = pytest.mark.parametrize(
    "id", sorted(path.name[:-5] for path in LESSON_FILES if path.name.endswith(".toml"))
)


def words_of(value: object) -> Iterator[str]:
    """Yield every string that a person may read."""
    match value:
        case str():
            yield value
        case Mapping():
            for key, each in value.items():
                if key not in SILENT_KEYS:
                    yield from words_of(each)
        case list():
            for each in value:
                yield from words_of(each)


def strings(id: str) -> list[str]:
    """Return a file's strings, with a short word in place of each {placeholder}."""
    file = read("en", id)
    assert file is not None
    return [re.sub(r"\{[^}]*\}", "one", each) for each in words_of(file.body)]


def sentences(id: str) -> list[str]:
    """Split a file's strings into sentences."""
    return split(strings(id))


def split(texts: list[str]) -> list[str]:
    """Split strings into sentences."""
    parts = (re.split(r"(?<=[.?!:])[”’\"]?\s+", each) for each in texts)
    return [sentence for part in parts for sentence in part]


def grade(parts: list[str]) -> float:
    """Return the grade of the whole sentences among these; 0 where there is none."""
    body = " ".join(each for each in parts if each.rstrip('”’"').endswith((".", "?")))
    return float(textstat.flesch_kincaid_grade(body)) if body else 0.0


def read_in(lesson: Lesson, *, quoted_too: bool = True) -> list[str]:
    """Return a lesson's strings; what it quotes only to put it right may be left out."""
    quoted = frozenset() if quoted_too else lessons.quoted(lesson)
    return [each for each in lessons.strings(lesson) if each not in quoted]


@FILES
def test_body_text_reads_at_grade_six_or_below(id: str) -> None:
    assert grade(sentences(id)) <= HIGHEST_GRADE


@FILES
def test_no_sentence_is_longer_than_twenty_words(id: str) -> None:
    long = [each for each in sentences(id) if len(each.split()) > MOST_WORDS and each not in LONGER]
    assert long == []


@FILES
@pytest.mark.parametrize("pattern", FORBIDDEN)
def test_no_false_comfort_alarm_or_claim(id: str, pattern: str) -> None:
    assert [each for each in strings(id) if re.search(pattern, each, re.IGNORECASE)] == []


@FILES
@pytest.mark.parametrize("pattern", DOSING)
def test_no_words_dose_or_stop_a_medicine(id: str, pattern: str) -> None:
    assert [each for each in strings(id) if re.search(pattern, each, re.IGNORECASE)] == []


@pytest.mark.parametrize(
    "words",
    ["Take 400 mg.", "Taper it.", "Stop taking your tablets.", "Take two of the painkillers."],
)
def test_words_that_would_dose_a_medicine_are_seen(words: str) -> None:
    assert any(re.search(pattern, words, re.IGNORECASE) for pattern in DOSING)


def test_a_dose_is_measured_in_an_activity_and_in_nothing_a_medicine_comes_in() -> None:
    assert {unit.value for unit in Unit} == {
        "minutes", "seconds", "repetitions", "metres", "steps",
    }  # fmt: skip


@FILES
def test_no_words_claim_a_clinical_review_that_has_not_happened(id: str) -> None:
    file = read("en", id)
    assert file is not None
    assert file.front.clinical_review == "none yet"
    assert file.front.id == id
    assert file.front.written < file.front.review_by


def test_every_source_named_anywhere_is_in_the_evidence() -> None:
    known = set(read_evidence())
    for id in names("en"):
        file = read("en", id)
        assert file is not None
        assert set(file.front.sources) | set(_named(file.body)) <= known, id


def _named(value: object) -> Iterator[str]:
    match value:
        case Mapping():
            for key, each in value.items():
                yield from files.texts(value, key) if key == "sources" else _named(each)
        case list():
            for each in value:
                yield from _named(each)


def test_every_card_that_reassures_has_its_safety_net_beside_it() -> None:
    for id in names("en"):
        file = read("en", id)
        assert file is not None
        cards = files.section(file.body, "cards")
        bare = [name for name, card in cards.items() if not files.as_table(card, name).get("net")]
        assert bare == [], id


@LESSONS
def test_a_lesson_reads_at_grade_six_or_below_or_says_why_not(id: str) -> None:
    lesson = lessons.load().lessons[id]
    reads = grade(split(read_in(lesson)))
    assert reads <= HIGHEST_GRADE or lesson.grade_exception
    assert reads > HIGHEST_GRADE or not lesson.grade_exception, "the reason has outlived its use"


def test_the_lesson_in_the_middle_reads_well_below_grade_six() -> None:
    grades = [grade(split(read_in(each))) for each in lessons.load().lessons.values()]
    print(f"lessons: {len(grades)}, grade {min(grades):.1f} to {max(grades):.1f}")
    assert statistics.median(grades) <= MIDDLE_GRADE


@LESSONS
def test_a_lesson_has_short_sentences_and_is_neither_thin_nor_long(id: str) -> None:
    lesson = lessons.load().lessons[id]
    assert [each for each in split(read_in(lesson)) if len(each.split()) > MOST_WORDS] == []
    words = sum(len(text.split()) for part in lesson.parts for text in (*part.body, *part.list))
    assert LESSON_WORDS[0] <= words <= LESSON_WORDS[1]


@LESSONS
def test_a_lesson_gives_no_false_comfort_and_doses_nothing(id: str) -> None:
    """A myth or a scary word may be quoted where the lesson goes on to put it right."""
    lesson = lessons.load().lessons[id]
    own = read_in(lesson, quoted_too=False)
    said = [each for each in own if any(re.search(one, each, re.I) for one in FORBIDDEN)]
    dosed = [each for each in read_in(lesson) if any(re.search(one, each, re.I) for one in DOSING)]
    assert (said, dosed) == ([], [])


@LESSONS
def test_a_lesson_claims_no_review_that_has_not_happened(id: str) -> None:
    lesson = lessons.load().lessons[id]
    assert lesson.front.clinical_review == "none yet"
    assert lesson.front.written < lesson.front.review_by
    assert lesson.net is not None or not lesson.reassures
