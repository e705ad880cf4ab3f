"""The published scoring rules: ids, ranges and sums of each instrument, with no wording at all."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, TypeVar

from safetomove.content import files
from safetomove.content.files import as_table, text, texts
from safetomove.core.errors import BadInput
from safetomove.core.measures import (
    Band,
    Condition,
    Direction,
    Group,
    Instrument,
    Item,
    Kind,
    LeastChange,
    Licence,
    Method,
    Missing,
    Scale,
    Size,
)

RULES_ALONE: Final = "rules"  # the version of an instrument that has no wording here
_KEYS: Final = {"id", "title", "known_as", "kind", "licence", "items", "scales", "groups"}
_ITEM: Final = {"ids", "low", "high", "reversed", "points", "self_harm"}
_SCALE: Final = {"id", "items", "direction", "method", "missing", "most_blank", "loinc", "source"}
_SCALE_ALSO: Final = {"checked", "note", "bands", "least_change"}

Table = Mapping[str, object]
T = TypeVar("T", bound=str)


class BadInstrument(BadInput):
    """A file can't be taken for an instrument; nothing of it was loaded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """How one instrument is scored, and what is said of each scale's rule."""

    instrument: Instrument
    known_as: tuple[str, ...]
    notes: Mapping[str, str]

    @property
    def id(self) -> str:
        """What the instrument is called here."""
        return self.instrument.id


@cache
def all_rules() -> Mapping[str, Rules]:
    """Return every rule that comes with us, by id."""
    folder = files.root() / "instruments"
    paths = sorted((one for one in folder.iterdir() if one.name.endswith(".toml")), key=str)
    found = [read_rules(one.read_text("utf-8"), one.name) for one in paths]
    return {one.id: one for one in found}


def rules_of(name: str) -> Rules:
    """Return the rules of an instrument by its id, or by another name that it goes by."""
    wanted = name.strip().casefold()
    for one in all_rules().values():
        if wanted in (one.id, one.instrument.title.casefold(), *one.known_as):
            return one
    raise BadInstrument(f"we hold no scoring rules for {name[:60]!r}; see: safetomove instruments")


def read_rules(source: str, name: str) -> Rules:
    """Read one file of rules; BadInstrument says in a sentence what is wrong with it."""
    data = parse_toml(source, name)
    refuse_unknown(data, _KEYS, name)
    return rules_from(data, version=RULES_ALONE)


def rules_from(data: Table, *, version: str) -> Rules:
    """Build rules from a table; every refusal is one sentence."""
    try:
        scales = tuple(_scale(one) for one in tables(data, "scales"))
        instrument = Instrument(
            id=text(data, "id"),
            version=version,
            title=text(data, "title"),
            kind=_one_of(data, "kind", Kind, Kind.QUESTIONS),
            items=tuple(item for one in tables(data, "items") for item in _items(one)),
            scales=scales,
            groups=tuple(_group(one) for one in tables(data, "groups")),
            licence=licence_of(data),
        )
        notes = {text(one, "id"): text(one, "note", "") for one in tables(data, "scales")}
        return Rules(instrument=instrument, known_as=texts(data, "known_as"), notes=notes)
    except files.BadContent as error:
        raise BadInstrument(str(error)) from None


def licence_of(data: Table) -> Licence:
    """Read who owns the wording."""
    entry = as_table(data.get("licence", {}), "licence")
    refuse_unknown(entry, {"holder", "terms", "notice", "link", "ships"}, "licence")
    words = {key: text(entry, key, "") for key in ("holder", "terms", "notice", "link")}
    return Licence(**words, ships=_yes_no(entry, "ships"))


def parse_toml(source: str, name: str) -> Table:
    """Read TOML, or say in one line that it isn't."""
    try:
        return tomllib.loads(source)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise BadInstrument(f"{name} is not TOML: {error}") from None


