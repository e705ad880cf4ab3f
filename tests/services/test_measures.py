"""Measures are kept for ever as answered, by whoever enters them, and scored on reading."""

from datetime import UTC, date, datetime, timedelta
from itertools import product
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from safetomove.content.instrument_files import BadInstrument
from safetomove.core.errors import BadInput
from safetomove.core.measures import Answers, NotScorable, Reason, ScaleScore, Score
from safetomove.core.measures import change as changed
from safetomove.records.models import AuditRow, DocumentHistory, DocumentRow
from safetomove.services import instruments, measures, people
from safetomove.services.erase import erase_person
from safetomove.services.holding import look
from safetomove.services.measures import Occasion
from safetomove.services.refusals import KeyReused

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA_FOLDER = tmp_path
    settings.SELF_HARM_READER = ""


@pytest.fixture
def person() -> UUID:
    return people.start_guest(now=NOW)


def words(rules: str, count: int, *, version: str = "1", first: str = "Invented") -> bytes:
    answers = "" if rules == "peg" else 'answers = ["never", "some", "more", "most"]\n'
    items = "".join(f'[[item]]\nasks = "{first} {at}"\n' for at in range(count))
    return f'rules = "{rules}"\nversion = "{version}"\n{answers}{items}'.encode()


def load(rules: str, count: int, **more: str) -> None:
    instruments.load(words(rules, count, **more), name="form.toml", now=NOW)


def keep(person: UUID, key: str = "k1", **more: Any) -> measures.Taken:
    more = {"instrument": "own-numbers", "now": NOW, "client_key": key} | more
    values = more.pop("values", {"gets_in_the_way": 6})
    return measures.record(person=person, answers=Answers(values=values), **more)


def files() -> set[str]:
    return {path.name for path in instruments.folder().glob("*")}


def test_staff_may_enter_a_paper_form_of_an_earlier_day(person: UUID) -> None:
    kept = keep(person, by="staff-7", day=TODAY - timedelta(days=3), label=Occasion.FIRST)
    assert (kept.by, kept.day, kept.label) == ("staff-7", date(2026, 11, 22), Occasion.FIRST)
    assert AuditRow.objects.filter(person=person, verb="measure_taken", actor="staff-7").exists()
    with pytest.raises(BadInput, match="still to come"):
        keep(person, "k2", day=TODAY + timedelta(days=1))


def test_each_filling_in_is_a_row_of_its_own_and_no_earlier_one_changes(person: UUID) -> None:
    for at in range(3):
        keep(person, f"k{at}", values={"gets_in_the_way": at}, now=NOW + timedelta(days=at))
    kept = measures.measures_of(person)
    assert [one.answers.values["gets_in_the_way"] for one in kept] == [0, 1, 2]
    assert {row.version for row in DocumentRow.objects.filter(kind="measure")} == {1}
    assert not DocumentHistory.objects.filter(kind="measure").exists()


def test_the_same_key_is_answered_as_before_and_other_answers_under_it_are_refused(
    person: UUID,
) -> None:
    assert keep(person) == keep(person)
    with pytest.raises(KeyReused):
        keep(person, values={"gets_in_the_way": 2})
    assert len(measures.measures_of(person)) == 1


def test_one_taken_out_counts_no_more_and_keeps_its_answers(person: UUID) -> None:
    kept = keep(person)
    measures.withdraw(person=person, name=kept.name, now=NOW)
    assert measures.measures_of(person) == ()
    assert measures.taken(look(person), kept.name).answers.values == {"gets_in_the_way": 6}


def test_a_request_is_met_by_the_answers_and_gives_them_its_occasion(person: UUID) -> None:
    measures.ask(
        person=person, instruments_asked=["own-numbers"], label=Occasion.LAST, now=NOW, by="s"
    )
    assert keep(person).label is Occasion.LAST
    assert measures.asked_of(look(person)) == ()
    assert keep(person, "k2").label is Occasion.OTHER


def test_asking_for_what_cannot_be_filled_in_asks_for_nothing(person: UUID) -> None:
    with pytest.raises(BadInstrument):
        measures.ask(person=person, instruments_asked=["own-numbers", "phq9"], now=NOW)
    assert measures.asked_of(look(person)) == ()
    measures.ask(person=person, instruments_asked=["own-numbers"], now=NOW)
    left = measures.take_back(
        person=person, instrument="own-numbers", label=Occasion.OTHER, now=NOW
    )
    assert left == ()


def test_the_first_and_the_last_of_a_course_are_those_that_were_marked(person: UUID) -> None:
    days = [NOW + timedelta(days=7 * at) for at in range(4)]
    labels = [Occasion.OTHER, Occasion.FIRST, Occasion.LAST, Occasion.OTHER]
    for at, (now, label) in enumerate(zip(days, labels, strict=True)):
        keep(person, f"k{at}", now=now, label=label, values={"gets_in_the_way": 9 - 2 * at})
    found = measures.before_and_after(measures.measures_of(person))
    assert found is not None
    first, last = found
    assert [one.label for one in found] == [Occasion.FIRST, Occasion.LAST]
    assert changed(first.result, last.result).meaningful == "better"
    assert measures.before_and_after([first]) is None


