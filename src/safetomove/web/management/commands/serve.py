"""Start the site on this machine: the embedded default, one command and nothing else."""

import os
import socket
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from safetomove.web.management import site


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: list[str] = []  # noqa: RUF012 - Django's own name and type

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=1)

    def handle(self, *, host: str, port: int, workers: int, **_: Any) -> None:
        _refuse_if_taken(host, port)
        site.make_folders()
        try:
            made = site.make_keys()
        except site.KeyUnreadable as error:
            raise CommandError(str(error)) from None
        for path in made:
            self.stdout.write(f"A new key was made: {path}. Keep a copy apart from backups.")
        if site.migrate():
            self.stdout.write("The tables are up to date.")
        if site.collect_static():
            self.stdout.write("The pages' files are in place.")
        shown = "localhost" if host == "127.0.0.1" else host  # a passkey needs a name, not an IP
        self.stdout.write(f"Safe to Move: http://{shown}:{port}/  (Ctrl+C stops it)")
        self.stdout.write(f"The data lie in {settings.DATA_FOLDER}")
        self.stdout.flush()
        _become_server(host, port, workers)


def _refuse_if_taken(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            why = getattr(error, "strerror", None) or error
            raise CommandError(f"port {port} can't be used: {why}. Try another one.") from None


def _become_server(host: str, port: int, workers: int) -> None:
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    options = ["--workers", str(workers), "--threads", "4", "--bind", address]
    quiet = ["--log-level", "warning", "--timeout", "60", "--no-control-socket"]
    gunicorn = [sys.executable, "-m", "gunicorn", *options, *quiet, "safetomove.web.wsgi"]
    os.execv(sys.executable, gunicorn)
