"""Serve the real site for a test: gunicorn, its own folder, its own keys and database."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

KEYS = {
    "SAFETOMOVE_SECRET_KEY": "a secret key that only served tests ever use, long enough for all",
    "SAFETOMOVE_SITE_KEY": "a site key that only served tests ever use, and no one else",
}
START_SECONDS = 60
GUNICORN = ["gunicorn", "-w", "1", "--threads", "4", "--no-control-socket"]

OPEN_AS = """
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from safetomove.services.people import SESSION_KEY
session = SessionStore()
session[SESSION_KEY] = {person!r}
session.create()
print(settings.SESSION_COOKIE_NAME, session.session_key)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A running site: where it listens, and the settings it runs with."""

    url: str
    env: Mapping[str, str]

    def python(self, code: str) -> str:
        """Run code beside the site, on its records, and return what it prints."""
        whole = f"import django; django.setup()\n{code}"
        return _run([sys.executable, "-c", whole], self.env)

    def cookie_of(self, person: str) -> dict[str, Any]:
        """Return the cookie that opens the site as a person who is kept there."""
        name, value = self.python(OPEN_AS.format(person=person)).split()
        return {"name": name, "value": value, "url": self.url}


@contextmanager
def served(data: Path, **extra: str) -> Iterator[Site]:
    """Make a site in an empty folder and serve it until the test is done."""
    env = _environment(data, extra)
    _run([sys.executable, "manage.py", "migrate", "-v0"], env)
    _run([sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"], env)
    with running(env) as site:
        yield site


@contextmanager
def running(env: Mapping[str, str]) -> Iterator[Site]:
    """Serve a site that is already there."""
    port = _free_port()
    bind = ["-b", f"127.0.0.1:{port}", "safetomove.web.wsgi"]
    command = [sys.executable, "-m", *GUNICORN, *bind]
    log = subprocess.DEVNULL
    process = subprocess.Popen(command, env={**env}, stdout=log, stderr=log)
    try:
        site = Site(url=f"http://localhost:{port}", env=env)
        _wait_for(site.url + "/help-now/", process)
        yield site
    finally:
        process.terminate()
        process.wait(20)


def _environment(data: Path, extra: Mapping[str, str]) -> dict[str, str]:
    settings = {"DJANGO_SETTINGS_MODULE": "safetomove.web.settings"}
    return {**os.environ, **KEYS, **settings, "SAFETOMOVE_DATA": str(data), **extra}


def _run(command: list[str], env: Mapping[str, str]) -> str:
    done = subprocess.run(command, env={**env}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        assert process.poll() is None, "the site stopped before it answered"
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"{url} did not answer in {START_SECONDS} s")
