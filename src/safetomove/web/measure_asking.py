"""Fill the page that asks one measure, whoever fills it in."""

from collections.abc import Mapping
from typing import Any

from safetomove.core.measures import Instrument, Item, Kind, Missing, raises_crisis
from safetomove.core.safety import NoteCard, scan_note
from safetomove.services.measures import Taken
from safetomove.web.measure_forms import WORDS, Sent
from safetomove.web.measure_results import cards_shown
from safetomove.web.words import page

TAPS = 11  # a range this wide or less can be tapped


def asked(
    instrument: Instrument, typed: Mapping[str, str], form: Sent | None, *, reader: str
) -> dict[str, Any]:
    """Fill the page that asks one measure; after a mistake, with what was typed."""
    said = page("measures")["fill"]
    errors = form.errors if form else []
    self_harm = [one for one in instrument.items if one.self_harm]
    return {
        "instrument": instrument,
        "rows": [_row(one, typed, dict(errors)) for one in instrument.asked],
        "errors": errors,
        "skip": [said["skip"], _rule(instrument)],
        "own": instrument.kind is Kind.OWN_ACTIVITIES,
        "named_before": any(typed.get(one.id + WORDS) for one in instrument.items) and form is None,
        "left_out": bool(self_harm) and not reader,
        "reader": said["reader"].format(reader=_sentence(reader)) if self_harm and reader else "",
        "cards": cards_of(form) if form else [],
    }


def as_before(instrument: Instrument, last: Taken | None) -> dict[str, str]:
    """Return the person's own activities as they named them before, to be rated again."""
    if last is None or instrument.kind is not Kind.OWN_ACTIVITIES:
        return {}
    return {item + WORDS: words for item, words in last.answers.words.items()}


def cards_of(form: Sent) -> list[dict[str, Any]]:
    """Return the cards that the answers raise, even where the form can't be kept yet."""
    crisis = raises_crisis(form.instrument, form.answers)
    raised = dict.fromkeys([NoteCard.SUICIDALITY] if crisis else [])
    for name, text in form.sent.items():
        raised |= dict.fromkeys(scan_note(str(text))) if name.endswith(WORDS) and text else {}
    return cards_shown(raised, answered=crisis)


def size_of(instrument: Instrument) -> str:
    said, count = page("measures")["page"], len(instrument.asked)
    match instrument.kind:
        case Kind.OWN_ACTIVITIES:
            return str(said["activities"]).format(count=count)
        case Kind.TIMED:
            return str(said["timed"])
        case Kind.QUESTIONS:
            return str(said["count_one"] if count == 1 else said["count"]).format(count=count)


def _rule(instrument: Instrument) -> str:
    """Say what leaving out does to the total, where there is one."""
    said, scale = page("measures")["fill"], instrument.main
    if instrument.kind is not Kind.QUESTIONS or len(scale.items) == 1:
        return ""
    if scale.missing is Missing.REFUSE:
        return str(said["skip_none"])
    return str(said["skip_most"].format(most=scale.most_blank)) if scale.most_blank < 10 else ""


def _row(item: Item, typed: Mapping[str, str], wrong: Mapping[str, str]) -> dict[str, Any]:
    return {
        "id": item.id,
        "asks": item.asks,
        "options": [(item.low + at, words) for at, words in enumerate(item.answers)],
        "taps": not item.answers and item.spread == TAPS and bool(item.ends) and item.low == 0,
        "ends": item.ends,
        "hint": page("measures")["fill"]["number"].format(low=item.low, high=item.high),
        "value": typed.get(item.id, ""),
        "words_id": item.id + WORDS,
        "words": typed.get(item.id + WORDS, ""),
        "error": wrong.get(item.id, ""),
        "words_error": wrong.get(item.id + WORDS, ""),
    }


def _sentence(words: str) -> str:
    return words if not words or words.endswith((".", "!", "?")) else f"{words}."
