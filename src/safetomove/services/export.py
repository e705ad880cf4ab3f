"""Hand a person all that is kept about them."""

import json
from datetime import date
from typing import Any
from uuid import UUID

from safetomove.core.diary import write_csv, write_json
from safetomove.records.mappers import check_in_to_json, open_check_in, open_json
from safetomove.records.models import CheckInHistory, FileHistory
from safetomove.records.person_file import recheck_to_json, safety_to_json
from safetomove.records.sealing import Sealed
from safetomove.services import documents
from safetomove.services.clinic import looks, my_messages, sharing
from safetomove.services.documents import Document, Kind
from safetomove.services.holding import FILE_HISTORY, Held, look, whole_diary

FORMAT = "safe-to-move 1"


def export_csv(*, person: UUID) -> str:
    """Return the whole diary as CSV; reading it back gives the same diary."""
    return write_csv(whole_diary(look(person)))


def export_json(*, person: UUID) -> str:
    """Return everything as JSON: diary, plans, safety answers and what was changed.

    The list under `diary` can be brought in again as a diary file of its own.
    """
    held = look(person)
    file = held.file
    data = {
        "format": FORMAT,
        "zone": file.zone,
        "diary": json.loads(write_json(whole_diary(held))),
        "plans": [plan.to_json() for plan in file.plans],
        "safety": None if file.safety is None else safety_to_json(file.safety),
        "recheck": None if file.recheck is None else recheck_to_json(file.recheck),
        "choices": dict(file.choices),
        "documents": [_as_told(one) for one in documents.read_all(held, *Kind)],
        "amended_days": _amended_days(held),
        "earlier_documents": [_as_told(one) for one in documents.history(held)],
        "history": _history(held),
        "clinics": _clinics(person),
    }
    return json.dumps(data, ensure_ascii=False, indent=1)


def _as_told(one: Document) -> dict[str, Any]:
    return {
        "kind": one.kind.value,
        "name": one.name,
        "version": one.version,
        "written_at": one.written_at.isoformat(),
        "says": one.data,
    }


def _amended_days(held: Held) -> list[dict[str, Any]]:
    rows = CheckInHistory.objects.filter(person_id=held.person).order_by("local_day", "version")
    return [
        {
            "date": str(row.local_day),
            "version": row.version,
            "written_at": row.written_at.isoformat(),
            "was": _was(held, row.sealed, day=row.local_day, version=row.version),
        }
        for row in rows
    ]


def _was(held: Held, sealed: Sealed, *, day: date, version: int) -> dict[str, Any]:
    return check_in_to_json(open_check_in(sealed, seal=held.seal, day=day, version=version))


def _clinics(person: UUID) -> dict[str, Any]:
    """Say where the person is a patient, what they turned on or off, and who looked."""
    return {
        "joined": [
            {
                "clinic": each.name,
                "joined_at": each.joined_at and each.joined_at.isoformat(),
                "shares": sorted(each.shares),
                "discharged": each.discharged,
            }
            for each in sharing.clinics_of_person(person)
        ],
        "said": [
            {"clinic": each.clinic, "item": each.item, "shares": each.shares, "at": str(each.at)}
            for each in sharing.switches(person)
        ],
        "messages": [
            {"clinic": thread.name, "from": each.side, "words": each.words, "at": str(each.at)}
            for thread in my_messages.everything_of(person)
            for each in thread.messages
        ],
        "looked": [
            {"who": each.who, "clinic": each.clinic, "what": each.verb, "at": str(each.at)}
            for each in looks.every_look(person)
        ],
    }


def _history(held: Held) -> list[dict[str, Any]]:
    rows = FileHistory.objects.filter(person_id=held.person).order_by("written_at", "id")
    return [
        {
            "written_at": row.written_at.isoformat(),
            **open_json(row.sealed, seal=held.seal, what=FILE_HISTORY),
        }
        for row in rows
    ]
