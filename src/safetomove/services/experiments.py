"""Begin an experiment, note whether a day's thing was done, end it, and read what came out.

One runs at a time. Its plan hangs on the person's own key, the question and the first day,
so nobody can draw it again until it pleases. What was done lies in the diary, beside the day.
"""

import hashlib
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from safetomove.core.diary import CheckIn, Diary
from safetomove.core.errors import BadInput
from safetomove.core.experiments import (
    Experiment,
    Noise,
    Question,
    Result,
    Side,
    Standing,
    begin,
    chance_of_finding,
    noise_of,
    standing,
    told,
)
from safetomove.core.experiments.power import OWN_DAYS_BACK
from safetomove.records.person_file import Json
from safetomove.services import audit, documents, once
from safetomove.services.audit import Verb
from safetomove.services.check_in import Saved, save_check_in
from safetomove.services.documents import Document, Kind
from safetomove.services.holding import Held, days_kept, hold, keep, look
from safetomove.services.people import local_day
from safetomove.services.today import Today

CHOICE: Final = "experiment"  # the id of the running one, so that Today asks no more than it must
EFFECTS: Final = (0.5, 1.0)  # points of 10 that chances are told for
_DAY: Final = timedelta(days=1)
_YES_NO: Final = {True: "yes", False: "no"}


class OneAtATime(BadInput):
    """An experiment is running already; two at once would blur each other."""


class NoSuchExperiment(BadInput):
    """The person has no experiment of this id."""


class NotADayOfIt(BadInput):
    """The day lies outside the experiment, or has not begun."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An experiment as it stands on a day, with the diary of its days."""

    experiment: Experiment
    standing: Standing
    today: date
    diary: Diary

    @property
    def running(self) -> bool:
        """Say whether days still ask for something."""
        return self.experiment.ended is None and self.standing.result is None

    @property
    def side(self) -> Side | None:
        """Return what today asks for, if anything."""
        return self.experiment.side_on(self.today) if self.running else None

    def did(self, day: date) -> bool | None:
        """Return whether it was done on a day, where the person said so."""
        return told(self.experiment, self.diary, day)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptResult:
    """An experiment as it was written, with what it came to if it has ended and could say."""

    experiment: Experiment
    result: Result | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Prospect:
    """One length on offer: the chance to find each of `EFFECTS`."""

    days: int
    chances: tuple[float, ...]


def prospects(
    *, person: UUID | None, question: Question, now: datetime
) -> tuple[Noise, tuple[Prospect, ...]]:
    """Say for each length how likely it is to find anything, from the person's own days."""
    held = None if person is None else look(person)
    today = now.date() if held is None else local_day(now=now, zone=held.file.zone)
    back = today - timedelta(days=OWN_DAYS_BACK + 1)
    days = () if held is None else days_kept(held, after=back, until=today)
    noise = noise_of(Diary(days), question.outcome, today=today)
    return noise, tuple(_prospect(question, noise, days=length) for length in question.lengths)


def start(
    *, person: UUID, question: Question, days: int, client_key: str, now: datetime
) -> Experiment:
    """Draw, fix and keep a plan that begins tomorrow; the same key again starts nothing new.

    Refuses with OneAtATime, BadInput, BadKey or KeyReused.
    """
    body = {"experiment": question.id, "name": question.name, "days": days}
    with transaction.atomic():
        held = hold(person)
        answer = once.answered_before(held, client_key, body)
        if answer is not None:
            return Experiment.from_json(answer)
        if held.file.choices.get(CHOICE):
            raise OneAtATime("one experiment at a time: end the one that is running first")
        first = local_day(now=now, zone=held.file.zone) + _DAY
        experiment = _begun(held, question, first_day=first, days=days, client_key=client_key)
        _put(held, experiment, None, now=now)
        keep(held, choices={**held.file.choices, CHOICE: experiment.id})
        once.remember(held, client_key, body, experiment.to_json(), now=now)
        audit.note(person, Verb.EXPERIMENT_BEGUN, now=now)
    return experiment


def note_tried(
    *, person: UUID, id: str, day: date, did: bool, client_key: str, now: datetime
) -> Saved:
    """Note in the diary whether a day's thing was done; refuses with NotADayOfIt."""
    shown = one_of(person=person, id=id, now=now)
    if shown.experiment.side_on(day) is None or day > shown.today:
        raise NotADayOfIt("that day is not a day of this experiment, or has not begun")
    check_in = CheckIn(day=day, extra={shown.experiment.column: _YES_NO[did]})
    return save_check_in(person=person, check_in=check_in, client_key=client_key, now=now)


