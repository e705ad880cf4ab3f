"""Hold a syllabus against the library: does all that it names exist, and does every swap fit?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from safetomove.core.course.session import Exercise, Session, Station
from safetomove.core.course.syllabus import Syllabus
from safetomove.core.doing import Kit, Tag, Way

STRICT: Final = frozenset({Way.SWAP, Way.HIDE})  # a swap must carry no such tag


@dataclass(frozen=True, slots=True, kw_only=True)
class MovementFacts:
    """What the rules of a course must know of a movement."""

    levels: int
    tags: Mapping[Tag, Way]
    needs: frozenset[Kit] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """What a syllabus may name: movements by id, and how many parts each lesson has."""

    movements: Mapping[str, MovementFacts]
    lessons: Mapping[str, int]


def problems(syllabus: Syllabus, library: Library) -> tuple[str, ...]:
    """Return what can't be run, one sentence each with its place; none means that all is well."""
    return tuple(
        f"session {session.number}, {wrong}"
        for session in syllabus.sessions
        for wrong in (*_talk(session, library), *_moves(session, library))
    )


def kit(session: Session, library: Library) -> frozenset[Kit]:
    """Return what must be in the room for the stations as planned."""
    named = (library.movements.get(each.do.movement) for each in session.circuit.stations)
    return frozenset().union(*(each.needs for each in named if each is not None))


def _talk(session: Session, library: Library) -> Iterator[str]:
    for n, step in enumerate(session.education, 1):
        if not step.lesson:
            continue
        parts = library.lessons.get(step.lesson)
        if parts is None:
            yield f"step {n}: there is no lesson {step.lesson!r}"
        elif not all(1 <= part <= parts for part in step.parts):
            yield f"step {n}: {step.lesson} has parts 1 to {parts}"
    for lesson in session.handout.lessons:
        if lesson not in library.lessons:
            yield f"handout: there is no lesson {lesson!r}"


def _moves(session: Session, library: Library) -> Iterator[str]:
    for name, block in (("warm-up", session.circuit.warm_up), ("rest", session.circuit.rest)):
        for movement in block.movements:
            if movement not in library.movements:
                yield f"{name}: there is no movement {movement!r}"
        if not any(_for_all(library.movements.get(each)) for each in block.movements):
            yield f"{name}: no movement in it suits everybody"
    for n, station in enumerate(session.circuit.stations, 1):
        for wrong in _station(station, library):
            yield f"station {n}: {wrong}"


def _station(station: Station, library: Library) -> Iterator[str]:
    for exercise in (station.do, station.swap):
        yield from _exercise(exercise, library)
    swap = library.movements.get(station.swap.movement)
    if swap is not None and swap.needs:
        yield f"the swap {station.swap.movement} needs things of its own"
    if swap is not None and not _for_all(swap):
        yield f"the swap {station.swap.movement} doesn't suit everybody"


def _for_all(facts: MovementFacts | None) -> bool:
    return facts is not None and not STRICT & set(facts.tags.values())


def _exercise(exercise: Exercise, library: Library) -> Iterator[str]:
    facts = library.movements.get(exercise.movement)
    if facts is None:
        yield f"there is no movement {exercise.movement!r}"
    elif exercise.harder > facts.levels:
        yield f"{exercise.movement} has levels 1 to {facts.levels}, not {exercise.harder}"
