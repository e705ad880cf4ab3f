"""`explain-scan`."""

import argparse
from collections.abc import Iterator
from typing import Any

from safetomove.cli import files
from safetomove.core.scans import Finding, ScanReading, read_report


def explain_scan(options: argparse.Namespace) -> None:
    """Print what a scan report names, and which of its words need a clinician."""
    text = files.read_text(options.report)
    reading = read_report(text, age=options.age)
    files.answer(options, scan_data(reading), scan_words(reading))


def scan_data(reading: ScanReading) -> dict[str, Any]:
    """Show a reading as plain data; the names are the contract of the command line."""
    return {
        "findings": [_finding_data(each) for each in reading.findings],
        "urgent": [{"id": u.id, "text": u.text, "card": u.card} for u in reading.urgent],
    }


def _finding_data(one: Finding) -> dict[str, Any]:
    return {
        "id": one.id,
        "text": one.text,
        "start": one.start,
        "end": one.end,
        "negated": one.negated,
        "levels": list(one.levels),
        "percent_without_pain": one.percent_without_pain,
    }


def scan_words(reading: ScanReading) -> Iterator[str]:
    """Say it in words: cards first, then what is there, then what is not."""
    from safetomove.content import catalogue
    from safetomove.content.scan_words import term

    words = catalogue.load()
    for card in dict.fromkeys(each.card for each in reading.urgent):
        shown = words.scan_card(card)
        yield from (shown.heading, shown.lead, *(f"  - {step}" for step in shown.do), shown.net)
    urgent = {each.id for each in reading.urgent}
    for one in reading.findings:
        if not one.negated and one.id not in urgent:
            yield f"{term(one.id).name}: {' '.join(term(one.id).says)}{_common(words, one)}"
    if absent := {term(each.id).name: 0 for each in reading.findings if each.negated}:
        yield f"{words.phrase('scans', 'report', 'absent_heading')}: {', '.join(absent)}."
    if not reading.findings:
        yield words.phrase("scans", "report", "nothing_says")
    yield words.phrase("scans", "report", "not_a_doctor")


def _common(words: Any, one: Finding) -> str:
    if one.percent_without_pain is None:
        return ""
    said: str = words.phrase("scans", "report", "in_words")
    return " " + said.format(percent=one.percent_without_pain)
