"""`serve` and what else needs the site: handed to Django in place of this process."""

import argparse
import os
import sys

SETTINGS = "safetomove.web.settings"


def serve(options: argparse.Namespace) -> None:
    """Start the site."""
    hand_over("serve", options.words)


def demo(options: argparse.Namespace) -> None:
    """Add a person to look around with."""
    hand_over("demo", options.words)


def clinic(options: argparse.Namespace) -> None:
    """Open a clinic."""
    hand_over("clinic", options.words)


def standings(options: argparse.Namespace) -> None:
    """Bring the clinics' lists up to date."""
    hand_over("standings", options.words)


def doctor(options: argparse.Namespace) -> None:
    """Look for what is wrong with this site."""
    hand_over("doctor", options.words)


def backup(options: argparse.Namespace) -> None:
    """Copy the database while it runs."""
    hand_over("backup", options.words)


def restore(options: argparse.Namespace) -> None:
    """Put a copy of the database back."""
    hand_over("restore", options.words)


def hand_over(command: str, words: list[str]) -> None:
    """Go on as Django, with the site's settings; nothing comes back here."""
    sys.stdout.flush()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    os.execv(sys.executable, [sys.executable, "-m", "django", command, *words])
