"""One day of the staircase, for one person. `crowd` says the same for many, bit for bit."""

from math import inf, sqrt

from safetomove.core.pacing.footing import Footing, Lived
from safetomove.core.pacing.rule import (
    CLIMB_PER_FLARE_FREE_DAY,
    DOING_UNHEARD_DAYS,
    DONE_ENOUGH_SHARE,
    EASE_PER_SD,
    FLARE_OPEN_DAYS,
    FLARE_STEP_BACK,
    LEAST_SPREAD,
    LONG_GAP_DAYS,
    LOWEST_SHARE_OF_BASELINE,
    MAX_DAILY_RISE,
    MEMORY_DAYS,
    MOST_RELATIVE_LOAD,
    MOST_STRAIN_SD,
    ONSETS_BEFORE_NOTICING,
    SHARE_AFTER_GAP,
    TYPICAL_LOAD_DAYS,
)

Person = Footing[float]


def live(
    foot: Person,
    day: Lived,
    *,
    share: float = LOWEST_SHARE_OF_BASELINE,
    step: float = CLIMB_PER_FLARE_FREE_DAY,
    top: float = inf,
) -> None:
    """Take in one lived day; afterwards `foot.dose` is the next day's dose.

    `share`, `step` and `top` are the day's own terms, where a clinic changed the usual ones.
    """
    strain = strain_told(foot, day.sleep, day.stress)
    given = dose_on(foot, day.flare, foot.strain if strain is None else strain, share)
    foot.given, foot.last = given, given if given < foot.dose else foot.dose
    foot.strain = 0.0 if strain is None else strain
    level = level_told(foot, day.flare, share)
    weigh_load(foot, day)
    note_flare(foot, day, level)
    planned = day.planned if day.planned else foot.last
    foot.kept_low = day.done is not None and day.done < DONE_ENOUGH_SHARE * planned
    note_doing(foot, day)
    if day.turn and may_climb(foot, day):
        climb(foot, step, top)
    foot.missed = 0.0 if day.observed else foot.missed + 1.0
    learn(foot, day)
    foot.dose = dose_on(foot, None, foot.strain, share)


def dose_on(
    foot: Person, flare: bool | None, strain: float, share: float = LOWEST_SHARE_OF_BASELINE
) -> float:
    """Return the dose for the day after the last lived one, unrounded.

    `flare` and `strain` are that day's own where it has been told already, so that the
    dose can step back on the day a flare-up begins.
    """
    level = level_told(foot, flare, share)
    eased = level * (1.0 - EASE_PER_SD * strain)
    if foot.missed > LONG_GAP_DAYS:
        eased *= SHARE_AFTER_GAP
    lowest = foot.baseline * share
    if eased < lowest:
        eased = lowest
    # The limit goes last: it outranks the floor where a first try was far too low.
    most = foot.last if is_held(foot, flare) else foot.last * (1.0 + MAX_DAILY_RISE)
    return eased if eased < most else most


def is_held(foot: Person, flare: bool | None) -> bool:
    """Say whether the dose may not rise: in a flare-up, and the day after a flare-up day."""
    return bool(flare or foot.since_flare == 0.0 or (foot.in_flare and flare is None))


def level_told(foot: Person, flare: bool | None, share: float = LOWEST_SHARE_OF_BASELINE) -> float:
    """Step back once, on the day a flare-up begins, unless flare-ups don't follow dose."""
    if not flare or foot.in_flare or not flares_follow_dose(foot):
        return foot.level
    lowest = foot.baseline * share
    back = foot.level * FLARE_STEP_BACK
    return back if back > lowest else lowest


def flares_follow_dose(foot: Person) -> bool:
    """Say whether easing for flare-ups makes sense: yes, until shown otherwise.

    After enough flare-ups: is the mean load before them above that before ordinary days?
    """
    few = foot.onsets < ONSETS_BEFORE_NOTICING
    return few or foot.onset_load * foot.ordinary > foot.ordinary_load * foot.onsets


def may_climb(foot: Person, day: Lived) -> bool:
    """Say whether a lived day, already noted, lets the climb grow: its turn left aside."""
    return day.observed and not (foot.in_flare or foot.kept_low or doing_unheard(foot))


