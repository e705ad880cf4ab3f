"""Between sealed bytes and core values. Only this module and `person_file` know the format."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from safetomove.core.diary import CheckIn
from safetomove.core.diary.check_in import LIMITS
from safetomove.records.person_file import Json, PersonFile, file_from_json, file_to_json
from safetomove.records.sealing import Seal, Sealed

PAD_TO = 64  # bytes: the length of what is kept then says little about what was answered
_ANSWERS = (*LIMITS, "flare")
_PARTS = ("done", "planned", "extra")


def seal_file(file: PersonFile, *, seal: Seal, version: int) -> bytes:
    """Seal a person's file; the version is bound in."""
    return seal_json(file_to_json(file), seal=seal, what=f"file v{version}")


def open_file(sealed: Sealed, *, seal: Seal, version: int) -> PersonFile:
    """Return the file that `seal_file` sealed."""
    return file_from_json(open_json(sealed, seal=seal, what=f"file v{version}"))


def seal_check_in(check_in: CheckIn, *, seal: Seal, version: int) -> bytes:
    """Seal a day; the date and the version are bound in, and stand nowhere in the bytes."""
    what = f"day {check_in.day} v{version}"
    return seal_json(check_in_to_json(check_in), seal=seal, what=what)


def open_check_in(sealed: Sealed, *, seal: Seal, day: date, version: int) -> CheckIn:
    """Return the day that `seal_check_in` sealed."""
    return check_in_from_json(open_json(sealed, seal=seal, what=f"day {day} v{version}"), day=day)


def seal_json(data: Mapping[str, Any], *, seal: Seal, what: str) -> bytes:
    """Seal plain values as compact JSON, padded with blanks."""
    text = json.dumps(data, separators=(",", ":")).encode("ascii")
    return seal.seal(text.ljust(-(-len(text) // PAD_TO) * PAD_TO), what=what)


def open_json(sealed: Sealed, *, seal: Seal, what: str) -> Json:
    """Return the plain values that `seal_json` sealed."""
    data: Json = json.loads(seal.open(sealed, what=what))
    return data


def check_in_to_json(check_in: CheckIn) -> Json:
    """Return a day without its date; what was not answered is left out."""
    data = {name: getattr(check_in, name) for name in _ANSWERS}
    data = {name: value for name, value in data.items() if value is not None}
    if check_in.note:
        data["note"] = check_in.note
    return data | {part: dict(held) for part in _PARTS if (held := getattr(check_in, part))}


def check_in_from_json(data: Json, *, day: date) -> CheckIn:
    """Read what `check_in_to_json` wrote."""
    return CheckIn(day=day, **data)
