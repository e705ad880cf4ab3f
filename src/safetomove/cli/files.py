"""Reading what the command line was given, and writing what it answers."""

import argparse
import json
import sys
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from safetomove.core.errors import BadInput


def read_text(path: str) -> str:
    """Read a whole file, or standard input for `-`."""
    try:
        return _read_bytes(path).decode("utf-8")
    except OSError as error:
        raise BadInput(f"can't read {path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise BadInput(f"{path} is not UTF-8 text (byte {error.start})") from error


def read_json(path: str) -> Any:
    """Read a JSON file; a repeated key is refused, for which of the two was meant?"""
    try:
        return json.loads(read_text(path), object_pairs_hook=_no_repeats)
    except (ValueError, RecursionError) as error:
        raise BadInput(f"{path} is not JSON: {error}") from error


def today_or(day: date | None) -> date:
    """Return the day asked for, else today on this machine: the one clock of the command line."""
    return day or date.today()


def new_id() -> UUID:
    """Return an id that nothing else has: two people may well answer alike on one day."""
    return uuid4()


def answer(options: argparse.Namespace, data: Any, words: Iterable[str]) -> None:
    """Print words in a terminal, JSON to anything else."""
    in_words = options.text or (sys.stdout.isatty() and not options.json)
    print("\n".join(words) if in_words else json.dumps(data, ensure_ascii=False, indent=2))


def _read_bytes(path: str) -> bytes:
    if path == "-":
        return sys.stdin.buffer.read()
    with open(path, "rb") as file:
        return file.read()


def _no_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice in one object")
    return found
