"""A course as a value: its sessions in order, and copies that a site changed.

A change gives a new value with the next version that says what it was made from; the old
one stays as it was, so that a group keeps the course it began with.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from safetomove.core.course.reading import BadSyllabus, build, check_words
from safetomove.core.course.session import Session, check_id

SHAPE: Final = 1  # of the JSON
SESSIONS_TOP: Final = 24  # twice as many as the shipped course has


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeFrom:
    """The syllabus that a changed one came from."""

    id: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Syllabus:
    """A whole course. Before every session all are asked `ask_first`; a yes means no exercise yet.

    `stop_if` is said at every session, on top of the session's own lines.
    """

    id: str
    version: int
    title: str
    ask_first: tuple[str, ...]
    stop_if: tuple[str, ...]
    sessions: tuple[Session, ...]
    made_from: MadeFrom | None = None

    def __post_init__(self) -> None:
        check_id(self.id)
        check_words(self.title, *self.ask_first, *self.stop_if)
        if self.version < 1:
            raise BadSyllabus("versions count from 1")
        if not self.ask_first or not self.stop_if:
            raise BadSyllabus("a course needs its safety questions and lines for when to stop")
        if not 1 <= len(self.sessions) <= SESSIONS_TOP:
            raise BadSyllabus(f"a course has 1 to {SESSIONS_TOP} sessions")
        if [each.number for each in self.sessions] != [*range(1, len(self.sessions) + 1)]:
            raise BadSyllabus("the sessions must be numbered 1, 2, 3 in their order")
        if len({each.id for each in self.sessions}) < len(self.sessions):
            raise BadSyllabus("two sessions have the same id")

    def session(self, number: int) -> Session:
        """Return one session; refuse a number that isn't there."""
        if not 1 <= number <= len(self.sessions):
            raise BadSyllabus(f"there is no session {number}")
        return self.sessions[number - 1]

    def stops(self, number: int) -> tuple[str, ...]:
        """Return every "stop and tell me if" line of a session."""
        return self.stop_if + self.session(number).stop_if

    def copied(self, id: str, *, title: str) -> "Syllabus":
        """Return a site's own copy, at version 1, that says where it came from."""
        return replace(self, id=id, title=title, version=1, made_from=self._as_source())

    def changed(self, session: Session) -> "Syllabus":
        """Return the next version, with one session in place of that of the same number."""
        self.session(session.number)
        at = session.number - 1
        sessions = (*self.sessions[:at], session, *self.sessions[at + 1 :])
        return replace(self, sessions=sessions, **self._next())

    def ordered(self, numbers: tuple[int, ...]) -> "Syllabus":
        """Return the next version with these sessions in this order; what isn't named goes."""
        chosen = (self.session(number) for number in numbers)
        sessions = tuple(replace(each, number=n) for n, each in enumerate(chosen, 1))
        return replace(self, sessions=sessions, **self._next())

    def to_json(self) -> dict[str, Any]:
        """Return plain values that JSON can hold."""
        return {"shape": SHAPE, **asdict(self)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Syllabus":
        """Read what `to_json` wrote, or a site's own; BadSyllabus names the place that is wrong."""
        if not isinstance(data, Mapping) or data.get("shape") != SHAPE:
            raise BadSyllabus(f"the course is not written in shape {SHAPE}")
        return build(cls, {key: each for key, each in data.items() if key != "shape"}, "the course")

    def _next(self) -> dict[str, Any]:
        return {"version": self.version + 1, "made_from": self._as_source()}

    def _as_source(self) -> MadeFrom:
        return MadeFrom(id=self.id, version=self.version)


def read_session(data: object, *, place: str = "the session") -> Session:
    """Read one session from plain values, as a form or a file holds them."""
    return build(Session, data, place)
