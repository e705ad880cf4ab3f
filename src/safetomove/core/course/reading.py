"""Read the values of a course from plain tables; a refusal names the place in one sentence."""

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields
from enum import StrEnum
from typing import Any, Final, TypeVar, get_args, get_origin, get_type_hints

from safetomove.core.errors import BadInput

WORDS_TOP: Final = 2000  # letters that one line of a syllabus holds

T = TypeVar("T")


class BadSyllabus(BadInput):
    """A course that nobody could run; the sentence says where and why."""


def build(cls: type[T], data: object, place: str) -> T:
    """Make a value of a course from a table with its fields by name.

    Raises
    ------
    BadSyllabus
        With `place` and what is absent, unknown or wrong there.
    """
    if not isinstance(data, Mapping):
        raise BadSyllabus(f"{place} must be a table")
    wanted = {each.name: each for each in fields(cls)}  # type: ignore[arg-type]
    unknown = sorted(set(data) - set(wanted))
    if unknown:
        raise BadSyllabus(f"{place} has no place for {unknown[0]!r}")
    hints = get_type_hints(cls)
    values = {
        name: _value(hints[name], data[name], f"{place}, {name}")
        for name, each in wanted.items()
        if name in data or _must_be_there(each, place)
    }
    try:
        return cls(**values)
    except BadSyllabus as wrong:
        raise BadSyllabus(f"{place}: {wrong}") from None


def check_words(*words: str) -> None:
    """Refuse words that are blank, too long or can't be stored."""
    for each in words:
        if not each.strip():
            raise BadSyllabus("some words are blank")
        if len(each) > WORDS_TOP:
            raise BadSyllabus(f"use at most {WORDS_TOP} letters in one place")
        if "\x00" in each or any("\ud800" <= sign <= "\udfff" for sign in each):
            raise BadSyllabus("there is a sign in it that can't be kept")


def _must_be_there(each: Field[Any], place: str) -> bool:
    if each.default is MISSING and each.default_factory is MISSING:
        raise BadSyllabus(f"{place} has no {each.name}")
    return False


def _value(hint: Any, value: object, place: str) -> Any:
    if get_origin(hint) is tuple:
        return _many(get_args(hint)[0], value, place)
    if type(None) in get_args(hint):
        return None if value is None else _value(get_args(hint)[0], value, place)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return _one_of(hint, value, place)
    if hint in (str, int, bool):
        if type(value) is not hint:
            raise BadSyllabus(f"{place} must be {_NAMES[hint]}")
        return value
    return build(hint, value, place)


def _many(hint: Any, value: object, place: str) -> tuple[Any, ...]:
    if not isinstance(value, list | tuple):
        raise BadSyllabus(f"{place} must be a list")
    return tuple(_value(hint, each, f"{place} {n}") for n, each in enumerate(value, 1))


def _one_of(hint: type[StrEnum], value: object, place: str) -> StrEnum:
    try:
        return hint(str(value))
    except ValueError:
        raise BadSyllabus(f"{place} must be one of {', '.join(hint)}") from None


_NAMES: Final = {str: "words", int: "a whole number", bool: "yes or no"}
