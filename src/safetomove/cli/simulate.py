"""`simulate` and `trial`: virtual patients live under a dose rule, and what came of it."""

import argparse
import json
import math
import sys
from collections.abc import Iterator
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from safetomove import __version__
from safetomove.cli import files
from safetomove.core import pacing, simulation
from safetomove.core.errors import BadInput
from safetomove.core.simulation import FamilyId, FamilyResult, Leaning, Measured, PolicyId

EXPLORATORY = "in-silico, exploratory"
DIGITS = 4  # kept in what is written
LEANING_SHARE = 4  # of the people: assumptions are tried on a quarter of them
Named = TypeVar("Named", bound=StrEnum)


def simulate(options: argparse.Namespace) -> None:
    """Print the honest metrics of one policy or all, in one family or all."""
    size = {"people": options.patients, "days": options.days, "seed": options.seed}
    results = [
        (name, family, simulation.live_one(name, family, **size))
        for family in _named(FamilyId, options.family)
        for name in _named(PolicyId, options.policy)
    ]
    data = {
        "note": EXPLORATORY,
        "rule_version": pacing.RULE_VERSION,
        "patients": options.patients,
        "days": options.days,
        "seed": options.seed,
        "results": [
            {"policy": name, "family": family, "metrics": _intervals(found)}
            for name, family, found in results
        ],
    }
    files.answer(options, _plain(data), _table(results))


def trial(options: argparse.Namespace) -> None:
    """Run the whole trial; write its result and its page."""
    size = {"days": options.days, "seed": options.seed}
    families = []
    for family in FamilyId:
        _say(f"{family} …")
        families.append(simulation.try_family(family, people=options.patients, **size))
    _say("assumptions about behaviour …")
    few = max(options.patients // LEANING_SHARE, 1)
    data = _plain(trial_data(options, families, simulation.lean(people=few, **size)))
    if options.page:
        from safetomove.cli.trial_page import page

        _write(options.page, page(data))
    compact = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    if options.out:
        _write(options.out, compact + "\n")
    else:
        print(compact)


def trial_data(
    options: argparse.Namespace, families: list[FamilyResult], leanings: tuple[Leaning, ...]
) -> dict[str, Any]:
    """Return a trial as plain data, with all that is needed to run it again."""
    return {
        "format": 1,
        "note": EXPLORATORY,
        "command": f"safetomove trial --patients {options.patients} --days {options.days}"
        f" --seed {options.seed}",
        "version": __version__,
        "rule_version": pacing.RULE_VERSION,
        "patients": options.patients,
        "days": options.days,
        "seed": options.seed,
        "tuning_seed": simulation.TUNING_SEED,
        "families": [_family(one) for one in families],
        "worst": {name: _worst(families, name) for name in PolicyId},
        "leanings": [asdict(one) for one in leanings],
    }


def _family(found: FamilyResult) -> dict[str, Any]:
    return asdict(found) | {
        "policies": [
            {"policy": one.policy, "metrics": _intervals(one.metrics)} for one in found.policies
        ]
    }


def _worst(families: list[FamilyResult], name: PolicyId) -> dict[str, Any]:
    family, gain = simulation.worst(families, name)
    return {"family": family, "gain": [gain.mean, gain.low, gain.high]}


def _intervals(metrics: Any) -> dict[str, list[float]]:
    return {name: [one.mean, one.low, one.high] for name, one in metrics.items()}


def _plain(value: Any) -> Any:
    """Round every number, and put null where there is none: NaN is not JSON."""
    match value:
        case float():
            return round(value, DIGITS) if math.isfinite(value) else None
        case dict():
            return {str(key): _plain(it) for key, it in value.items()}
        case list() | tuple():
            return [_plain(it) for it in value]
        case _:
            return value


def _named(kind: type[Named], name: str) -> tuple[Named, ...]:
    if name == "all":
        return tuple(kind)
    try:
        return (kind(name),)
    except ValueError:
        raise BadInput(f"{name!r} is none of: all, {', '.join(kind)}") from None


def _table(results: list[tuple[PolicyId, FamilyId, dict[str, Measured]]]) -> Iterator[str]:
    from safetomove.content import trials

    said = trials.words()
    yield said["page"]["mark"] + ". " + said["page"]["lead"]
    for name, family, found in results:
        yield f"\n{said['family'][family]}: {said['policy'][name]}"
        for metric, one in found.items():
            label = said["metric"][metric]
            yield f"  {label:44} {one.mean:8.3f}  ({one.low:.3f} to {one.high:.3f})"


def _write(path: str, text: str) -> None:
    try:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_text(text, encoding="utf-8")
    except OSError as error:
        raise BadInput(f"can't write {path}: {error.strerror}") from error
    _say(f"wrote {path}")


def _say(words: str) -> None:
    print(words, file=sys.stderr)
