"""Why today's dose is what it is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from safetomove.core.pacing import rule
from safetomove.core.pacing.climb import recent_flare
from safetomove.core.pacing.decision import Fact, Reason, ReasonCode
from safetomove.core.pacing.footing import NEVER, Lived
from safetomove.core.pacing.override import Alters, Override
from safetomove.core.pacing.plan import ActivityPlan
from safetomove.core.pacing.rounding import Rounding, round_down
from safetomove.core.pacing.staircase import (
    Person,
    doing_unheard,
    flares_follow_dose,
    level_told,
    sleep_deviation,
    strain_told,
    stress_deviation,
)
from safetomove.core.pacing.terms import Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Everything that one day's decision looks at."""

    plan: ActivityPlan
    foot: Person
    now: Lived
    yesterday: Lived
    tries: int
    finding: bool
    waited: bool  # yesterday was the others' turn to climb
    held: bool
    dose: float
    shown: float
    shown_before: float  # yesterday, once the day's own answers were in; 0 for nothing
    least_before: float  # yesterday's smallest, which today's may exceed by so much only
    rounding: Rounding
    terms: Terms  # by which this day goes
    override: Override | None  # the clinic's change that is in force
    since_pause: int  # days lived since the clinic's last pause ended

    @property
    def level(self) -> float:
        """The climb, with today's flare-up counted if it has been told of."""
        return level_told(self.foot, self.now.flare, self.terms.share)

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
    def below_the_climb(self) -> bool:
        """Say whether today asks less than the climb does, by an amount that shows."""
        return self.shown < self.amount(self.level)

    @property
    def comes_back_up(self) -> bool:
        """Say whether the number is on its way back up to the climb, after a day below it."""
        if not self.shown_before:
            return False  # a first number comes back from nowhere
        grown = 1.0 if self.waited else 1.0 + self.terms.step
        a_day_ago = self.foot.level / grown
        if self.shown_before < self.shown and self.shown_before < self.amount(a_day_ago):
            return True
        limited = self.below_the_climb and self.strain == 0.0
        return limited and self.shown_before <= self.shown and not self.back_after_gap

    @property
    def back_after_gap(self) -> bool:
        return self.foot.missed > rule.LONG_GAP_DAYS

    @property
    def strain(self) -> float:
        """How rough today was, if that is told, else yesterday; in SD."""
        today = strain_told(self.foot, self.now.sleep, self.now.stress)
        return self.foot.strain if today is None else today

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
    return (*_clinic(scene), *_of_the_rule(scene))


def days_since_pause(plan: ActivityPlan, today: date) -> int:
    """Count the days lived since the last pause that a clinic made ended."""
    over = [each.until for each in plan.overrides if each.alters is Alters.PAUSE]
    ends = [(today - until).days - 1 for until in over if until < today]
    return min(ends, default=int(NEVER))


def _of_the_rule(scene: Scene) -> tuple[Reason, ...]:
    if scene.flaring or scene.foot.since_flare == 0.0:
        return (*_flare(scene), *_strain(scene), *_bounds(scene))
    if scene.finding:
        return (*_finding(scene), *_strain(scene), *_bounds(scene))
    return (*_climb(scene), *_rise(scene), *_strain(scene), *_bounds(scene), *_more(scene))


def _clinic(scene: Scene) -> Iterator[Reason]:
    """Say first what a clinic changed: the person is never left to guess."""
    code, override = ReasonCode, scene.override
    if override is None or override.value is None:
        return
    if override.alters is Alters.AMOUNT:
        yield scene.reason(code.CLINIC_AMOUNT, amount=scene.amount(override.value))
    elif override.alters is Alters.STEP:
        yield scene.reason(code.CLINIC_STEP, percent=round(100 * override.value, 2))
    elif override.alters is Alters.FLOOR:
        yield scene.reason(code.CLINIC_FLOOR, amount=scene.amount(override.value))


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
    if not scene.flaring:
        yield from _way_back(scene)


def _finding(scene: Scene) -> Iterator[Reason]:
    left = rule.TRIES_FOR_A_BASELINE - scene.tries
    yield scene.reason(ReasonCode.FINDING_BASELINE, tries=scene.tries, tries_left=left)
    if recent_flare(scene.foot):
        yield scene.reason(ReasonCode.LOWER_START_AFTER_FLARE)


