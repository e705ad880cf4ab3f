"""The invented days of the demonstration: the doses follow the real rule."""

from collections.abc import Sequence
from datetime import date, timedelta

from safetomove.core.chance import draw
from safetomove.core.diary import CheckIn, Diary
from safetomove.core.pacing import ActivityPlan, Climb, Unit, climb_through, rule_dose

SEED = 1847
FLARES = {17: 4, 38: 3, 61: 5}  # first day: days that it lasts
FORGOTTEN = 0.12  # share of days with no check-in
SKIPPED = 0.08  # share of items left out
RESTED = 0.15  # share of days on which an activity is not done
NOTES = {
    2: "Walked to the shop and back. Slower than I would like.",
    11: "Sat through the whole film. Stiff after, fine by bedtime.",
    18: "Bad morning. Kept to the short walk all the same.",
    27: "Slept well for once. Garden for a while, nothing heavy.",
    40: "Long day at work and a worse back. Hot bath, early night.",
    52: "Carried the shopping in two trips. Did not think about it.",
    63: "It is back, like in June. I know this one passes.",
    74: "Round the lake with Sam. First time this year.",
    82: "Forgot about my back until the evening.",
}


def plans_of(first: date) -> tuple[ActivityPlan, ...]:
    """Return the two activities that the person chose on the first day."""
    walking = ActivityPlan(
        id="walking",
        name="Walking",
        unit=Unit.MINUTES,
        goal=45,
        started=first,
        tries=(15.0, 12.0, 16.0),
        goal_text="Once round the lake with Sam",
    )
    stands = ActivityPlan(
        id="sit to stand",
        name="Sit to stand",
        unit=Unit.REPETITIONS,
        goal=20,
        started=first,
        tries=(8.0, 10.0, 9.0),
        goal_text="Up from the low sofa with no hands",
    )
    return walking, stands


def live(plans: Sequence[ActivityPlan], *, first: date, days: int) -> list[CheckIn]:
    """Live the days one by one; each day's plan comes from the days before it."""
    lived: list[CheckIn] = []
    climbs: dict[str, Climb] = {}
    for n in range(days):
        day = first + timedelta(days=n)
        diary = Diary(tuple(lived[-10:]))
        planned = {}
        for plan in plans:
            start = climbs.get(plan.id)
            planned[plan.id] = rule_dose(plan, diary, today=day, start=start).dose
            climbs[plan.id] = climb_through(plan, diary, until=day - timedelta(days=1), start=start)
        if draw(SEED, n, "forgotten") >= FORGOTTEN or n in NOTES:
            lived.append(_lived(n, day, planned))
    return lived


def _lived(n: int, day: date, planned: dict[str, float]) -> CheckIn:
    flare = any(start <= n < start + length for start, length in FLARES.items())
    better = n / 84
    worse = 2.5 if flare else 0.0
    done = {
        activity: dose
        for activity, dose in planned.items()
        if draw(SEED, n, activity, "rested") >= RESTED
    }
    return CheckIn(
        day=day,
        flare=flare,
        pain=_rated(n, "pain", 5.0 - 1.6 * better + worse),
        interference=_rated(n, "interference", 5.2 - 2.4 * better + worse),
        sleep_quality=_rated(n, "sleep_quality", 5.0 + 1.2 * better - worse / 2),
        stress=_rated(n, "stress", 5.0 - 0.8 * better + (1.5 if n % 7 in {0, 1} else 0.0)),
        mood=_rated(n, "mood", 5.4 + 1.4 * better - worse / 2),
        worry=_rated(n, "worry", 5.5 - 2.5 * better + worse / 2),
        note=NOTES.get(n, ""),
        done=done,
        planned=planned,
    )


def _rated(n: int, item: str, usual: float) -> float | None:
    """Return a whole score about the usual one, or None on the days it is skipped."""
    if draw(SEED, n, item, "skipped") < SKIPPED:
        return None
    swing = sum(draw(SEED, n, item, part) for part in range(3)) - 1.5  # SD 0.5
    return float(min(10, max(0, round(usual + 2.2 * swing))))
