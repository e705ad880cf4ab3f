"""A lesson without its safeguards, its sources or something to try is never shown."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from safetomove.content import files
from safetomove.content.files import BadContent, parse
from safetomove.content.lesson_shapes import Guesses, Lesson, Sort, Steps, Theme, TryKind
from safetomove.content.lessons import (
    Library,
    assemble,
    load,
    overdue,
    quoted,
    read_layer,
    strings,
)
from safetomove.content.words import Call

ROOT = Path(__file__).parents[3]
NUMBERS = {"emergency": Call(label="Call 112", number="112")}

LESSON = """
id = "an-alarm"
title = "An alarm"
language = "en"
sources = ["nice-ng59"]
author = "Safe to Move contributors"
clinical_review = "none yet"
written = 2026-11-22
review_by = 2027-11-22
order = 10
theme = "pain"
booklet = ["alarms"]
minutes = 3
question = "Why does it ring?"
keep = "It may ring early."
reassures = true
beliefs = ["damage"]
words = ["alarm bell"]
next = []
try_after = 1

[net]
text = "New numbness? Call {emergency}."
call = ["emergency"]

[[part]]
heading = "First"
body = ["One."]

[[part]]
heading = "Second"
body = ["Two."]
list = ["Three."]

[try]
kind = "pick"
heading = "Try it"
ask = "What did you notice?"
option = [{ label = "This", told = "So." }, { label = "That", told = "Well." }]
"""

TRIES = {
    "steps": 'steps = ["Press."]\nseconds = 10\nask = "A?"\n'
    'option = [{ label = "a", told = "b" }, { label = "c", told = "d" }]',
    "guess": 'ask = "How many?"\nunit = "in 100"\nlow = 0\nhigh = 100\nstep = 5\ntruth = 80\n'
    'told = "So."\nsource = "brinjikji-2015"',
    "sort": 'statement = [{ say = "a", truth = "myth", told = "b" },'
    ' { say = "c", truth = "true", told = "d" }]',
    "pick": 'ask = "A?"\noption = [{ label = "a", told = "b" }, { label = "c", told = "d" }]',
    "lists": 'left = { label = "No", ideas = ["a"] }\nright = { label = "Yes", ideas = ["b"] }',
    "plan": 'ask = "A?"\nideas = ["a", "b"]\nwhen = ["tonight"]',
    "words": 'pair = [{ scary = "a", plain = "b", told = "c" },'
    ' { scary = "d", plain = "e", told = "f" }]',
    "compare": 'story = [{ title = "a", body = "b" }, { title = "c", body = ["d"] }]\nask = "A?"\n'
    'option = [{ label = "a", told = "b" }, { label = "c", told = "d" }]',
    "buffer": "",
    "people": "",
}


def library(*texts: str) -> Library:
    """Put lessons together from their text."""
    layer = {file.front.id: file for file in (parse(text, "a lesson") for text in texts)}
    return assemble("en", (layer,), evidence=files.read_evidence(), numbers=NUMBERS)


def one(text: str = LESSON) -> Lesson:
    """Read one lesson from its text."""
    return library(text).lessons["an-alarm"]


def trying(kind: str, rest: str) -> str:
    """Give the lesson something else to try."""
    return LESSON[: LESSON.index("[try]")] + f'[try]\nkind = "{kind}"\nheading = "Try"\n{rest}\n'


def refused(text: str, *, because: str) -> None:
    """See a lesson refused for a reason."""
    with pytest.raises(BadContent, match=because):
        library(text)


def test_a_whole_lesson_is_read_with_the_sites_numbers_filled_in() -> None:
    lesson = one()
    assert lesson.net is not None
    assert lesson.net.text == "New numbness? Call 112."
    assert lesson.net.call == (NUMBERS["emergency"],)
    assert lesson.theme is Theme.PAIN
    assert [part.heading for part in lesson.parts] == ["First", "Second"]


def test_a_lesson_that_reassures_without_a_safety_net_is_refused() -> None:
    bare = LESSON.replace("[net]", "[gone]").replace("[gone]", "[[part]]\nheading='H'\nbody=['B']")
    bare = re.sub(r'text = "New.*\ncall = .*\n', "", bare)
    refused(bare, because="no safety net")


def test_an_empty_safety_net_is_refused() -> None:
    refused(LESSON.replace('"New numbness? Call {emergency}."', '" "'), because="text is empty")


@pytest.mark.parametrize(
    ("old", "new", "because"),
    [
        ('sources = ["nice-ng59"]', 'sources = ["a-friend"]', "a-friend"),
        ('sources = ["nice-ng59"]', "sources = []", "has no sources"),
        ('theme = "pain"', 'theme = "magic"', "theme 'magic' is none of"),
        ('beliefs = ["damage"]', 'beliefs = ["doom"]', "no belief is called 'doom'"),
        ("next = []", 'next = ["nowhere"]', "next leads to no other lesson"),
        ("next = []", 'next = ["an-alarm"]', "next leads to no other lesson"),
        ('call = ["emergency"]', 'call = ["grandma"]', "no number is called 'grandma'"),
        ("minutes = 3", "minutes = 9", "minutes must be"),
        ("minutes = 3", "minutes = 3\nminuets = 3", "nothing reads 'minuets'"),
        ("try_after = 1", "try_after = 3", "try_after must be"),
        ("reassures = true", 'reassures = "no"', "true or false"),
        ('question = "Why does it ring?"', "", "question must be words"),
        ('keep = "It may ring early."', 'keep = ""', "keep is empty"),
        ('id = "an-alarm"', 'id = "An alarm"', "an id is lower-case words"),
        ('body = ["One."]', "", "neither body nor list"),
        ("written = 2026-11-22", "", "has no written"),
        ('kind = "pick"', 'kind = "puzzle"', "kind 'puzzle' is none of"),
        ('list = ["Three."]', 'try_after = 1', "nothing reads 'try_after' here"),
    ],
)  # fmt: skip
def test_a_lesson_that_lacks_something_or_names_what_is_not_there_is_refused(
    old: str, new: str, because: str
) -> None:
    assert old in LESSON
    refused(LESSON.replace(old, new, 1), because=because)


def test_a_lesson_with_nothing_to_try_is_refused() -> None:
    refused(LESSON[: LESSON.index("[try]")], because="nothing to try")


@pytest.mark.parametrize("kind", TryKind)
def test_every_way_to_try_something_is_read(kind: TryKind) -> None:
    assert one(trying(kind, TRIES[kind])).trial.kind is kind


@pytest.mark.parametrize("kind", [kind for kind in TryKind if TRIES[kind]])
def test_no_way_to_try_something_is_read_without_what_it_needs(kind: TryKind) -> None:
    first_line = TRIES[kind].split("\n")[0]
    refused(trying(kind, TRIES[kind].replace(first_line, "", 1)), because="lesson an-alarm: ")


@pytest.mark.parametrize(
    ("old", "new"), [("truth = 80", "truth = 101"), ("step = 5", "step = 0"), ("high = 100", "")]
)
def test_a_guess_whose_answer_is_out_of_reach_is_refused(old: str, new: str) -> None:
    refused(trying("guess", TRIES["guess"].replace(old, new)), because="lesson an-alarm: ")


def test_the_source_of_a_guess_counts_among_the_lessons_sources() -> None:
    assert one(trying("guess", TRIES["guess"])).sources == ("nice-ng59", "brinjikji-2015")
    stranger = TRIES["guess"].replace("brinjikji-2015", "a-friend")
    refused(trying("guess", stranger), because="a-friend")


def test_several_guesses_are_read_in_order() -> None:
    rows = "\n".join(f"[[try.guess]]\n{TRIES['guess']}".replace("80", n) for n in ("80", "60"))
    trial = one(trying("guess", rows)).trial
    assert isinstance(trial, Guesses)
    assert [each.truth for each in trial.guesses] == [80, 60]


def test_lessons_come_in_reading_order() -> None:
    later = LESSON.replace('"an-alarm"', '"later"').replace("order = 10", "order = 20")
    assert list(library(later, LESSON).lessons) == ["an-alarm", "later"]


def test_a_lesson_past_its_date_is_named() -> None:
    books, due = library(LESSON), date(2027, 11, 22)
    assert overdue(books, today=due) == ()
    assert overdue(books, today=due + timedelta(days=1)) == ("an-alarm",)


def test_a_file_whose_name_is_not_its_id_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other.toml").write_text(LESSON, "utf-8")
    with pytest.raises(BadContent, match="calls itself 'an-alarm'"):
        read_layer(tmp_path, "en")


def test_a_lesson_that_a_language_lacks_comes_from_english_and_says_so() -> None:
    english = {
        "an-alarm": parse(LESSON, "en"),
        "other": parse(LESSON.replace("an-alarm", "other"), "en"),
    }
    welsh = {"an-alarm": parse(LESSON.replace('language = "en"', 'language = "cy"'), "cy")}
    found = assemble("cy", (welsh, english), evidence=files.read_evidence(), numbers=NUMBERS)
    languages = {id: each.front.language for id, each in found.lessons.items()}
    assert languages == {"an-alarm": "cy", "other": "en"}


def test_what_is_read_leaves_out_ids_and_what_people_type() -> None:
    read = set(strings(one()))
    assert {"An alarm", "Why does it ring?", "Three.", "So."} <= read
    assert not read & {"alarm bell", "damage", "pain", "alarms", "nice-ng59", "Call 112"}


def test_myths_and_scary_words_count_as_quoted_and_true_statements_do_not() -> None:
    assert quoted(one(trying("sort", TRIES["sort"]))) == {"a"}
    assert quoted(one(trying("words", TRIES["words"]))) == {"a", "d"}


def test_the_shipped_lessons_are_read_once_and_hold_the_two_that_come_first() -> None:
    books = load()
    assert books is load()
    assert list(books.lessons)[:2] == ["what-is-persistent-pain", "why-we-feel-pain"]
    first, second = (each.trial for each in list(books.lessons.values())[:2])
    assert isinstance(first, Sort)
    assert isinstance(second, Steps)


def test_every_picture_that_a_lesson_names_is_drawn() -> None:
    drawn = (ROOT / "src/safetomove/web/static/art.svg").read_text("utf-8")
    named = {part.picture for each in load().lessons.values() for part in each.parts} - {""}
    assert {name for name in named if f'id="a-{name}"' not in drawn} == set()
