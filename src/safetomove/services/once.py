"""Answer a repeated request as it was answered the first time."""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from safetomove.records import statements
from safetomove.records.mappers import open_json, seal_json
from safetomove.services.holding import Held
from safetomove.services.refusals import BadKey, KeyReused

_KEY = re.compile(r"[A-Za-z0-9_-]{1,64}")

Body = Mapping[str, Any]


def answered_before(held: Held, client_key: str, body: Body) -> dict[str, Any] | None:
    """Return the first answer to this key, or None; KeyReused where the body differs."""
    if not _KEY.fullmatch(client_key):
        raise BadKey("a client key is 1 to 64 letters, digits, - or _")
    row = statements.answer_row(held.person, client_key)
    if row is None:
        return None
    if bytes(row[0]) != _digest(held, body):
        raise KeyReused("this was sent before with other answers; please send it as new")
    return open_json(row[1], seal=held.seal, what=f"answer {client_key}")


def remember(
    held: Held, client_key: str, body: Body, answer: dict[str, Any], *, now: datetime
) -> None:
    """Keep the answer for whoever sends the same again."""
    sealed = seal_json(answer, seal=held.seal, what=f"answer {client_key}")
    statements.add_answer(held.person, client_key, _digest(held, body), sealed, now)


def _digest(held: Held, body: Body) -> bytes:
    return held.seal.digest(json.dumps(body, sort_keys=True, separators=(",", ":")).encode())
