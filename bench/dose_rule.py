"""Is there a better dose rule? python -m bench.dose_rule [SEED]

Tries changes to the staircase on virtual patients and prints how far each lies above the
rules in use at equal flare-up days, and how much further than the staircase itself. All were
chosen on the tuning seed, without the family that is held out, and are judged here on another
seed. In-silico and exploratory.
"""

import sys
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from safetomove.core.pacing import DayObservations, DosePolicy, crowd, rule
from safetomove.core.simulation import HELD_OUT, TUNING_SEED, Cohort, FamilyId, PolicyId, Scores
from safetomove.core.simulation import live as live_all
from safetomove.core.simulation import policy as named
from safetomove.core.simulation.frontier import Gap, gained, gap, ratio
from safetomove.core.simulation.policies import Ours
from safetomove.core.simulation.trial import sweep

SEED, PEOPLE, DAYS = 2027, 2000, 84
FIRST_TRIES = 1.0 / rule.BASELINE_SHARE  # times the baseline: what the tries themselves were
BARS = {"threshold": 8.0, "fitness": 3.0, "inflammation": 3.0, "spells": -1.0}  # points
NULL_BAR = 0.8  # of the activity under a quota of 10% a week


@dataclass(slots=True)
class Attempt:
    """The staircase with other numbers, a quick way back, and an ear for where people stop."""

    climb: float = rule.CLIMB_PER_FLARE_FREE_DAY
    back: float = rule.FLARE_STEP_BACK
    ease: float = rule.EASE_PER_SD
    quick: float = 0.0  # a day, up to the level before a flare-up
    tries: bool = True  # and, from the first day on, up to the first tries
    short: float = 0.0  # of the plan: less done than this waits, and brings the level down
    notice: float = rule.ONSETS_BEFORE_NOTICING
    mark: Any = field(default=None, init=False)

    def start(self, n: int, *, baseline: Any, goal: Any) -> Any:
        """Return n people at their baselines."""
        at = np.broadcast_to(np.asarray(baseline, dtype=np.float64), (n,))
        self.mark = at * FIRST_TRIES if self.quick and self.tries else np.zeros(n)
        return crowd.Staircase().start(n, baseline=at, goal=goal)

    def next(self, foot: Any, day: DayObservations) -> Any:
        """Take in a day and return the next day's dose, within the bounds of the shipped rule."""
        yes, no, seen = day.flare > 0.5, day.flare < 0.5, crowd._observed(day)
        strain, told = crowd._strain(foot, day)
        foot.strain, foot.last = np.where(told, strain, 0.0), foot.dose
        lowest = foot.baseline * rule.LOWEST_SHARE_OF_BASELINE
        steps = yes & ~foot.in_flare & self._follow(foot)
        if self.quick:
            self.mark = np.where(steps, foot.level, self.mark)
        level = np.where(steps, np.maximum(foot.level * self.back, lowest), foot.level)
        crowd._weigh_load(foot, day, seen)
        crowd._note_flare(foot, yes, no, seen, level)
        planned = np.where(day.planned > 0.0, day.planned, foot.last)
        foot.unheard = np.where(day.done > 0.0, 0.0, foot.unheard + seen)
        short = (day.done >= rule.DONE_ENOUGH_SHARE * planned) & (day.done < self.short * planned)
        short &= ~foot.in_flare
        waits = foot.in_flare | short | (day.done < rule.DONE_ENOUGH_SHARE * planned)
        waits |= foot.unheard > rule.DOING_UNHEARD_DAYS
        up = 1.0 + np.where(foot.level < self.mark, np.maximum(self.quick, self.climb), self.climb)
        risen = np.maximum(np.minimum(foot.level * up, foot.goal), foot.level)
        foot.level = np.where(seen & ~waits, risen, foot.level)
        halfway = np.maximum(foot.level * (1.0 + day.done / planned) * 0.5, lowest)
        foot.level = np.where(short, halfway, foot.level)
        foot.missed = np.where(seen, 0.0, foot.missed + 1.0)
        crowd._learn(foot, day)
        foot.dose = self._dose(foot, lowest)
        return foot.dose.copy()

    def _follow(self, foot: Any) -> Any:
        few = foot.onsets < self.notice
        return few | (foot.onset_load * foot.ordinary > foot.ordinary_load * foot.onsets)

    def _dose(self, foot: Any, lowest: Any) -> Any:
        eased = foot.level * (1.0 - self.ease * foot.strain)
        away = foot.missed > rule.LONG_GAP_DAYS
        eased = np.maximum(np.where(away, eased * rule.SHARE_AFTER_GAP, eased), lowest)
        held = foot.in_flare | (foot.since_flare == 0.0)
        return np.minimum(eased, np.where(held, foot.last, foot.last * (1 + rule.MAX_DAILY_RISE)))


