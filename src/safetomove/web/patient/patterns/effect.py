"""A best guess with its range, better days above nought: in words, and on a scale."""

from typing import Any

from safetomove.core.experiments import Outcome
from safetomove.web.patient.patterns.sizes import size
from safetomove.web.patient.words import page

SCALE_TOP = 2.0  # points: the picture's ends
Effect = tuple[float, float, float]  # low, best guess, high


def oriented(outcome: Outcome, low: float, guess: float, high: float) -> Effect:
    """Turn low, best guess and high so that better days lie above nought."""
    better = outcome.better
    least, most = sorted((low * better, high * better))
    return least, guess * better, most


def way(points: float) -> str:
    """Say how much better or worse."""
    words = page("experiments")["result"]["range_words"]
    if abs(points) < 0.125:  # nearer to nought than to a quarter
        return str(words["none"])
    said = size(points, page("patterns")["size"])
    return str(words["better" if points > 0 else "worse"]).format(size=said)


def picture(effect: Effect) -> dict[str, Any]:
    """Place the range and the best guess on a scale from worse to better, 360 wide."""
    low, guess, high = effect
    words = page("experiments")["result"]["picture"]
    return {
        "low": _x(low),
        "guess": _x(guess),
        "high": _x(high),
        "says": words.format(effect=way(guess), low=way(low), high=way(high)),
    }


def _x(points: float) -> float:
    held = max(-SCALE_TOP, min(SCALE_TOP, points))
    return round(180 + held / SCALE_TOP * 150, 1)
