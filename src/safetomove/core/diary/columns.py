"""From the cells of one row to a check-in; each different text of a column is read only once."""

from collections.abc import Iterator, Sequence
from operator import getitem
from typing import Any

from safetomove.core.diary.cells import DOSE, PLANNED, is_known, parse_cell, unguard_formula
from safetomove.core.diary.check_in import BadCheckIn, CheckIn

NO_DATE = "the date is missing"

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
        apart = {place for _, place in (*self._done, *self._planned, *self._extra)}
        self._fields = tuple(
            ("day" if name == "date" else name, place)
            for name, place in places
            if place not in apart
        )

    def check_in(self, row: Sequence[str]) -> CheckIn:
        """Read a row as wide as the header; refuse it if a cell is wrong or the date is missing."""
        values = list(map(getitem, self._columns, row))
        fields = {name: values[place] for name, place in self._fields}
        if fields["day"] is None:
            raise BadCheckIn(NO_DATE)
        if self._done:
            fields["done"] = _told(values, self._done)
        if self._planned:
            fields["planned"] = _told(values, self._planned)
        if self._extra:
            fields["extra"] = _told(values, self._extra)
        return CheckIn(**fields)

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