def _climb(scene: Scene) -> Iterator[Reason]:
    """Say what the climb itself does today: one reason, or two at the start."""
    code, foot = ReasonCode, scene.foot
    unseen = min(int(foot.missed), scene.since_pause)
    if scene.since_pause == 0:
        yield scene.reason(code.BACK_AFTER_PAUSE)
    elif scene.back_after_gap:
        yield scene.reason(code.BACK_AFTER_GAP, days=int(foot.missed))
    elif unseen > 0:
        yield scene.reason(code.NO_CHECK_IN, days=unseen)
    elif foot.level >= scene.terms.top:
        return  # the clinic's own words say it all
    elif foot.level >= foot.goal:
        yield scene.reason(code.AT_GOAL, goal=foot.goal)
    elif foot.kept_low:
        yield scene.reason(code.DID_LESS_THAN_HALF)
    elif foot.in_flare:
        yield scene.reason(code.FLARE_OVER)
    elif foot.level == foot.baseline and not doing_unheard(foot):
        yield from _starting(scene)
    elif doing_unheard(foot):
        yield scene.reason(code.DOING_UNHEARD, days=int(foot.unheard))
    elif not (scene.comes_back_up or scene.waited):
        yield from _growth(scene)
    if scene.waited and foot.level < foot.goal:
        yield scene.reason(code.TAKING_TURNS)


def _starting(scene: Scene) -> Iterator[Reason]:
    code, foot = ReasonCode, scene.foot
    yield scene.reason(code.STARTING_AT_BASELINE, baseline=scene.amount(foot.baseline))
    if recent_flare(foot) and scene.tries:
        yield scene.reason(code.LOWER_START_AFTER_FLARE)


def _growth(scene: Scene) -> Iterator[Reason]:
    code, days = ReasonCode, int(scene.foot.calm)
    if scene.shown > scene.shown_before:
        before = scene.shown_before
        yield scene.reason(code.FLARE_FREE_DAYS, flare_free_days=days, yesterday=before)
    elif scene.shown >= scene.amount(scene.level):
        yield scene.reason(code.SMALL_STEPS_ADD_UP, flare_free_days=days)


def _rise(scene: Scene) -> Iterator[Reason]:
    """Name a rise that isn't growth, and a way to go."""
    if scene.comes_back_up:
        yield scene.reason(ReasonCode.BACK_TO_CLIMB)
    yield from _way_back(scene)


def _more(scene: Scene) -> Iterator[Reason]:
    """Answer a day on which more was done than planned; a try had no plan."""
    foot, done = scene.foot, scene.yesterday.done
    started = foot.level != foot.baseline
    if started and done and done > (scene.yesterday.planned or foot.last) * rule.ROOM_ABOVE:
        yield scene.reason(ReasonCode.DID_MORE_THAN_PLANNED, done=done)


def _way_back(scene: Scene) -> Iterator[Reason]:
    before = scene.amount(scene.foot.before_flare)
    if scene.on_the_way_back and not scene.below_the_climb and before > scene.shown:
        yield scene.reason(ReasonCode.WAY_BACK, before=before)


def _strain(scene: Scene) -> Iterator[Reason]:
    """Name what made today's dose smaller: the night, the stress, or both.

    Yesterday's scores are already part of the usual; that never turns a deviation's sign.
    """
    told, foot = scene.told_strain, scene.foot
    if scene.strain <= 0.0 or not scene.below_the_climb:
        return
    percent = max(1, round(100 * rule.EASE_PER_SD * scene.strain))
    night, stress = -sleep_deviation(foot, told.sleep), stress_deviation(foot, told.stress)
    worth_naming = max(night, stress) * 0.5
    if night >= worth_naming:
        yield scene.reason(ReasonCode.ROUGH_NIGHT, percent=percent)
    if stress >= worth_naming:
        yield scene.reason(ReasonCode.STRESSFUL_DAY, percent=percent)


def _bounds(scene: Scene) -> Iterator[Reason]:
    lowest = scene.foot.baseline * scene.terms.share
    if scene.below_the_climb and not (scene.finding and scene.strain == 0.0):
        yield scene.reason(ReasonCode.CLIMB_KEPT, level=scene.amount(scene.level))
    if scene.dose <= lowest:
        yield scene.reason(ReasonCode.LOWEST_DOSE)
