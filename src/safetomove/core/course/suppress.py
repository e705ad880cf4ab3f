"""Hide small counts before a report leaves the clinic, so that nobody can work them out.

Counts stand in a tree: each is the sum of its parts, in one way or several. A count under
`LEAST` is hidden, 0 too: a shown 0 says of everybody that they did the other thing. Then more is
hidden, the smallest first, until each sum leaves at least `LEAST` people unaccounted for: what is
hidden may then be small or not, for all that the rest tells.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from safetomove.core.course.change import Change, Share
from safetomove.core.course.report import CourseReport, Note, SessionCount

LEAST: Final = 8  # people: the smallest count shown outside the clinic (the 1-7 rule of hospital
# statistics in England, and 0 with it by our own rule); to be looked at again by November 2027

ALWAYS: Final = (
    Note.NO_COMPARISON_GROUP,
    Note.MISSING_SCORES,
    Note.ONLY_BOTH_SCORES,
    Note.BLANK_MARKS,
)


@dataclass(slots=True)
class Cell:
    """A count while it is decided whether it shows; each split is one way to make it up."""

    count: int
    splits: list[list["Cell"]] = field(default_factory=list)
    shown: bool = True

    @property
    def at_least(self) -> int:
        """Return what the shown numbers tell of it."""
        told = max((sum(each.at_least for each in split) for split in self.splits), default=0)
        return self.count if self.shown else told

    def every(self) -> Iterator["Cell"]:
        """Yield it and all below."""
        yield self
        for split in self.splits:
            for part in split:
                yield from part.every()


def protect(root: Cell) -> None:
    """Hide what is small, and what would give it away."""
    for cell in root.every():
        cell.shown = cell.shown and cell.count >= LEAST
    if not root.shown:
        for cell in root.every():
            cell.shown = False
    while (giving := next(_giving_away(root), None)) is not None:
        giving.shown = False


def _giving_away(root: Cell) -> Iterator[Cell]:
    """Yield a cell that has to go: the smallest that leaves a hidden one too little room."""
    for cell in root.every():
        for split in cell.splits:
            hidden = [part for part in split if not part.shown]
            below = [part for part in _highest_shown(split) if part is not cell]
            if not hidden or not below:
                continue
            slack = cell.count - sum(part.at_least for part in split)
            alone = len(hidden) + (not cell.shown) == 1
            if alone or (cell.shown and slack < LEAST):
                yield min(below, key=lambda each: each.count)


def _highest_shown(split: Sequence[Cell]) -> Iterator[Cell]:
    for part in split:
        if part.shown:
            yield part
        else:
            for inner in part.splits:
                yield from _highest_shown(inner)


def outside(report: CourseReport) -> CourseReport:
    """Return the report as it may leave the clinic.

    Only one such report may be told of the same people: two that overlap, such as a course and
    a sum of courses with it, can be taken from each other.
    """
    if report.outside:
        return report
    ends, sessions, measures = _ends(report), _sessions(report), _measures(report)
    splits = [ends, *sessions, *(split for split, _ in measures)]
    root = Cell(_known(report.enrolled), splits)
    protect(root)
    completed, stopped, never = ends
    hidden = not all(cell.shown for cell in root.every())
    return CourseReport(
        courses=report.courses,
        outside=True,
        enrolled=_seen(root),
        started=report.started if never.shown else None,  # all but those who never came
        never_came=_seen(never),
        completed=_seen(completed),
        stopped=_seen(stopped),
        sessions=tuple(
            SessionCount(number=each.number, came=_seen(one), absent=_seen(two), blank=_seen(three))
            for each, (one, two, three) in zip(report.sessions, sessions, strict=True)
        ),
        measures=tuple(
            _change(change, split, parts)
            for change, (split, parts) in zip(report.measures, measures, strict=True)
        ),
        notes=_notes(report, hidden=hidden, too_few=not root.shown),
    )


def _notes(report: CourseReport, *, hidden: bool, too_few: bool) -> tuple[Note, ...]:
    """Choose the notes: those on gaps always, since their absence would tell of a 0."""
    pooled = (Note.POOLED,) if Note.POOLED in report.notes else ()
    small = (Note.SMALL_HIDDEN,) if hidden else ()
    return (*ALWAYS, *pooled, *small, *((Note.TOO_FEW,) if too_few else ()))


def _ends(report: CourseReport) -> list[Cell]:
    counts = (report.completed, report.stopped, report.never_came)
    return [Cell(_known(count)) for count in counts]


def _sessions(report: CourseReport) -> list[list[Cell]]:
    return [
        [Cell(_known(each.came)), Cell(_known(each.absent)), Cell(_known(each.blank))]
        for each in report.sessions
    ]


def _measures(report: CourseReport) -> list[tuple[list[Cell], list[Cell]]]:
    """Return, for each measure, how the enrolled split, and how those with both scores do."""
    made = []
    for each in report.measures:
        parts: list[Cell] = []
        if each.improved is not None and each.worse is not None and each.between is not None:
            counts = (each.improved.count, each.worse.count, each.between)
            parts = [Cell(_known(count)) for count in counts]
        both = Cell(_known(each.both), [parts] if parts else [])
        absent = (each.no_first, each.no_last, each.neither)
        made.append(([both, *(Cell(_known(count)) for count in absent)], parts))
    return made


def _change(change: Change, split: Sequence[Cell], parts: Sequence[Cell]) -> Change:
    both, no_first, no_last, neither = split
    open_ = both.shown
    return replace(
        change,
        both=_seen(both),
        no_first=_seen(no_first),
        no_last=_seen(no_last),
        neither=_seen(neither),
        before=change.before if open_ else None,
        after=change.after if open_ else None,
        change=change.change if open_ else None,
        improved=_share(change.improved, parts[0]) if parts and change.improved else None,
        worse=_share(change.worse, parts[1]) if parts and change.worse else None,
        between=_seen(parts[2]) if parts else None,
    )


def _share(share: Share, cell: Cell) -> Share:
    """Hide a share whole: from its interval the count could be worked out."""
    return share if cell.shown else Share(count=None, low=None, high=None)


def _seen(cell: Cell) -> int | None:
    return cell.count if cell.shown else None


def _known(count: int | None) -> int:
    if count is None:
        raise ValueError("a report for the clinic hides nothing")
    return count
