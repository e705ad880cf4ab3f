"""Logs say what broke and where, never what anybody wrote."""

import logging
import traceback
from http import HTTPStatus
from pathlib import PurePath
from types import TracebackType

OUR_OWN = frozenset(status.phrase for status in HTTPStatus)
PATH_TOP = 120  # letters; none of our own addresses is longer
PLACES_TOP = 6  # the innermost calls are the ones that say what broke

ErrorInfo = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)


class LeaveWordsOut(logging.Filter):
    """Keep the message's own words, numbers and plain addresses; leave every other value out."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record in place; no record is held back."""
        record.args = _plain_args(record.args)
        if not isinstance(record.msg, str):
            record.msg = kind_of(record.msg)
        if isinstance(record.exc_info, tuple) and record.exc_info[1] is not None:
            record.msg, record.args = f"{_said(record)} [{what_and_where(record.exc_info[1])}]", ()
        record.exc_info = record.exc_text = record.stack_info = None
        return True


def kind_of(value: object) -> str:
    """Name a value's type instead of the value."""
    return f"<{type(value).__name__}>"


def what_and_where(error: BaseException) -> str:
    """Say an error's type and the places it passed, and nothing that it says itself."""
    frames = traceback.extract_tb(error.__traceback__)[-PLACES_TOP:]
    places = [
        f"{PurePath(frame.filename).name}:{frame.lineno} {frame.name}" for frame in reversed(frames)
    ]
    return " < ".join([type(error).__name__, *places])


def plain_path(path: str) -> str:
    """Cut an address before its query."""
    return path.partition("?")[0][:PATH_TOP]


def _plain_args(args: object) -> tuple[object, ...] | dict[str, object]:
    if isinstance(args, dict):
        return {name: _plain(value) for name, value in args.items()}
    return tuple(_plain(value) for value in args) if isinstance(args, tuple) else ()


def _plain(value: object) -> object:
    if isinstance(value, int | float):
        return value
    if isinstance(value, str) and value in OUR_OWN:
        return value
    if isinstance(value, str) and value.startswith("/"):
        return plain_path(value)
    return kind_of(value)


def _said(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except (TypeError, ValueError):  # a number format that met a value we left out
        return str(record.msg)
