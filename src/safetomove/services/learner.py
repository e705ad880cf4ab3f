"""Gather what the next lesson may follow: lessons read, beliefs, the map, two weeks of diary."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from safetomove.core.beliefs import BeliefAnswers
from safetomove.core.contributors import PainMap
from safetomove.core.diary import CheckIn
from safetomove.services import documents
from safetomove.services.documents import Document, Kind
from safetomove.services.holding import days_kept, look
from safetomove.services.lesson_notes import LessonNotes, notes_from_json
from safetomove.services.people import local_day

RECENT = timedelta(days=14)


@dataclass(frozen=True, slots=True, kw_only=True)
class Learner:
    """What is known of somebody who comes to learn; everything may be missing."""

    notes: dict[str, LessonNotes] = field(default_factory=dict)  # by lesson
    beliefs: tuple[BeliefAnswers, ...] = ()  # the first day first
    about: PainMap = field(default_factory=PainMap)
    recent: tuple[CheckIn, ...] = ()
    today: date | None = None


def learner_of(*, person: UUID, now: datetime) -> Learner:
    """Return all of it: three queries."""
    held = look(person)
    today = local_day(now=now, zone=held.file.zone)
    kept = documents.read_all(held, Kind.LESSONS, Kind.BELIEFS, Kind.MAP)
    return Learner(
        notes={one.name: notes_from_json(one.data) for one in _of(kept, Kind.LESSONS)},
        beliefs=tuple(_answers(one) for one in _of(kept, Kind.BELIEFS)),
        about=next((PainMap.from_json(one.data) for one in _of(kept, Kind.MAP)), PainMap()),
        recent=days_kept(held, after=today - RECENT, until=today),
        today=today,
    )


def _of(kept: Iterable[Document], kind: Kind) -> tuple[Document, ...]:
    return tuple(one for one in kept if one.kind is kind)


def _answers(one: Document) -> BeliefAnswers:
    return BeliefAnswers.from_json(one.data, given_on=date.fromisoformat(one.name))
