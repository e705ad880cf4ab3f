"""Today's dose of one activity, with the reasons for it."""

from copy import copy
from datetime import date, timedelta
from typing import TYPE_CHECKING

from safetomove.core.diary import Diary
from safetomove.core.errors import CoreError
from safetomove.core.pacing import rule
from safetomove.core.pacing.baseline import NoBaseline
from safetomove.core.pacing.climb import (
    Climb,
    climb_through,
    finding_baseline,
    lived_day,
)
from safetomove.core.pacing.decision import Change, DoseDecision, Phase
from safetomove.core.pacing.override import in_force
from safetomove.core.pacing.plan import ActivityPlan
from safetomove.core.pacing.reasons import Scene, days_since_pause, reasons_for
from safetomove.core.pacing.rounding import Rounding, round_up
from safetomove.core.pacing.staircase import dose_on, is_held, strain_told
from safetomove.core.pacing.terms import USUAL, dawn

if TYPE_CHECKING:
    from safetomove.core.safety import Clearance


class NoClearance(CoreError):
    """The safety questions haven't been answered lately enough for a dose to be given."""


def next_dose(
    plan: ActivityPlan,
    diary: Diary,
    *,
    clearance: "Clearance",
    today: date,
    start: Climb | None = None,
) -> DoseDecision:
    """Return the dose for `today`, for a person whose clearance covers it."""
    if not clearance.covers(today):
        raise NoClearance(f"the safety questions must be answered again before {today}'s dose")
    return rule_dose(plan, diary, today=today, start=start)


def rule_dose(
    plan: ActivityPlan, diary: Diary, *, today: date, start: Climb | None = None
) -> DoseDecision:
    """Return what the rule alone says. It asks no safety question: for showing the rule.

    Check-ins before `today` make the climb; today's own sleep, stress and flare-up shape
    the dose if they are there already.
    """
    climb = climb_through(plan, diary, until=today - timedelta(days=1), start=start)
    if climb.baseline is None:
        raise NoBaseline("do the activity once, as much as feels right, and note how much it was")
    scene = _scene(plan, diary, climb, today)
    return DoseDecision(
        activity=plan.id,
        unit=plan.unit,
        dose=scene.shown,
        change=_change(scene),
        reasons=reasons_for(scene),
        room=_room(scene),
        unrounded=scene.dose,
        phase=_phase(scene),
        climb=climb,
    )


def _scene(plan: ActivityPlan, diary: Diary, climb: Climb, today: date) -> Scene:
    foot, terms, now = climb.footing, USUAL, lived_day(diary.on(today), plan.id)
    if plan.overrides:
        foot = copy(foot)  # a climb is a value: this day's terms are not its own
        terms = dawn(plan, foot, today)
    strain = strain_told(foot, now.sleep, now.stress)
    dose = dose_on(foot, now.flare, foot.strain if strain is None else strain, terms.share)
    held = is_held(foot, now.flare)
    rounding = Rounding.of(plan, foot.baseline, terms.share)
    return Scene(
        plan=plan,
        foot=foot,
        now=now,
        override=in_force(plan.overrides, today),
        since_pause=days_since_pause(plan, today),
        terms=terms,
        yesterday=lived_day(diary.on(today - timedelta(days=1)), plan.id),
        tries=len(climb.tries),
        finding=finding_baseline(plan, climb.tries),
        waited=climb.waited,
        held=held,
        dose=dose,
        shown=rounding.show(dose, climb.shown, held=held),
        shown_before=climb.given,
        least_before=climb.shown,
        rounding=rounding,
    )


def _change(scene: Scene) -> Change:
    if not scene.shown_before:
        return Change.HOLD
    if scene.shown > scene.shown_before:
        return Change.INCREASE
    return Change.EASE if scene.shown < scene.shown_before else Change.HOLD


def _phase(scene: Scene) -> Phase:
    if scene.flaring:
        return Phase.FLARE
    if scene.finding:
        return Phase.BASELINE
    if scene.foot.level >= scene.foot.goal:
        return Phase.GOAL
    return Phase.WAY_BACK if scene.on_the_way_back else Phase.CLIMBING


def _room(scene: Scene) -> tuple[float, float]:
    """Return what counts as the plan done: a little less, and no more than a day may add."""
    low = round_up(scene.shown * rule.ROOM_BELOW, scene.plan.unit)
    low = min(max(low, scene.rounding.lowest), scene.shown)
    most = scene.shown if scene.held else scene.shown * rule.ROOM_ABOVE
    most = min(most, max(scene.terms.top, scene.shown))  # a clinic's amount is no more than that
    high = scene.rounding.show(most, scene.least_before, held=scene.held)
    return low, max(high, scene.shown)
