"""A whole trial: every policy lived by the same people of every family, and what to make of it.

In-silico and exploratory: it ranks rules on invented people, and says nothing of real ones.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from safetomove.core.simulation.family import HELD_OUT, FamilyId
from safetomove.core.simulation.frontier import Gap, gap, ratio
from safetomove.core.simulation.living import Cohort, live
from safetomove.core.simulation.measures import (
    Decile,
    Measured,
    Scores,
    metrics,
    onset_deciles,
)
from safetomove.core.simulation.policies import SWEEPS, PolicyId, RuleClass, policy

TUNING_SEED = 77
"""Rules may be tuned on this seed, and never judged on it."""

LEANINGS: Mapping[str, tuple[float, float]] = {
    "heed": (0.5, 0.95),
    "overdo": (0.03, 0.35),
    "skip": (0.02, 0.15),
    "miss": (0.05, 0.4),
    "sensitivity": (0.7, 0.99),
    "quit": (0.001, 0.006),
    "fear_up": (0.0, 0.14),
    "stop_at": (0.95, 1.3),
}
"""Assumptions about behaviour, each put to a low and a high value by itself; assumed."""

THINNED = 3  # one in three rules of each sweep stands for it where an assumption is tried


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyResult:
    """What one policy did to one family."""

    policy: PolicyId
    metrics: Mapping[str, Measured]


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One rule of a sweep: mean flare-up days, and activity as a share of habit."""

    flare_days: float
    activity: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyResult:
    """What a trial found in one family.

    `gaps` hold ours less each class's frontier at our flare-up days, and "any" that of all
    classes together. In a family where flare-up days never differ there is nothing to
    match: it has no gaps, and `against_quota` is our activity over that of quota-10.
    """

    family: FamilyId
    held_out: bool
    policies: tuple[PolicyResult, ...]
    sweeps: Mapping[str, tuple[Point, ...]]
    points: Mapping[str, Point]
    gaps: Mapping[str, Gap]
    against_quota: Gap
    deciles: tuple[Decile, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaning:
    """How far ours lies above all rules in use when one assumption is put differently."""

    parameter: str
    value: float
    points: Mapping[str, float]  # by family


def try_family(family: FamilyId, *, people: int, days: int, seed: int) -> FamilyResult:
    """Live every named policy and every sweep in one family."""
    cohort = Cohort.of(family, people=people, days=days, seed=seed)
    lived = {name: live(cohort, policy(name)) for name in PolicyId}
    scores = {name: Scores.of(one) for name, one in lived.items()}
    swept = sweep(cohort)
    ours, habit = scores[PolicyId.OURS], scores[PolicyId.HABIT]
    return FamilyResult(
        family=family,
        held_out=family is HELD_OUT,
        policies=tuple(
            PolicyResult(policy=name, metrics=metrics(one, habit)) for name, one in scores.items()
        ),
        sweeps={kind: tuple(map(_point, many)) for kind, many in swept.items()},
        points={name: _point(one) for name, one in scores.items()},
        gaps={} if family is FamilyId.NULL else gaps(ours, swept, seed=seed),
        against_quota=ratio(ours, scores[PolicyId.QUOTA_10], seed=seed),
        deciles=onset_deciles(lived[PolicyId.OURS]),
    )


def sweep(cohort: Cohort, *, every: int = 1) -> dict[RuleClass, list[Scores]]:
    """Live every rule of every class, or one of `every` so many."""
    return {
        kind: [Scores.of(live(cohort, one)) for one in rules[::every]]
        for kind, rules in SWEEPS.items()
    }


def gaps(ours: Scores, swept: Mapping[RuleClass, Sequence[Scores]], *, seed: int) -> dict[str, Gap]:
    """Return ours less each class's frontier, and less that of all classes together."""
    together = [one for many in swept.values() for one in many]
    by_class = {kind.value: gap(ours, many, seed=seed) for kind, many in swept.items()}
    return by_class | {"any": gap(ours, together, seed=seed)}


def lean(*, people: int, days: int, seed: int) -> tuple[Leaning, ...]:
    """Put each assumption about behaviour to its low and its high value, one at a time."""
    return tuple(
        Leaning(
            parameter=name,
            value=value,
            points={
                family.value: _leaning(family, {name: value}, people=people, days=days, seed=seed)
                for family in FamilyId
                if family is not FamilyId.NULL
            },
        )
        for name, ends in LEANINGS.items()
        for value in ends
    )


def _leaning(
    family: FamilyId, changed: Mapping[str, float], *, people: int, days: int, seed: int
) -> float:
    cohort = Cohort.of(family, people=people, days=days, seed=seed, changed=changed)
    ours = Scores.of(live(cohort, policy(PolicyId.OURS)))
    swept = sweep(cohort, every=THINNED)
    return gap(ours, [one for many in swept.values() for one in many], seed=seed, draws=0).points


def live_one(
    name: PolicyId, family: FamilyId, *, people: int, days: int, seed: int
) -> dict[str, Measured]:
    """Return the metrics of one policy in one family, against the same people's habit."""
    cohort = Cohort.of(family, people=people, days=days, seed=seed)
    habit = Scores.of(live(cohort, policy(PolicyId.HABIT)))
    return metrics(Scores.of(live(cohort, policy(name))), habit)


def worst(results: Sequence[FamilyResult], name: PolicyId) -> tuple[FamilyId, Measured]:
    """Return the family in which a policy gains least."""
    found = [
        (one.metrics["gain"], result.family)
        for result in results
        for one in result.policies
        if one.policy is name
    ]
    gain, family = min(found, key=lambda pair: pair[0].mean)
    return family, gain


def _point(scores: Scores) -> Point:
    return Point(
        flare_days=float(np.mean(scores.flare_days)), activity=float(np.mean(scores.activity))
    )
