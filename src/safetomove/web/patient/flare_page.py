"""What the flare-up page says about today's plan."""

from dataclasses import dataclass
from enum import StrEnum

from safetomove.core.safety import Disposition
from safetomove.services.today import Today
from safetomove.web.patient.words import amount_of


class Plan(StrEnum):
    """How much of a plan there is to show."""

    EASED = "eased"
    NO_ACTIVITY = "no_activity"
    NEEDS_CHECK = "needs_check"
    HELD = "held"


@dataclass(frozen=True, slots=True, kw_only=True)
class Eased:
    """Today's smaller aims by name, or why there are none."""

    plan: Plan
    aims: tuple[tuple[str, str], ...]
    noted: bool


def eased(today: Today) -> Eased:
    """Show doses only where the day's review gave them."""
    names = {plan.id: plan.name for plan in today.record.plans}
    return Eased(
        plan=_plan(today),
        aims=tuple(
            (names[each.activity], amount_of(each.dose, each.unit)) for each in today.review.doses
        ),
        noted=today.check_in is not None and today.check_in.flare is True,
    )


def _plan(today: Today) -> Plan:
    review = today.review
    if review.cleared:
        return Plan.EASED if review.doses else Plan.NO_ACTIVITY
    fired = review.triage.fired
    worrying = any(each.disposition.urgency >= Disposition.SOON.urgency for each in fired)
    return Plan.HELD if worrying else Plan.NEEDS_CHECK
