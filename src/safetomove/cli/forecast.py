"""`forecast`: what an ordinary next day looks like, day by day."""

import argparse
from collections.abc import Iterator

from safetomove.cli import files
from safetomove.core import diary as diaries
from safetomove.core import forecast as forecasts
from safetomove.core.forecast import Forecasts


def forecast(options: argparse.Namespace) -> None:
    """Print each observed day with what the days before it had led one to expect."""
    read = diaries.read_json if options.diary.endswith(".json") else diaries.read_csv
    held = read(files.read_text(options.diary))
    result = forecasts.rolling(held.diary, options.column)
    files.answer(options, result.to_json(), _words(result))


def _words(result: Forecasts) -> Iterator[str]:
    if not result.days:
        yield f"{result.column}: a forecast needs more than {forecasts.DAYS_FIRST} days"
        return
    last, scores = result.days[-1], result.crps
    yield f"{result.column}: {len(result.days)} days forecast from the days before each"
    expected = f"{last.low:.1f} to {last.high:.1f} was to be expected"
    yield f"  {last.day}: {expected}; {last.observed:g} came"
    yield f"  {result.coverage_90:.0%} of days fell inside their 90% interval"
    for rival in ("naive", "local_level"):
        share = (scores["model"] or 0.0) / (scores[rival] or 1.0)
        yield f"  error (CRPS) against {rival.replace('_', ' ')}: {share:.2f}, where 1 is as good"
