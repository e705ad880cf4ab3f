"""Answer a repeated request of the staff as it was answered the first time."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from safetomove.records.mappers import open_json, seal_json
from safetomove.records.models import ClinicWriteKey
from safetomove.services.clinic.holding import HeldClinic, hold
from safetomove.services.clinic.staff import Desk
from safetomove.services.refusals import BadKey, KeyReused

_KEY = re.compile(r"[A-Za-z0-9_-]{1,64}")

Body = Mapping[str, Any]


def once(
    at: Desk, client_key: str, body: Body, write: Callable[[], dict[str, Any]], *, now: datetime
) -> dict[str, Any]:
    """Write in one transaction with the clinic held, or return what was answered before.

    KeyReused where the same key comes with another body; nothing of it is kept.
    """
    with transaction.atomic():
        hold(at.held.clinic)
        before = answered_before(at.held, client_key, body)
        if before is not None:
            return before
        answer = write()
        remember(at.held, client_key, body, answer, now=now)
    return answer


def answered_before(held: HeldClinic, client_key: str, body: Body) -> dict[str, Any] | None:
    """Return the first answer to this key, or None; KeyReused where the body differs."""
    if not _KEY.fullmatch(client_key):
        raise BadKey("a client key is 1 to 64 letters, digits, - or _")
    row = ClinicWriteKey.objects.filter(clinic_id=held.clinic, client_key=client_key).first()
    if row is None:
        return None
    if bytes(row.digest) != _digest(held, body):
        raise KeyReused("this was sent before with other answers; please send it as new")
    return open_json(row.answer, seal=held.seal, what=f"answer {client_key}")


def remember(
    held: HeldClinic, client_key: str, body: Body, answer: dict[str, Any], *, now: datetime
) -> None:
    """Keep the answer for whoever sends the same again; call it in the same transaction."""
    ClinicWriteKey.objects.create(
        clinic_id=held.clinic,
        client_key=client_key,
        digest=_digest(held, body),
        answer=seal_json(answer, seal=held.seal, what=f"answer {client_key}"),
        written_at=now,
    )


def _digest(held: HeldClinic, body: Body) -> bytes:
    text = json.dumps(body, sort_keys=True, separators=(",", ":"), default=str)
    return held.seal.digest(text.encode())
