"""Put in words what people found together, and what each of one's own results would give."""

from collections.abc import Sequence
from typing import Any

from safetomove.core.experiments import READY, WORTH_NOTICING, Pooled, Verdict
from safetomove.services.pooling import SHOWN_FROM, STEP, Offer, Together
from safetomove.web.patient.patterns.effect import Effect, oriented, picture, way
from safetomove.web.patient.patterns.plan_page import about
from safetomove.web.patient.patterns.sizes import of_ten, size
from safetomove.web.patient.words import page


def together_page(found: Sequence[Together], offers: Sequence[Offer]) -> dict[str, Any]:
    """Fill the page."""
    words = page("together")
    shared = sum(one.given for one in offers)
    missing = words["found"]["others" if found else "none"].format(least=SHOWN_FROM)
    return {
        "found": [_found(one) for one in found],
        "missing": missing if len(found) < len(READY) else "",
        "method": [each.format(step=STEP) for each in words["doubt"]["method"]],
        "given": [each.format(least=SHOWN_FROM) for each in words["share"]["given"]],
        "offers": [_offer(one) for one in offers],
        "shared": [one.experiment.id for one in offers if one.given],
        "saved_text": words["page"]["saved_some" if shared else "saved_none"].format(count=shared),
    }


def verdict_of(pooled: Pooled, effect: Effect) -> Verdict:
    """Say what a common effect comes to: sure only where its whole range lies on one side.

    No difference means none for nearly everybody: people who differ as much in both
    directions have none in the mean.
    """
    low, _, high = effect
    if low > 0.0:
        return Verdict.HELPS
    if high < 0.0:
        return Verdict.WORSE
    least, most = pooled.newcomer
    within = least > -WORTH_NOTICING and most < WORTH_NOTICING
    return Verdict.NO_DIFFERENCE if within else Verdict.CANT_TELL


def _found(one: Together) -> dict[str, Any]:
    words, question, pooled = page("together")["found"], one.question, one.pooled
    effect = oriented(question.outcome, pooled.low, pooled.mean, pooled.high)
    said = {
        "when": words["when"][question.lag],
        "easier": words["easier"][question.outcome.value],
        "harder": words["harder"][question.outcome.value],
        "effect": size(pooled.mean, page("patterns")["size"]),
    }
    low, _, high = effect
    chance = of_ten(pooled.next_better, page("experiments")["plan"])
    return {
        "id": question.id,
        "about": about(question),
        "text": words[verdict_of(pooled, effect).value].format(**said),
        "range": words["range"].format(low=way(low), high=way(high)),
        "you": words["you"].format(chance=chance),
        "people": words["people"].format(people=pooled.people),
        "picture": picture(effect),
    }


def _offer(one: Offer) -> tuple[str, str, str]:
    """Return the id, the test's name, and all that sharing it gives."""
    gives = page("together")["share"]["gives"].format(
        effect=f"{one.share.measured:+.2f}".replace("-", "−"), doubt=f"{one.share.measured_sd:.2f}"
    )
    return one.experiment.id, about(one.experiment.question)["title"], gives
