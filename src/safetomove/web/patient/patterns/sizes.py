"""Points of ten in words, and chances as counts: quarters of a point are as fine as is fair."""

from collections.abc import Mapping
from math import floor

QUARTER = 0.25
_WORDS = {0.25: "quarter", 0.5: "half", 0.75: "three_quarters", 1.0: "one"}


def quarters(points: float) -> float:
    """Round to the nearest quarter of a point."""
    return round(points / QUARTER) * QUARTER


def size(points: float, words: Mapping[str, str]) -> str:
    """Say how much, whichever way it goes."""
    near = abs(quarters(points))
    if near == 0:
        return words["tiny"]
    if near in _WORDS:
        return words[_WORDS[near]]
    whole, half = divmod(floor(near * 2 + 0.5), 2)
    return words["points"].format(count=f"{whole}½" if half else f"{whole}")


def of_ten(chance: float, words: Mapping[str, str]) -> str:
    """Say a chance as so many in ten, with no false nought and no false certainty."""
    count = round(10 * chance)
    if count < 1:
        return words["under_one"]
    return words["most"] if count > 9 else words["of_ten"].format(count=count)
