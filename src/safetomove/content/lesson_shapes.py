"""The shapes of a lesson: its parts, the one thing in it to try, and the sentence to keep."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from safetomove.content.words import Call, FrontMatter
from safetomove.core.beliefs import Belief


class Theme(StrEnum):
    """The shelves that lessons stand on, in the order shown."""

    PAIN = "pain"
    BACK = "back"
    CARE = "care"
    LIFE = "life"
    WAY_BACK = "way_back"


class TryKind(StrEnum):
    """All the ways to try something out."""

    STEPS = "steps"
    GUESS = "guess"
    SORT = "sort"
    PICK = "pick"
    LISTS = "lists"
    PLAN = "plan"
    WORDS = "words"
    COMPARE = "compare"
    BUFFER = "buffer"
    PEOPLE = "people"


class Truth(StrEnum):
    """What a statement turns out to be."""

    TRUE = "true"
    MYTH = "myth"
    DEPENDS = "depends"


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """An answer to choose, and what is said to it. No answer is wrong."""

    label: str
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """Something to do with the body now; `seconds` is how long a clock runs, 0 for no clock."""

    kind: ClassVar[TryKind] = TryKind.STEPS
    heading: str
    body: tuple[str, ...]
    steps: tuple[str, ...]
    ask: str
    options: tuple[Option, ...]
    seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """A number to guess between `low` and `high`, and the one that a study found."""

    ask: str
    unit: str
    low: float
    high: float
    step: float
    truth: float
    told: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Guesses:
    """One number to guess, or a few."""

    kind: ClassVar[TryKind] = TryKind.GUESS
    heading: str
    guesses: tuple[Guess, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Something that people say, and how it stands with it."""

    say: str
    truth: Truth
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sort:
    """Statements to sort."""

    kind: ClassVar[TryKind] = TryKind.SORT
    heading: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """One question with several answers."""

    kind: ClassVar[TryKind] = TryKind.PICK
    heading: str
    ask: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of two lists, with ideas to start it."""

    label: str
    ideas: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lists:
    """Two lists that a person builds and keeps: what adds to danger, what adds to safety."""

    kind: ClassVar[TryKind] = TryKind.LISTS
    heading: str
    left: Side
    right: Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One thing to do, chosen or in own words, and when."""

    kind: ClassVar[TryKind] = TryKind.PLAN
    heading: str
    ask: str
    ideas: tuple[str, ...]
    when: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A scary word, a plainer one, and why it is truer."""

    scary: str
    plain: str
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Swap:
    """Scary words to swap for plain ones."""

    kind: ClassVar[TryKind] = TryKind.WORDS
    heading: str
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """How something went for somebody made up."""

    title: str
    body: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compare:
    """Stories side by side, and a question about them."""

    kind: ClassVar[TryKind] = TryKind.COMPARE
    heading: str
    stories: tuple[Story, ...]
    ask: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Buffer:
    """The living picture of edge and rail."""

    kind: ClassVar[TryKind] = TryKind.BUFFER
    heading: str


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """The little people with what scans find."""

    kind: ClassVar[TryKind] = TryKind.PEOPLE
    heading: str


Try = Steps | Guesses | Sort | Pick | Lists | Plan | Swap | Compare | Buffer | People


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A heading with a little text, a list, or a drawing by name."""

    heading: str
    body: tuple[str, ...]
    list: tuple[str, ...]
    picture: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyNet:
    """What to watch for, beside what reassures."""

    text: str
    call: tuple[Call, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """One lesson. A lesson that reassures has its net: no other can be made."""

    front: FrontMatter
    order: int
    theme: Theme
    booklet: tuple[str, ...]
    minutes: int
    question: str
    keep: str
    reassures: bool
    grade_exception: str
    beliefs: tuple[Belief, ...]
    words: tuple[str, ...]
    next: tuple[str, ...]
    net: SafetyNet | None
    parts: tuple[Part, ...]
    try_after: int
    trial: Try

    @property
    def id(self) -> str:
        """The name of its file and its page."""
        return self.front.id

    @property
    def sources(self) -> tuple[str, ...]:
        """Every source, those of its numbers to guess included, once each."""
        guesses = self.trial.guesses if isinstance(self.trial, Guesses) else ()
        return tuple(dict.fromkeys((*self.front.sources, *(each.source for each in guesses))))
