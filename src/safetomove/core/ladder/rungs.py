"""What a person holds back from, in order of worry, the least first."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, Final

from safetomove.core.ladder.checks import (
    RUNG_WORDS_TOP,
    SHAPE,
    BadLadder,
    check_scale,
    check_shape,
    check_words,
)

HIGH_WORRY: Final = 8.0  # of 10: first with somebody trained (own-rule; look again 2027-11)
RUNGS_TOP: Final = 20


class Company(StrEnum):
    """How a rung is best tried."""

    ALONE = "alone"
    CLINICIAN = "clinician"  # first with somebody trained, or talked through with them
    NOT_THIS = "not_this"  # something the person told us speaks against it


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One thing held back from: a movement of the library by id, or the person's own words."""

    id: str
    worry: float
    added: date
    movement: str = ""
    words: str = ""
    let_go: date | None = None

    def __post_init__(self) -> None:
        if bool(self.movement) == bool(self.words.strip()):
            raise BadLadder("a rung is a movement or words of your own")
        check_words(self.words, top=RUNG_WORDS_TOP)
        check_scale(self.worry, what="worry")

    def to_json(self) -> dict[str, Any]:
        """Return what is set, as plain values."""
        let_go = self.let_go.isoformat() if self.let_go else ""
        every = {"id": self.id, "worry": self.worry, "added": self.added.isoformat()}
        said = {"movement": self.movement, "words": self.words, "let_go": let_go}
        return every | {name: value for name, value in said.items() if value}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """All rungs ever put up; one that was let go can be taken back."""

    rungs: tuple[Rung, ...] = ()

    def __post_init__(self) -> None:
        ids = [one.id for one in self.rungs]
        if len(set(ids)) < len(ids):
            raise BadLadder("two rungs have the same id")
        if len(self.up) > RUNGS_TOP:
            raise BadLadder(f"a ladder holds at most {RUNGS_TOP} rungs")
        names = [_name(one) for one in self.up]
        if len(set(names)) < len(names):
            raise BadLadder("the same thing stands twice on the ladder")

    @property
    def up(self) -> tuple[Rung, ...]:
        """The rungs that stand, the least worry first."""
        standing = [one for one in self.rungs if one.let_go is None]
        return tuple(sorted(standing, key=lambda one: (one.worry, one.added)))

    @property
    def let_go(self) -> tuple[Rung, ...]:
        """The rungs that were let go, the last one first."""
        gone = [one for one in self.rungs if one.let_go is not None]
        return tuple(sorted(gone, key=lambda one: one.let_go or date.min, reverse=True))

    def find(self, id: str) -> Rung | None:
        """Return a rung by id, let go or not."""
        return next((one for one in self.rungs if one.id == id), None)

    def holds(self, *, movement: str = "", words: str = "") -> bool:
        """Say whether such a rung stands already."""
        return (movement or words.strip().casefold()) in {_name(one) for one in self.up}

    def with_rung(self, rung: Rung) -> "Ladder":
        """Put a rung up, or a changed one in the place of the one with its id."""
        if self.find(rung.id) is None:
            return Ladder(rungs=(*self.rungs, rung))
        return Ladder(rungs=tuple(rung if one.id == rung.id else one for one in self.rungs))

    def rated(self, id: str, worry: float) -> "Ladder":
        """Return the ladder with one rung's worry as it is now."""
        return self.with_rung(replace(self._must_find(id), worry=worry))

    def without(self, id: str, *, on: date) -> "Ladder":
        """Let a rung go; what was tried on it stays."""
        return self.with_rung(replace(self._must_find(id), let_go=on))

    def taken_back(self, id: str) -> "Ladder":
        """Put a rung up again that was let go."""
        return self.with_rung(replace(self._must_find(id), let_go=None))

    def to_json(self) -> dict[str, Any]:
        """Return the ladder as plain values."""
        return {"shape": SHAPE, "rungs": [one.to_json() for one in self.rungs]}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Ladder":
        """Read what `to_json` wrote; refuse another shape."""
        check_shape(data)
        return cls(rungs=tuple(_rung(one) for one in data["rungs"]))

    def _must_find(self, id: str) -> Rung:
        found = self.find(id)
        if found is None:
            raise BadLadder("this rung is not on the ladder")
        return found


def company(worry: float, *, fits: bool = True, tagged: bool = False) -> Company:
    """Say how a rung is best tried.

    `fits` is whether the movement may be shown to this person at all, `tagged` whether one
    of its warning tags is theirs. Graded exposure for strong fear is done with a clinician.
    """
    check_scale(worry, what="worry")
    if not fits:
        return Company.NOT_THIS
    return Company.CLINICIAN if tagged or worry >= HIGH_WORRY else Company.ALONE


def _name(rung: Rung) -> str:
    return rung.movement or rung.words.strip().casefold()


def _rung(data: Mapping[str, Any]) -> Rung:
    let_go = data.get("let_go")
    return Rung(
        id=data["id"],
        worry=data["worry"],
        added=date.fromisoformat(data["added"]),
        movement=data.get("movement", ""),
        words=data.get("words", ""),
        let_go=date.fromisoformat(let_go) if let_go else None,
    )
