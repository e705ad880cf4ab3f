"""The spine: one day, from all that a person told us to what they should be told, and why.

The web pages, the command line and the virtual patients all call `review_day`, so that a
simulated trial tests what people really get.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from safetomove.core import pacing, safety
from safetomove.core.pacing import DoseDecision
from safetomove.core.record import PatientRecord, Recheck
from safetomove.core.safety import Clearance, SafetyRules, TriageResult


@dataclass(frozen=True, slots=True, kw_only=True)
class DayReview:
    """What to tell a person today. Without clearance there are no doses, ever."""

    today: date
    triage: TriageResult
    recheck: Recheck | None
    doses: tuple[DoseDecision, ...] = ()
    needs_tries: tuple[str, ...] = ()
    paused: tuple[str, ...] = ()  # by a clinic: nothing of them is asked today

    @property
    def cleared(self) -> bool:
        """Say whether doses may be shown."""
        return self.triage.clearance is not None and self.recheck is None


def review_day(record: PatientRecord, *, today: date, rules: SafetyRules) -> DayReview:
    """Say what this person should be told on `today`, and why.

    Nothing is read but the arguments: no clock, no store, no chance.
    """
    checked = safety.triage(record.safety, rules=rules, today=today)
    held_back = DayReview(today=today, triage=checked, recheck=record.recheck)
    if checked.clearance is None or record.recheck is not None:
        return held_back
    doses, needs_tries = _doses(record, clearance=checked.clearance, today=today)
    paused = tuple(plan.id for plan in record.plans if plan.paused_on(today))
    return replace(held_back, doses=doses, needs_tries=needs_tries, paused=paused)


def _doses(
    record: PatientRecord, *, clearance: Clearance, today: date
) -> tuple[tuple[DoseDecision, ...], tuple[str, ...]]:
    doses, needs_tries = [], []
    yesterday = today - timedelta(days=1)
    climbs = pacing.climbs_through(
        record.plans, record.diary, until=yesterday, starts=record.climbs
    )
    for plan in record.plans:
        if plan.paused_on(today):
            continue
        try:
            doses.append(
                pacing.next_dose(
                    plan,
                    record.diary,
                    clearance=clearance,
                    today=today,
                    start=climbs.get(plan.id),
                )
            )
        except pacing.NoBaseline:
            needs_tries.append(plan.id)
    return tuple(doses), tuple(needs_tries)
