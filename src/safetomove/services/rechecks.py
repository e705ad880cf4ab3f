"""When the safety questions must be asked again, and how two such calls join."""

from dataclasses import replace

from safetomove.core.diary import CheckIn
from safetomove.core.record import Recheck, RecheckReason, joined, recheck_called_for
from safetomove.core.safety import SafetyAnswers


def recheck_for_news(
    now: CheckIn, *, was: CheckIn | None, before: CheckIn | None, safety: SafetyAnswers | None
) -> Recheck | None:
    """Say whether what is new in a day calls for the questions; `before` is the day noted before.

    What stood in the day already has been asked about. A worrying note counts whichever
    day it is about, for it was told only now; a flare-up older than the answers doesn't.
    """
    news = now if was is None else _news(now, was)
    if safety is not None and now.day < safety.given_on:
        news = replace(news, flare=None)
    return recheck_called_for(news, before)


def both(held: Recheck | None, new: Recheck | None) -> Recheck | None:
    """Join two calls: a worrying note is never pushed out by anything else."""
    if held is None or new is None:
        return held or new
    worrying = [one for one in (held, new) if one.reason is RecheckReason.WORRYING_NOTE]
    return joined(worrying) if worrying else held


def _news(now: CheckIn, was: CheckIn) -> CheckIn:
    return replace(
        now,
        note="" if now.note == was.note else now.note,
        flare=None if was.flare else now.flare,
    )
