"""A report as rows for a spreadsheet: ids and numbers, with "hidden" where a count is."""

from collections.abc import Iterator
from typing import Final

from safetomove.core.course.change import Change, Share
from safetomove.core.course.report import CourseReport

COLUMNS: Final = ("part", "item", "figure", "value", "low", "high")
HIDDEN: Final = "hidden"
NONE: Final = "none"  # there is no such figure, as for a mean of nobody
Row = tuple[str, str, str, str, str, str]


def rows(report: CourseReport) -> tuple[Row, ...]:
    """Return the report as rows under `COLUMNS`, notes first."""
    return tuple(_rows(report))


def _rows(report: CourseReport) -> Iterator[Row]:
    for course in report.courses:
        yield _row("course", course, "included", "yes")
    for note in report.notes:
        yield _row("note", note, "applies", "yes")
    for name in ("enrolled", "started", "never_came", "completed", "stopped"):
        yield _row("people", name, "count", _count(getattr(report, name)))
    for session in report.sessions:
        for name in ("came", "absent", "blank"):
            count = _count(getattr(session, name))
            yield _row("session", str(session.number), name, count)
    for change in report.measures:
        yield from _measure(change, report.outside)


def _measure(change: Change, outside: bool) -> Iterator[Row]:
    item = change.scale.id
    for name in ("both", "no_first", "no_last", "neither"):
        yield _row("measure", item, name, _count(getattr(change, name)))
    gone = HIDDEN if outside and change.both is None else NONE
    for name in ("before", "after"):
        yield _row("measure", item, f"mean_{name}", _number(getattr(change, name), gone))
    moved = change.change
    low, high = (None, None) if moved is None else (moved.low, moved.high)
    value = None if moved is None else moved.value
    figures = [_number(each, gone) for each in (value, low, high)]
    yield _row("measure", item, "mean_change", *figures)
    mic = change.scale.mic
    yield _row("measure", item, "minimal_important_change", _number(mic, NONE))
    for name, share in (("improved", change.improved), ("worse", change.worse)):
        yield _share(item, name, share)
    if mic is not None:
        between = NONE if change.improved is None else _count(change.between)
        yield _row("measure", item, "between", between)


def _share(item: str, name: str, share: Share | None) -> Row:
    if share is None:
        return _row("measure", item, name, NONE)
    low, high = (_number(each, HIDDEN) for each in (share.low, share.high))
    return _row("measure", item, name, _count(share.count), low, high)


def _row(part: str, item: str, figure: str, value: str, low: str = "", high: str = "") -> Row:
    """Make a row; an item that a spreadsheet would run as a formula gets a mark before it."""
    safe = f"'{item}" if item[:1] in ("=", "+", "-", "@", "\t", "\r") else item
    return part, safe, figure, value, low, high


def _count(count: int | None) -> str:
    return HIDDEN if count is None else str(count)


def _number(value: float | None, absent: str) -> str:
    return absent if value is None else f"{value:.3f}"
