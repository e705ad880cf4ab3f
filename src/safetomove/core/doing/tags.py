"""What a movement asks of a body, and what a person told us of theirs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from safetomove.core.errors import BadInput
from safetomove.core.safety import Answer, SafetyAnswers
from safetomove.core.safety.answers import ANSWERS_LAST_DAYS


class Tag(StrEnum):
    """A yes to one of these means that some movements don't fit."""

    OSTEOPOROSIS = "osteoporosis"
    PREGNANCY = "pregnancy"
    RECENT_SURGERY = "recent_surgery"
    BALANCE = "balance"
    KNEELING = "kneeling"
    FLOOR = "floor"
    HANDS = "hands"


# Asked in the safety questions, under these names; the others are asked in Move.
HEALTH: Final = MappingProxyType(
    {
        Tag.OSTEOPOROSIS: "osteoporosis",
        Tag.PREGNANCY: "pregnant",
        Tag.RECENT_SURGERY: "recent_surgery",
    }
)
ABILITIES: Final = tuple(tag for tag in Tag if tag not in HEALTH)


class Kit(StrEnum):
    """A thing that not everybody has at hand; a chair, a wall and a floor are taken as given."""

    BALL = "ball"
    BAND = "band"
    GYM = "gym"
    STEP = "step"


class BadAbout(BadInput):
    """What a person told about their body can't be read as meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutPerson:
    """What a person told us; a tag that is absent was never asked, and is not a no."""

    told: Mapping[Tag, Answer] = field(default_factory=dict)
    kit: frozenset[Kit] = frozenset()

    def __post_init__(self) -> None:
        for tag, answer in self.told.items():
            if not isinstance(tag, Tag) or not isinstance(answer, Answer):
                raise BadAbout(f"{tag} can't be answered with {answer!r}")
        object.__setattr__(self, "told", MappingProxyType(dict(self.told)))

    def answer(self, tag: Tag) -> Answer:
        """Return the answer, where never asked is the same as not known."""
        return self.told.get(tag, Answer.UNKNOWN)


def about_person(
    safety: SafetyAnswers | None, abilities: "Abilities | None", *, today: date
) -> AboutPerson:
    """Put together what a person told in the safety questions and in Move.

    A "no" that is older than the safety answers may be counts as never asked: nobody's
    pregnancy or operation is settled for good. A "yes" stays.
    """
    said = abilities or Abilities()
    return AboutPerson(told={**_health(safety, today=today), **said.trouble}, kit=said.kit)


@dataclass(frozen=True, slots=True, kw_only=True)
class Abilities:
    """What a person told in Move: what is hard for them, and what they have at home."""

    trouble: Mapping[Tag, Answer] = field(default_factory=dict)
    kit: frozenset[Kit] = frozenset()

    def __post_init__(self) -> None:
        if set(self.trouble) - set(ABILITIES):
            raise BadAbout("illness and pregnancy are told in the safety questions")
        object.__setattr__(self, "trouble", MappingProxyType(dict(self.trouble)))

    def to_text(self) -> str:
        """Write them as one short line, such as `floor=yes hands=no ball band`."""
        said = [f"{tag}={answer}" for tag, answer in sorted(self.trouble.items())]
        return " ".join((*said, *sorted(self.kit)))

    @classmethod
    def from_text(cls, text: str) -> "Abilities":
        """Read what `to_text` wrote."""
        pairs = [part.split("=") for part in text.split() if "=" in part]
        try:
            trouble = {Tag(tag): Answer(answer) for tag, answer in pairs}
            kit = frozenset(Kit(part) for part in text.split() if "=" not in part)
        except ValueError as wrong:
            raise BadAbout(f"what suits a person can't be read: {wrong}") from None
        return cls(trouble=trouble, kit=kit)


def _health(safety: SafetyAnswers | None, *, today: date) -> dict[Tag, Answer]:
    if safety is None:
        return {}
    asked_on = safety.full_check_on or safety.given_on
    fresh = 0 <= (today - asked_on).days <= ANSWERS_LAST_DAYS
    told = safety.context.answered()
    found = {tag: told[name] for tag, name in HEALTH.items() if name in told}
    return {tag: said for tag, said in found.items() if fresh or said is not Answer.NO}
