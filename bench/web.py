"""Bars for the busiest pages: python -m bench.web

One run, one machine: two servers with the same settings take turns under the same client.
The real site answers check-ins (POST, each one an amendment of today, so dearer than most)
and Today (GET) by turns; the bare site answers its page. Needs `wrk`.
"""

import json
import os
import re
import secrets
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

LEAST_SHARE = 0.40  # of the bare page's rate, by the pair of check-in and Today
MOST_GROWTH = 3.0  # Today with 3,650 days against 365
ROUNDS, SECONDS, CONNECTIONS = 5, 2, 4
SHORT, LONG = 365, 3650  # days
BARE, PAIR = "bare page", "check-in + Today, 365 days"
TODAY, TODAY_LONG = "Today, 365 days", "Today, 3,650 days"
KINDS = ("rate", "cpu")
SECOND = r"Requests/sec:\s+([\d.]+)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """One turn of one load: requests a second, and milliseconds of processor a request."""

    rate: float
    cpu: float


SCRIPT = """
local n, tag = 0, os.getenv("BENCH_TAG")
local mode, cookie = os.getenv("BENCH_MODE"), os.getenv("BENCH_COOKIE")
local token, day = os.getenv("BENCH_TOKEN"), os.getenv("BENCH_DAY")
local headers = {["Cookie"] = cookie}
local posting = {["Cookie"] = cookie, ["Content-Type"] = "application/x-www-form-urlencoded"}
request = function()
  n = n + 1
  if mode == "pair" and n % 2 == 1 then
    local body = "csrfmiddlewaretoken=" .. token .. "&key=" .. tag .. n .. "&day=" .. day ..
      "&had=&interference=" .. (n % 5) * 2.5 .. "&mood=" .. (n % 4) * 2.5 ..
      "&sleep_quality=5&stress=2.5&flare=no"
    return wrk.format("POST", "/check-in/", posting, body)
  end
  return wrk.format("GET", os.getenv("BENCH_PATH"), headers)
end
"""


def main() -> int:
    """Print each rate and ratio; exit 1 where a bar is missed."""
    with tempfile.TemporaryDirectory(prefix="bench-web-") as folder:
        root = Path(folder)
        os.environ |= _settings(root)
        people = _people(root)
        (root / "load.lua").write_text(SCRIPT)
        with _server("safetomove.web.wsgi") as ours, _server("bench.bare_site:application") as bare:
            return _report(_measure(root, ours, bare, people))


def _settings(root: Path) -> dict[str, str]:
    return {
        "DJANGO_SETTINGS_MODULE": "safetomove.web.settings",
        "SAFETOMOVE_DATA": str(root),
        "SAFETOMOVE_SECRET_KEY": secrets.token_hex(32),
        "SAFETOMOVE_SITE_KEY": secrets.token_hex(32),
        "SAFETOMOVE_DATABASE": "",
        "BARE_DATABASE": str(root / "bare.sqlite3"),
    }


def _people(root: Path) -> dict[str, str]:
    """Make two people and the bare site's session; return their session keys and the day."""
    made = {}
    for name in ("bench.web_people", "bench.bare_people"):
        done = subprocess.run(
            [sys.executable, "-m", name, str(SHORT), str(LONG)],
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        made |= json.loads(done.stdout.splitlines()[-1])
    return made


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A running server: where it answers, and the process that all its work is done in."""

    address: str
    master: int

    def cpu_seconds(self) -> float:
        """Add up what the server's processes have used of the processor."""
        children = Path(f"/proc/{self.master}/task/{self.master}/children").read_text().split()
        return sum(_cpu_seconds(each) for each in (str(self.master), *children))


def _cpu_seconds(process: str) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def _server(app: str) -> Iterator[Site]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "-w", "1", "--threads", str(CONNECTIONS)]
    process = subprocess.Popen(
        [*command, "-b", f"127.0.0.1:{port}", "--log-level", "error", app],
        stdout=subprocess.DEVNULL,
    )
    try:
        _wait_for(port)
        yield Site(address=f"http://127.0.0.1:{port}", master=process.pid)
    finally:
        process.terminate()
        process.wait(10)


def _wait_for(port: int) -> None:
    for _ in range(150):
        try:  # a real answer: the port is open before a worker is there to serve it
            asked = HTTPConnection("127.0.0.1", port, timeout=20)
            asked.request("GET", "/none")
            asked.getresponse()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("a server did not start")


def _measure(root: Path, ours: Site, bare: Site, people: dict[str, str]) -> dict[str, list[Ran]]:
    loads = {
        BARE: (bare, "/", "get", people["bare"]),
        PAIR: (ours, "/today/", "pair", people["short"]),
        TODAY: (ours, "/today/", "get", people["short"]),
        TODAY_LONG: (ours, "/today/", "get", people["long"]),
    }
    runs: dict[str, list[Ran]] = {name: [] for name in loads}
    for number in range(ROUNDS + 1):
        for name, load in loads.items():
            ran = _drive(root, *load, day=people["day"])
            if number:  # the first round warms both sides up
                runs[name].append(ran)
    return runs


def _drive(root: Path, site: Site, path: str, mode: str, session: str, *, day: str) -> Ran:
    token = "a" * 32
    env = {
        "BENCH_MODE": mode,
        "BENCH_PATH": path,
        "BENCH_DAY": day,
        "BENCH_TAG": secrets.token_hex(6),
        "BENCH_TOKEN": token,
        "BENCH_COOKIE": f"session={session}; sessionid={session}; csrf={token}; csrftoken={token}",
    }
    load = ["-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "-s", str(root / "load.lua")]
    command = [shutil.which("wrk") or "wrk", *load, site.address]
    before = site.cpu_seconds()
    done = subprocess.run(
        command, env=os.environ | env, check=True, stdout=subprocess.PIPE, text=True
    )
    used = site.cpu_seconds() - before
    requests, rate = _told(r"(\d+) requests in", done.stdout), _told(SECOND, done.stdout)
    if "Non-2xx or 3xx" in done.stdout or not requests:
        raise SystemExit(f"{path} answered with errors, or not at all:\n{done.stdout}")
    return Ran(rate=rate, cpu=1000 * used / requests)


def _told(pattern: str, text: str) -> float:
    found = re.search(pattern, text)
    if found is None:
        raise SystemExit(f"wrk did not say {pattern}:\n{text}")
    return float(found[1])


def _report(runs: dict[str, list[Ran]]) -> int:
    for name, found in runs.items():
        rate, cpu = (statistics.median(getattr(each, what) for each in found) for what in KINDS)
        print(f"{name:28} {rate:8.1f} requests/s {cpu:6.2f} ms of processor each")
    share = statistics.median(_ratios(runs[PAIR], runs[BARE], "rate"))
    spare = statistics.median(_ratios(runs[BARE], runs[PAIR], "cpu"))
    growth = statistics.median(_ratios(runs[TODAY], runs[TODAY_LONG], "rate"))
    print(f"{share:.2f} of the bare page's rate (bar: at least {LEAST_SHARE})")
    print(f"{spare:.2f} by processor time alone")
    print(f"{growth:.2f} times the cost at 3,650 days (bar: at most {MOST_GROWTH})")
    return 0 if share >= LEAST_SHARE and growth <= MOST_GROWTH else 1


def _ratios(ones: list[Ran], others: list[Ran], what: str) -> list[float]:
    pairs = zip(ones, others, strict=True)
    return [getattr(one, what) / getattr(other, what) for one, other in pairs]


if __name__ == "__main__":
    sys.exit(main())
