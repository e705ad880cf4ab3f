"""Why today's dose is what it is."""

from collections.abc import Iterator
from dataclasses import dataclass

from safetomove.core.pacing import rule
from safetomove.core.pacing.climb import recent_flare
from safetomove.core.pacing.decision import Fact, Reason, ReasonCode
from safetomove.core.pacing.footing import Lived
from safetomove.core.pacing.plan import ActivityPlan
from safetomove.core.pacing.rounding import Rounding, round_down
from safetomove.core.pacing.staircase import (
    Person,
    flares_follow_dose,
    level_told,
    sleep_deviation,
    strain_told,
    stress_deviation,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Everything that one day's decision looks at."""

    plan: ActivityPlan
    foot: Person
    now: Lived
    yesterday: Lived
    tries: int
    finding: bool
    held: bool
    dose: float
    shown: float
    shown_before: float  # yesterday, once the day's own answers were in; 0 for nothing
    least_before: float  # yesterday's smallest, which today's may exceed by so much only
    rounding: Rounding

    @property
    def level(self) -> float:
        """The climb, with today's flare-up counted if it has been told of."""
        return level_told(self.foot, self.now.flare)

    @property
    def begins_today(self) -> bool:
        return bool(self.now.flare) and not self.foot.in_flare

    @property
    def flaring(self) -> bool:
        return bool(self.now.flare or (self.foot.in_flare and self.now.flare is None))

    @property
    def on_the_way_back(self) -> bool:
        return self.foot.level < self.foot.before_flare

    @property
    def told_strain(self) -> Lived:
        """The day whose sleep and stress count: today if it was told, else yesterday."""
        untold = self.now.sleep is None and self.now.stress is None
        return self.yesterday if untold else self.now

    def reason(self, code: ReasonCode, **facts: Fact) -> Reason:
        return Reason(code=code, facts={**facts, "unit": self.plan.unit.value})

    def amount(self, value: float) -> float:
        """Round an amount as a dose is rounded, for a sentence."""
        return value if value == self.foot.goal else round_down(value, self.plan.unit)


def reasons_for(scene: Scene) -> tuple[Reason, ...]:
    """List the reasons, the one that did most to the dose first."""
    if scene.flaring or scene.foot.since_flare == 0.0:
        main = list(_flare(scene))
    elif scene.finding:
        main = list(_baseline(scene))
    else:
        main = list(_climb(scene))
    return tuple(main + list(_strain(scene)) + list(_bounds(scene)))


def _flare(scene: Scene) -> Iterator[Reason]:
    code, foot = ReasonCode, scene.foot
    if scene.begins_today or foot.onset:
        before = foot.level if scene.begins_today else foot.before_flare
        if scene.level < before:
            yield scene.reason(code.STEP_BACK_FOR_FLARE, before=scene.amount(before))
        elif not flares_follow_dose(foot):
            yield scene.reason(code.FLARES_DO_NOT_FOLLOW_DOSE, flare_ups=int(foot.onsets))
    if foot.onset or not scene.flaring:
        yield scene.reason(code.DAY_AFTER_FLARE)
    elif not scene.begins_today:
        yield scene.reason(code.HOLD_IN_FLARE)
    if not scene.flaring and scene.on_the_way_back:
        yield scene.reason(code.WAY_BACK, before=scene.amount(foot.before_flare))


def _baseline(scene: Scene) -> Iterator[Reason]:
    left = rule.TRIES_FOR_A_BASELINE - scene.tries
    yield scene.reason(ReasonCode.FINDING_BASELINE, tries=scene.tries, tries_left=left)
    if recent_flare(scene.foot):
        yield scene.reason(ReasonCode.LOWER_START_AFTER_FLARE)


def _climb(scene: Scene) -> Iterator[Reason]:
    code, foot = ReasonCode, scene.foot
    if foot.missed > rule.LONG_GAP_DAYS:
        yield scene.reason(code.BACK_AFTER_GAP, days=int(foot.missed))
    elif foot.missed > 0:
        yield scene.reason(code.NO_CHECK_IN, days=int(foot.missed))
    elif foot.level >= foot.goal:
        yield scene.reason(code.AT_GOAL, goal=foot.goal)
    elif foot.kept_low:
        yield scene.reason(code.DID_LESS_THAN_HALF)
    elif foot.level != foot.baseline and foot.calm > 0:
        yield from _growth(scene)
    if foot.level == foot.baseline and foot.level < foot.goal:
        yield scene.reason(code.STARTING_AT_BASELINE, baseline=scene.amount(foot.baseline))
        if not scene.shown_before and recent_flare(foot) and scene.tries:
            yield scene.reason(code.LOWER_START_AFTER_FLARE)
    if scene.on_the_way_back:
        yield scene.reason(code.WAY_BACK, before=scene.amount(foot.before_flare))
    done = scene.yesterday.done
    if done is not None and done > (scene.yesterday.planned or foot.last) * rule.ROOM_ABOVE:
        yield scene.reason(code.DID_MORE_THAN_PLANNED, done=done)


def _growth(scene: Scene) -> Iterator[Reason]:
    code, days = ReasonCode, int(scene.foot.calm)
    if scene.shown > scene.shown_before:
        before = scene.shown_before
        yield scene.reason(code.FLARE_FREE_DAYS, flare_free_days=days, yesterday=before)
    elif scene.shown == scene.shown_before and scene.dose == scene.foot.level:
        yield scene.reason(code.SMALL_STEPS_ADD_UP, flare_free_days=days)


def _strain(scene: Scene) -> Iterator[Reason]:
    """Name what made today's dose smaller: the night, the stress, or both.

    Yesterday's scores are already part of the usual; that never turns a deviation's sign.
    """
    told, foot = scene.told_strain, scene.foot
    today = strain_told(foot, scene.now.sleep, scene.now.stress)
    strain = foot.strain if today is None else today
    if strain <= 0.0:
        return
    percent = max(1, round(100 * rule.EASE_PER_SD * strain))
    if sleep_deviation(foot, told.sleep) < 0.0:
        yield scene.reason(ReasonCode.ROUGH_NIGHT, percent=percent)
    if stress_deviation(foot, told.stress) > 0.0:
        yield scene.reason(ReasonCode.STRESSFUL_DAY, percent=percent)


def _bounds(scene: Scene) -> Iterator[Reason]:
    lowest = scene.foot.baseline * rule.LOWEST_SHARE_OF_BASELINE
    if scene.dose < scene.level:
        yield scene.reason(ReasonCode.CLIMB_KEPT, level=scene.amount(scene.level))
    if scene.dose <= lowest:
        yield scene.reason(ReasonCode.LOWEST_DOSE)
