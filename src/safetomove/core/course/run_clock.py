"""Where a running session is on its way: worked out from the wall clock, never counted down.

So a device that slept, was reloaded or came in late shows the same as all others.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from safetomove.core.course.run import Run
from safetomove.core.course.session import Session


class Phase(StrEnum):
    """The four stretches of the hour."""

    LEARN = "learn"
    WARM = "warm"
    STATIONS = "stations"
    REST = "rest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of the hour, from 0; `number` counts within its phase, from 1."""

    index: int
    phase: Phase
    number: int
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """Where things are. `left` is below 0 once a part is over its time, in seconds.

    `ends_at` is None while paused: nobody knows when it will be.
    """

    part: Part
    left: float
    ends_at: datetime | None
    paused: bool


def parts(session: Session) -> tuple[Part, ...]:
    """Return the hour in parts: each step of the talk, the warm-up, each turn, the rest."""
    circuit = session.circuit
    rows = [
        *((Phase.LEARN, n, step.minutes) for n, step in enumerate(session.education, 1)),
        (Phase.WARM, 1, circuit.warm_up.minutes),
        *((Phase.STATIONS, n, circuit.turn_minutes) for n in range(1, circuit.turns + 1)),
        (Phase.REST, 1, circuit.rest.minutes),
    ]
    return tuple(
        Part(index=index, phase=phase, number=number, minutes=minutes)
        for index, (phase, number, minutes) in enumerate(rows)
    )


def where(run: Run, parts: tuple[Part, ...], now: datetime) -> Where | None:
    """Return where a run is now; None before it begins and after its end.

    Turns follow one another by themselves, so that everybody changes when the bell rings. All
    else waits for somebody to go on: a talk may take longer.
    """
    if run.part is None or run.part_at is None or run.ended_at is not None:
        return None
    until = run.paused_at or now
    gone = max(0.0, (until - run.part_at).total_seconds() - run.paused_for)
    index = min(run.part, len(parts) - 1)
    while gone >= _length(run, parts[index]) and _goes_on(parts, index):
        gone -= _length(run, parts[index])
        index += 1
    left = _length(run, parts[index]) - gone
    paused = run.paused_at is not None
    ends_at = None if paused else now + timedelta(seconds=left)
    return Where(part=parts[index], left=left, ends_at=ends_at, paused=paused)


def _length(run: Run, part: Part) -> int:
    return 60 * part.minutes + run.more.get(part.index, 0)


def _goes_on(parts: tuple[Part, ...], index: int) -> bool:
    following = parts[index + 1 : index + 2]
    return bool(following) and {parts[index].phase, following[0].phase} == {Phase.STATIONS}
