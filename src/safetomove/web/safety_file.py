"""Read the list of what could go wrong, where this copy of the program has it."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).resolve().parents[3] / "docs" / "safety" / "hazards.toml"


@cache
def hazards() -> tuple[Mapping[str, Any], ...]:
    """Return every hazard with its controls; empty where the list is not part of this copy."""
    if not FILE.is_file():
        return ()
    return tuple(tomllib.loads(FILE.read_text("utf-8"))["hazard"])
