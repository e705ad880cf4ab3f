"""Bar for virtual patients: python -m bench.simulation

A hundred thousand people of the threshold family for a year, random numbers included: the
compiled fleet against the same model in NumPy, single precision, with NumPy's own fastest
generator. The two take turns. First, both are held to the model that trials use.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from safetomove.core.simulation import Cohort, FamilyId, live
from safetomove.core.simulation.behaviour import FAILED_SHARE, RECENT_DAYS
from safetomove.core.simulation.fleet import Fleet, FleetLives
from safetomove.core.simulation.policies import Quota

LEAST = 2.0  # times as fast as NumPy
PEOPLE, DAYS, WEEKLY = 100_000, 365, 0.02
CHECKED, CHECKED_DAYS = 4000, 84
SEED, ROUNDS = 2028, 3
BLOCK = 100_000  # people at once in NumPy: the fastest of 2,048 to 100,000 that were tried
F = np.float32
Floats = NDArray[np.float32]


def main() -> int:
    """Print the check, both times and their ratio; exit 1 where a bar is missed."""
    same = _check()
    threads = os.cpu_count() or 1
    fleet = Fleet.of(PEOPLE, seed=SEED)
    runs: list[Callable[[], FleetLives]] = [
        lambda: fleet.live(days=DAYS, weekly=WEEKLY, threads=threads),
        lambda: numpy_lives(fleet.people, days=DAYS, weekly=WEEKLY, seed=SEED),
    ]
    times: list[list[float]] = [[], []]
    for _ in range(ROUNDS):
        for taken, run in zip(times, runs, strict=True):
            begun = time.perf_counter()
            run()
            taken.append(time.perf_counter() - begun)
    ratios = [slow / fast for fast, slow in zip(*times, strict=True)]
    ours, bare = (statistics.median(taken) for taken in times)
    rate = PEOPLE * DAYS / ours / 1e6
    print(f"{PEOPLE:,} people, {DAYS} days, {threads} threads: {ours:.2f} s, {rate:.1f} M days/s")
    print(f"NumPy, single precision: {bare:.2f} s")
    ratio = statistics.median(ratios)
    passed = ratio >= LEAST and same
    print(f"ratio {ratio:.2f} ({min(ratios):.2f} to {max(ratios):.2f}), at least {LEAST}: ", end="")
    print("PASS" if passed else "FAIL")
    return 0 if passed else 1


def _check() -> bool:
    """Hold the fleet to `live` draw by draw, and the NumPy text to both in distribution."""
    fleet = Fleet.of(CHECKED, seed=SEED)
    ours = fleet.live(days=CHECKED_DAYS, weekly=WEEKLY, threads=1)
    cohort = Cohort.of(FamilyId.THRESHOLD, people=CHECKED, days=CHECKED_DAYS, seed=SEED)
    lives = live(cohort, Quota(weekly=WEEKLY))
    flares, minutes = lives.flare.sum(axis=0), lives.minutes.sum(axis=0)
    same = float((flares == ours.flare_days).mean())
    off = float(np.quantile(np.abs(ours.minutes / minutes - 1), 0.99))
    print(f"same draws as the trial's model: {same:.2%} of people have the same flare-up days;")
    print(f"  99 in 100 have the same minutes to {off:.1e}")
    bare = numpy_lives(fleet.people, days=CHECKED_DAYS, weekly=WEEKLY, seed=SEED)
    scores = {
        "flare-up days": (bare.flare_days, ours.flare_days),
        "minutes by habit": (
            bare.minutes / fleet.people["habit"],
            ours.minutes / fleet.people["habit"],
        ),
        "left": (bare.gone, ours.gone),
    }
    apart = {name: _apart(*pair) for name, pair in scores.items()}
    words = ", ".join(f"{name} {z:+.1f}" for name, z in apart.items())
    print(f"NumPy with other luck lies apart, in standard errors: {words}")
    return same > 0.999 and off < 1e-4 and max(map(abs, apart.values())) < 4


def _apart(one: Floats, other: Floats) -> float:
    """Return the difference of two means of the same people, in its standard errors."""
    gap = one.astype(np.float64) - other
    return float(gap.mean() / (gap.std(ddof=1) / len(gap) ** 0.5))


def numpy_lives(people: Mapping[str, Floats], *, days: int, weekly: float, seed: int) -> FleetLives:
    """Live the same model in NumPy, a block of people at a time, with NumPy's own draws."""
    table = dict(people)
    n = len(table["habit"])
    done = [
        _block({name: it[at : at + BLOCK] for name, it in table.items()}, days, weekly, [seed, at])
        for at in range(0, n, BLOCK)
    ]
    minutes, flare_days, onsets, gone = (np.concatenate(it) for it in zip(*done, strict=True))
    return FleetLives(minutes=minutes, flare_days=flare_days, onsets=onsets, gone=gone)


