"""From a diary to numbers on a grid of days: gaps stay gaps (NaN)."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from safetomove.core.diary import CheckIn
from safetomove.core.diary.cells import DOSE
from safetomove.core.diary.check_in import LIMITS
from safetomove.core.errors import BadInput

Numbers = NDArray[np.float64]

CONTRIBUTORS_TOP = 10  # 59,049 models; more would be guesswork at these numbers of days
OUTCOMES = ("pain", "pain_worst", "interference")
_WORDS = {"yes": 1.0, "no": 0.0}


class BadQuestion(BadInput):
    """An outcome or a contributor that the diary can't answer for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """One row a calendar day: `outcome` of shape (T,), `noted` of shape (T, K), own units."""

    contributors: tuple[str, ...]
    outcome: Numbers
    noted: Numbers

    @property
    def observed(self) -> int:
        """Count the days on which the outcome was noted."""
        return int(np.isfinite(self.outcome).sum())

    def with_both(self, contributor: int) -> int:
        """Count the days on which a contributor and the outcome were both noted."""
        both = np.isfinite(self.outcome) & np.isfinite(self.noted[:, contributor])
        return int(both.sum())


def lay_out(check_ins: Sequence[CheckIn], outcome: str, contributors: Iterable[str] | None) -> Days:
    """Lay check-ins out on their days.

    Raises
    ------
    BadQuestion
        The outcome is none of the number columns, a contributor is the outcome itself or isn't
        numbers, a name stands twice, or there are more than ten contributors.
    """
    names = _usual(check_ins) if contributors is None else tuple(contributors)
    _check(outcome, names)
    first = check_ins[0].day if check_ins else date.min
    span = (check_ins[-1].day - first).days + 1 if check_ins else 0
    grid = np.full((span, len(names) + 1), np.nan)
    for one in check_ins:
        grid[(one.day - first).days] = [_value(one, name) for name in (outcome, *names)]
    return Days(contributors=names, outcome=grid[:, 0], noted=grid[:, 1:])


def _usual(check_ins: Sequence[CheckIn]) -> tuple[str, ...]:
    """Choose what was noted most often, at most ten; ties go by the diary's own order."""
    known = [name for name in LIMITS if name not in OUTCOMES]
    own = (name for one in check_ins for name in (*(DOSE + act for act in one.done), *one.extra))
    names = dict.fromkeys([*known, *own])
    counts = {name: _times_noted(check_ins, name) for name in names}
    often = sorted((name for name in names if counts[name]), key=lambda name: -counts[name])
    kept = set(often[:CONTRIBUTORS_TOP])
    return tuple(name for name in names if name in kept)


def _times_noted(check_ins: Sequence[CheckIn], name: str) -> int:
    """Count the days with a number; a column that also holds other words isn't numbers."""
    try:
        return sum(not math.isnan(_value(one, name)) for one in check_ins)
    except BadQuestion:
        return 0


def _value(one: CheckIn, name: str) -> float:
    if name in LIMITS:
        value = getattr(one, name)
    elif name.startswith(DOSE):
        value = one.done.get(name.removeprefix(DOSE))
    else:
        value = _number(one.extra.get(name), name)
    return math.nan if value is None else float(value)


def _number(text: str | None, name: str) -> float | None:
    if text is None or text.lower() in _WORDS:
        return None if text is None else _WORDS[text.lower()]
    try:
        value = float(text)
    except ValueError:
        value = math.inf
    if not math.isfinite(value):
        raise BadQuestion(f"{name} holds {text!r}: a contributor needs numbers, or yes and no")
    return value


def _check(outcome: str, names: tuple[str, ...]) -> None:
    if outcome not in LIMITS:
        raise BadQuestion(f"the outcome must be one of {', '.join(LIMITS)}, not {outcome!r}")
    if outcome in names:
        raise BadQuestion(f"{outcome} can't be a contributor to itself")
    if len(set(names)) < len(names):
        raise BadQuestion("a contributor stands twice")
    if len(names) > CONTRIBUTORS_TOP:
        raise BadQuestion(f"at most {CONTRIBUTORS_TOP} contributors at a time, not {len(names)}")
