"""Whatever a diary holds, writing and reading it gives it back."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from safetomove.core.diary import (
    SCALES,
    BadDiary,
    CheckIn,
    Diary,
    read_csv,
    read_json,
    write_csv,
    write_json,
)

days = st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 12, 31))
ratings = st.none() | st.integers(0, 100).map(lambda tenths: tenths / 10)
notes = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=60)
doses = st.dictionaries(st.sampled_from(["walking", "dance", "gym-ball"]), st.floats(0, 99))


@st.composite
def check_ins(draw: st.DrawFn) -> CheckIn:
    scales = {name: draw(ratings) for name in SCALES}
    note = draw(notes)
    return CheckIn(
        day=draw(days),
        flare=draw(st.none() | st.booleans()),
        sleep_hours=draw(st.none() | st.floats(0, 24)),
        steps=draw(st.none() | st.integers(0, 60_000).map(float)),
        note=note if note.strip() else "",
        done=draw(doses),
        planned=draw(doses),
        **scales,
    )


diaries = st.lists(check_ins(), max_size=6, unique_by=lambda one: one.day).map(
    lambda found: Diary.of(*found)
)


@given(diaries)
def test_csv_gives_back_what_was_written(diary: Diary) -> None:
    assert read_csv(write_csv(diary)).diary == diary


@given(diaries)
def test_json_gives_back_what_was_written(diary: Diary) -> None:
    assert read_json(write_json(diary)).diary == diary


odd = ["10", "10.01", "-1", "nan", "inf", "24.5", "1e2", "1e9", "yes", "NO", "9" * 9, "\ud800"]
cells = st.sampled_from(odd) | st.text("0123456789.eE+-", max_size=5)
columns = st.sampled_from(["note", "pain", "flare", "sleep_hours", "steps", "dose:a", "planned:a"])


@given(columns, cells)
def test_a_day_from_a_file_has_passed_every_check_of_one_made_by_hand(name: str, cell: str) -> None:
    try:
        read = read_json(json.dumps([{"date": "2026-11-22", name: cell}])).diary.check_ins
    except BadDiary:
        return
    assert [replace(one) for one in read] == list(read)


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_with_a_reason(text: str) -> None:
    for refusal in (_refusal(read_csv, "date,pain,note\n" + text), _refusal(read_json, text)):
        assert refusal is None or refusal.cells


def _refusal(read: Callable[[str], object], text: str) -> BadDiary | None:
    try:
        read(text)
    except BadDiary as refusal:
        return refusal
    return None
