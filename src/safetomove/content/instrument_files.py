"""Instruments from files: our own wording, and a site's, each put together with its rules.

A site brings the wording that it has a licence for. The scoring comes from the rules that we
hold, or, for an instrument that we don't know, from the file itself. A file is taken whole or
refused in one sentence.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from safetomove.content import files
from safetomove.content.files import as_table, text, texts
from safetomove.content.instrument_rules import (
    BadInstrument,
    Rules,
    Table,
    all_rules,
    parse_toml,
    refuse_unknown,
    rules_from,
    rules_of,
    tables,
)
from safetomove.core.measures import Instrument, Item, Kind, ValueSet

BYTES_TOP: Final = 2_000_000
WORDS_TOP: Final = 2_000  # characters of any one string
_KEYS: Final = {"rules", "version", "title", "lead", "notice", "url", "item", "answers", "scoring"}
_ITEM: Final = {"id", "asks", "answers", "ends", "link_id"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemWords:
    """The wording of one item; `id` may be empty where the order says which it is."""

    asks: str
    id: str = ""
    answers: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    link_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The words of an instrument, as a site brings them, and which version of them it is."""

    version: str
    items: tuple[ItemWords, ...]
    title: str = ""
    lead: str = ""
    notice: str = ""
    url: str = ""


@cache
def shipped(language: str = files.FALLBACK) -> Mapping[str, Instrument]:
    """Return the instruments whose wording is ours, by id."""
    file = files.read(language, "instruments") or files.read(files.FALLBACK, "instruments")
    if file is None:
        raise files.BadContent("there is no file of our own instruments")
    table = files.section(file.body, "instruments")
    made = {id: _wording(as_table(entry, id), set(_KEYS)) for id, entry in table.items()}
    ours = {id: put_together(all_rules()[id], words) for id, words in made.items()}
    lost = [
        one.id
        for one in all_rules().values()
        if one.instrument.licence.ships and one.id not in ours
    ]
    if lost:
        raise files.BadContent(f"instrument {lost[0]} has no wording")
    return ours


def table_of(data: bytes, name: str, *, rules: str = "") -> Table:
    """Read a site's file as a table of ours: it may be TOML, or a FHIR Questionnaire in JSON."""
    source = as_text(data, name)
    if source.lstrip().startswith("{"):
        from safetomove.content.instrument_fhir import table_from_fhir

        return table_from_fhir(source, name, rules=rules)
    return parse_toml(source, name)


def read_table(table: Table, name: str, *, rules: str = "") -> Instrument:
    """Make an instrument of wording for rules that we hold, or of wording and scoring."""
    try:
        refuse_unknown(table, _KEYS, name)
        return put_together(_rules_for(table, name, rules), _wording(table, _KEYS), site=True)
    except files.BadContent as error:
        raise BadInstrument(f"{name}: {error}") from None


def put_together(rules: Rules, words: Wording, *, site: bool = False) -> Instrument:
    """Join wording and rules; BadInstrument where they don't fit each other.

    Items are matched by id where every one has an id of the rules', else by their order; the
    number of them must be the same either way.
    """
    bare = rules.instrument
    if site and bare.licence.ships:
        raise BadInstrument(f"{bare.id} is our own and comes with its wording")
    wanted = [one.id for one in bare.items]
    given = _in_order(bare, words)
    if bare.kind is not Kind.OWN_ACTIVITIES and len(given) != len(wanted):
        raise BadInstrument(
            f"{bare.id} has {len(wanted)} items by its rules, and {len(given)} here"
        )
    items = tuple(map(_worded, bare.items, given)) if given else bare.items
    licence = replace(bare.licence, notice=words.notice or bare.licence.notice)
    return replace(
        bare,
        version=words.version,
        items=items,
        title=words.title or bare.title,
        lead=words.lead,
        url=words.url,
        licence=licence,
    )


def read_value_set(data: bytes, name: str) -> ValueSet:
    """Read a country's table of health states: a line each, like 11121,0.95."""
    lines = [line.strip() for line in as_text(data, name).splitlines() if line.strip()]
    values: dict[str, float] = {}
    for number, line in enumerate(lines, start=1):
        state, comma, value = line.partition(",")
        if number == 1 and not state.strip().isdigit():
            continue
        if not comma or state.strip() in values:
            raise BadInstrument(f"{name} line {number} is not a new state and its value")
        values[state.strip()] = _value(value, name, number)
    return ValueSet(id=name.rsplit("/", 1)[-1].removesuffix(".csv")[:60], values=values)


