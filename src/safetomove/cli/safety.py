"""`triage` and `scan-note`."""

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, assert_never

from safetomove.cli import files
from safetomove.core import safety
from safetomove.core.diary.cells import parse_day
from safetomove.core.errors import BadInput
from safetomove.core.safety import Answer, FiredRule, SafetyAnswers, SafetyRules, TriageResult

if TYPE_CHECKING:
    from safetomove.content.catalogue import Catalogue
    from safetomove.content.words import CareCard
    from safetomove.core.record import Recheck


def triage(options: argparse.Namespace) -> None:
    """Print what a set of answers leads to."""
    today = files.today_or(options.on)
    answers = read_answers(options.answers, today)
    result = safety.triage(answers, rules=rules_now(), today=today)
    files.answer(options, result.to_json(), triage_words(result))


def read_answers(path: str, today: date) -> SafetyAnswers:
    """Read answers from a file; `given_on` in it says when, else they count from `today`."""
    data = files.read_json(path)
    if not isinstance(data, dict) or "given_on" not in data:
        return SafetyAnswers.from_json(data, given_on=today)
    given_on = data.pop("given_on")
    if not isinstance(given_on, str):
        raise BadInput(f"given_on in {path} must be a day such as 2026-11-22")
    return SafetyAnswers.from_json(data, given_on=parse_day(given_on))


def rules_now() -> SafetyRules:
    """Return the rules in force as this is asked, whatever day is asked about.

    A look back at an old diary is advice given now, so what is known now applies to it.
    """
    return safety.rules_in_force(files.today_or(None))


def scan_notes(options: argparse.Namespace) -> None:
    """Print, for each line, the cards that it raises."""
    for line in files.read_text(options.notes).removesuffix("\n").split("\n"):
        sys.stdout.write(json.dumps({"cards": safety.scan_note(line)}) + "\n")


def triage_words(result: TriageResult) -> Iterator[str]:
    """Say the outcome in the words of its care card."""
    from safetomove.content import catalogue

    words = catalogue.load()
    card = _card(words, result)
    yield card.heading
    yield from dict.fromkeys(_told(words, fired) for fired in result.fired)
    yield from _card_body(card)


def note_words(recheck: "Recheck") -> Iterator[str]:
    """Say why the questions come first, and what a worrying note calls for now."""
    from safetomove.content import catalogue
    from safetomove.core.record import RecheckReason

    words = catalogue.load()
    match recheck.reason:
        case RecheckReason.WORRYING_NOTE:
            key = "note"
        case RecheckReason.FLARE_UP:
            key = "flare"
        case RecheckReason.SOMETHING_DIFFERENT:
            key = "different"
        case _:
            assert_never(recheck.reason)
    yield words.phrase("today", "check", key).replace("{day}", recheck.since.isoformat())
    for one in recheck.cards:
        card = words.note_card(one)
        yield card.heading
        yield from _card_body(card)


def _card_body(card: "CareCard") -> Iterator[str]:
    yield card.lead
    yield from (f"  - {step}" for step in card.do)
    yield card.net


def _card(words: "Catalogue", result: TriageResult) -> "CareCard":
    if result.clearance is None and not result.fired:
        return words.stale_card() if result.answers_stale else words.unanswered_card()
    return words.care_card(result.disposition)


def _told(words: "Catalogue", fired: FiredRule) -> str:
    key = "told" if fired.because is Answer.YES else "unsure"
    phrase = words.phrase("care_cards", "phrases", key)
    return "  - " + phrase.replace("{what}", words.told_us(fired.flag))
