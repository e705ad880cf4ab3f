"""A course told in numbers: who came, what changed, what is missing, and what can't be known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from safetomove.core.course.change import BadScores, Change, Scale, Scores, change_in
from safetomove.core.course.register import CAME, Attendance, Register, Standing


class Note(StrEnum):
    """What must stand beside the numbers; the words are content's."""

    NO_COMPARISON_GROUP = "no_comparison_group"
    ONLY_BOTH_SCORES = "only_both_scores"  # those who left may have fared otherwise
    MISSING_SCORES = "missing_scores"
    BLANK_MARKS = "blank_marks"  # the register has gaps
    SMALL_HIDDEN = "small_hidden"
    TOO_FEW = "too_few"  # all is hidden
    POOLED = "pooled"  # several courses together, each person counted in each


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseFacts:
    """What a report is made from: a register, and scores by measure and person."""

    id: str
    register: Register
    scores: Mapping[str, Mapping[str, Scores]]

    def __post_init__(self) -> None:
        for measure, by_person in self.scores.items():
            if not set(by_person) <= set(self.register.people):
                raise BadScores(f"{measure} has a score of somebody who is not in the register")


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionCount:
    """Who came to one session; the three together are everybody enrolled."""

    number: int
    came: int | None
    absent: int | None
    blank: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseReport:
    """The whole report. A count that is None is hidden, which happens only where `outside`.

    `enrolled` = `started` + `never_came`, and `started` = `completed` + `stopped`.
    """

    courses: tuple[str, ...]
    outside: bool
    enrolled: int | None
    started: int | None
    never_came: int | None
    completed: int | None
    stopped: int | None
    sessions: tuple[SessionCount, ...]
    measures: tuple[Change, ...]
    notes: tuple[Note, ...]


def course_report(courses: Sequence[CourseFacts], scales: Sequence[Scale]) -> CourseReport:
    """Report on one course, or on several pooled: every count added up, never averaged.

    For staff of the clinic only; whatever leaves it goes through `suppress.outside` first.

    Raises
    ------
    BadScores
        If there is no course, or courses of different lengths are pooled.
    """
    if not courses:
        raise BadScores("there is no course to report on")
    if len({each.register.sessions for each in courses}) > 1:
        raise BadScores("courses of different lengths can't be added up")
    stands = [each.register.standing(key) for each in courses for key in each.register.people]
    sessions = _sessions([each.register for each in courses])
    measures = tuple(_measure(scale, courses) for scale in scales)
    return CourseReport(
        courses=tuple(each.id for each in courses),
        outside=False,
        enrolled=len(stands),
        started=_count(stands, "started"),
        never_came=len(stands) - _count(stands, "started"),
        completed=_count(stands, "completed"),
        stopped=_count(stands, "started") - _count(stands, "completed"),
        sessions=sessions,
        measures=measures,
        notes=_notes(len(courses), len(stands), sessions, measures),
    )


def _count(stands: Sequence[Standing], what: str) -> int:
    return sum(getattr(each, what) for each in stands)


def _sessions(registers: Sequence[Register]) -> tuple[SessionCount, ...]:
    return tuple(_session(registers, n) for n in range(1, registers[0].sessions + 1))


def _session(registers: Sequence[Register], number: int) -> SessionCount:
    marks = [one.marks.get((key, number)) for one in registers for key in one.people]
    return SessionCount(
        number=number,
        came=sum(mark in CAME for mark in marks),
        absent=marks.count(Attendance.ABSENT),
        blank=marks.count(None),
    )


def _measure(scale: Scale, courses: Sequence[CourseFacts]) -> Change:
    """Pool the pairs of all courses; a key is made unlike that of another course."""
    people = [f"{n} {key}" for n, each in enumerate(courses) for key in each.register.people]
    scores = {
        f"{n} {key}": pair
        for n, each in enumerate(courses)
        for key, pair in each.scores.get(scale.id, {}).items()
    }
    return change_in(scale, scores, people)


def _notes(
    courses: int, enrolled: int, sessions: Sequence[SessionCount], measures: Sequence[Change]
) -> tuple[Note, ...]:
    notes = [Note.NO_COMPARISON_GROUP]
    if any(each.both != enrolled for each in measures):
        notes += [Note.MISSING_SCORES, Note.ONLY_BOTH_SCORES]
    if any(each.blank for each in sessions):
        notes.append(Note.BLANK_MARKS)
    if courses > 1:
        notes.append(Note.POOLED)
    return tuple(notes)
