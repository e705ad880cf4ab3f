"""The instruments of this site: ours, and those that it loaded with a licence of its own.

Each lies in the folder `instruments` of the site's data as one file, written whole or not at
all. A version is never changed once loaded, for what people answered was asked in its words.
"""

import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from safetomove.content import instrument_files
from safetomove.content.instrument_rules import BadInstrument, all_rules
from safetomove.core.measures import Instrument, ValueSet, without_self_harm

FOLDER: Final = "instruments"
VALUE_SET: Final = "value-set.csv"
WITH_VALUES: Final = "eq5d5l"


__all__ = [
    "BadInstrument",
    "every",
    "load",
    "loaded",
    "offered",
    "preview",
    "remove",
    "self_harm_reader",
    "value_set",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """An instrument that this site loaded, when, and by whom; empty where nobody was named."""

    instrument: Instrument
    loaded_at: datetime
    by: str = ""


def self_harm_reader() -> str:
    """Say who reads answers about self-harm here, and when; empty where nobody does."""
    return str(getattr(settings, "SELF_HARM_READER", "")).strip()


def every() -> Mapping[str, Instrument]:
    """Return what can be filled in here, by id: ours, then the newest of each loaded one."""
    newest = {one.instrument.id: one.instrument for one in loaded()}
    return {id: _as_asked(one) for id, one in {**instrument_files.shipped(), **newest}.items()}


def offered(id: str) -> Instrument:
    """Return an instrument as it is asked here; BadInstrument where there is none.

    Where nobody is named to read them, questions about self-harm are left out.
    """
    found = every().get(id)
    if found is None:
        raise BadInstrument(f"no measure called {id[:60]!r} can be filled in here")
    return found


def for_scoring(id: str, version: str) -> Instrument | None:
    """Return the instrument that answers were given to, or None where it is known no more.

    Without the words of that version, its rules alone still score the answers.
    """
    known = [*instrument_files.shipped().values(), *(one.instrument for one in loaded())]
    for one in known:
        if (one.id, one.version) == (id, version):
            return _with_values(one)
    rules = all_rules().get(id)
    return None if rules is None else _with_values(replace(rules.instrument, version=version))


def loaded() -> tuple[Loaded, ...]:
    """Return what this site loaded, the oldest first."""
    found = (_read(str(path), path.stat().st_mtime_ns) for path in sorted(folder().glob("*.json")))
    return tuple(sorted(found, key=lambda one: one.loaded_at))


def preview(data: bytes, *, name: str, rules: str = "") -> Instrument:
    """Read a site's file as `load` would, and load nothing.

    Refuses with BadInstrument in one sentence. A value set comes with its instrument.
    """
    if name.endswith(".csv"):
        values = instrument_files.read_value_set(data, name)
        return replace(all_rules()[WITH_VALUES].instrument, value_set=values)
    table = instrument_files.table_of(data, name, rules=rules)
    instrument = instrument_files.read_table(table, name, rules=rules)
    _refuse_other_words(instrument, {**table, "rules": table.get("rules") or rules})
    return instrument


def value_set() -> ValueSet | None:
    """Return the country's table that this site loaded, if there is one."""
    return _with_values(all_rules()[WITH_VALUES].instrument).value_set


def load(data: bytes, *, name: str, now: datetime, rules: str = "", by: str = "") -> Instrument:
    """Take a site's file: FHIR Questionnaire, our TOML, or the table of a value set.

    `by` names who said that the site may use it. Refuses with BadInstrument in one sentence,
    and then nothing is loaded.
    """
    if name.endswith(".csv"):
        return _load_values(data, name)
    table = instrument_files.table_of(data, name, rules=rules)
    instrument = instrument_files.read_table(table, name, rules=rules)
    whole = {**table, "rules": table.get("rules") or rules}
    path = _refuse_other_words(instrument, whole)
    if not path.is_file():
        kept = {"loaded_at": now.isoformat(), "by": by, "table": whole}
        _write(path, json.dumps(kept).encode())
    return instrument


def remove(id: str) -> int:
    """Take a loaded instrument's words away, as when a licence ends; return how many versions.

    Answers stay, and the rules still score them.
    """
    paths = [one for one in folder().glob("*.json") if one.name.split("_")[0] == id]
    for path in paths:
        path.unlink()
    return len(paths)


def folder() -> Path:
    """Return where this site keeps what it loaded."""
    return Path(settings.DATA_FOLDER) / FOLDER


def _refuse_other_words(instrument: Instrument, table: Mapping[str, Any]) -> Path:
    """Return where a version lies or would lie, unless it is there with other words."""
    path = folder() / f"{instrument.id}_{instrument.version}.json"
    if path.is_file() and json.loads(path.read_text("utf-8"))["table"] != table:
        raise BadInstrument(
            f"version {instrument.version} of {instrument.id} is here with other words; "
            "give these another version"
        )
    return path


def _load_values(data: bytes, name: str) -> Instrument:
    instrument_files.read_value_set(data, name)
    _write(folder() / VALUE_SET, data)
    found = _with_values(all_rules()[WITH_VALUES].instrument)
    return next((one.instrument for one in loaded() if one.instrument.id == WITH_VALUES), found)


def _write(path: Path, data: bytes) -> None:
    """Write a file so that a reader, or a power cut, finds the old one or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


@lru_cache(maxsize=256)
def _read(path: str, _changed: int) -> Loaded:
    kept: dict[str, Any] = json.loads(Path(path).read_text("utf-8"))
    instrument = instrument_files.read_table(kept["table"], Path(path).name)
    return Loaded(
        instrument=instrument,
        loaded_at=datetime.fromisoformat(kept["loaded_at"]),
        by=kept.get("by", ""),
    )


def _as_asked(instrument: Instrument) -> Instrument:
    asked = instrument if self_harm_reader() else without_self_harm(instrument)
    return _with_values(asked)


def _with_values(instrument: Instrument) -> Instrument:
    path = folder() / VALUE_SET
    if instrument.id != WITH_VALUES or not path.is_file():
        return instrument
    return replace(instrument, value_set=_values(str(path), path.stat().st_mtime_ns))


@lru_cache(maxsize=2)
def _values(path: str, _changed: int) -> ValueSet:
    return instrument_files.read_value_set(Path(path).read_bytes(), path)
