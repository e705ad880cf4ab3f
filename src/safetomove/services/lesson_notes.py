"""What a person has with one lesson: read, kept, lists of their own, one thing to do."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from safetomove.core.errors import BadInput
from safetomove.records.person_file import Json

SHAPE = 1
WORDS_TOP = 200  # letters in one idea or plan
IDEAS_TOP = 20  # on one side


class BadNote(BadInput):
    """Words for a lesson that can't be kept as they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToDo:
    """One thing that a person means to do, in the words they chose; `done` once it is."""

    what: str
    when: str
    since: date
    done: date | None = None

    def __post_init__(self) -> None:
        if not self.what.strip():
            raise BadNote("a plan says what to do")
        _can_be_kept((self.what, self.when))

    def to_json(self) -> Json:
        """Write what is set."""
        done = {"done": self.done.isoformat()} if self.done else {}
        return {"what": self.what, "when": self.when, "since": self.since.isoformat(), **done}


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonNotes:
    """All that is kept about one lesson. No count of days, and nothing to lose by staying away."""

    read: date | None = None
    kept: date | None = None
    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    to_do: ToDo | None = None

    def __post_init__(self) -> None:
        for side in (self.left, self.right):
            if len(side) > IDEAS_TOP:
                raise BadNote(f"a list holds at most {IDEAS_TOP} things")
            _can_be_kept(side)

    @property
    def open_to_do(self) -> ToDo | None:
        """The thing to do, while it is neither done nor let go."""
        return self.to_do if self.to_do and self.to_do.done is None else None

    def to_json(self) -> Json:
        """Write what is set, with the version of this shape."""
        days = {"read": self.read, "kept": self.kept}
        found: Json = {name: day.isoformat() for name, day in days.items() if day}
        found |= {n: list(side) for n, side in (("left", self.left), ("right", self.right)) if side}
        if self.to_do:
            found["to_do"] = self.to_do.to_json()
        return {"shape": SHAPE, **found}


def notes_from_json(data: Json) -> LessonNotes:
    """Read what `to_json` wrote; refuse another shape."""
    if data.get("shape") != SHAPE:
        raise BadNote(f"lesson notes of shape {data.get('shape')!r} are not known here")
    to_do = data.get("to_do")
    return LessonNotes(
        read=_day(data.get("read")),
        kept=_day(data.get("kept")),
        left=tuple(data.get("left", ())),
        right=tuple(data.get("right", ())),
        to_do=_to_do(to_do) if to_do else None,
    )


def _to_do(data: Json) -> ToDo:
    since, done = date.fromisoformat(data["since"]), _day(data.get("done"))
    return ToDo(what=data["what"], when=data["when"], since=since, done=done)


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _can_be_kept(words: Iterable[str]) -> None:
    for each in words:
        if len(each) > WORDS_TOP:
            raise BadNote(f"at most {WORDS_TOP} letters are kept of one thing")
        if any(sign < " " or "\ud800" <= sign <= "\udfff" or sign == "\x7f" for sign in each):
            raise BadNote("this has signs in it that can't be kept")
