"""Read the one thing to try in a lesson; refuse what it lacks, and keys that nothing reads."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar, assert_never

from safetomove.content.files import BadContent, as_table, text, texts
from safetomove.content.lesson_shapes import (
    Buffer,
    Compare,
    Guess,
    Guesses,
    Lists,
    Option,
    Pair,
    People,
    Pick,
    Plan,
    Side,
    Sort,
    Statement,
    Steps,
    Story,
    Swap,
    Truth,
    Try,
    TryKind,
)

Entry = Mapping[str, object]
T = TypeVar("T")

SECONDS_TOP = 600


def read_try(entry: Entry) -> Try:
    """Read a lesson's `[try]`; BadContent says which part of it is not right."""
    kind = TryKind(one_of(entry, "kind", TryKind))
    match kind:
        case TryKind.STEPS:
            return _steps(entry)
        case TryKind.GUESS:
            return _guesses(entry)
        case TryKind.SORT:
            return _sort(entry)
        case TryKind.PICK:
            return _pick(entry)
        case TryKind.LISTS:
            return _lists(entry)
        case TryKind.PLAN:
            return _plan(entry)
        case TryKind.WORDS:
            return _swap(entry)
        case TryKind.COMPARE:
            return _compare(entry)
        case TryKind.BUFFER:
            only(entry, "kind", "heading")
            return Buffer(heading=said(entry, "heading"))
        case TryKind.PEOPLE:
            only(entry, "kind", "heading")
            return People(heading=said(entry, "heading"))
        case _:
            assert_never(kind)


def said(entry: Entry, key: str) -> str:
    """Return words that must be there."""
    words = text(entry, key).strip()
    if not words:
        raise BadContent(f"{key} is empty")
    return words


def several(entry: Entry, key: str, *, least: int = 1) -> tuple[str, ...]:
    """Return a list of words that must not be shorter than `least`."""
    words = texts(entry, key)
    if len(words) < least or not all(each.strip() for each in words):
        raise BadContent(f"{key} needs at least {least}, none of them empty")
    return words


def whole(entry: Entry, key: str, *, least: int, most: int, default: int | None = None) -> int:
    """Return a whole number within its range."""
    value = entry.get(key, default)
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise BadContent(f"{key} must be a whole number from {least} to {most}")
    return value


def one_of(entry: Entry, key: str, allowed: Sequence[str] | type[TryKind] | type[Truth]) -> str:
    """Return a word of a closed list."""
    value, known = text(entry, key), [str(each) for each in allowed]
    if value not in known:
        raise BadContent(f"{key} {value!r} is none of {', '.join(known)}")
    return value


def only(entry: Entry, *keys: str) -> None:
    """Refuse a key that nothing would read: it is a slip, or stands under the wrong table."""
    if strangers := sorted(set(entry) - set(keys)):
        raise BadContent(f"nothing reads {strangers[0]!r} here; it may be in the wrong table")


def each(entry: Entry, key: str, read: Callable[[Entry], T], *, least: int = 1) -> tuple[T, ...]:
    """Read a list of tables."""
    rows = entry.get(key, [])
    if not isinstance(rows, list) or len(rows) < least:
        raise BadContent(f"[[{key}]] needs at least {least}")
    return tuple(read(as_table(row, key)) for row in rows)


def _option(entry: Entry) -> Option:
    only(entry, "label", "told")
    return Option(label=said(entry, "label"), told=said(entry, "told"))


def _options(entry: Entry) -> tuple[Option, ...]:
    return each(entry, "option", _option, least=2)


def _steps(entry: Entry) -> Steps:
    only(entry, "kind", "heading", "body", "steps", "ask", "option", "seconds")
    return Steps(
        heading=said(entry, "heading"),
        body=paragraphs(entry, "body"),
        steps=several(entry, "steps"),
        ask=said(entry, "ask"),
        options=_options(entry),
        seconds=whole(entry, "seconds", least=0, most=SECONDS_TOP, default=0),
    )


def paragraphs(entry: Entry, key: str) -> tuple[str, ...]:
    """Return one paragraph or several as a tuple; empty where there is none."""
    value = entry.get(key, [])
    return (value,) if isinstance(value, str) else texts(entry, key)


_GUESS = ("ask", "unit", "low", "high", "step", "truth", "told", "source")


def _guesses(entry: Entry) -> Guesses:
    if "guess" in entry:
        only(entry, "kind", "heading", "guess")
        guesses = each(entry, "guess", _guess)
    else:
        own = {key: value for key, value in entry.items() if key not in ("kind", "heading")}
        guesses = (_guess(own),)
    return Guesses(heading=said(entry, "heading"), guesses=guesses)


def _guess(entry: Entry) -> Guess:
    only(entry, *_GUESS)
    low, high, step, truth = (_number(entry, key) for key in ("low", "high", "step", "truth"))
    if not (low <= truth <= high and 0 < step <= high - low):
        raise BadContent("a guess needs low <= truth <= high, and a step that fits between")
    words = {key: said(entry, key) for key in ("ask", "unit", "told", "source")}
    return Guess(low=low, high=high, step=step, truth=truth, **words)


def _number(entry: Entry, key: str) -> float:
    value = entry.get(key)
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise BadContent(f"{key} must be a number")
    return value


def _sort(entry: Entry) -> Sort:
    only(entry, "kind", "heading", "statement")
    statements = each(entry, "statement", _statement, least=2)
    return Sort(heading=said(entry, "heading"), statements=statements)


def _statement(entry: Entry) -> Statement:
    only(entry, "say", "truth", "told")
    truth = Truth(one_of(entry, "truth", Truth))
    return Statement(say=said(entry, "say"), truth=truth, told=said(entry, "told"))


def _pick(entry: Entry) -> Pick:
    only(entry, "kind", "heading", "ask", "option")
    return Pick(heading=said(entry, "heading"), ask=said(entry, "ask"), options=_options(entry))


def _lists(entry: Entry) -> Lists:
    only(entry, "kind", "heading", "left", "right")
    left, right = (_side(as_table(entry.get(key), key)) for key in ("left", "right"))
    return Lists(heading=said(entry, "heading"), left=left, right=right)


def _side(entry: Entry) -> Side:
    only(entry, "label", "ideas")
    return Side(label=said(entry, "label"), ideas=several(entry, "ideas"))


def _plan(entry: Entry) -> Plan:
    only(entry, "kind", "heading", "ask", "ideas", "when")
    return Plan(
        heading=said(entry, "heading"),
        ask=said(entry, "ask"),
        ideas=several(entry, "ideas", least=2),
        when=several(entry, "when"),
    )


def _swap(entry: Entry) -> Swap:
    only(entry, "kind", "heading", "pair")
    return Swap(heading=said(entry, "heading"), pairs=each(entry, "pair", _pair, least=2))


def _pair(entry: Entry) -> Pair:
    only(entry, "scary", "plain", "told")
    return Pair(**{key: said(entry, key) for key in ("scary", "plain", "told")})


def _compare(entry: Entry) -> Compare:
    only(entry, "kind", "heading", "story", "ask", "option")
    return Compare(
        heading=said(entry, "heading"),
        stories=each(entry, "story", _story, least=2),
        ask=said(entry, "ask"),
        options=_options(entry),
    )


def _story(entry: Entry) -> Story:
    only(entry, "title", "body")
    body = paragraphs(entry, "body")
    if not body:
        raise BadContent("a story has no body")
    return Story(title=said(entry, "title"), body=body)
