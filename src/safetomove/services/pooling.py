"""Share what a finished experiment came to, take it back, and read what all of them say.

A share lies sealed in the person's own record, like everything else of theirs: nothing is
copied out. What all say is worked out afresh each time, from those who share now, so taking
one back or leaving takes it out at once.
"""

from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from safetomove.core.errors import BadInput
from safetomove.core.experiments import READY, Experiment, Pooled, Question, Share, pool, share_of
from safetomove.records.models import DocumentRow
from safetomove.records.sealing import SealBroken
from safetomove.services import audit, documents
from safetomove.services.audit import Verb
from safetomove.services.documents import Kind
from safetomove.services.experiments import KeptResult, NoSuchExperiment, kept_result
from safetomove.services.holding import Held, hold, look
from safetomove.services.refusals import NoSuchPerson

SHOWN_FROM: Final = 8  # people: fewer could point to one of them
STEP: Final = 4  # people taken in at a time, so that what one newcomer changed can't be seen
AGREED_TO: Final = "2026-11-22"  # the words of the page that a share was given under


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A finished experiment that may be shared: all that would be given, and whether it is."""

    experiment: Experiment
    share: Share
    given: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """What those who share say of one ready-made experiment."""

    question: Question
    pooled: Pooled


def offers(*, person: UUID) -> tuple[Offer, ...]:
    """Return the person's experiments that can be shared, the newest first; nothing is written."""
    return _offers(look(person))


def choose(*, person: UUID, ids: Collection[str], now: datetime) -> None:
    """Share the experiments of these ids and no others; again changes nothing.

    Refuses with NoSuchExperiment an id that can't be shared.
    """
    with transaction.atomic():
        held = hold(person)
        known = {one.experiment.id: one for one in _offers(held)}
        if not set(ids) <= known.keys():
            raise NoSuchExperiment("one of these experiments can't be shared")
        given = {one.name for one in documents.read_all(held, Kind.POOLED)}
        for id in sorted(set(ids) - given):
            _give(held, known[id], now=now)
        for id in sorted(given - set(ids)):
            documents.drop(held, Kind.POOLED, id, forget=True)
            audit.note(person, Verb.RESULT_TAKEN_BACK, now=now)


def together() -> tuple[Together, ...]:
    """Return what is said together, of each experiment that enough people share."""
    shares = list(_everyones())
    found = ((one, _counted(one, shares)) for one in READY)
    return tuple(
        Together(question=question, pooled=pool(counted))
        for question, counted in found
        if len(counted) >= SHOWN_FROM
    )


def _offers(held: Held) -> tuple[Offer, ...]:
    kept = documents.read_all(held, Kind.EXPERIMENT, Kind.POOLED)
    given = {one.name for one in kept if one.kind is Kind.POOLED}
    found = []
    for one in kept:
        if one.kind is Kind.EXPERIMENT:
            with suppress(NoSuchExperiment):
                found.append(_offer(kept_result(one), given))
    offered = (one for one in found if one is not None)
    return tuple(sorted(offered, key=lambda one: one.experiment.design.first_day, reverse=True))


def _offer(kept: KeptResult, given: Collection[str]) -> Offer | None:
    share = share_of(kept.experiment, kept.result)
    if share is None:
        return None
    return Offer(experiment=kept.experiment, share=share, given=kept.experiment.id in given)


def _give(held: Held, offer: Offer, *, now: datetime) -> None:
    data = {"agreed_to": AGREED_TO, "share": offer.share.to_json()}
    documents.put(held, Kind.POOLED, data, now=now, name=offer.experiment.id)
    audit.note(held.person, Verb.RESULT_POOLED, now=now)


def _everyones() -> Iterator[tuple[UUID, Share]]:
    """Yield every share in the order given, with whose it is; only this module sees that."""
    rows = DocumentRow.objects.filter(kind=Kind.POOLED).order_by("written_at", "pk")
    order = dict.fromkeys(rows.values_list("person_id", flat=True))
    if len(order) < SHOWN_FROM:
        return
    for person in order:
        # A record that was erased meanwhile, or that can't be opened here, shares nothing.
        with suppress(NoSuchPerson, SealBroken):
            kept = documents.read_all(look(person), Kind.POOLED)
            for one in sorted(kept, key=lambda each: each.written_at):
                with suppress(BadInput, KeyError):
                    yield person, Share.from_json(one.data["share"])


def _counted(question: Question, shares: Collection[tuple[UUID, Share]]) -> list[Share]:
    """Return one share a person, the last given, as many as whole steps take in."""
    each = {person: share for person, share in shares if share.question == question.id}
    counted = list(each.values())
    return counted[: len(counted) - len(counted) % STEP]
