"""Keep what a person holds true about their back, one document a day that they answer."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from safetomove.core.beliefs import Belief, BeliefAnswers
from safetomove.services import audit, documents
from safetomove.services.audit import Verb
from safetomove.services.documents import Kind
from safetomove.services.holding import Held, hold, look
from safetomove.services.people import local_day


def beliefs_of(person: UUID) -> tuple[BeliefAnswers, ...]:
    """Return every day's answers, the first day first: two queries."""
    return _all(look(person))


def save_beliefs(
    *, person: UUID, scores: Mapping[Belief, float], now: datetime
) -> tuple[BeliefAnswers, ...]:
    """Keep today's answers and return all; a second time on one day takes the first's place.

    Refuses with BadInput where nothing was answered, or an answer is off the scale.
    """
    with transaction.atomic():
        held = hold(person)
        today = local_day(now=now, zone=held.file.zone)
        answers = BeliefAnswers(given_on=today, scores=scores)
        documents.put(held, Kind.BELIEFS, answers.to_json(), now=now, name=today.isoformat())
        audit.note(person, Verb.BELIEFS_ANSWERED, now=now)
        return _all(held)


def _all(held: Held) -> tuple[BeliefAnswers, ...]:
    return tuple(
        BeliefAnswers.from_json(one.data, given_on=date.fromisoformat(one.name))
        for one in documents.read_all(held, Kind.BELIEFS)
    )