def _block(p: dict[str, Floats], days: int, weekly: float, seed: list[int]) -> tuple[Floats, ...]:
    rng, n = np.random.Generator(np.random.SFC64(seed)), len(p["habit"])
    normals, luck = np.empty((7, n), F), np.empty((5, n), F)
    line = np.log(p["habit"]) + p["ahead"]
    tissue = line + np.log(p["buffer"])
    fear, gone = p["fear"].copy(), np.zeros(n, bool)
    sleep, stress, raw, left, shares, fails, minutes_sum, flare_sum, onset_sum = np.zeros((9, n), F)
    fresh = [np.sqrt(1 - p[it] ** 2) for it in ("sleep_stress", "stress_memory", "sleep_memory")]
    for day in range(days):
        rng.standard_normal(out=normals, dtype=F)
        rng.random(out=luck, dtype=F)
        share = F(min((1 + weekly) ** (day / 7), 3.0))
        new = p["sleep_stress"] * normals[0] + fresh[0] * normals[1]
        stress = p["stress_memory"] * stress + fresh[1] * normals[0]
        sleep = p["sleep_memory"] * sleep + fresh[2] * new
        on = left > 0
        able = np.exp(line - raw)
        wish = able * np.exp(p["wish_bias"] + p["wish_noise"] * normals[2])
        plan = p["habit"] * share
        minutes = np.where(gone, np.minimum(p["habit"], wish), plan)
        over = (luck[0] < p["overdo"]) & (p["persister"] > 0) & ~on
        minutes = np.where(over, minutes * p["overdo_by"], minutes)
        enough = able * p["stop_at"] * np.exp(F(0.1) * normals[3])
        minutes = np.where((minutes > enough) & (luck[1] < p["heed"]), enough, minutes)
        skip = p["skip"] + p["skip_fear"] * fear + p["skip_flare"] * on
        minutes = np.where(luck[2] < skip, F(0), minutes)
        load = F(0.15) * p["habit"] * np.exp(p["load_spread"] * normals[4])
        mood = p["by_stress"] * stress - p["by_sleep"] * sleep
        above = np.log(minutes + load) - line + raw + mood + F(0.4) * (fear - F(0.5))
        past = F(1) / (F(1) + np.exp(-(p["at_line"] + p["steep"] * above)))
        chance = p["stray"] + (F(1) - p["stray"]) * past
        left = np.maximum(left - F(1), F(0))
        began = (left <= 0) & (luck[3] < chance)
        length = np.round(p["length"] * np.exp(p["length_spread"] * normals[5]))
        left = np.where(began, np.maximum(length, F(1)), left)
        best = np.exp(F(-0.5) * ((above + F(0.15)) * F(2)) ** 2) - F(0.12)
        room = F(1) - np.exp(np.minimum(line - tissue, F(0)))
        grown = p["gain"] * best * room * (F(1.2) - F(0.4) * fear)
        fell = began * p["drop"]
        line = line + grown + F(0.01) * normals[6] - F(0.15) * fell
        raw = F(0.88) * raw + fell * (F(0.6) + F(0.8) * fear)
        on = left > 0
        did = minutes >= F(FAILED_SHARE) * plan
        change = p["fear_up"] * began - p["fear_down"] * (did & ~on & (minutes > 0))
        fear = np.clip(fear + change, F(0), F(1))
        shares += (on - shares) / F(RECENT_DAYS)
        fails += (~did - fails) / F(RECENT_DAYS)
        more = p["quit_flare"] * shares + p["quit_fail"] * fails
        gone |= luck[4] < p["quit"] * (F(1) + more)
        minutes_sum += minutes
        flare_sum += on
        onset_sum += began
    return minutes_sum, flare_sum, onset_sum, gone.astype(F)


if __name__ == "__main__":
    sys.exit(main())
