"""Read the report reader's word list from its file, once."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from safetomove.core.scans.lexicon import BadLexicon, Form, Lexicon, Link, Phrase, Term

FILE = "lexicon.toml"


@cache
def lexicon() -> Lexicon:
    """Return the word list in force."""
    return parse((files(__package__) / FILE).read_text("utf-8"))


def parse(text: str) -> Lexicon:
    """Build the tables from a file's text; refuse a form that names no known idea."""
    data = tomllib.loads(text)
    made = Lexicon()
    for idea, words in data["ideas"].items():
        for each in listed(words):
            _add(made, idea, each)
    for place, section in (("glue", made.glue), ("barriers", made.barriers)):
        section.extend(listed(data[place]["words"]))
    made.plain_words.update(listed(data["plain"]["words"]))
    for id, entry in data["terms"].items():
        _add_term(made, id, entry, set(data["ideas"]))
    for kind, words in data["denials"].items():
        made.signs[kind] = _phrases(words)
    for kind, words in data["sections"].items():
        made.sections[kind] = _phrases(words)
    made.sizes.update(listed(data["denials"]["sizes"]))
    return made


def listed(words: str) -> Iterator[str]:
    """Yield the entries of a comma-separated list."""
    return (each.strip() for each in words.split(",") if each.strip())


def _add(made: Lexicon, idea: str, entry: str) -> None:
    parts = tuple(entry.split())
    if len(parts) > 1:
        made.phrases.setdefault(parts[0].rstrip("*"), []).append(Phrase(parts=parts, idea=idea))
    elif entry.endswith("*"):
        made.stems.setdefault(entry[:-1], []).append(idea)
    else:
        made.exact.setdefault(entry, []).append(idea)


def _add_term(made: Lexicon, id: str, entry: Mapping[str, Any], ideas: set[str]) -> None:
    term = Term(
        id=id,
        card=entry.get("card", ""),
        bars=frozenset(entry.get("bars", ())),
        yields=entry.get("yields", ""),
    )
    if strangers := term.bars - ideas:
        raise BadLexicon(f"{id} names {min(strangers)}, which is no idea")
    made.terms[id] = term
    for clear in (False, True):
        for text in entry.get("clear" if clear else "forms", ()):
            form = _form(id, text, clear=clear, ideas=ideas)
            made.forms.setdefault(form.links[0].name, []).append(form)


def _form(term: str, text: str, *, clear: bool, ideas: set[str]) -> Form:
    links = tuple(_link(each, term, ideas) for each in text.removeprefix("?").split())
    return Form(term=term, links=links, weak=text.startswith("?"), clear=clear)


def _link(text: str, term: str, ideas: set[str]) -> Link:
    name = text.removeprefix("=")
    if name.isupper() and name not in ideas:
        raise BadLexicon(f"{term} names {name}, which is no idea")
    return Link(name=name, close=text.startswith("="))


def _phrases(words: str) -> dict[str, list[tuple[str, ...]]]:
    made: dict[str, list[tuple[str, ...]]] = {}
    for each in listed(words):
        parts = tuple(each.split())
        made.setdefault(parts[0], []).append(parts)
    for found in made.values():
        found.sort(key=len, reverse=True)
    return made
