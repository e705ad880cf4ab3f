"""Bring a clinic's list in from a table: looked at first, then written whole or not at all."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID, uuid5

from django.db import transaction

from safetomove.core.errors import BadInput
from safetomove.services.clinic.known import Known
from safetomove.services.clinic.members import add_member
from safetomove.services.clinic.staff import Desk

COLUMNS: Final = ("name", "born", "number", "contact")
ROWS_TOP: Final = 1000
WRONG_TOP: Final = 20  # places that are told; whoever mends them sends the file again


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """One cell that can't be kept; `row` counts as a spreadsheet does, the heading being 1."""

    row: int
    column: str
    why: str


class BadList(BadInput):
    """The file is refused whole; `wrong` says where."""

    def __init__(self, *wrong: Wrong) -> None:
        super().__init__(f"{len(wrong)} cells can't be kept")
        self.wrong = wrong[:WRONG_TOP]


def read_list(text: str, *, today: date) -> tuple[Known, ...]:
    """Read a CSV with a heading row; BadList where any cell can't be kept."""
    rows = _rows(text)
    wrong: list[Wrong] = []
    people = [_known(row, at, wrong, today) for at, row in enumerate(rows, start=2)]
    people_read = [each for each in people if each is not None]
    wrong.extend(_twice(people))
    if wrong:
        raise BadList(*sorted(wrong, key=lambda each: each.row))
    return tuple(people_read)


def add_list(at: Desk, *, people: tuple[Known, ...], key: UUID, now: datetime) -> None:
    """Write everybody onto the list; the same key again writes nobody twice."""
    with transaction.atomic():
        for n, known in enumerate(people):
            add_member(at, known=known, now=now, id=uuid5(key, str(n)))


def _rows(text: str) -> list[dict[str, str]]:
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff")), restkey="more", strict=True)
    try:
        heading = [(name or "").strip().lower() for name in reader.fieldnames or ()]
        reader.fieldnames = heading
        rows = list(reader)
    except csv.Error as error:
        raise BadList(Wrong(row=reader.line_num, column="", why=str(error))) from None
    if "name" not in heading or set(heading) - set(COLUMNS) or len(set(heading)) < len(heading):
        raise BadList(Wrong(row=1, column="", why=f"the columns are {', '.join(COLUMNS)}"))
    if not 0 < len(rows) <= ROWS_TOP:
        raise BadList(Wrong(row=1, column="", why=f"a list has 1 to {ROWS_TOP} people"))
    return rows


def _known(row: dict[str, str], at: int, wrong: list[Wrong], today: date) -> Known | None:
    cells: dict[str, Any] = {name: (row.get(name) or "").strip() for name in COLUMNS}
    before = len(wrong)
    if "more" in row:
        wrong.append(Wrong(row=at, column="", why="there are more cells than columns"))
    born = _born(cells.pop("born"), at, wrong, today)
    for column, cell in cells.items():
        try:
            Known(**({"name": "x"} | {column: cell}))
        except BadInput as error:
            wrong.append(Wrong(row=at, column=column, why=str(error)))
    return None if len(wrong) > before else Known(born=born, **cells)


def _born(cell: str, at: int, wrong: list[Wrong], today: date) -> date | None:
    try:
        born = date.fromisoformat(cell) if cell else None
        Known(name="x", born=born)
        if born is not None and born > today:
            raise BadInput("a date of birth is not in the future")
    except (BadInput, ValueError) as error:
        plain = error if isinstance(error, BadInput) else "write it like 1972-03-24"
        wrong.append(Wrong(row=at, column="born", why=str(plain)))
        return None
    return born


def _twice(people: list[Known | None]) -> Iterator[Wrong]:
    seen: dict[str, int] = {}
    for at, each in enumerate(people, start=2):
        if each is None or not each.number:
            continue
        if each.number in seen:
            why = f"row {seen[each.number]} has this number too"
            yield Wrong(row=at, column="number", why=why)
        seen.setdefault(each.number, at)
