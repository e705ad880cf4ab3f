"""Keep what people answer to measures, for ever and as answered; scores are made on reading.

Staff may enter a paper form for a person, so nothing here asks who is at the keyboard: the
caller says by whom. A taking is never written over. One entered by mistake is marked so, and
still kept.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import transaction

from safetomove.core.errors import BadInput
from safetomove.core.measures import (
    Answers,
    Instrument,
    NotScorable,
    Reason,
    Score,
    check_answers,
    raises_crisis,
    score,
)
from safetomove.core.record import Recheck, RecheckReason
from safetomove.core.safety import NoteCard, scan_note
from safetomove.records.sealing import Seal
from safetomove.services import audit, documents, instruments, once
from safetomove.services.audit import Verb
from safetomove.services.documents import Document, Kind
from safetomove.services.holding import Held, hold, keep, look
from safetomove.services.measure_asks import (
    Asked,
    Occasion,
    ask,
    asked_of,
    meet,
    take_back,
    waiting,
)
from safetomove.services.people import local_day
from safetomove.services.rechecks import both

SHAPE: Final = 1

__all__ = [
    "Asked",
    "NoSuchMeasure",
    "Occasion",
    "Taken",
    "ask",
    "asked_of",
    "before_and_after",
    "by_instrument",
    "measures_of",
    "measures_of_many",
    "read_measures",
    "record",
    "take_back",
    "taken",
    "taken_from",
    "to_keep",
    "waiting",
    "withdraw",
]


class NoSuchMeasure(BadInput):
    """Nothing is kept under this name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """One filling-in: what was answered, and what it comes to by the rule as it is now.

    `cards` are for the safety cards that the answers raise: they come before all else.
    """

    name: str
    instrument: str
    version: str
    title: str
    day: date
    label: Occasion
    result: Score | NotScorable
    by: str
    written_at: datetime
    withdrawn: bool = False
    cards: tuple[NoteCard, ...] = ()
    answers: Answers = field(repr=False)  # what a traceback shows may end up in a log


def record(
    *,
    person: UUID,
    instrument: str,
    answers: Answers,
    client_key: str,
    now: datetime,
    by: str = audit.SELF,
    label: Occasion | None = None,
    day: date | None = None,
) -> Taken:
    """Keep one filling-in of an instrument that is offered here.

    Without a label it takes that of the oldest request for this instrument, which it meets.
    `day` is for a paper form of an earlier day. The same key again returns the first answer.
    Refuses with BadInput for what the instrument can't take, or a day still to come.
    """
    asked = instruments.offered(instrument)
    check_answers(asked, answers)
    if not answers.values:
        raise BadInput("answer at least one of the questions")
    with transaction.atomic():
        held = hold(person)
        body = _body(instrument, answers, label, day)
        if before := once.answered_before(held, client_key, body):
            return taken(held, before["name"])
        data = _told(held, asked, answers, label=label, day=day, by=by, now=now)
        name = uuid4().hex
        documents.put(held, Kind.MEASURE, data, now=now, name=name)
        held = _hold_back(held, _cards(asked, answers), now=now)
        meet(held, instrument, Occasion(data["label"]))
        once.remember(held, client_key, body, {"name": name}, now=now)
        audit.note(person, Verb.MEASURE_TAKEN, now=now, actor=by)
        return taken(held, name)


def withdraw(*, person: UUID, name: str, now: datetime, by: str = audit.SELF) -> Taken:
    """Mark a filling-in as entered by mistake; its answers stay kept."""
    with transaction.atomic():
        held = hold(person)
        kept = _find(held, name)
        data = {**kept.data, "withdrawn_by": by}
        documents.put(held, Kind.MEASURE, data, now=now, name=name)
        audit.note(person, Verb.MEASURE_WITHDRAWN, now=now, actor=by)
        return taken(held, name)


def read_measures(held: Held) -> tuple[Taken, ...]:
    """Return every filling-in that stands, the oldest day first: one query."""
    return _standing(documents.read_all(held, Kind.MEASURE))


def measures_of_many(seals: Mapping[UUID, Seal]) -> dict[UUID, tuple[Taken, ...]]:
    """Return every filling-in that stands of many people, by person: one query."""
    kept = documents.read_many(seals, Kind.MEASURE)
    return {person: _standing(every) for person, every in kept.items()}


def measures_of(person: UUID) -> tuple[Taken, ...]:
    """Return every filling-in of a person that stands: two queries."""
    return read_measures(look(person))


def taken(held: Held, name: str) -> Taken:
    """Return one filling-in; NoSuchMeasure where there is none."""
    return _taken(_find(held, name))


