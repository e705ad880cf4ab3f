"""Gather a person's own guide: what they told us of themselves, all at once."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, TypeVar
from uuid import UUID

from safetomove.core.beliefs import BeliefAnswers
from safetomove.core.contributors import PainMap
from safetomove.core.errors import BadInput
from safetomove.core.flare import FlarePlan
from safetomove.services import documents
from safetomove.services.documents import Document, Kind
from safetomove.services.experiments import KeptResult, kept_result
from safetomove.services.holding import look
from safetomove.services.lesson_notes import LessonNotes, notes_from_json
from safetomove.services.today import Today, review_today

T = TypeVar("T")

_KINDS: Final = (Kind.BELIEFS, Kind.EXPERIMENT, Kind.FLARE_PLAN, Kind.LESSONS, Kind.MAP)
_UNREADABLE: Final = (BadInput, AttributeError, KeyError, TypeError, ValueError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """All that a guide may show; any part may be empty.

    `left_out` says that something is kept which can't be read here, as a later version wrote it.
    """

    today: Today = field(repr=False)  # what a traceback shows may end up in a log
    notes: dict[str, LessonNotes] = field(default_factory=dict, repr=False)  # by lesson
    beliefs: tuple[BeliefAnswers, ...] = ()  # the first day first
    about: PainMap = field(default_factory=PainMap, repr=False)
    flare_plan: FlarePlan = field(default_factory=FlarePlan, repr=False)
    found: tuple[KeptResult, ...] = ()  # experiments that ended, the newest first
    left_out: bool = False


def guide_of(*, person: UUID, now: datetime) -> Guide:
    """Return all of it: four queries, however much there is."""
    today = review_today(person=person, now=now)
    kept = documents.read_all(look(person), *_KINDS)
    notes = _read(kept, Kind.LESSONS, lambda one: (one.name, notes_from_json(one.data)))
    beliefs = _read(kept, Kind.BELIEFS, _answers)
    maps = _read(kept, Kind.MAP, lambda one: PainMap.from_json(one.data))
    plans = _read(kept, Kind.FLARE_PLAN, lambda one: FlarePlan.from_json(one.data))
    tests = _read(kept, Kind.EXPERIMENT, kept_result)
    count = sum(len(each) for each in (notes, beliefs, maps, plans, tests))
    return Guide(
        today=today,
        notes=dict(notes),
        beliefs=tuple(beliefs),
        about=next(iter(maps), PainMap()),
        flare_plan=next(iter(plans), FlarePlan()),
        found=_ended(tests),
        left_out=count < len(kept),
    )


def _read(kept: Iterable[Document], kind: Kind, read: Callable[[Document], T]) -> list[T]:
    """Read the documents of one kind; one that can't be read never costs the others."""
    found = []
    for one in kept:
        if one.kind is kind:
            with suppress(*_UNREADABLE):
                found.append(read(one))
    return found


def _answers(one: Document) -> BeliefAnswers:
    return BeliefAnswers.from_json(one.data, given_on=date.fromisoformat(one.name))


def _ended(tests: Iterable[KeptResult]) -> tuple[KeptResult, ...]:
    over = [one for one in tests if one.experiment.ended is not None]
    return tuple(sorted(over, key=lambda one: one.experiment.design.first_day, reverse=True))