def climb(foot: Person, step: float = CLIMB_PER_FLARE_FREE_DAY, top: float = inf) -> None:
    """Add a flare-free day's climb, up to the goal or `top`; a level above them stays."""
    up = foot.level * (1.0 + step)
    if up > foot.goal:
        up = foot.goal
    if up > top:
        up = top
    if up > foot.level:
        foot.level = up


def note_doing(foot: Person, day: Lived) -> None:
    """Count the observed days since the activity was last told as done; nought isn't doing it."""
    if day.done:
        foot.unheard = 0.0
    elif day.observed:
        foot.unheard += 1.0


def doing_unheard(foot: Person) -> bool:
    """Say whether the climb waits, for want of a word that the activity is being done."""
    return foot.unheard > DOING_UNHEARD_DAYS


def note_flare(foot: Person, day: Lived, level: float) -> None:
    """Step back to `level` if a flare-up begins, and count the days since.

    A flare-up goes on until the person says no, or has not said yes for a week.
    """
    foot.onset = bool(day.flare) and not foot.in_flare
    if foot.onset:
        foot.before_flare, foot.level = foot.level, level
    foot.since_flare = 0.0 if day.flare else foot.since_flare + 1.0
    still_open = day.flare is None and foot.since_flare <= FLARE_OPEN_DAYS
    foot.in_flare = bool(day.flare) or (foot.in_flare and still_open)
    if day.flare:
        foot.calm = 0.0
    elif day.observed and not foot.in_flare:
        foot.calm += 1.0


def strain_told(foot: Person, sleep: float | None, stress: float | None) -> float | None:
    """Return how rough a day was, in the person's own SDs, 0 to the most; None if untold.

    The mean of how far stress lies above the usual and sleep below it, or the one told.
    """
    if sleep is None and stress is None:
        return None
    rough = stress_deviation(foot, stress) - sleep_deviation(foot, sleep)
    if sleep is not None and stress is not None:
        rough *= 0.5
    if rough < 0.0:
        return 0.0
    return rough if rough < MOST_STRAIN_SD else MOST_STRAIN_SD


def sleep_deviation(foot: Person, score: float | None) -> float:
    """Return how far a sleep score lies above the person's usual, in SD; 0 if not given."""
    if score is None:
        return 0.0
    spread = sqrt(foot.sleep_variance)
    return (score - foot.sleep_mean) / (spread if spread > LEAST_SPREAD else LEAST_SPREAD)


def stress_deviation(foot: Person, score: float | None) -> float:
    """Return how far a stress score lies above the person's usual, in SD; 0 if not given."""
    if score is None:
        return 0.0
    spread = sqrt(foot.stress_variance)
    return (score - foot.stress_mean) / (spread if spread > LEAST_SPREAD else LEAST_SPREAD)


def learn(foot: Person, day: Lived) -> None:
    """Fold the day's scores into the person's usual; one not given changes nothing."""
    if day.sleep is not None:
        if foot.sleep_days < MEMORY_DAYS:
            foot.sleep_days += 1.0
        weight, off = 1.0 / foot.sleep_days, day.sleep - foot.sleep_mean
        foot.sleep_variance = (1.0 - weight) * (foot.sleep_variance + weight * off * off)
        foot.sleep_mean += weight * off
    if day.stress is not None:
        if foot.stress_days < MEMORY_DAYS:
            foot.stress_days += 1.0
        weight, off = 1.0 / foot.stress_days, day.stress - foot.stress_mean
        foot.stress_variance = (1.0 - weight) * (foot.stress_variance + weight * off * off)
        foot.stress_mean += weight * off


def weigh_load(foot: Person, day: Lived) -> None:
    """Count the day for or against flare-ups following dose, then take in its own load."""
    if day.flare is not None and not foot.in_flare:
        before = (foot.load + foot.load_before) * 0.5
        if day.flare:
            foot.onsets += 1.0
            foot.onset_load += before
        else:
            foot.ordinary += 1.0
            foot.ordinary_load += before
    foot.load_before = foot.load
    if not day.observed:
        foot.load = 1.0
        return
    amount = day.done
    if amount is None:
        amount = day.planned if day.planned else foot.last
    load = amount / foot.typical
    foot.load = load if load < MOST_RELATIVE_LOAD else MOST_RELATIVE_LOAD
    typical = foot.typical + (amount - foot.typical) / TYPICAL_LOAD_DAYS
    lowest = foot.baseline * LOWEST_SHARE_OF_BASELINE
    foot.typical = typical if typical > lowest else lowest
