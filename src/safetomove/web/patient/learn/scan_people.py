"""What scans show in people without pain: an age and a guess in, the picture's numbers out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from safetomove.content.scan_words import term
from safetomove.core.scans import OLDEST, YOUNGEST, Share, TableFinding, share_at

A_GUESS_CLOSE_BY = 7  # people in 100: nearer than this is called close
_WHOLE = re.compile(r"[0-9]{1,3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One finding at this age."""

    id: str
    name: str
    percent: int
    tens: int  # filled figures out of ten
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ByAge:
    """All that the page shows; `chosen` is None until something was asked."""

    age: int
    asked_age: int
    finding: str
    guess: int | None
    verdict: str
    chosen: Row | None
    says: tuple[str, ...]
    rows: tuple[Row, ...]


def by_age(asked: Mapping[str, str]) -> ByAge | None:
    """Read the address of the page; None where no age is in it that anybody could have."""
    typed = asked.get("age", "").strip()
    if not _WHOLE.fullmatch(typed):
        return None
    asked_age = int(typed)
    age = min(max(asked_age, YOUNGEST), OLDEST)
    finding = asked.get("finding", "")
    chosen = TableFinding(finding) if finding in set(TableFinding) else TableFinding.DISC_BULGE
    guess = _guess(asked.get("guess", ""))
    rows = {each: _row(_share(each, age)) for each in TableFinding}
    return ByAge(
        age=age,
        asked_age=asked_age,
        finding=chosen.value,
        guess=guess,
        verdict=_verdict(guess, rows[chosen].percent),
        chosen=rows[chosen],
        says=term(chosen.value).says,
        rows=tuple(rows.values()),
    )


def findings() -> list[tuple[str, str]]:
    """List the findings to choose from, with their names."""
    return [(each.value, term(each.value).name) for each in TableFinding]


def hundred(percent: int) -> list[Mapping[str, Any]]:
    """Place a hundred little people, ten by ten, the filled ones first."""
    return [
        {"x": 4 + 30 * (place % 10), "y": 4 + 42 * (place // 10), "has": place < percent}
        for place in range(100)
    ]


def _share(finding: TableFinding, age: int) -> Share:
    share = share_at(finding, age)
    assert share is not None, "the age was brought into the table's range"
    return share


def _row(share: Share) -> Row:
    return Row(
        id=share.finding.value,
        name=term(share.finding.value).name,
        percent=share.percent,
        tens=(share.percent + 5) // 10,
        basis=share.basis.value,
    )


def _guess(typed: str) -> int | None:
    typed = typed.strip()
    if not _WHOLE.fullmatch(typed) or int(typed) > 100:
        return None
    return int(typed)


def _verdict(guess: int | None, percent: int) -> str:
    """Name how a guess went: a key of the page's words."""
    if guess is None:
        return ""
    if guess == percent:
        return "guessed_same"
    if abs(guess - percent) <= A_GUESS_CLOSE_BY:
        return "guessed_close"
    return "guessed_low" if guess < percent else "guessed_high"