def test_a_bad_file_leaves_nothing_behind_and_a_good_one_is_there_whole() -> None:
    for bad in (b"{", words("phq2", 3), words("phq2", 2).replace(b'"most"', b"")):
        with pytest.raises(BadInput):
            load_bytes(bad)
    assert files() == set()
    load("phq2", 2)
    assert files() == {"phq2_1.json"}
    assert instruments.offered("phq2").items[0].asks == "Invented 0"


def load_bytes(data: bytes) -> None:
    instruments.load(data, name="form.toml", now=NOW)


def test_a_write_that_breaks_off_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    def break_off(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("os.replace", break_off)
    with pytest.raises(OSError, match="full"):
        load("phq2", 2)
    assert files() == set()


def test_a_version_once_loaded_never_changes_its_words() -> None:
    load("phq2", 2)
    load("phq2", 2)  # the same again is harmless
    with pytest.raises(BadInstrument, match="give these another version"):
        load("phq2", 2, first="Changed")
    instruments.load(
        words("phq2", 2, version="2", first="Changed"),
        name="form.toml",
        now=NOW + timedelta(days=1),
    )
    assert instruments.offered("phq2").version == "2"


def test_answers_are_scored_by_the_rules_after_the_words_are_gone(person: UUID) -> None:
    load("phq2", 2)
    keep(person, instrument="phq2", values={"q1": 2, "q2": 2})
    assert instruments.remove("phq2") == 1
    (one,) = measures.measures_of(person)
    assert isinstance(one.result, Score)
    assert one.result.value == 4
    with pytest.raises(BadInstrument):
        instruments.offered("phq2")


def test_a_clinics_own_instrument_that_is_gone_has_answers_and_no_score(person: UUID) -> None:
    own = b"""version = "1"
title = "Two of ours"
[scoring]
id = "two"
[[scoring.items]]
ids = ["a"]
low = 0
high = 5
[[scoring.scales]]
id = "total"
items = ["a"]
direction = "more_is_better"
[[item]]
id = "a"
asks = "Invented"
"""
    load_bytes(own)
    keep(person, instrument="two", values={"a": 4})
    instruments.remove("two")
    (one,) = measures.measures_of(person)
    assert isinstance(one.result, NotScorable)
    assert one.result.reason is Reason.NOT_HERE
    assert one.answers.values == {"a": 4}


def test_an_answer_about_self_harm_given_while_it_had_a_reader_is_scored_for_ever(
    person: UUID, settings: Any
) -> None:
    load("phq9", 9)
    with pytest.raises(BadInput, match="leaves out"):
        keep(person, instrument="phq9", values={"q9": 1})
    settings.SELF_HARM_READER = "Sam Lee, weekdays"
    keep(person, instrument="phq9", values={f"q{at}": 1 for at in range(1, 10)})
    settings.SELF_HARM_READER = ""
    (one,) = measures.measures_of(person)
    assert isinstance(one.result, Score)
    assert one.result.value == 9
    assert one.cards


def test_the_index_of_eq5d_comes_with_the_sites_own_country(person: UUID) -> None:
    given = {"q1": 1, "q2": 1, "q3": 2, "q4": 1, "q5": 1, "vas": 70}
    five = 'answers = ["a", "b", "c", "d", "e"]\n'
    items = "".join(f'[[item]]\nasks = "Invented {at}"\n' for at in range(5))
    last = '[[item]]\nasks = "Invented"\nends = ["low", "high"]\n'
    load_bytes(f'rules = "eq5d5l"\nversion = "1"\n{five}{items}{last}'.encode())
    keep(person, instrument="eq5d5l", values=given)
    assert isinstance(measures.measures_of(person)[0].result, NotScorable)
    states = ("".join(one) for one in product("12345", repeat=5))
    table = "".join(f"{one},{1.05 - 0.01 * sum(map(int, one))}\n" for one in states)
    instruments.load(table.encode(), name="uk.csv", now=NOW)
    with pytest.raises(BadInput):
        instruments.load(table.replace("11112", "11111").encode(), name="uk.csv", now=NOW)
    (one,) = measures.measures_of(person)
    index = one.result.parts["index"]
    assert isinstance(index, ScaleScore)
    assert index.value == pytest.approx(0.99)


def test_erasing_a_person_takes_their_measures_along(person: UUID) -> None:
    keep(person)
    erase_person(person=person, actor="self", now=NOW)
    assert not DocumentRow.objects.filter(person_id=person).exists()
