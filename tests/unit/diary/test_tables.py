"""A diary file is read whole or refused whole, with row, column and reason."""

from datetime import date
from pathlib import Path

import pytest

from safetomove.core.diary import (
    BadDiary,
    CheckIn,
    Diary,
    read_csv,
    read_json,
    write_csv,
    write_json,
)

REAL = Path(__file__).resolve().parents[4] / "shared" / "data" / "diaries"


def refusal(text: str) -> BadDiary:
    with pytest.raises(BadDiary) as caught:
        read_csv(text)
    return caught.value


def test_every_column_of_the_contract_is_read() -> None:
    found = read_csv(
        "date,pain,pain_worst,interference,flare,sleep_quality,sleep_hours,stress,mood,worry,"
        "guarding,social,steps,note,dose:walking,planned:walking\n"
        "2026-03-01,3.5,6,2,yes,7,7.5,4,5,1,0,8,4321,long day,12,13.5\n"
    )
    (day,) = found.diary.check_ins
    assert (day.pain, day.pain_worst, day.interference, day.flare) == (3.5, 6, 2, True)
    assert (day.sleep_quality, day.sleep_hours, day.stress, day.mood) == (7, 7.5, 4, 5)
    assert (day.worry, day.guarding, day.social, day.steps) == (1, 0, 8, 4321)
    assert (day.note, day.done, day.planned) == ("long day", {"walking": 12}, {"walking": 13.5})
    assert found.unknown_columns == ()


def test_an_empty_cell_is_a_gap() -> None:
    (day,) = read_csv("date,pain,flare,dose:walking\n2026-03-01,,,\n").diary.check_ins
    assert (day.pain, day.flare, dict(day.done)) == (None, None, {})


def test_unknown_columns_are_kept_and_reported() -> None:
    found = read_csv("date,pain,weather\n2026-03-01,3,rain\n")
    assert found.unknown_columns == ("weather",)
    assert found.diary.check_ins[0].extra == {"weather": "rain"}
    assert "rain" in write_csv(found.diary)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("pain", "11"),
        ("pain", "-1"),
        ("pain", "-0"),
        ("pain", "NaN"),
        ("pain", "inf"),
        ("pain", "1e2"),
        ("pain", "٣"),
        ("pain", "3,5"),
        ("pain", "quite bad"),
        ("flare", "maybe"),
        ("sleep_hours", "25"),
        ("steps", "-4"),
        ("dose:walking", "ten"),
        ("date", "0001-01-01"),
        ("date", "2026-02-29"),
        ("date", "20260301"),
        ("date", "01/03/2026"),
        ("date", "2026-W10-1"),
    ],
)
def test_a_bad_cell_is_refused_with_its_row_and_column(column: str, value: str) -> None:
    header = ["date", *([column] if column != "date" else [])]
    row = [value] if column == "date" else ["2026-03-02", f'"{value}"']
    good = ["2026-03-01"] + [""] * (len(header) - 1)
    error = refusal("\n".join(",".join(line) for line in (header, good, row)))
    (cell,) = error.cells
    assert (cell.row, cell.column, cell.value) == (3, column, value)
    assert cell.reason


def test_29_february_is_a_day_in_a_leap_year() -> None:
    assert read_csv("date\n2028-02-29\n").diary.first_day == date(2028, 2, 29)


def test_every_bad_cell_is_named_and_nothing_is_read() -> None:
    error = refusal("date,pain,mood\n2026-03-01,11,x\n2026-03-02,3,4\nnever,1,1\n")
    assert [(cell.row, cell.column) for cell in error.cells] == [
        (2, "pain"),
        (2, "mood"),
        (4, "date"),
    ]


def test_rows_are_counted_as_a_spreadsheet_shows_them_even_after_a_note_of_two_lines() -> None:
    error = refusal('date,note,pain\n2026-03-01,"two\nlines",3\n2026-03-02,,11\n')
    assert error.cells[0].row == 4


@pytest.mark.parametrize(
    "text",
    [
        "",
        "pain\n3\n",
        "date,pain,pain\n2026-03-01,1,2\n",
        "date,pain\n2026-03-01,1,2\n",
        "date,pain\n,3\n",
        "date,note\n2026-03-01,a\x00b\n",
        'date,note\n2026-03-01,"never closed\n',
        "date,dose:\n2026-03-01,3\n",
        "date,pain\n2026-03-01,1\n2026-03-01,2\n",
    ],
    ids="empty no-date column-twice extra-cell blank-date nul open-quote no-name day-twice".split(),
)
def test_a_file_that_is_not_a_diary_is_refused(text: str) -> None:
    assert refusal(text).cells


def test_a_spreadsheets_byte_order_mark_and_line_ends_are_read() -> None:
    assert len(read_csv("\ufeffdate,pain\r\n2026-03-01,3\r\n\r\n").diary.check_ins) == 1


def test_a_note_that_a_spreadsheet_would_run_is_written_harmless_and_read_back() -> None:
    diary = read_json('[{"date": "2026-03-01", "note": "=1+1"}]').diary
    written = write_csv(diary)
    assert "'=1+1" in written
    assert read_csv(written).diary == diary


def test_json_and_csv_hold_the_same_diary() -> None:
    text = (
        '[{"date": "2026-03-01", "pain": 3.5, "flare": false, "note": "שלום 🌧", "dose:dance": 2},'
        ' {"date": "2026-03-02", "flare": "yes"}]'
    )
    diary = read_json(text).diary
    assert [day.flare for day in diary.check_ins] == [False, True]
    assert read_csv(write_csv(diary)).diary == diary
    assert read_json(write_json(diary)).diary == diary


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "[1]",
        '[{"date": "2026-03-01", "pain": NaN}]',
        '[{"date": "2026-03-01", "pain": {"is": 3}}]',
        '[{"date": "2026-03-01", "pain": 3, "pain": 4}]',
        "[" * 100_000,
        '[{"date": "2026-03-01", "pain": true}]',
    ],
    ids="object list-of-numbers nan nested repeated-key deep boolean-as-scale".split(),
)
def test_json_that_is_not_a_diary_is_refused(text: str) -> None:
    with pytest.raises(BadDiary):
        read_json(text)


def test_an_empty_diary_can_be_written_and_read() -> None:
    assert read_csv(write_csv(Diary())).diary == Diary()
    assert read_json(write_json(Diary())).diary == Diary()


@pytest.mark.skipif(not REAL.is_dir(), reason="the real diaries are not beside the project")
def test_real_diaries_are_read_with_their_gaps() -> None:
    found = read_csv((REAL / "person2_knee.csv").read_text(encoding="utf-8")).diary
    rated = [day for day in found.check_ins if day.pain is not None]
    assert len(rated) == 862
    assert found.first_day is not None
    assert found.last_day is not None
    assert (found.last_day - found.first_day).days + 1 > len(found.check_ins)
    assert read_csv(write_csv(found)).diary == found


def test_a_minus_nought_is_written_as_a_plain_0_and_read_again() -> None:
    diary = Diary.of(CheckIn(day=date(2026, 11, 22), pain=-0.0))
    assert read_csv(write_csv(diary)).diary == diary
