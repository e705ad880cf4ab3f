"""Keep the map of what turns a person's pain up and down."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from safetomove.core.contributors import PainMap
from safetomove.services import audit, documents
from safetomove.services.audit import Verb
from safetomove.services.documents import Kind
from safetomove.services.holding import Held, hold, look


def map_of(person: UUID) -> PainMap:
    """Return the map as it stands, empty if there is none: two queries."""
    return map_in(look(person))


def map_in(held: Held) -> PainMap:
    """Return the map of a person whose file is open already: one query."""
    kept = documents.read(held, Kind.MAP)
    return PainMap() if kept is None else PainMap.from_json(kept.data)


def save_map(*, person: UUID, about: PainMap, now: datetime) -> None:
    """Put a map in the place of the one before, which stays in history."""
    with transaction.atomic():
        documents.put(hold(person), Kind.MAP, about.to_json(), now=now)
        audit.note(person, Verb.MAP_CHANGED, now=now)
