"""A person's climb: a fold over their days, which can be stored and taken up again."""

from collections.abc import Mapping
from copy import copy
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Any

from safetomove.core.diary import CheckIn, Diary
from safetomove.core.errors import BadInput
from safetomove.core.pacing import rule
from safetomove.core.pacing.baseline import baseline_from_tries
from safetomove.core.pacing.footing import NEVER, UNSEEN, Footing, Lived, start
from safetomove.core.pacing.plan import ActivityPlan
from safetomove.core.pacing.rounding import Rounding
from safetomove.core.pacing.staircase import (
    Person,
    dose_on,
    is_held,
    learn,
    live,
    may_climb,
    note_flare,
)
from safetomove.core.pacing.terms import USUAL, dawn

FLAGS = ("in_flare", "onset", "kept_low")


class BadCheckpoint(BadInput):
    """A stored climb that can't be taken up again; fold the whole diary instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Climb:
    """Where a person stands after living `day`. Treat it as a value: its parts don't change.

    `given` is the dose shown for that day once its own answers were in, `shown` the
    smallest dose shown for it, which the next may exceed by so much only; 0 for none.
    `waited` says that it would have climbed on that day, had it been its turn.
    """

    day: date
    tries: tuple[float, ...]
    shown: float
    given: float
    footing: Person
    waited: bool = False

    @property
    def level(self) -> float:
        """The unrounded climb, in the activity's unit."""
        return self.footing.level

    @property
    def baseline(self) -> float | None:
        return self.footing.baseline or None

    @property
    def goal(self) -> float:
        return self.footing.goal

    @property
    def in_flare(self) -> bool:
        return bool(self.footing.in_flare)

    @property
    def flare_free_days(self) -> int:
        return int(self.footing.calm)

    def to_json(self) -> dict[str, Any]:
        """Return the climb as plain values that JSON can hold, to the last bit."""
        return {
            "rule_version": rule.RULE_VERSION,
            "day": self.day.isoformat(),
            "tries": list(self.tries),
            "shown": self.shown,
            "given": self.given,
            "footing": asdict(self.footing),
            "waited": self.waited,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Climb":
        """Read what `to_json` wrote; a climb made by another rule is refused."""
        if data.get("rule_version") != rule.RULE_VERSION:
            raise BadCheckpoint("this climb was made by another version of the dose rule")
        try:
            return cls(
                day=date.fromisoformat(data["day"]),
                tries=tuple(float(amount) for amount in data["tries"]),
                shown=float(data["shown"]),
                given=float(data["given"]),
                footing=_footing_from(data["footing"]),
                waited=bool(data.get("waited", False)),
            )
        except (KeyError, TypeError, ValueError) as wrong:
            raise BadCheckpoint(f"the stored climb can't be read: {wrong}") from None


def climb_through(
    plan: ActivityPlan, diary: Diary, *, until: date, start: Climb | None = None
) -> Climb:
    """Fold the days up to and including `until` into one climb.

    With `start`, a climb through an earlier day, only the days after it are read: the
    result is that of folding the whole diary, as long as what `start` was made of still
    stands. A day that isn't in the diary counts as unseen.
    """
    climb = stand(plan, diary, until=until, start=start)
    first, last = climb.day.toordinal() + 1, until.toordinal()
    if last < first:
        return climb
    walk = Walk(plan, climb)
    for check_in in diary.between(date.fromordinal(first), until):
        day = check_in.day.toordinal()
        for _ in range(first, day):
            walk.live(UNSEEN)
        walk.live(lived_day(check_in, plan.id))
        first = day + 1
    for _ in range(first, last + 1):
        walk.live(UNSEEN)
    return walk.stop(until)


def stand(plan: ActivityPlan, diary: Diary, *, until: date, start: Climb | None) -> Climb:
    """Return where a fold through `until` begins: at a stored climb, or at the foot."""
    return _at_the_foot(plan, diary) if start is None else _take_up(plan, start, until)


def lived_day(check_in: CheckIn | None, activity: str) -> Lived:
    """Take from a check-in what the rule looks at."""
    if check_in is None:
        return UNSEEN
    return Lived(
        check_in.flare is not None or check_in.pain is not None or check_in.observed,
        check_in.flare,
        check_in.sleep_quality,
        check_in.stress,
        check_in.done.get(activity),
        check_in.planned.get(activity),
    )


def finding_baseline(plan: ActivityPlan, tries: tuple[float, ...]) -> bool:
    """Say whether the climb waits for more tries."""
    return plan.baseline is None and len(tries) < rule.TRIES_FOR_A_BASELINE


def recent_flare(foot: Person) -> bool:
    """Say whether a flare-up was told of in the last days."""
    return foot.since_flare <= rule.RECENT_FLARE_DAYS


class Walk:
    """A fold under way: the only place where a person's footing changes."""

    def __init__(self, plan: ActivityPlan, climb: Climb) -> None:
        self.plan, self.tries = plan, climb.tries
        self.shown, self.given, self.waited = climb.shown, climb.given, climb.waited
        self.foot = copy(climb.footing)
        self.finding = finding_baseline(plan, self.tries)
        self.round = Rounding.of(plan, self.foot.baseline)
        self.lived, self.dawned, self.terms = climb.day, climb.day, USUAL

    def dawn(self) -> None:
        """Come under what is in force on the next day; again before it is lived is harmless."""
        if self.plan.overrides and self.dawned == self.lived:
            self.dawned += timedelta(days=1)
            self.terms = dawn(self.plan, self.foot, self.dawned)
            self.round = Rounding.of(self.plan, self.foot.baseline, self.terms.share)

    def live(self, day: Lived) -> None:
        """Take in one day: the footing, what was shown, and a try while they are wanted."""
        self.dawn()
        self.lived, foot, terms = self.dawned, self.foot, self.terms
        if terms.paused:
            day = day._replace(observed=False, done=None, planned=None, turn=False)
        if foot.baseline:
            held = is_held(foot, day.flare)
            live(foot, day, share=terms.share, step=terms.step, top=terms.top)
            self._show(held=held)
            self.waited = not day.turn and may_climb(foot, day)
        else:
            note_flare(foot, day, 0.0)
            learn(foot, day)
        if self.finding:
            self._try(day)

    def _show(self, *, held: bool) -> None:
        foot, before = self.foot, self.shown
        self.shown = self.given = self.round.show(foot.last, before, held=held)
        if foot.given != foot.last:
            self.given = self.round.show(foot.given, before, held=held)

    def stop(self, day: date) -> Climb:
        """Return the climb through `day`, the last one lived."""
        return Climb(
            day=day, tries=self.tries, shown=self.shown, given=self.given,
            footing=self.foot, waited=self.waited,
        )  # fmt: skip

    def _try(self, day: Lived) -> None:
        if day.done:
            self.tries = (*self.tries, day.done)
        rebase(self.foot, self.tries)
        self.finding = finding_baseline(self.plan, self.tries)
        self.round = Rounding.of(self.plan, self.foot.baseline)


def rebase(foot: Person, tries: tuple[float, ...]) -> None:
    """Stand at the baseline that the tries so far give; the daily rise limit still holds."""
    if not tries:
        return
    baseline = baseline_from_tries(tries, recent_flare=recent_flare(foot))
    foot.last = foot.last or baseline
    foot.baseline = foot.level = foot.typical = baseline
    foot.before_flare = foot.onsets = foot.onset_load = foot.ordinary = foot.ordinary_load = 0.0
    foot.load = foot.load_before = 1.0
    foot.dose = dose_on(foot, None, foot.strain)


def _at_the_foot(plan: ActivityPlan, diary: Diary) -> Climb:
    """Stand before the first day, at the baseline if there is one."""
    foot = start(plan.baseline or 0.0, plan.goal, 0.0, False)
    foot.since_flare = _days_since_flare(diary, plan.started)
    tries = plan.tries[: rule.TRIES_FOR_A_BASELINE]
    if plan.baseline is None:
        rebase(foot, tries)
    eve = plan.started - timedelta(days=1)
    return Climb(day=eve, tries=tries, shown=0.0, given=0.0, footing=foot)


def _days_since_flare(diary: Diary, started: date) -> float:
    """Count from the last flare day to the day before the plan starts."""
    eve = started - timedelta(days=1)
    recent = diary.between(eve - timedelta(days=rule.RECENT_FLARE_DAYS), eve)
    flares = [check_in.day for check_in in recent if check_in.flare]
    return float((eve - flares[-1]).days) if flares else NEVER


def _take_up(plan: ActivityPlan, climb: Climb, until: date) -> Climb:
    """Check that a stored climb is this plan's, and climb on to the plan's present goal."""
    if climb.day > until:
        raise BadCheckpoint(f"the stored climb runs to {climb.day}, past {until}")
    if plan.baseline is not None and plan.baseline != climb.baseline:
        raise BadCheckpoint("the baseline has changed since this climb was stored")
    foot = copy(climb.footing)
    foot.goal = plan.goal
    return replace(climb, footing=foot)


def _footing_from(data: Mapping[str, Any]) -> Person:
    values = {name: bool(it) if name in FLAGS else float(it) for name, it in data.items()}
    return Footing(**values)
