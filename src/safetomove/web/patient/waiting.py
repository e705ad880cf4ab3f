"""Say why there is no dose yet, and what comes before it: never a dead end."""

from typing import Any

from django.urls import reverse

from safetomove.content.words import CareCard
from safetomove.core.record import PatientRecord, Recheck, RecheckReason
from safetomove.core.review import DayReview
from safetomove.core.safety import Answer, Disposition, TriageResult
from safetomove.web import words
from safetomove.web.patient.words import page

PLACES = {"flare": "flare"}  # every other wait ends at the safety questions
HELD = frozenset({Disposition.EMERGENCY, Disposition.SAME_DAY, Disposition.SOON})


def why_waiting(record: PatientRecord, review: DayReview) -> dict[str, Any] | None:
    """Return the cards to show before anything else and the way on; None when cleared."""
    if review.cleared:
        return None
    notes = _note_cards(review.recheck)
    kind = _kind(record, review)
    cards = [*notes, *([_held_card(review.triage)] if _held(record, review.triage) else [])]
    told = page("today")["check"]
    return {
        "kind": kind,
        "cards": cards,
        "noted": bool(notes),
        "heading": told[f"{kind}_heading"],
        "text": told[kind],
        "day": review.recheck.since if review.recheck else review.today,
        "go": told[f"{kind}_go"],
        "href": reverse(PLACES.get(kind, "safe")),
    }


def _kind(record: PatientRecord, review: DayReview) -> str:
    if review.recheck is not None:
        return _kind_of_recheck(review.recheck.reason)
    if record.safety is None:
        return "never"
    if review.triage.answers_stale and not _warned(review.triage):
        return "stale"
    return "held"


def _kind_of_recheck(reason: RecheckReason) -> str:
    match reason:
        case RecheckReason.WORRYING_NOTE:
            return "note"
        case RecheckReason.FLARE_UP:
            return "flare"
        case RecheckReason.SOMETHING_DIFFERENT:
            return "different"


def _held(record: PatientRecord, triage: TriageResult) -> bool:
    return record.safety is not None and triage.disposition in HELD and _warned(triage)


def _warned(triage: TriageResult) -> bool:
    """Say whether a warning sign was named, rather than left unsure or unasked."""
    return any(fired.because is Answer.YES for fired in triage.fired)


def _note_cards(recheck: Recheck | None) -> list[dict[str, Any]]:
    spoken = words.spoken()
    return [_card(spoken.note_card(card)) for card in recheck.cards] if recheck else []


def _held_card(triage: TriageResult) -> dict[str, Any]:
    spoken = words.spoken()
    signs = [fired.flag for fired in triage.fired if fired.because is Answer.YES]
    told = list(dict.fromkeys(spoken.told_us(flag) for flag in signs))
    return _card(spoken.care_card(triage.disposition)) | {"told": told}


def _card(card: CareCard) -> dict[str, Any]:
    return words.card(card) | {"told": []}
