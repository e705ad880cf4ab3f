"""Which commands there are and what each takes.

A command's module is imported only when it runs, so that one command does not pay for the
others: `next-dose` never loads the words, nor `triage` the diary.
"""

import argparse
from collections.abc import Callable
from datetime import date
from importlib import import_module
from typing import TypeVar

from safetomove.core.diary.cells import parse_day
from safetomove.core.errors import BadInput

Parser = TypeVar("Parser", bound=argparse.ArgumentParser)
Run = Callable[[argparse.Namespace], None]


def add_commands(parser: Parser) -> Parser:
    """Add every command to the parser."""
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for add in (_triage, _scan_note, _review, _next_dose, _site):
        add(commands)
    return parser


def _triage(commands: "argparse._SubParsersAction[Parser]") -> None:
    one = commands.add_parser("triage", help="answers about warning signs in, what to do out")
    one.add_argument("answers", metavar="ANSWERS.json")
    _on(one)
    _how(one)
    one.set_defaults(run=_command("safetomove.cli.safety", "triage"))


def _scan_note(commands: "argparse._SubParsersAction[Parser]") -> None:
    one = commands.add_parser("scan-note", help="one note a line in, one JSON a line out")
    one.add_argument("notes", metavar="NOTES.txt", nargs="?", default="-")
    one.add_argument("--json", action="store_true", help="the only form there is")
    one.set_defaults(run=_command("safetomove.cli.safety", "scan_notes"))


def _review(commands: "argparse._SubParsersAction[Parser]") -> None:
    one = commands.add_parser("review", help="a diary, answers and a plan in, one day's advice out")
    one.add_argument("diary", metavar="DIARY.csv")
    one.add_argument(
        "--answers", metavar="ANSWERS.json", help="given_on in it says when; without it, no dose"
    )
    one.add_argument("--plan", metavar="PLAN.json", help="the activities; see docs/how-to")
    _on(one)
    _how(one)
    one.set_defaults(run=_command("safetomove.cli.day", "review"))


def _next_dose(commands: "argparse._SubParsersAction[Parser]") -> None:
    one = commands.add_parser("next-dose", help="show what the dose rule says for one activity")
    one.add_argument("diary", metavar="DIARY.csv")
    one.add_argument("--activity", required=True, help="the name behind dose: in the diary")
    one.add_argument("--goal", required=True, type=float, help="in the activity's own unit")
    one.add_argument("--unit", default="minutes", help="minutes (the default), repetitions, …")
    one.add_argument("--baseline", type=float, help="else from the first three tries")
    _on(one)
    _how(one)
    one.set_defaults(run=_command("safetomove.cli.day", "next_dose"))


def _site(commands: "argparse._SubParsersAction[Parser]") -> None:
    for name, help_text in (
        ("serve", "start the site on this machine"),
        ("demo", "add a person with twelve weeks of diary"),
        ("doctor", "say whether this site is well"),
        ("backup", "copy the database while it runs"),
        ("restore", "put a copy back"),
    ):
        one = commands.add_parser(name, help=help_text, add_help=False, prefix_chars="\x00")
        one.add_argument("words", nargs="*")
        one.set_defaults(run=_command("safetomove.cli.site", name))


def _on(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--on", type=_day, metavar="DATE", help="the day, like 2026-11-22")


def _how(parser: argparse.ArgumentParser) -> None:
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--json", action="store_true", help="JSON, as it is when piped")
    how.add_argument("--text", action="store_true", help="words, as they are in a terminal")


def _day(text: str) -> date:
    try:
        return parse_day(text)
    except BadInput as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _command(module: str, name: str) -> Run:
    def run(options: argparse.Namespace) -> None:
        getattr(import_module(module), name)(options)

    return run