def by_instrument(every: Iterable[Taken]) -> Mapping[str, tuple[Taken, ...]]:
    """Part filled-in measures by instrument, each in the order given."""
    found: dict[str, tuple[Taken, ...]] = {}
    for one in every:
        found[one.instrument] = (*found.get(one.instrument, ()), one)
    return found


def before_and_after(every: Iterable[Taken]) -> tuple[Taken, Taken] | None:
    """Return the first and the last of a course, or else the earliest and the latest taken."""
    ordered = sorted(every, key=_when)
    if len(ordered) < 2:
        return None
    first = next((one for one in ordered if one.label is Occasion.FIRST), ordered[0])
    last = next((one for one in reversed(ordered) if one.label is Occasion.LAST), ordered[-1])
    return (first, last) if _when(first) < _when(last) else None


def _standing(every: Iterable[Document]) -> tuple[Taken, ...]:
    found = map(_taken, every)
    return tuple(sorted((one for one in found if not one.withdrawn), key=_when))


def _told(
    held: Held,
    asked: Instrument,
    answers: Answers,
    *,
    label: Occasion | None,
    day: date | None,
    by: str,
    now: datetime,
) -> dict[str, Any]:
    today = local_day(now=now, zone=held.file.zone)
    wanted = [one.label for one in asked_of(held) if one.instrument == asked.id]
    meant = label or next(iter(wanted), Occasion.OTHER)
    return to_keep(asked, answers, label=meant, day=day or today, today=today, by=by)


def to_keep(
    asked: Instrument, answers: Answers, *, label: Occasion, day: date, today: date, by: str
) -> dict[str, Any]:
    """Return a filling-in as it is kept; BadInput for a day still to come."""
    if day > today:
        raise BadInput("a measure can't have been filled in on a day that is still to come")
    return {
        "shape": SHAPE,
        "instrument": asked.id,
        "version": asked.version,
        "title": asked.title,
        "day": day.isoformat(),
        "label": label.value,
        "not_asked": sorted(asked.not_asked),
        "by": by,
        **answers.to_json(),
    }


def _body(
    instrument: str, answers: Answers, label: Occasion | None, day: date | None
) -> dict[str, Any]:
    when = None if day is None else day.isoformat()
    return {"instrument": instrument, "label": label, "day": when, **answers.to_json()}


def _taken(one: Document) -> Taken:
    return taken_from(one.data, name=one.name, written_at=one.written_at)


def taken_from(data: Mapping[str, Any], *, name: str, written_at: datetime) -> Taken:
    """Read a filling-in as it was kept, and score it by the rule as it is now."""
    if data.get("shape") != SHAPE:
        raise BadInput(f"a measure of shape {data.get('shape')!r} is not known here")
    answers = Answers.from_json(data)
    known = instruments.for_scoring(data["instrument"], data["version"])
    return Taken(
        name=name,
        instrument=data["instrument"],
        version=data["version"],
        title=data["title"],
        day=date.fromisoformat(data["day"]),
        label=Occasion(data["label"]),
        result=_result(known, data, answers),
        by=data["by"],
        written_at=written_at,
        withdrawn="withdrawn_by" in data,
        cards=_cards(known, answers),
        answers=answers,
    )


def _result(
    known: Instrument | None, data: Mapping[str, Any], answers: Answers
) -> Score | NotScorable:
    if known is None:
        return NotScorable(
            instrument=data["instrument"],
            version=data["version"],
            scale="",
            reason=Reason.NOT_HERE,
            answered=len(answers.values),
        )
    return score(replace(known, not_asked=frozenset(data["not_asked"])), answers)


def _cards(known: Instrument | None, answers: Answers) -> tuple[NoteCard, ...]:
    """Name the cards raised by an answer about self-harm, or by the person's own words."""
    crisis = known is not None and raises_crisis(known, answers)
    raised = [NoteCard.SUICIDALITY] if crisis else []
    worded = [card for words in answers.words.values() for card in scan_note(words)]
    return tuple(dict.fromkeys([*raised, *worded]))


def _hold_back(held: Held, cards: tuple[NoteCard, ...], *, now: datetime) -> Held:
    """Call for the safety questions before the next dose, as after a worrying note."""
    if not cards:
        return held
    since = local_day(now=now, zone=held.file.zone)
    told = Recheck(reason=RecheckReason.WORRYING_NOTE, since=since, cards=cards)
    return keep(held, recheck=both(held.file.recheck, told))


def _find(held: Held, name: str) -> Document:
    kept = documents.read(held, Kind.MEASURE, name)
    if kept is None:
        raise NoSuchMeasure("this measure is not kept here")
    return kept


def _when(one: Taken) -> tuple[date, datetime, str]:
    return one.day, one.written_at, one.name
