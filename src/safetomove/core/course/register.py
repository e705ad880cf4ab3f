"""Who came to what, who has done the course, and where a missed session can be made up.

What nobody noted stays not noted: it never counts as absent, and never as there.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from safetomove.core.errors import BadInput

SHAPE: Final = 1  # of the JSON
# Sessions that make a course done: the mark in a before-after count of such a course (n = 286,
# 74 % reached it; Chartered Society of Physiotherapy, innovations). That a session made up or
# done one to one counts is our own rule. To be looked at again by November 2027.
COMPLETE_SHARE: Final = (9, 12)


class BadRegister(BadInput):
    """A mark in the register that can't be."""


class Attendance(StrEnum):
    """What became of one person's session."""

    PRESENT = "present"
    ABSENT = "absent"
    MADE_UP = "made_up"  # with another group, later
    ONE_TO_ONE = "one_to_one"


CAME: Final = frozenset({Attendance.PRESENT, Attendance.MADE_UP, Attendance.ONE_TO_ONE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """The marks of a group by person and session; everybody on it was offered a place."""

    sessions: int
    people: tuple[str, ...]
    marks: Mapping[tuple[str, int], Attendance]

    def __post_init__(self) -> None:
        if self.sessions < 1 or len(set(self.people)) < len(self.people):
            raise BadRegister("a register needs sessions, and each person once")
        for (person, session), mark in self.marks.items():
            if person not in self.people or not 1 <= session <= self.sessions:
                raise BadRegister(f"there is no place in the register for session {session}")
            if not isinstance(mark, Attendance):
                raise BadRegister(f"{mark!r} is no mark of the register")
        object.__setattr__(self, "marks", MappingProxyType(dict(self.marks)))

    def marked(self, person: str, session: int, mark: Attendance | None) -> "Register":
        """Return the register with one mark set, or taken away."""
        kept = {place: each for place, each in self.marks.items() if place != (person, session)}
        return replace(self, marks=kept if mark is None else {**kept, (person, session): mark})

    def standing(self, person: str) -> "Standing":
        """Return how one person stands."""
        if person not in self.people:
            raise BadRegister("nobody of that name is in the register")
        marks = {n: self.marks.get((person, n)) for n in range(1, self.sessions + 1)}
        return Standing(
            person=person,
            sessions=self.sessions,
            came=tuple(n for n, mark in marks.items() if mark in CAME),
            missed=tuple(n for n, mark in marks.items() if mark is Attendance.ABSENT),
            not_noted=tuple(n for n, mark in marks.items() if mark is None),
        )

    def to_json(self) -> dict[str, Any]:
        """Return plain values that JSON can hold."""
        marks = [[person, n, str(mark)] for (person, n), mark in sorted(self.marks.items())]
        return {
            "shape": SHAPE, "sessions": self.sessions, "people": [*self.people], "marks": marks,
        }  # fmt: skip

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Register":
        """Read what `to_json` wrote; a shape that we don't know is refused."""
        if not isinstance(data, Mapping) or data.get("shape") != SHAPE:
            raise BadRegister(f"the register is not written in shape {SHAPE}")
        try:
            marks = {(person, n): Attendance(mark) for person, n, mark in data["marks"]}
            return cls(sessions=data["sessions"], people=tuple(data["people"]), marks=marks)
        except (KeyError, TypeError, ValueError) as wrong:
            raise BadRegister(f"the register can't be read: {wrong}") from None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where one person stands, sessions by number."""

    person: str
    sessions: int
    came: tuple[int, ...]
    missed: tuple[int, ...]
    not_noted: tuple[int, ...]

    @property
    def started(self) -> bool:
        """Say whether they came at all."""
        return bool(self.came)

    @property
    def completed(self) -> bool:
        """Say whether they came to enough of it."""
        return len(self.came) >= complete_from(self.sessions)

    @property
    def still_to_come(self) -> int:
        """Return how many more sessions they need; 0 once the course is done."""
        return max(complete_from(self.sessions) - len(self.came), 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A session that some group is going to have; `content` is the id of the session."""

    group: str
    content: str
    starts: datetime
    places: int

    def __post_init__(self) -> None:
        if self.starts.tzinfo is None:
            raise BadRegister("a time needs its zone")


def complete_from(sessions: int) -> int:
    """Return the sessions that make a course done: 9 of 12, and the same share of others."""
    of, whole = COMPLETE_SHARE
    return -(-sessions * of // whole)


def to_make_up(register: Register, held: Collection[int]) -> Mapping[str, tuple[int, ...]]:
    """Return, by person, the sessions held without them that nobody made up yet.

    Only an absence that was noted counts: a blank mark is a question to the staff.
    """
    stands = [register.standing(person) for person in register.people]
    missed = {each.person: tuple(n for n in each.missed if n in held) for each in stands}
    return MappingProxyType({person: numbers for person, numbers in missed.items() if numbers})


def runs_next(
    content: str, running: Iterable[Running], *, after: datetime, not_in: str = ""
) -> tuple[Running, ...]:
    """Return where the same session runs next and has a place, soonest first."""
    found = (
        each
        for each in running
        if each.content == content
        and each.starts > after
        and each.places > 0
        and each.group != not_in
    )
    return tuple(sorted(found, key=lambda each: (each.starts, each.group)))
