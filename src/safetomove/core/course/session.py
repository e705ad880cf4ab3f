"""One session of a course: its talk step by step, its circuit, and the page to take home."""

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import Final

from safetomove.core.course.reading import BadSyllabus, check_words

EDUCATION_MINUTES: Final = 20  # of talk in a session (the booklet's course)
CIRCUIT_MINUTES: Final = 40  # of graded exercise after it (the booklet's course)
STATIONS: Final = (5, 7)  # fewest and most: room for 8 to 12 people, one or two at each
HANDOUT_TRIES: Final = 3  # things to try at home
ID: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ID_TOP: Final = 64


class StepKind(StrEnum):
    """What the group does in a step of the talk."""

    ASK = "ask"  # questions to the group
    SHOW = "show"  # a demonstration
    TELL = "tell"
    TRY = "try"  # each tries something out
    SLIDES = "slides"  # parts of a lesson
    HANDOUT = "handout"
    MEASURE = "measure"  # questionnaires and tests, at the first and last session


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of the talk. `words` are for staff; `questions` are put to the group.

    `lesson` and `parts` (counted from 1) say which slides; `listen_for` what often comes back,
    and what to do with it.
    """

    kind: StepKind
    minutes: int
    title: str
    words: tuple[str, ...]
    questions: tuple[str, ...] = ()
    listen_for: tuple[str, ...] = ()
    lesson: str = ""
    parts: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        check_words(self.title, *self.words, *self.questions, *self.listen_for)
        if not 1 <= self.minutes <= EDUCATION_MINUTES:
            raise BadSyllabus(f"a step can't last {self.minutes} minutes")
        if self.kind is StepKind.ASK and not self.questions:
            raise BadSyllabus("a step that asks needs a question")
        if (self.kind is StepKind.SLIDES) != bool(self.lesson and self.parts):
            raise BadSyllabus("slides, and only slides, name a lesson and its parts")
        if not self.words:
            raise BadSyllabus("a step needs words that say what to do")


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """A movement of the library, with the levels offered, counted from 1, the easiest."""

    movement: str
    easier: int
    harder: int

    def __post_init__(self) -> None:
        if not 1 <= self.easier <= self.harder:
            raise BadSyllabus(f"levels {self.easier} to {self.harder} of {self.movement} can't be")


@dataclass(frozen=True, slots=True, kw_only=True)
class Station:
    """One place in the room: what is done there, and what whom it doesn't suit does instead.

    `say` is for people; `watch` is for staff.
    """

    do: Exercise
    swap: Exercise
    say: str
    watch: str

    def __post_init__(self) -> None:
        check_words(self.say, self.watch)
        if self.do.movement == self.swap.movement:
            raise BadSyllabus(f"{self.do.movement} can't be swapped for itself")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """The warm-up or the rest at the end: everybody does the same, at their own level."""

    minutes: int
    movements: tuple[str, ...]
    words: tuple[str, ...]

    def __post_init__(self) -> None:
        check_words(*self.words)
        if self.minutes < 1 or not self.movements or not self.words:
            raise BadSyllabus("a warm-up or a rest needs minutes, movements and words")


@dataclass(frozen=True, slots=True, kw_only=True)
class Circuit:
    """The exercise part: warm-up, then `turns` of `turn_minutes` (changing over included), rest."""

    warm_up: Block
    turns: int
    turn_minutes: int
    stations: tuple[Station, ...]
    rest: Block

    def __post_init__(self) -> None:
        fewest, most = STATIONS
        if not fewest <= len(self.stations) <= most:
            raise BadSyllabus(f"{len(self.stations)} stations; a circuit has {fewest} to {most}")
        if not 1 <= self.turns <= len(self.stations) or self.turn_minutes < 1:
            raise BadSyllabus(f"{self.turns} turns at {len(self.stations)} stations can't be")
        done = [each.do.movement for each in self.stations]
        if len(set(done)) < len(done):
            raise BadSyllabus("the same movement stands at two stations")
        if self.minutes != CIRCUIT_MINUTES:
            raise BadSyllabus(f"the circuit takes {self.minutes} minutes, not {CIRCUIT_MINUTES}")

    @property
    def minutes(self) -> int:
        """Return how long it takes, all in all."""
        return self.warm_up.minutes + self.turns * self.turn_minutes + self.rest.minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class Handout:
    """The page that each takes home: what to keep, three things to try, and the safety net."""

    title: str
    keep: str
    tries: tuple[str, ...]
    net: str
    lessons: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        check_words(self.title, self.keep, self.net, *self.tries)
        if len(self.tries) != HANDOUT_TRIES:
            raise BadSyllabus(f"a handout has {HANDOUT_TRIES} things to try")


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One hour of the course. `opt_in` is offered, never set: `opt_in_words` says to whom."""

    number: int
    id: str
    title: str
    topic: str
    aims: tuple[str, ...]
    bring: tuple[str, ...]
    education: tuple[Step, ...]
    circuit: Circuit
    handout: Handout
    say_this: tuple[str, ...]
    stop_if: tuple[str, ...] = ()
    measures: bool = False
    opt_in: bool = False
    opt_in_words: str = ""

    def __post_init__(self) -> None:
        check_id(self.id)
        check_words(self.title, self.topic, *self.aims, *self.bring, *self.say_this, *self.stop_if)
        if not self.aims or not self.say_this:
            raise BadSyllabus("a session needs aims, and something to say at the stations")
        if self.opt_in != bool(self.opt_in_words):
            raise BadSyllabus("a topic by choice, and only such a one, says how it is offered")
        if self.education_minutes != EDUCATION_MINUTES:
            minutes = self.education_minutes
            raise BadSyllabus(f"the talk takes {minutes} minutes, not {EDUCATION_MINUTES}")
        if not any(each.kind is StepKind.HANDOUT for each in self.education):
            raise BadSyllabus("no step gives out the handout")

    @property
    def education_minutes(self) -> int:
        """Return how long the talk takes."""
        return sum(step.minutes for step in self.education)

    @property
    def questions(self) -> tuple[str, ...]:
        """Return every question to the group, in order."""
        return tuple(chain.from_iterable(step.questions for step in self.education))

    @property
    def demonstrations(self) -> tuple[Step, ...]:
        """Return what is shown."""
        return tuple(step for step in self.education if step.kind is StepKind.SHOW)


def check_id(id: str) -> None:
    """Refuse an id that can't stand in an address."""
    if len(id) > ID_TOP or not ID.fullmatch(id):
        raise BadSyllabus(f"{id!r} can't be an id: use lower-case words with - between")