def as_text(data: bytes, name: str) -> str:
    """Read bytes as UTF-8 or refuse; so is a file too large to be an instrument."""
    if len(data) > BYTES_TOP:
        raise BadInstrument(f"{name} is larger than {BYTES_TOP // 1_000_000} MB")
    try:
        found = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInstrument(f"{name} is not UTF-8 text (byte {error.start})") from None
    if "\x00" in found:
        raise BadInstrument(f"{name} holds a sign that can't be shown")
    return found


def words_of(value: str, what: str) -> str:
    """Take words that can be shown on a page, or refuse."""
    if len(value) > WORDS_TOP:
        raise BadInstrument(f"{what} is longer than {WORDS_TOP} characters")
    return " ".join(value.split())


def _rules_for(table: Table, name: str, wanted: str) -> Rules:
    named = text(table, "rules", "") or wanted
    if "scoring" not in table:
        if not named:
            raise BadInstrument(f'{name} must say whose rules it follows, as in rules = "phq9"')
        return rules_of(named)
    scoring = as_table(table["scoring"], "scoring")
    refuse_unknown(scoring, {"id", "kind", "licence", "items", "scales", "groups"}, "scoring")
    whole = {"title": text(table, "title"), "known_as": [], **scoring}
    own = rules_from(whole, version=text(table, "version"))
    if own.id in all_rules():
        raise BadInstrument(f"we hold the rules of {own.id}; leave [scoring] out of {name}")
    if own.instrument.kind is not Kind.QUESTIONS:
        raise BadInstrument(f"{name} can bring questions only")
    if own.instrument.licence.ships:
        raise BadInstrument(f"{name} doesn't come with us; leave out ships = true")
    return own


def _wording(table: Table, known: set[str]) -> Wording:
    refuse_unknown(table, known, "the file")
    shared = texts(table, "answers")
    return Wording(
        version=text(table, "version"),
        title=words_of(text(table, "title", ""), "title"),
        lead=words_of(text(table, "lead", ""), "lead"),
        notice=words_of(text(table, "notice", ""), "notice"),
        url=words_of(text(table, "url", ""), "url"),
        items=tuple(_item_words(one, shared) for one in tables(table, "item")),
    )


def _item_words(entry: Table, shared: tuple[str, ...]) -> ItemWords:
    refuse_unknown(entry, _ITEM, "an item")
    ends = texts(entry, "ends")
    answers = texts(entry, "answers") or (() if ends else shared)
    return ItemWords(
        id=text(entry, "id", ""),
        asks=words_of(text(entry, "asks"), "a question"),
        answers=tuple(words_of(one, "an answer") for one in answers),
        ends=tuple(words_of(one, "an end") for one in ends),
        link_id=text(entry, "link_id", ""),
    )


def _in_order(bare: Instrument, words: Wording) -> tuple[ItemWords, ...]:
    """Put the wording in the order of the rules, by id where the ids are theirs."""
    named = [one.id for one in words.items if one.id]
    if not named:
        return words.items
    by_id = {one.id: one for one in words.items}
    if len(by_id) < len(words.items):
        raise BadInstrument(f"two items have the same id, or only some have one, in {bare.id}")
    known = {one.id for one in bare.items}
    if unknown := [one for one in named if one not in known]:
        raise BadInstrument(f"{bare.id} has no item called {unknown[0][:40]!r}")
    return tuple(by_id[one.id] for one in bare.items if one.id in by_id)


def _worded(item: Item, words: ItemWords) -> Item:
    if not words.asks:
        raise BadInstrument(f"item {item.id!r} has no question")
    return replace(
        item, asks=words.asks, answers=words.answers, ends=words.ends, link_id=words.link_id
    )


def _value(written: str, name: str, line: int) -> float:
    try:
        return float(written)
    except ValueError:
        raise BadInstrument(f"{name} line {line} has no number after its state") from None
