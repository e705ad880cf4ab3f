"""From the cells of one row to a check-in; each different text of a column is read only once."""

from collections.abc import Iterator, Sequence
from dataclasses import fields
from operator import getitem, itemgetter
from typing import Any

from safetomove.core.diary.cells import DOSE, PLANNED, is_known, parse_cell, unguard_formula
from safetomove.core.diary.check_in import (
    NO_DOSES,
    NO_EXTRA,
    BadCheckIn,
    CheckIn,
    of_checked,
)

NO_DATE = "the date is missing"

_ANSWERS = tuple(each.name for each in fields(CheckIn))[:-3]  # all but done, planned and extra
_BLANK = (None, "")  # what stands for a column that a file doesn't have; "" is no note

Places = tuple[tuple[str, int], ...]


class Columns:
    """How the columns of one file are read; in a `guarded` one, formulas are quoted."""

    def __init__(self, header: list[str], *, guarded: bool) -> None:
        self.names = tuple(header)
        self.unknown = tuple(name for name in header if name and not is_known(name))
        self._columns = [_Column(name, guarded=guarded) for name in header]
        places = [(name, place) for place, name in enumerate(header)]
        self._done = _activities(places, DOSE)
        self._planned = _activities(places, PLANNED)
        self._extra = tuple(one for one in places if not is_known(one[0]))
        self._answers = itemgetter(*map(self._place, _ANSWERS))

    def check_in(self, row: Sequence[str]) -> CheckIn:
        """Read a row as wide as the header; refuse it if a cell is wrong or the date is missing."""
        values = [*map(getitem, self._columns, row), *_BLANK]
        answers = self._answers(values)
        if answers[0] is None:
            raise BadCheckIn(NO_DATE)
        done = _told(values, self._done) if self._done else NO_DOSES
        planned = _told(values, self._planned) if self._planned else NO_DOSES
        extra = _told(values, self._extra) if self._extra else NO_EXTRA
        return of_checked((*answers, done, planned, extra))

    def _place(self, answer: str) -> int:
        """Return where an answer stands in a row and the blanks after it."""
        column = "date" if answer == "day" else answer
        blank = len(self.names) + (column == "note")
        return self.names.index(column) if column in self.names else blank

    def refusals(self, row: Sequence[str]) -> Iterator[tuple[str, str, str]]:
        """Yield the column, the text and what is wrong, for each wrong cell of a row."""
        for column, raw in zip(self._columns, row, strict=True):
            try:
                column[raw]
            except BadCheckIn as error:
                yield column.name, column.text(raw), str(error)


class _Column(dict[str, Any]):
    """What each text of one column means, filled as texts are met."""

    def __init__(self, name: str, *, guarded: bool) -> None:
        super().__init__()
        self.name, self._guarded, self._known = name, guarded, is_known(name)

    def __missing__(self, raw: str) -> Any:
        text = self.text(raw)
        if not text.strip():
            value: Any = "" if self.name == "note" else None
        else:
            value = parse_cell(self.name, text) if self._known else text
        self[raw] = value
        return value

    def text(self, raw: str) -> str:
        """Return the words of a cell; a note keeps the space around it."""
        text = unguard_formula(raw) if self._guarded else raw
        return text if self.name == "note" else text.strip()


def _activities(places: list[tuple[str, int]], kind: str) -> Places:
    return tuple((name.removeprefix(kind), at) for name, at in places if name.startswith(kind))


def _told(values: list[Any], places: Places) -> dict[str, Any]:
    return {name: value for name, at in places if (value := values[at]) is not None}
