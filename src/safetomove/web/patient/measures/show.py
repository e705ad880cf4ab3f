"""Fill the list of measures, and say how sit to stand is done."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from safetomove.core.doing import Tag, Verdict, Way, suits
from safetomove.core.measures import Instrument
from safetomove.services.measures import Asked, Occasion, Taken, by_instrument
from safetomove.web.measure_asking import size_of
from safetomove.web.measure_results import over_time
from safetomove.web.patient.move.library_page import safe_first
from safetomove.web.patient.move.reaching import Looking
from safetomove.web.words import page

# Standing up fast from a chair, again and again: what makes a fall likelier, or a fall worse.
CHAIR_NEEDS: Final = {
    Tag.BALANCE: Way.CLINICIAN,
    Tag.OSTEOPOROSIS: Way.CLINICIAN,
    Tag.RECENT_SURGERY: Way.CLINICIAN,
}


def listed(
    every: Mapping[str, Instrument], taken: Iterable[Taken], asked: Iterable[Asked]
) -> dict[str, Any]:
    """Fill the list: what is asked, what may be filled in, what was."""
    done = by_instrument(taken)
    return {
        "asked": [_asked(one, every[one.instrument]) for one in asked],
        "choices": [_choice(one, done.get(id, ())) for id, one in every.items()],
        "done": [over_time(several) for several in done.values()],
    }


def chair(looker: Looking) -> dict[str, Any]:
    """Say whether sit to stand is for this person alone, beside somebody trained, or not yet."""
    met = suits(CHAIR_NEEDS, looker.about)
    beside = met.verdict is not Verdict.ALLOWED
    return {
        "safe": safe_first(looker),
        "chair": "clinician" if beside else "alone" if met.certain else "unknown",
    }


def _asked(one: Asked, instrument: Instrument) -> dict[str, Any]:
    said = page("measures")["page"]
    when = {Occasion.FIRST: said["first"], Occasion.LAST: said["last"], Occasion.OTHER: ""}
    return {
        "id": one.instrument,
        "title": instrument.title,
        "by": said["asked_self"] if one.by == "self" else said["asked_by"],
        "when": when[one.label],
        "due": one.due,
        "size": size_of(instrument),
    }


def _choice(instrument: Instrument, several: tuple[Taken, ...]) -> dict[str, Any]:
    return {
        "id": instrument.id,
        "title": instrument.title,
        "lead": instrument.lead,
        "size": size_of(instrument),
        "last": several[-1].day if several else None,
    }