def tables(data: Table, key: str) -> Iterator[Table]:
    """Yield a list of tables by key."""
    value = data.get(key, [])
    if not isinstance(value, list):
        raise BadInstrument(f"{key} must be a list of tables")
    for one in value:
        yield as_table(one, key)


def refuse_unknown(entry: Table, known: set[str], where: str) -> None:
    """Refuse a key that we wouldn't read, for it may have been meant to count."""
    if unknown := sorted(set(entry) - known):
        raise BadInstrument(f"{where} has {unknown[0]!r}, which is not one of its keys")


def whole(entry: Table, key: str, default: int | None = None) -> int:
    """Return a whole number by key or refuse."""
    value = entry.get(key, default)
    if not isinstance(value, int) or isinstance(value, bool):
        raise BadInstrument(f"{key} must be a whole number")
    return value


def _items(entry: Table) -> Iterator[Item]:
    refuse_unknown(entry, _ITEM, "an item")
    points = entry.get("points", [])
    if not isinstance(points, list) or not all(type(one) is int for one in points):
        raise BadInstrument("points must be a list of whole numbers")
    for id in texts(entry, "ids"):
        yield Item(
            id=id,
            low=whole(entry, "low"),
            high=whole(entry, "high"),
            reversed=_yes_no(entry, "reversed"),
            points=tuple(points),
            self_harm=_yes_no(entry, "self_harm"),
        )


def _scale(entry: Table) -> Scale:
    refuse_unknown(entry, _SCALE | _SCALE_ALSO, "a scale")
    return Scale(
        id=text(entry, "id"),
        items=texts(entry, "items"),
        direction=_one_of(entry, "direction", Direction),
        method=_one_of(entry, "method", Method, Method.SUM),
        missing=_one_of(entry, "missing", Missing, Missing.REFUSE),
        most_blank=whole(entry, "most_blank", 0),
        least_change=_least_change(entry),
        bands=tuple(_band(one) for one in tables(entry, "bands")),
        source=text(entry, "source", ""),
        checked=_yes_no(entry, "checked"),
        loinc=text(entry, "loinc", ""),
    )


def _least_change(entry: Table) -> LeastChange | None:
    if "least_change" not in entry:
        return None
    given = as_table(entry["least_change"], "least_change")
    refuse_unknown(given, {"size", "measured_in", "source", "checked"}, "least_change")
    return LeastChange(
        size=_number(given, "size"),
        measured_in=_one_of(given, "measured_in", Size, Size.POINTS),
        source=text(given, "source", ""),
        checked=_yes_no(given, "checked"),
    )


def _band(entry: Table) -> Band:
    refuse_unknown(entry, {"id", "low"}, "a band")
    return Band(id=text(entry, "id"), low=_number(entry, "low"))


def _group(entry: Table) -> Group:
    refuse_unknown(entry, {"id", "when"}, "a group")
    return Group(id=text(entry, "id"), when=tuple(_when(one) for one in tables(entry, "when")))


def _when(entry: Table) -> Condition:
    refuse_unknown(entry, {"scale", "least", "most"}, "a condition")
    ends = {key: _number(entry, key) for key in ("least", "most") if key in entry}
    return Condition(scale=text(entry, "scale"), **ends)


def _number(entry: Table, key: str) -> float:
    value = entry.get(key)
    if not isinstance(value, int | float) or isinstance(value, bool) or value != value:
        raise BadInstrument(f"{key} must be a number")
    return float(value)


def _yes_no(entry: Table, key: str) -> bool:
    value = entry.get(key, False)
    if not isinstance(value, bool):
        raise BadInstrument(f"{key} must be true or false")
    return value


def _one_of(entry: Table, key: str, kind: type[T], default: T | None = None) -> T:
    value = entry.get(key, default)
    if isinstance(value, str) and value in set(kind):  # type: ignore[call-overload]
        return kind(value)
    known = ", ".join(str(one) for one in kind)  # type: ignore[attr-defined]
    raise BadInstrument(f"{key} must be one of {known}")
