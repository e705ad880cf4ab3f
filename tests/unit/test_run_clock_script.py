"""The clock in the browser and the clock on the server are the same clock."""

import json
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest

from safetomove.content import course
from safetomove.core.course.happened import Deed, Event
from safetomove.core.course.run import fold
from safetomove.core.course.run_clock import parts, where
from tests.guards.project import PACKAGE

SCRIPT = PACKAGE / "web" / "static" / "js" / "run_clock.js"
START = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
PARTS = parts(course.syllabus().session(5))
CLOCK = (Deed.STEP, Deed.STEP, Deed.PAUSE, Deed.RESUME, Deed.MORE, Deed.END)
CASES = 400
ASK = """
import { fold, where } from %r;
let text = "";
for await (const some of process.stdin) text += some;
const { parts, cases } = JSON.parse(text);
const told = cases.map(({ events, now }) => {
  const run = fold(events);
  const at = where(run, parts, Date.parse(now));
  const place = at && [at.part.index, Math.round(at.left * 1000), at.paused];
  return [place, run.order, run.ended !== null];
});
console.log(JSON.stringify(told));
"""


def a_case(random: Random) -> tuple[list[Event], datetime]:
    events = []
    for n in range(random.randrange(12)):
        deed = random.choice(CLOCK)
        event = Event(
            key=f"{random.choice('abc')}{n}",
            at=START + timedelta(seconds=random.randrange(3600), milliseconds=random.randrange(3)),
            deed=deed,
            to=random.randrange(len(PARTS) + 1) if deed in (Deed.STEP, Deed.MORE) else 0,
            order=("amina", "brian")[: random.randrange(3)] if deed is Deed.STEP else (),
        )
        events += [event] * random.choice((1, 1, 2))
    random.shuffle(events)
    return events, START + timedelta(seconds=random.randrange(7200))


def server(events: list[Event], now: datetime) -> list[Any]:
    run = fold(events)
    at = where(run, PARTS, now)
    place = None if at is None else [at.part.index, round(at.left * 1000), at.paused]
    return [place, [*run.order], run.ended_at is not None]


def test_both_clocks_say_the_same_of_hundreds_of_sessions() -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed, so the script can't be run outside a browser")
    random = Random(2026)
    cases = [a_case(random) for _ in range(CASES)]
    told = {
        "parts": [{"index": p.index, "phase": p.phase, "minutes": p.minutes} for p in PARTS],
        "cases": [
            {"events": [each.to_json() for each in events], "now": now.isoformat()}
            for events, now in cases
        ],
    }
    command = [node, "--input-type=module", "-e", ASK % SCRIPT.as_uri()]
    done = subprocess.run(
        command, input=json.dumps(told), capture_output=True, text=True, check=True
    )
    expected = [server(events, now) for events, now in cases]
    assert json.loads(done.stdout) == expected
    assert sum(each[0] is not None for each in expected) > CASES / 4
