"""Measure the scan report reader on its corpus: `python bench/scan_reports.py`.

Prints, for the sentences that it was tuned on and for those that it was not: how many findings
are named, how many urgent words raise a card, how many findings that a report denies are told
as present, each with its 95 % interval (Wilson); and the levels that are right.
`--misses` lists what went wrong in the tuned half; the other half is never read that way.
"""

import sys
from dataclasses import dataclass, field
from math import sqrt
from pathlib import Path

from safetomove.core.scans import read_report

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "tests" / "corpus"
FOUND_BAR = 0.90  # of findings are named
URGENT_BAR = 0.95  # of urgent words raise a card
Z95 = 1.96


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One sentence and what a reader should make of it."""

    text: str
    present: frozenset[str]
    denied: frozenset[str]
    urgent: frozenset[str]
    levels: dict[str, frozenset[str]]


@dataclass(slots=True)
class Score:
    """Counts over one half of the corpus."""

    findings: int = 0
    found: int = 0
    urgent: int = 0
    raised: int = 0
    denied: int = 0
    told_as_present: int = 0
    spurious: int = 0
    sentences: int = 0
    false_alarms: int = 0
    calm: int = 0
    with_levels: int = 0
    right_levels: int = 0
    misses: list[str] = field(default_factory=list)


def rows(name: str) -> list[Row]:
    """Read one half."""
    lines = (CORPUS / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [_row(*line.split("\t")) for line in lines]


def _row(text: str, expected: str) -> Row:
    marks = [each for each in expected.split() if each != "."]
    names = [each.partition("@") for each in marks]
    levels = {n.lstrip("!-"): frozenset(at.split(",")) for n, _, at in names if at}
    by_sign = {sign: frozenset(n[1:] for n, _, _ in names if n[0] == sign) for sign in ("-", "!")}
    present = frozenset(n for n, _, _ in names if n[0] not in "-!")
    return Row(text=text, present=present, denied=by_sign["-"], urgent=by_sign["!"], levels=levels)


def score(name: str) -> Score:
    """Read every sentence of one half."""
    made = Score()
    for row in rows(name):
        _count(made, row)
    return made


def _count(made: Score, row: Row) -> None:
    reading = read_report(row.text, age=47)
    present = {each.id for each in reading.findings if not each.negated}
    urgent = {each.id for each in reading.urgent}
    made.sentences += 1
    made.findings += len(row.present)
    made.found += len(row.present & present)
    made.urgent += len(row.urgent)
    made.raised += len(row.urgent & urgent)
    made.calm += not row.urgent
    made.false_alarms += bool(not row.urgent and urgent)
    wrongly = (row.denied - row.present - row.urgent) & (present | urgent)
    made.denied += len(row.denied)
    made.told_as_present += len(wrongly)
    extra = present - row.present - row.urgent
    made.spurious += len(extra)
    _count_levels(made, row, reading.findings)
    if row.present - present or row.urgent - urgent or wrongly or extra or (urgent - row.urgent):
        got = [f"{'-' if f.negated else ''}{f.id}" for f in reading.findings]
        made.misses.append(f"{row.text}\n    got {got} urgent {sorted(urgent)}")


def _count_levels(made: Score, row: Row, findings: tuple) -> None:
    for id, levels in row.levels.items():
        said = [each for each in findings if each.id == id]
        if said:
            made.with_levels += 1
            right = any(frozenset(each.levels) == levels for each in said)
            made.right_levels += right
            if not right:
                made.misses.append(f"{row.text}\n    {id} at {[each.levels for each in said]}")


def interval(hits: int, of: int) -> tuple[float, float]:
    """Give Wilson's 95 % interval of a share."""
    share, z2 = hits / of, Z95 * Z95
    middle = (share + z2 / (2 * of)) / (1 + z2 / of)
    half = Z95 * sqrt(share * (1 - share) / of + z2 / (4 * of * of)) / (1 + z2 / of)
    return middle - half, middle + half


def print_score(title: str, made: Score) -> None:
    """Print one half's shares."""
    print(f"\n{title}: {made.sentences} sentences")
    for words, hits, of in (
        ("findings named", made.found, made.findings),
        ("urgent words that raise their card", made.raised, made.urgent),
        ("denied findings told as present", made.told_as_present, made.denied),
        ("sentences without an urgent word that raise a card", made.false_alarms, made.calm),
        ("findings at the right levels", made.right_levels, made.with_levels),
    ):
        low, high = interval(hits, of)
        print(f"  {words}: {hits}/{of} = {hits / of:.3f} ({low:.3f} to {high:.3f})")
    print(f"  findings told that the sentence does not hold: {made.spurious}")


def main() -> int:
    """Print both halves; fail where the untuned half misses a bar."""
    learn, report = score("scan_learn"), score("scan_report")
    print_score("Tuned on", learn)
    if "--misses" in sys.argv:
        print("\n".join(learn.misses))
    print_score("Never tuned on", report)
    good = (
        report.found / report.findings >= FOUND_BAR
        and report.raised / report.urgent >= URGENT_BAR
        and report.told_as_present == 0
    )
    bars = (
        f"{FOUND_BAR:.0%} of findings, {URGENT_BAR:.0%} of urgent words, no denial told as present"
    )
    print(f"\nbars: {bars}: {'met' if good else 'NOT met'}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
