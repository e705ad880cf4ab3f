"""Which lesson to offer next, and why. Pure: what is known comes in, a reason goes out."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from safetomove.content.lesson_shapes import Lesson
from safetomove.content.lessons import Library
from safetomove.core.beliefs import Belief


class Why(StrEnum):
    """Why this lesson; `learn.toml` has the words."""

    FIRST = "first"
    GOES_ON = "goes_on"
    IN_ORDER = "in_order"
    BELIEF = "belief"
    MAP = "map"
    DIARY = "diary"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """What else is known of a person: a belief that stands in the way, or a lesson that fits.

    Hints come strongest first. `about` is an id for the words of the reason, such as that of
    a thing on the person's map.
    """

    why: Why
    belief: Belief | None = None
    lesson: str = ""
    about: str = ""

    def fits(self, lesson: Lesson) -> bool:
        """Say whether a lesson answers this hint."""
        return lesson.id == self.lesson or (
            self.belief is not None and self.belief in lesson.beliefs
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """The lesson to offer, and the reason."""

    lesson: str
    why: Why
    about: str = ""


def next_for_you(
    library: Library, read: Collection[str], *, last: str = "", hints: Sequence[Hint] = ()
) -> Suggestion | None:
    """Return the lesson to offer next; None once all have been read.

    The first hint that an unread lesson answers wins. Then where the lesson read `last`
    leads, then the first unread one of its shelf, then the first unread one of all.
    """
    unread = [each for id, each in library.lessons.items() if id not in read]
    for hint in hints:
        for lesson in unread:
            if hint.fits(lesson):
                return Suggestion(lesson=lesson.id, why=hint.why, about=hint.about)
    if not unread:
        return None
    if not any(id in library.lessons for id in read):
        return Suggestion(lesson=unread[0].id, why=Why.FIRST)
    return _after(library, unread, last)


def _after(library: Library, unread: Sequence[Lesson], last: str) -> Suggestion:
    before = library.lessons.get(last)
    open_ids = {each.id for each in unread}
    onward = [id for id in before.next if id in open_ids] if before else []
    if onward:
        return Suggestion(lesson=onward[0], why=Why.GOES_ON)
    shelf = [each.id for each in unread if before and each.theme is before.theme]
    return Suggestion(lesson=(shelf or [unread[0].id])[0], why=Why.IN_ORDER)
