"""An instrument as data: its items, its scales, who owns it, and in which version."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction
from itertools import product
from typing import Final

from safetomove.core.errors import BadInput
from safetomove.core.measures.scale import Method, Scale

ID: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ID_CHARACTERS: Final = 30  # a document is named after it
VERSION: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,19}")
ITEMS_TOP: Final = 100
SPREAD_TOP: Final = 1000  # answers there may be to one item


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One question: the whole numbers it may be answered with, and the points they give.

    `ends` are the words at both ends of a range; `link_id` is what a FHIR form calls the item.
    `points` are given where an answer doesn't count as itself or reversed: one for each
    answer from `low` to `high`. `answers` are the words of the answers, where each has words.
    """

    id: str
    low: int
    high: int
    reversed: bool = False
    points: tuple[int, ...] = ()
    self_harm: bool = False
    asks: str = ""
    answers: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    link_id: str = ""

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z0-9_]{1,40}", self.id):
            raise BadInput(f"an item can't be called {self.id[:40]!r}: use a-z, 0-9 and _")
        if self.low >= self.high:
            raise BadInput(f"item {self.id!r} goes from {self.low} up to {self.high}: not a range")
        if self.high - self.low > SPREAD_TOP:
            raise BadInput(f"item {self.id!r} has more than {SPREAD_TOP} answers")
        self._check_lists()

    @property
    def spread(self) -> int:
        """How many answers there are."""
        return self.high - self.low + 1

    @property
    def top(self) -> int:
        """The most points to be had."""
        return max(self.points) if self.points else self.high

    def points_of(self, answer: int) -> int:
        """Return what an answer counts for."""
        if self.points:
            return self.points[answer - self.low]
        return self.low + self.high - answer if self.reversed else answer

    def _check_lists(self) -> None:
        if self.points and len(self.points) != self.spread:
            raise BadInput(
                f"item {self.id!r} must have points for each of its {self.spread} answers"
            )
        if self.points and self.reversed:
            raise BadInput(f"item {self.id!r} can't have points of its own and be reversed")
        if self.answers and len(self.answers) != self.spread:
            raise BadInput(
                f"item {self.id!r} must have words for each of its {self.spread} answers"
            )
        if self.ends and len(self.ends) != 2:
            raise BadInput(f"item {self.id!r} has two ends, each with its words")


class Kind(StrEnum):
    """What kind of thing is filled in."""

    QUESTIONS = "questions"
    OWN_ACTIVITIES = "own_activities"  # the person writes the items in their own words
    TIMED = "timed"  # something is done against a clock, and counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One scale lies in a range, both ends in it."""

    scale: str
    least: float = float("-inf")
    most: float = float("inf")


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group that several scales together put a person in; the first that fits counts."""

    id: str
    when: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence:
    """Who owns the wording and on what terms; `ships` says whether it comes with us."""

    holder: str = ""
    terms: str = ""
    notice: str = ""
    link: str = ""
    ships: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueSet:
    """What a country's people say that each health state is worth; 1 is full health."""

    id: str
    values: Mapping[str, float]

    def __post_init__(self) -> None:
        wanted = {"".join(state) for state in product("12345", repeat=5)}
        if set(self.values) != wanted:
            raise BadInput(f"value set {self.id!r} must hold each of the 3125 states once")
        if any(not -2 <= value <= 1 for value in self.values.values()):
            raise BadInput(f"value set {self.id!r} has a value outside -2 to 1")
        if self.values["11111"] != max(self.values.values()):
            raise BadInput(f"value set {self.id!r} doesn't put full health first")


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """What a person can be asked to fill in, and all that is needed to score it.

    The first scale is the one that is meant by "the score". `not_asked` are items that are
    left out here on purpose; a scale that needs one of them has no score.
    """

    id: str
    version: str
    items: tuple[Item, ...]
    scales: tuple[Scale, ...]
    kind: Kind = Kind.QUESTIONS
    title: str = ""
    lead: str = ""
    url: str = ""
    groups: tuple[Group, ...] = ()
    licence: Licence = field(default_factory=Licence)
    value_set: ValueSet | None = None
    not_asked: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if not ID.fullmatch(self.id) or len(self.id) > ID_CHARACTERS:
            raise BadInput(f"an instrument can't be called {self.id[:60]!r}: use a-z, 0-9 and -")
        if not VERSION.fullmatch(self.version):
            raise BadInput(f"{self.version[:40]!r} is not a version such as 1.0")
        if not 1 <= len(self.items) <= ITEMS_TOP:
            raise BadInput(f"an instrument has 1 to {ITEMS_TOP} items")
        if not self.scales:
            raise BadInput(f"instrument {self.id!r} has no scale, so it can't be scored")
        _refuse_twins("item", [one.id for one in self.items])
        _refuse_twins("scale", [one.id for one in self.scales])
        self._check_scales()
        self._check_groups()

    @property
    def main(self) -> Scale:
        """The scale that is meant by "the score"."""
        return self.scales[0]

    @property
    def asked(self) -> tuple[Item, ...]:
        """The items that are asked here."""
        return tuple(one for one in self.items if one.id not in self.not_asked)

    def item(self, id: str) -> Item:
        """Return an item by id; BadInput where there is none."""
        found = next((one for one in self.items if one.id == id), None)
        if found is None:
            raise BadInput(f"{self.id} has no item called {id[:40]!r}")
        return found

    def scale(self, id: str) -> Scale:
        """Return a scale by id; BadInput where there is none."""
        found = next((one for one in self.scales if one.id == id), None)
        if found is None:
            raise BadInput(f"{self.id} has no scale called {id[:40]!r}")
        return found

    def top_of(self, scale: Scale) -> Fraction:
        """Return the most points to be had on a scale."""
        return Fraction(sum(self.item(one).top for one in scale.items))

    def _check_scales(self) -> None:
        known = {one.id for one in self.items}
        for scale in self.scales:
            if unknown := [one for one in scale.items if one not in known]:
                raise BadInput(f"scale {scale.id!r} names an item that isn't there: {unknown[0]!r}")
            if scale.method is Method.PERCENT and self.top_of(scale) <= 0:
                raise BadInput(f"scale {scale.id!r} has no points to be had")
        if lost := self.not_asked - known:
            raise BadInput(f"no item is called {min(lost)!r}")

    def _check_groups(self) -> None:
        known = {one.id for one in self.scales}
        named = {each.scale for group in self.groups for each in group.when}
        if lost := named - known:
            raise BadInput(f"a group names a scale that isn't there: {min(lost)!r}")


def without_self_harm(instrument: Instrument) -> Instrument:
    """Leave out the items about self-harm, for a place where nobody reads the answers."""
    left_out = {one.id for one in instrument.items if one.self_harm}
    return replace(instrument, not_asked=instrument.not_asked | left_out)


def _refuse_twins(what: str, ids: list[str]) -> None:
    if twins := {one for one in ids if ids.count(one) > 1}:
        raise BadInput(f"two {what}s are called {min(twins)!r}")
