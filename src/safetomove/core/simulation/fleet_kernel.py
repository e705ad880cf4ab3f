"""The threshold family under a quota, compiled: a day of a few hundred people at a time.

It says again, in single precision and loops, what `threshold`, `behaviour` and `noise` say
in arrays; a test holds the two together. Each function is one loop without branches, so
that the processor can take eight people in one step. Loaded only where it is used: Numba
takes a second to import.
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba
import numpy as np
from numpy.typing import NDArray

from safetomove.core.simulation.behaviour import FAILED_SHARE, RECENT_DAYS
from safetomove.core.simulation.noise import DECISIONS_A_DAY, Draw

Function = TypeVar("Function", bound=Callable[..., Any])
Words = NDArray[np.uint32]
Rows = NDArray[np.float32]

PARAMETERS = (
    *("habit", "wish_bias", "wish_noise", "persister", "overdo", "overdo_by", "stop_at", "heed"),
    *("skip", "skip_fear", "skip_flare", "fear_up", "fear_down", "load_spread", "quit"),
    *("quit_flare", "quit_fail", "sleep_memory", "stress_memory", "sleep_stress"),
    *("length", "length_spread", "gain", "steep", "at_line", "stray", "drop"),
    *("by_sleep", "by_stress"),
)
(HABIT, WISH_BIAS, WISH_NOISE, PERSISTER, OVERDO, OVERDO_BY, STOP_AT, HEED) = range(8)
(SKIP, SKIP_FEAR, SKIP_FLARE, FEAR_UP, FEAR_DOWN, LOAD_SPREAD, QUIT) = range(8, 15)
(QUIT_FLARE, QUIT_FAIL, SLEEP_MEMORY, STRESS_MEMORY, SLEEP_STRESS) = range(15, 20)
(LENGTH, LENGTH_SPREAD, GAIN, STEEP, AT_LINE, STRAY, DROP) = range(20, 27)
(BY_SLEEP, BY_STRESS) = range(27, 29)

STATES = 15
(LINE, RAW, TISSUE, FEAR, SLEEP, STRESS, LEFT, GONE, FLARES, FAILS) = range(10)
(MINUTES, OVER, ALL_MINUTES, ALL_FLARES, ALL_ONSETS) = range(10, STATES)

ONE, HALF, NOUGHT = np.float32(1), np.float32(0.5), np.float32(0)
_MANTISSA, _SQRT_HALF = np.int32(23), np.int32(0x3F3504F3)
_LN_2, _LOG2_E, _SQRT_2 = (np.float32(it) for it in (0.6931471805599453, 1.4426950, 1.41421356))
_TO_24, _TO_31 = np.float32(2.0**-24), np.float32(2.0**-31)
_TOP, _SIGN = np.int32(0x7FFFFFFF), np.uint32(0x80000000)
# log(1 + m), from the single-precision Cephes library
_LOG = tuple(
    np.float32(it)
    for it in (
        *(7.0376836292e-2, -1.1514610310e-1, 1.1676998740e-1, -1.2420140846e-1),
        *(1.4249322787e-1, -1.6668057665e-1, 2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1),
    )
)
# exp(r), |r| <= ln(2)/2, from the same
_EXP = tuple(
    np.float32(it)
    for it in (
        *(1.9875691500e-4, 1.3981999507e-3, 8.3334519073e-3),
        *(4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1),
    )
)
# The inverse error function, Giles 2010: the middle, and the tails
_MIDDLE = tuple(
    np.float32(it)
    for it in (
        *(2.81022636e-08, 3.43273939e-07, -3.5233877e-06, -4.39150654e-06, 0.00021858087),
        *(-0.00125372503, -0.00417768164, 0.246640727, 1.50140941),
    )
)
_TAILS = tuple(
    np.float32(it)
    for it in (
        *(-0.000200214257, 0.000100950558, 0.00134934322, -0.00367342844, 0.00573950773),
        *(-0.0076224613, 0.00943887047, 1.00167406, 2.83297682),
    )
)


def _compiled(function: Function) -> Function:
    made = numba.njit(cache=True, nogil=True, fastmath=True, error_model="numpy")(function)
    return cast(Function, made)


@_compiled
def _word(first: Any, second: Any, counter: Any) -> Any:
    """Draw a 32-bit word, as `noise` does."""
    word = np.uint32(first + counter)
    word = np.uint32(np.uint32(word ^ (word >> np.uint32(16))) * np.uint32(0x7FEB352D))
    word = np.uint32(np.uint32(word ^ (word >> np.uint32(15))) * np.uint32(0x846CA68B))
    word = np.uint32(word ^ (word >> np.uint32(16)) ^ second)
    word = np.uint32(np.uint32(word ^ (word >> np.uint32(16))) * np.uint32(0x7FEB352D))
    word = np.uint32(np.uint32(word ^ (word >> np.uint32(15))) * np.uint32(0x846CA68B))
    return np.uint32(word ^ (word >> np.uint32(16)))


@_compiled
def _unit(word: Any) -> Any:
    return (np.float32(np.int32(word >> np.uint32(8))) + HALF) * _TO_24


@_compiled
def _sum(terms: Any, x: Any) -> Any:
    """Add up a polynomial, the highest power first."""
    total = terms[0]
    for term in terms[1:]:
        total = total * x + term
    return total


@_compiled
def _log(x: Any) -> Any:
    bits = np.float32(x).view(np.int32)
    power = np.int32(bits - _SQRT_HALF) >> _MANTISSA
    m = np.int32(bits - (power << _MANTISSA)).view(np.float32) - ONE
    return m + m * m * (_sum(_LOG, m) * m - HALF) + np.float32(power) * _LN_2


@_compiled
def _exp(x: Any) -> Any:
    x = min(max(x, np.float32(-80)), np.float32(80))
    power = np.float32(np.floor(x * _LOG2_E + HALF))
    r = x - power * _LN_2
    bits = np.int32(np.int32(power) + np.int32(127)) << _MANTISSA
    return (r * r * _sum(_EXP, r) + r + ONE) * np.int32(bits).view(np.float32)


@_compiled
def _normal(word: Any) -> Any:
    """Turn a word into a standard normal number; the tails keep all 31 bits."""
    signed = np.int32(word ^ _SIGN)
    size = ~signed if signed < np.int32(0) else signed
    tail = (np.float32(np.int32(_TOP - size)) + HALF) * _TO_31
    w = -_log(tail * (np.float32(2) - tail))
    middle = _sum(_MIDDLE, w - np.float32(2.5))
    tails = _sum(_TAILS, np.float32(np.sqrt(w)) - np.float32(3))
    value = (middle if w < np.float32(5) else tails) * (ONE - tail) * _SQRT_2
    return -value if signed < np.int32(0) else value


@_compiled
def weather(p: Rows, s: Rows, first: Words, second: Words, day: int) -> None:
    """Move sleep and stress on."""
    at = np.uint32(day * DECISIONS_A_DAY)
    for i in range(s.shape[1]):
        stress = _normal(_word(first[i], second[i], np.uint32(at + np.uint32(Draw.STRESS))))
        sleep = _normal(_word(first[i], second[i], np.uint32(at + np.uint32(Draw.SLEEP))))
        tied = p[SLEEP_STRESS, i]
        sleep = tied * stress + np.float32(np.sqrt(ONE - tied * tied)) * sleep
        keeps = p[STRESS_MEMORY, i]
        s[STRESS, i] = keeps * s[STRESS, i] + np.float32(np.sqrt(ONE - keeps * keeps)) * stress
        keeps = p[SLEEP_MEMORY, i]
        s[SLEEP, i] = keeps * s[SLEEP, i] + np.float32(np.sqrt(ONE - keeps * keeps)) * sleep


@_compiled
def do(p: Rows, s: Rows, first: Words, second: Words, day: int, share: float) -> None:
    """Do what is asked, more, or less: `behaviour.Doer.do`."""
    at = np.uint32(day * DECISIONS_A_DAY)
    for i in range(s.shape[1]):
        one, two, flaring = first[i], second[i], s[LEFT, i] > NOUGHT
        able = _exp(s[LINE, i] - s[RAW, i])
        bent = p[WISH_NOISE, i] * _normal(_word(one, two, np.uint32(at + np.uint32(Draw.WISH))))
        wish = able * _exp(p[WISH_BIAS, i] + bent)
        asked = p[HABIT, i] * np.float32(share)
        minutes = min(p[HABIT, i], wish) if s[GONE, i] > NOUGHT else asked
        luck = _unit(_word(one, two, np.uint32(at + np.uint32(Draw.OVERDO))))
        over = (luck < p[OVERDO, i]) & (p[PERSISTER, i] > NOUGHT) & (s[LEFT, i] <= NOUGHT)
        minutes = minutes * p[OVERDO_BY, i] if over else minutes
        bent = np.float32(0.1) * _normal(_word(one, two, np.uint32(at + np.uint32(Draw.STOP))))
        enough = able * p[STOP_AT, i] * _exp(bent)
        luck = _unit(_word(one, two, np.uint32(at + np.uint32(Draw.HEED))))
        minutes = enough if (minutes > enough) & (luck < p[HEED, i]) else minutes
        skip = p[SKIP, i] + p[SKIP_FEAR, i] * s[FEAR, i]
        skip = skip + p[SKIP_FLARE, i] if flaring else skip
        luck = _unit(_word(one, two, np.uint32(at + np.uint32(Draw.SKIP))))
        s[MINUTES, i] = NOUGHT if luck < skip else minutes
        s[ALL_MINUTES, i] += s[MINUTES, i]


@_compiled
def strain(p: Rows, s: Rows, first: Words, second: Words, day: int) -> None:
    """Work out how far the day lies above the line."""
    at = np.uint32(day * DECISIONS_A_DAY)
    for i in range(s.shape[1]):
        drawn = _normal(_word(first[i], second[i], np.uint32(at + np.uint32(Draw.LOAD))))
        load = np.float32(0.15) * p[HABIT, i] * _exp(p[LOAD_SPREAD, i] * drawn)
        mood = p[BY_STRESS, i] * s[STRESS, i] - p[BY_SLEEP, i] * s[SLEEP, i]
        afraid = np.float32(0.4) * (s[FEAR, i] - HALF)
        s[OVER, i] = _log(s[MINUTES, i] + load) - s[LINE, i] + s[RAW, i] + mood + afraid


@_compiled
def flare(p: Rows, s: Rows, first: Words, second: Words, day: int) -> None:
    """Let flare-ups begin and end, and the line move: `threshold.Threshold.live`."""
    at = np.uint32(day * DECISIONS_A_DAY)
    for i in range(s.shape[1]):
        past = ONE / (ONE + _exp(-(p[AT_LINE, i] + p[STEEP, i] * s[OVER, i])))
        chance = p[STRAY, i] + (ONE - p[STRAY, i]) * past
        luck = _unit(_word(first[i], second[i], np.uint32(at + np.uint32(Draw.ONSET))))
        left = max(s[LEFT, i] - ONE, NOUGHT)
        began = ONE if (left <= NOUGHT) & (luck < chance) else NOUGHT
        drawn = _normal(_word(first[i], second[i], np.uint32(at + np.uint32(Draw.LENGTH))))
        length = p[LENGTH, i] * _exp(p[LENGTH_SPREAD, i] * drawn)
        length = max(np.float32(np.floor(length + HALF)), ONE)
        s[LEFT, i] = length if began > NOUGHT else left
        off = (s[OVER, i] + np.float32(0.15)) * np.float32(2)
        best = _exp(-HALF * off * off) - np.float32(0.12)
        room = ONE - _exp(min(s[LINE, i] - s[TISSUE, i], NOUGHT))
        grown = p[GAIN, i] * best * room * (np.float32(1.2) - np.float32(0.4) * s[FEAR, i])
        drawn = _normal(_word(first[i], second[i], np.uint32(at + np.uint32(Draw.WANDER))))
        fell = began * p[DROP, i]
        s[LINE, i] += grown + np.float32(0.01) * drawn - np.float32(0.15) * fell
        s[RAW, i] = np.float32(0.88) * s[RAW, i]
        s[RAW, i] += fell * (np.float32(0.6) + np.float32(0.8) * s[FEAR, i])
        s[FEAR, i] += p[FEAR_UP, i] * began
        s[ALL_ONSETS, i] += began


@_compiled
def after(p: Rows, s: Rows, first: Words, second: Words, day: int, share: float) -> None:
    """Take in how the day went: `behaviour.Doer.after`. What an onset adds is in already."""
    at, memory = np.uint32(day * DECISIONS_A_DAY), np.float32(1.0 / RECENT_DAYS)
    for i in range(s.shape[1]):
        on = ONE if s[LEFT, i] > NOUGHT else NOUGHT
        least = np.float32(FAILED_SHARE) * p[HABIT, i] * np.float32(share)
        failed = NOUGHT if s[MINUTES, i] >= least else ONE
        eases = (ONE - failed) * (ONE - on)
        eased = s[FEAR, i] - p[FEAR_DOWN, i] * (eases if s[MINUTES, i] > NOUGHT else NOUGHT)
        s[FEAR, i] = min(max(eased, NOUGHT), ONE)
        s[FLARES, i] += (on - s[FLARES, i]) * memory
        s[FAILS, i] += (failed - s[FAILS, i]) * memory
        more = p[QUIT_FLARE, i] * s[FLARES, i] + p[QUIT_FAIL, i] * s[FAILS, i]
        luck = _unit(_word(first[i], second[i], np.uint32(at + np.uint32(Draw.QUIT))))
        s[GONE, i] = ONE if luck < p[QUIT, i] * (ONE + more) else s[GONE, i]
        s[ALL_FLARES, i] += on


@_compiled
def live_block(p: Rows, s: Rows, first: Words, second: Words, shares: Rows) -> None:
    """Live every day of one block of people; the state rows change in place."""
    for day in range(shares.shape[0]):
        weather(p, s, first, second, day)
        do(p, s, first, second, day, shares[day])
        strain(p, s, first, second, day)
        flare(p, s, first, second, day)
        after(p, s, first, second, day, shares[day])
