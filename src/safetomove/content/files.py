"""Read content files: tables of words, each with its front matter, one language over English."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

from safetomove.content.words import Evidence, FrontMatter
from safetomove.core.errors import CoreError

FALLBACK: Final = "en"
FRONT: Final = tuple(each.name for each in fields(FrontMatter))


class BadContent(CoreError):
    """A content file lacks what it must have; the site should not start with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WordFile:
    """One content file: its front matter, and the rest as nested tables."""

    front: FrontMatter
    body: Mapping[str, object]


def root() -> Traversable:
    """Return the folder that holds the languages and the evidence."""
    return files("safetomove.content")


def parse(text: str, name: str) -> WordFile:
    """Read one file's text; refuse it without whole front matter."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadContent(f"{name} is not TOML: {error}") from None
    absent = [key for key in FRONT if key not in data]
    if absent:
        raise BadContent(f"{name} has no {absent[0]}")
    front = FrontMatter(**{**{key: data[key] for key in FRONT}, "sources": tuple(data["sources"])})
    return WordFile(front=front, body={k: v for k, v in data.items() if k not in FRONT})


def read(language: str, id: str) -> WordFile | None:
    """Read a content file, or None where the language has no such file."""
    path = root() / language / f"{id}.toml"
    return parse(path.read_text("utf-8"), f"{language}/{id}.toml") if path.is_file() else None


def names(language: str) -> tuple[str, ...]:
    """List the ids of a language's files; none for what is no language of ours."""
    here = root() / language
    if not language.replace("-", "").isalnum() or not here.is_dir():
        return ()
    return tuple(sorted(each.name[:-5] for each in here.iterdir() if each.name.endswith(".toml")))


def read_evidence() -> Mapping[str, Evidence]:
    """Read every source by id."""
    whole = parse((root() / "evidence.toml").read_text("utf-8"), "evidence.toml")
    table = section(whole.body, "sources_by_id")
    return {id: _evidence(id, as_table(entry, id)) for id, entry in table.items()}


def _evidence(id: str, entry: Mapping[str, object]) -> Evidence:
    checked = entry.get("checked")
    if not isinstance(checked, date):
        raise BadContent(f"source {id} has no date of checking")
    words = {key: text(entry, key) for key in ("kind", "citation", "link", "finding", "limits")}
    return Evidence(id=id, strength=text(entry, "strength"), checked=checked, **words)


def section(body: Mapping[str, object], name: str) -> Mapping[str, object]:
    """Return a named table; empty where there is none."""
    return as_table(body.get(name, {}), name)


def as_table(value: object, name: str) -> Mapping[str, object]:
    """Take a value for a table or refuse it."""
    if not isinstance(value, Mapping):
        raise BadContent(f"{name} must be a table")
    return value


def text(entry: Mapping[str, object], key: str, default: str | None = None) -> str:
    """Return words by key or refuse; a default is for words that may be left out."""
    value = entry.get(key, default)
    if not isinstance(value, str):
        raise BadContent(f"{key} must be words")
    return value


def texts(entry: Mapping[str, object], key: str) -> tuple[str, ...]:
    """Return a list of words by key; empty where there is none."""
    value = entry.get(key, [])
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise BadContent(f"{key} must be a list of words")
    return tuple(value)


def sentences_of(value: object) -> Iterator[str]:
    """Yield every string in a nest of tables and lists."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from sentences_of(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from sentences_of(each)
