"""`patterns`: what went along with good and bad days."""

import argparse
import json
from collections.abc import Iterator
from typing import Any

from safetomove.cli import files
from safetomove.core import diary as diaries
from safetomove.core import patterns as found
from safetomove.core.errors import BadInput
from safetomove.core.patterns import Association, Patterns, Priors


def patterns(options: argparse.Namespace) -> None:
    """Print each contributor, on the same day and the next, with how sure one may be."""
    read = diaries.read_json if options.diary.endswith(".json") else diaries.read_csv
    held = read(files.read_text(options.diary))
    priors = _priors(options.priors) if options.priors else found.POPULATION
    result = found.associations(
        held.diary, options.outcome, options.contributor, priors=priors, before=options.before
    )
    files.answer(options, _data(result, priors), _words(result))


def _priors(path: str) -> Priors:
    return Priors.from_json(files.read_json(path))


def _data(result: Patterns, priors: Priors) -> dict[str, Any]:
    return result.to_json() | {"priors_version": priors.version}


_WHEN = ("the same day", "the next day")


def _words(result: Patterns) -> Iterator[str]:
    yield f"{result.outcome}: {result.days_observed} days noted"
    yield from map(_line, result.associations)
    yield "What goes together need not be cause and effect. Only an experiment can tell."


def _line(one: Association) -> str:
    start = f"  {one.contributor}, {_WHEN[one.lag]}: "
    if one.link is None:
        return f"{start}too soon to say ({one.days} of {found.DAYS_NEEDED} days)"
    link = one.link
    sure = min(max(round(100 * link.inclusion), 1), 99)  # never all, never nothing
    often = f"{sure}% sure, {link.effect:+.1f} points"
    said = f"{start}{one.verdict.replace('_', ' ')} ({often}, {link.low:+.1f} to {link.high:+.1f})"
    return f"{said}; pain may have come first" if one.caution else said


def fit_priors(options: argparse.Namespace) -> None:
    """Print priors learnt from many diaries, as `patterns --priors` reads them."""
    from safetomove import fleet

    if options.passes < 1 or options.workers < 1:
        raise BadInput("passes and workers must be 1 or more")
    texts = [_checked(path) for path in options.diaries]
    address, workers = options.cluster, options.workers
    with fleet.cluster(address) if address else fleet.processes(workers) as fit:
        priors = fleet.learn(texts, outcome=options.outcome, passes=options.passes, fit=fit)
    print(json.dumps(priors.to_json(), ensure_ascii=False, indent=2))


def _checked(path: str) -> str:
    text = files.read_text(path)
    diaries.read_csv(text)  # refuse a bad diary here, by name, not on some worker
    return text
