"""The shapes that words for people come in; `language` says which one they are in."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class CardKind(StrEnum):
    """How a card looks and how loudly it speaks."""

    EMERGENCY = "emergency"
    URGENT = "urgent"
    NON_URGENT = "non-urgent"
    START = "start"
    SUPPORT = "support"


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """Where a file's words come from and until when they may be used unread."""

    id: str
    title: str
    language: str
    sources: tuple[str, ...]
    author: str
    clinical_review: str
    written: date
    review_by: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One source: what it found, in a sentence of ours, and where it falls short."""

    id: str
    kind: str
    citation: str
    link: str
    finding: str
    limits: str
    strength: str
    checked: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A number to ring, or to text when `text` holds the words to send."""

    label: str
    number: str
    text: str = ""

    @property
    def tel(self) -> str:
        """The digits alone."""
        return "".join(sign for sign in self.number if sign.isdigit() or sign == "+")

    @property
    def href(self) -> str:
        """The link that rings or texts."""
        return f"sms:{self.tel}?body={self.text}" if self.text else f"tel:{self.tel}"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionText:
    """What a safety question says; `means` and `say` appear on the card after a yes."""

    ask: str
    hint: str
    why: str
    yes: str
    no: str
    unknown: str
    told: str
    means: str
    say: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenText:
    """The heading over a group of questions."""

    heading: str
    lead: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CareCard:
    """What to do now. There is no card without a safety net."""

    kind: CardKind
    heading: str
    lead: str
    do: tuple[str, ...]
    call: tuple[Call, ...]
    net: str
    sources: tuple[str, ...]
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Part of a page."""

    heading: str
    body: tuple[str, ...]
    call: tuple[Call, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page of plain sections, safety net included."""

    heading: str
    lead: str
    sections: tuple[Section, ...]
    net: str
    sources: tuple[str, ...]
    language: str