def end(*, person: UUID, id: str, now: datetime) -> Shown:
    """End an experiment, and keep with it what it came to; again changes nothing."""
    with transaction.atomic():
        held = hold(person)
        shown = _shown(held, _document(held, id), today=local_day(now=now, zone=held.file.zone))
        if shown.experiment.ended is not None:
            return shown
        ended = replace(shown.experiment, ended=shown.today)
        _put(held, ended, shown.standing.result, now=now)
        if held.file.choices.get(CHOICE) == id:
            rest = {name: value for name, value in held.file.choices.items() if name != CHOICE}
            keep(held, choices=rest)
        audit.note(person, Verb.EXPERIMENT_ENDED, now=now)
    return replace(shown, experiment=ended)


def all_of(*, person: UUID, now: datetime) -> tuple[Shown, ...]:
    """Return every experiment as it stands, the newest first."""
    held = look(person)
    today = local_day(now=now, zone=held.file.zone)
    found = []
    for one in documents.read_all(held, Kind.EXPERIMENT):
        with suppress(NoSuchExperiment):
            found.append(_shown(held, one, today=today))
    return tuple(sorted(found, key=lambda one: one.experiment.design.first_day, reverse=True))


def one_of(*, person: UUID, id: str, now: datetime) -> Shown:
    """Return one experiment as it stands; NoSuchExperiment where there is none."""
    held = look(person)
    return _shown(held, _document(held, id), today=local_day(now=now, zone=held.file.zone))


def running(*, person: UUID, today: Today) -> Shown | None:
    """Return what Today shows; no query where the person's choices say that nothing runs."""
    id = today.choices.get(CHOICE)
    if not id:
        return None
    held = look(person)
    with suppress(NoSuchExperiment):  # Today never fails for it
        return _shown(held, _document(held, id), today=today.local_day)
    return None


def kept_result(document: Document) -> KeptResult:
    """Read what is written of an experiment, without its days: no query."""
    data: dict[str, Any] = document.data
    kept = data.get("result")
    result = None if kept is None else Result.from_json(kept)
    return KeptResult(experiment=_read(data), result=result)


def _prospect(question: Question, noise: Noise, *, days: int) -> Prospect:
    design = question.design(first_day=date.min, days=days)
    chances = tuple(chance_of_finding(design, noise, effect=effect) for effect in EFFECTS)
    return Prospect(days=days, chances=chances)


def _read(data: dict[str, Any]) -> Experiment:
    """Read a kept plan; one that was changed, or written by a later version, is as if not there."""
    try:
        return Experiment.from_json(data["experiment"])
    except (BadInput, KeyError, TypeError, ValueError):
        raise NoSuchExperiment("this experiment can't be read here") from None


def _begun(
    held: Held, question: Question, *, first_day: date, days: int, client_key: str
) -> Experiment:
    about = f"experiment {question.id} {question.name} {first_day} {days}"
    seed = int.from_bytes(held.seal.digest(about.encode())[:16], "big")
    id = hashlib.sha256(f"{client_key} {first_day}".encode()).hexdigest()[:16]
    return begin(question, id=id, first_day=first_day, days=days, seed=seed)


def _document(held: Held, id: str) -> Document:
    found = documents.read(held, Kind.EXPERIMENT, id)
    if found is None:
        raise NoSuchExperiment("there is no such experiment here")
    return found


def _put(held: Held, experiment: Experiment, result: Result | None, *, now: datetime) -> None:
    kept: Json = {
        "experiment": experiment.to_json(),
        "result": None if result is None else result.to_json(),
    }
    documents.put(held, Kind.EXPERIMENT, kept, now=now, name=experiment.id)


def _shown(held: Held, document: Document, *, today: date) -> Shown:
    data: dict[str, Any] = document.data
    experiment = _read(data)
    design = experiment.design
    diary = Diary(days_kept(held, after=design.first_day - _DAY, until=design.read_on))
    stands = standing(experiment, diary, today=today)
    if experiment.ended is not None:  # what was read at the end stays, whatever is noted later
        kept = data["result"]
        stands = replace(stands, result=None if kept is None else Result.from_json(kept))
    return Shown(experiment=experiment, standing=stands, today=today, diary=diary)
