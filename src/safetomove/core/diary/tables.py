"""The diary as CSV or JSON: all of it is read, or none of it with every reason."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from safetomove.core.diary.cells import (
    DOSE,
    PLANNED,
    check_activity,
    guard_formula,
    is_dose,
)
from safetomove.core.diary.check_in import LIMITS, BadCheckIn, CheckIn
from safetomove.core.diary.columns import NO_DATE, Columns
from safetomove.core.diary.series import Diary
from safetomove.core.errors import BadInput

BYTES_TOP = 20_000_000
CELLS_SHOWN = 3
_FIELDS = ("pain", "pain_worst", "interference", "flare", "sleep_quality", "sleep_hours")
COLUMNS = ("date", *_FIELDS, "stress", "mood", "worry", "guarding", "social", "steps", "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class BadCell:
    """One refused cell. `row` counts as a spreadsheet does: the header is row 1."""

    row: int
    column: str
    value: str
    reason: str

    def __str__(self) -> str:
        shown = self.value if len(self.value) <= 40 else self.value[:39] + "…"
        return f"row {self.row}, column {self.column}: {shown!r}: {self.reason}"


class BadDiary(BadInput):
    """The file was refused whole; `cells` says where and why."""

    def __init__(self, cells: Iterable[BadCell]) -> None:
        self.cells = tuple(cells)
        shown = "; ".join(str(cell) for cell in self.cells[:CELLS_SHOWN])
        more = len(self.cells) - CELLS_SHOWN
        super().__init__(shown + (f"; and {more} more" if more > 0 else ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class DiaryFile:
    """What a file held. `unknown_columns` are kept in each day's `extra`."""

    diary: Diary
    unknown_columns: tuple[str, ...] = ()


def read_csv(text: str) -> DiaryFile:
    """Read a diary from CSV.

    Raises
    ------
    BadDiary
        Any cell is out of range or can't be read, a day stands twice, or the header is wrong.
    """
    _check_size(text)
    rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    try:
        header = [name.strip() for name in next(rows, [])]
        numbered = [(rows.line_num, row) for row in rows if any(map(str.strip, row))]
    except csv.Error as error:
        _refuse(rows.line_num, "(file)", "", f"this is not CSV: {error}")
    _check_header(header)
    columns = Columns(header, guarded=True)
    return _read_rows(columns, ((n, _as_wide(n, header, row)) for n, row in numbered))


def read_json(text: str) -> DiaryFile:
    """Read a diary from JSON: a list of days, each an object with the columns as keys."""
    import json  # a diary in CSV doesn't need it

    _check_size(text)
    try:
        days = json.loads(text, object_pairs_hook=_no_repeats, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        _refuse(1, "(file)", "", f"this is not JSON: {error}")
    if not isinstance(days, list) or not all(isinstance(day, dict) for day in days):
        _refuse(1, "(file)", "", "the diary must be a list of days, each an object")
    header = list(dict.fromkeys(name for day in days for name in day)) if days else ["date"]
    _check_header(header)
    columns = Columns(header, guarded=False)
    numbered = enumerate(days, start=1)
    return _read_rows(columns, ((n, _as_row(n, header, day)) for n, day in numbered))


def write_csv(diary: Diary) -> str:
    """Write a diary as CSV; reading it back gives the same diary."""
    names = _columns_of(diary)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")  # RFC 4180; a lone \\r is then quoted too
    writer.writerow(names)
    for check_in in diary.check_ins:
        row = _flat(check_in)
        writer.writerow([_cell(row.get(name)) for name in names])
    return out.getvalue()


def write_json(diary: Diary) -> str:
    """Write a diary as JSON, leaving out what was not answered."""
    import json

    days = [
        {key: (_text(value) if isinstance(value, bool) else value) for key, value in row.items()}
        for row in map(_flat, diary.check_ins)
    ]
    return json.dumps(days, ensure_ascii=False, indent=1, default=str)


def _check_size(text: str) -> None:
    if len(text) > BYTES_TOP:
        _refuse(1, "(file)", "", f"the file is over {BYTES_TOP // 1_000_000} million characters")
    if "\x00" in text:
        row = text.count("\n", 0, text.index("\x00")) + 1
        _refuse(row, "(file)", "", "the file holds a character that can't be stored (NUL)")


def _check_header(header: list[str]) -> None:
    if "date" not in header:
        _refuse(1, "date", "", "the file needs a column named date")
    bad = [BadCell(row=1, column=c, value=c, reason="this column stands twice")
           for c in dict.fromkeys(header) if header.count(c) > 1]  # fmt: skip
    for column in filter(is_dose, header):
        try:
            check_activity(column)
        except BadCheckIn as error:
            bad.append(BadCell(row=1, column=column, value=column, reason=str(error)))
    if bad:
        raise BadDiary(bad)


def _as_wide(number: int, header: list[str], row: list[str]) -> list[str]:
    if len(row) > len(header):
        _refuse(number, "(row)", row[len(header)], "there are more cells than columns")
    return row + [""] * (len(header) - len(row))


def _as_row(number: int, header: list[str], day: Mapping[str, Any]) -> list[str]:
    odd = [name for name, value in day.items() if isinstance(value, dict | list)]
    if odd:
        _refuse(number, odd[0], str(day[odd[0]]), "write one plain value")
    return [_text(day.get(name)) for name in header]


def _read_rows(columns: Columns, rows: Iterator[tuple[int, list[str]]]) -> DiaryFile:
    bad: list[BadCell] = []
    days: dict[date, CheckIn] = {}
    for number, row in rows:
        try:
            check_in = columns.check_in(row)
        except BadCheckIn:
            bad.extend(_wrong(number, columns, row))
            continue
        if check_in.day in days:
            text = str(check_in.day)
            bad.append(BadCell(row=number, column="date", value=text, reason="this day is twice"))
        days.setdefault(check_in.day, check_in)
    if bad:
        raise BadDiary(bad)
    return DiaryFile(diary=Diary.of(*days.values()), unknown_columns=columns.unknown)


def _wrong(number: int, columns: Columns, row: list[str]) -> list[BadCell]:
    """Say what is wrong with a refused row: each cell, or else the date that isn't there."""
    return [
        BadCell(row=number, column=column, value=text, reason=reason)
        for column, text, reason in columns.refusals(row)
    ] or [BadCell(row=number, column="date", value="", reason=NO_DATE)]


def _flat(check_in: CheckIn) -> dict[str, Any]:
    row: dict[str, Any] = {"date": check_in.day}
    row |= {name: getattr(check_in, name) for name in (*LIMITS, "flare")}
    row["note"] = check_in.note or None
    row |= {DOSE + name: dose for name, dose in check_in.done.items()}
    row |= {PLANNED + name: dose for name, dose in check_in.planned.items()}
    row |= check_in.extra
    return {name: value for name, value in row.items() if value is not None}


def _columns_of(diary: Diary) -> list[str]:
    seen = dict.fromkeys(name for one in diary.check_ins for name in _flat(one))
    return [name for name in COLUMNS if name in seen or name == "date"] + [
        name for name in seen if name not in COLUMNS
    ]


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return repr(value + 0.0).removesuffix(".0")  # adding 0 makes of -0 a plain 0
    return str(value)


def _cell(value: object) -> str:
    return guard_formula(value) if isinstance(value, str) else _text(value)


def _no_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    if len(set(names)) < len(names):
        raise ValueError("a key stands twice in one day")
    return dict(pairs)


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is not a number that a day can hold")


def _refuse(row: int, column: str, value: str, reason: str) -> Any:
    raise BadDiary([BadCell(row=row, column=column, value=value, reason=reason)])
