"""Core values as plain JSON data: names here are the contract of the command line."""

from typing import Any

from safetomove.core.pacing import DoseDecision
from safetomove.core.record import Recheck
from safetomove.core.review import DayReview


def dose_data(decision: DoseDecision) -> dict[str, Any]:
    """Show a dose with each reason as a code and its facts."""
    return {
        "activity": decision.activity,
        "dose": decision.dose,
        "unit": decision.unit,
        "change": decision.change,
        "reasons": [{"code": one.code, **one.facts} for one in decision.reasons],
        "room": list(decision.room),
        "phase": decision.phase,
        "unrounded": decision.unrounded,
    }


def recheck_data(recheck: Recheck | None) -> dict[str, Any] | None:
    """Show why the safety questions come first."""
    if recheck is None:
        return None
    return {
        "reason": recheck.reason,
        "since": recheck.since.isoformat(),
        "cards": list(recheck.cards),
    }


def review_data(review: DayReview) -> dict[str, Any]:
    """Show a whole day's review."""
    return {
        "date": review.today.isoformat(),
        "cleared": review.cleared,
        "triage": review.triage.to_json(),
        "recheck": recheck_data(review.recheck),
        "doses": [dose_data(decision) for decision in review.doses],
        "needs_tries": list(review.needs_tries),
        **({"paused": list(review.paused)} if review.paused else {}),
    }
