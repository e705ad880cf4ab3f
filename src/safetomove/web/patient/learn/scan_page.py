"""A scan report as a page: cards first, the marked text, then what each word means."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from safetomove.content.scan_words import TermWords, term
from safetomove.core.scans import (
    MORE_WITH_PAIN,
    OLDEST,
    YOUNGEST,
    Finding,
    ScanReading,
    TableFinding,
    is_urgent,
    read_report,
)
from safetomove.web import words


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of the report's text; `anchor` leads to what it means, empty for plain words."""

    text: str
    anchor: str = ""
    kind: str = ""  # "there", "absent" or "urgent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """One thing that the report says is there, all its mentions together."""

    words: TermWords
    texts: tuple[str, ...]
    levels: tuple[str, ...]
    percent: int | None
    tens: int | None
    more_with_pain: bool
    tabled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPage:
    """All that the page shows of one report."""

    text: str
    age: int | None
    age_in_table: bool
    cards: tuple[dict[str, Any], ...]
    urgent: tuple[tuple[TermWords, str], ...]
    pieces: tuple[Piece, ...]
    explained: tuple[Explained, ...]
    absent: tuple[str, ...]

    @property
    def understood(self) -> bool:
        """Say whether any word of the report is known."""
        return bool(self.explained or self.absent or self.urgent)


def report_page(text: str, age: int | None) -> ReportPage:
    """Read a report and lay it out."""
    reading = read_report(text, age=age)
    urgent = {each.id for each in reading.urgent}
    there = [each for each in reading.findings if not each.negated and each.id not in urgent]
    present = {each.id for each in there} | urgent
    absent = (each.id for each in reading.findings if each.negated and each.id not in present)
    return ReportPage(
        text=text,
        age=age,
        age_in_table=age is not None and YOUNGEST <= age <= OLDEST,
        cards=_cards(reading),
        urgent=tuple((term(each.id), each.text) for each in reading.urgent),
        pieces=tuple(_pieces(text, reading.findings)),
        explained=tuple(_explained(there)),
        absent=tuple(term(id).name for id in dict.fromkeys(absent)),
    )


def _cards(reading: ScanReading) -> tuple[dict[str, Any], ...]:
    """Show each card once, the loudest first."""
    found = [words.spoken().scan_card(id) for id in dict.fromkeys(u.card for u in reading.urgent)]
    cards = [words.card(each) for each in found]
    return tuple(sorted(cards, key=lambda card: card["kind"] != "emergency"))


def _pieces(text: str, findings: Sequence[Finding]) -> list[Piece]:
    """Cut the text at its findings; of two that overlap the first stands."""
    made: list[Piece] = []
    at = 0
    for one in sorted(findings, key=lambda each: (each.start, -each.end)):
        if one.start < at:
            continue
        if one.start > at:
            made.append(Piece(text=text[at : one.start]))
        made.append(Piece(text=one.text, kind=_kind(one), anchor=_anchor(one)))
        at = one.end
    return [*made, Piece(text=text[at:])] if at < len(text) else made


def _kind(one: Finding) -> str:
    if one.negated:
        return "absent"
    return "urgent" if is_urgent(one.id) else "there"


def _anchor(one: Finding) -> str:
    return "absent" if one.negated else f"term-{one.id}"


def _explained(there: Sequence[Finding]) -> list[Explained]:
    made = []
    for id in dict.fromkeys(each.id for each in there):
        mentions = [each for each in there if each.id == id]
        percent = mentions[0].percent_without_pain
        made.append(
            Explained(
                words=term(id),
                texts=tuple(dict.fromkeys(_one_line(each.text) for each in mentions)),
                levels=tuple(dict.fromkeys(level for each in mentions for level in each.levels)),
                percent=percent,
                tens=None if percent is None else (percent + 5) // 10,
                more_with_pain=id in MORE_WITH_PAIN,
                tabled=id in set(TableFinding),
            )
        )
    return made


def _one_line(text: str) -> str:
    return " ".join(text.split())