BOLD = {"climb": 0.025, "back": 0.9, "ease": 0.1}


def candidates() -> dict[str, DosePolicy]:
    """Return what is tried, the shipped rule first; each a fresh one."""
    tried: dict[str, Attempt] = {
        "bolder numbers alone": Attempt(**BOLD),
        "and a quick way back": Attempt(**BOLD, quick=0.05),
        "and where they stop": Attempt(**BOLD, quick=0.05, short=0.95),
        "and noticing from the 2nd": Attempt(**BOLD, quick=0.05, short=0.95, notice=2),
        "no step back at the first": Attempt(**BOLD, quick=0.05, short=0.95, notice=0),
        "shipped numbers, quick+stop": Attempt(quick=0.05, short=0.95),
        **_one_change_each(),
    }
    shares = {name: Ours(shipped=one) for name, one in tried.items()}
    alone = {"what you can": named(PolicyId.WHAT_YOU_CAN), "oracle": named(PolicyId.ORACLE)}
    return {"the shipped staircase": Ours(), **shares, **alone}


def _one_change_each() -> dict[str, Attempt]:
    """Return the smallest changes to the shipped numbers: none needs a new question."""
    return {
        "quick way back, 5%": Attempt(quick=0.05, tries=False),
        "quick way back, 3%": Attempt(quick=0.03, tries=False),
        "quick way back, and to tries": Attempt(quick=0.05),
        "shipped, no step at the first": Attempt(notice=0),
        "quick way back, no step": Attempt(quick=0.05, tries=False, notice=0),
        "quick, to tries, no step": Attempt(quick=0.05, notice=0),
        "a fifth back, 4%, ease 10%": Attempt(back=0.8, quick=0.04, ease=0.1, tries=False),
    }


def main(seed: int = SEED) -> int:
    """Print every candidate in every family. It is a study: a bar that is missed is no error."""
    print(f"seed {seed} (tuned on {TUNING_SEED}), {PEOPLE} people a family, {DAYS} days")
    print(f"points of habit above all rules in use at equal flare-up days; held out: {HELD_OUT}")
    for family in FamilyId:
        cohort = Cohort.of(family, people=PEOPLE, days=DAYS, seed=seed)
        print(f"\n{family}")
        for name, one in candidates().items():
            _judge(cohort, seed, name, one)
    return 0


@dataclass(frozen=True, slots=True)
class Reference:
    """What everything else in a family is held against."""

    habit: Scores
    quota: Scores
    swept: list[Scores]
    shipped: Scores


_REFERENCE: dict[FamilyId, Reference] = {}


def _reference(cohort: Cohort) -> Reference:
    family = cohort.family.id
    if family not in _REFERENCE:
        habit, quota = (Scores.of(live_all(cohort, named(it))) for it in _YARDSTICKS)
        swept = [one for many in sweep(cohort).values() for one in many]
        _REFERENCE[family] = Reference(habit, quota, swept, Scores.of(live_all(cohort, Ours())))
    return _REFERENCE[family]


def _judge(cohort: Cohort, seed: int, name: str, policy: DosePolicy) -> None:
    """Print one line, and one against the shipped rule."""
    family, known = cohort.family.id, _reference(cohort)
    ours = Scores.of(live_all(cohort, policy))
    if family is FamilyId.NULL:
        found, bar = ratio(ours, known.quota, seed=seed), NULL_BAR
        step = ratio(ours, known.shipped, seed=seed)
        against = f"of quota {_interval(found, '.2f')}, bar {bar}"
        than = f"{_interval(step, '.2f')} times its activity"
    else:
        found, bar = gap(ours, known.swept, seed=seed), BARS[family]
        step = gained(ours, known.shipped, known.swept, seed=seed)
        against = f"gap {_interval(found, '+.1f')}, bar {bar:+g}"
        than = f"{_interval(step, '+.1f')} points"
    verdict = "meets the bar" if found.points >= bar else "misses it"
    print(f"  {name:29} {against}, {verdict}; against habit {_beside(ours, known.habit)}")
    print(f"  {'':29} than the staircase {than}; {_beside(ours, known.shipped)}", flush=True)


def _interval(found: Gap, form: str) -> str:
    return f"{found.points:{form}} ({found.low:{form}} to {found.high:{form}})"


def _beside(ours: Scores, other: Scores) -> str:
    """Say what flare-up days the minutes were bought with."""
    more = 100 * (ours.activity.mean() - other.activity.mean())
    days = ours.flare_days - other.flare_days
    doubt = 1.96 * days.std() / len(days) ** 0.5
    return f"{more:+.1f} points, {days.mean():+.2f} ± {doubt:.2f} flare-up days"


_YARDSTICKS = (PolicyId.HABIT, PolicyId.QUOTA_10)

if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:2])))
