"""A hundred thousand people for a year: one family under a quota, compiled, on every core."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from safetomove.core.simulation.family import FamilyId
from safetomove.core.simulation.living import GOAL_TIMES_HABIT, BadTrial, table_of
from safetomove.core.simulation.noise import Noise, Words, person_keys
from safetomove.core.simulation.parameters import People, draw_people

Floats = NDArray[np.float32]
BLOCK = 512  # people: their state and parameters then stay in the fastest memory
WEEK = 7.0


@dataclass(frozen=True, slots=True, kw_only=True)
class FleetLives:
    """What happened to each person over the whole time, shape (n,)."""

    minutes: Floats  # all minutes done
    flare_days: Floats
    onsets: Floats
    gone: Floats  # 1 for who left the plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Fleet:
    """People of the threshold family, ready to live; the parameters keep each person's own."""

    people: Mapping[str, Floats]
    first: Words
    second: Words

    @classmethod
    def of(cls, people: int, *, seed: int) -> "Fleet":
        """Draw people: the same ones as a `Cohort` of that seed."""
        if people < 1:
            raise BadTrial("a fleet needs one person or more")
        drawn = draw_people(table_of(FamilyId.THRESHOLD), Noise(seed, people))
        first, second = person_keys(seed, people)
        return cls(
            people={name: it.astype(np.float32) for name, it in drawn.items()},
            first=first,
            second=second,
        )

    def live(self, *, days: int, weekly: float, threads: int) -> FleetLives:
        """Live `days` under a quota that rises by `weekly` each week.

        Parameters
        ----------
        days : days, 1 or more.
        weekly : rise a week as a share, as for `policies.Quota`.
        threads : how many blocks run at once; the compiled part doesn't hold the lock.

        Returns
        -------
        FleetLives : the same for any number of threads, to the last bit.
        """
        from safetomove.core.simulation import fleet_kernel as kernel

        if days < 1 or threads < 1:
            raise BadTrial("a fleet lives one day or more, on one thread or more")
        rises = (1.0 + weekly) ** (np.arange(days) / WEEK)
        shares = np.minimum(rises, GOAL_TIMES_HABIT).astype(np.float32)
        state = _at_the_start(self.people, kernel.STATES)
        table = np.stack([self.people[name] for name in kernel.PARAMETERS])

        def run(begin: int) -> None:
            part = slice(begin, begin + BLOCK)
            p, s = (np.ascontiguousarray(rows[:, part]) for rows in (table, state))
            kernel.live_block(p, s, self.first[part], self.second[part], shares)
            state[:, part] = s

        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(run, range(0, state.shape[1], BLOCK)))
        return FleetLives(
            minutes=state[kernel.ALL_MINUTES],
            flare_days=state[kernel.ALL_FLARES],
            onsets=state[kernel.ALL_ONSETS],
            gone=state[kernel.GONE],
        )


def _at_the_start(people: Mapping[str, Floats] | People, rows: int) -> Floats:
    """Return the state of everybody before the first day, shape (rows, n)."""
    from safetomove.core.simulation import fleet_kernel as kernel

    state = np.zeros((rows, len(people["habit"])), dtype=np.float32)
    state[kernel.LINE] = np.log(people["habit"]) + people["ahead"]
    state[kernel.TISSUE] = state[kernel.LINE] + np.log(people["buffer"])
    state[kernel.FEAR] = people["fear"]
    return state
