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
    safety = (_triage, _scan_note, _explain_scan)
    models = (_patterns, _forecast, _fit_priors, _simulate, _trial)
    measures = (_score, _instruments, _load_instrument)
    for add in (*safety, _search, _review, _next_dose, *measures, *models, _site):
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


def _explain_scan(commands: "argparse._SubParsersAction[Parser]") -> None:
    one = commands.add_parser("explain-scan", help="a scan report in, its words explained")
    one.add_argument("report", metavar="REPORT.txt", nargs="?", default="-")
    one.add_argument("--age", type=int, metavar="YEARS", help="to say how common a finding is")
    _how(one)
    one.set_defaults(run=_command("safetomove.cli.scan", "explain_scan"))


def _search(commands: "argparse._SubParsersAction[Parser]") -> None:
    one = commands.add_parser("search", help="a question in, the pages that answer it out")
    one.add_argument("query", nargs="+", metavar="WORDS")
    _how(one)
    one.set_defaults(run=_command("safetomove.cli.search", "search"))


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


def _patterns(commands: "argparse._SubParsersAction[Parser]") -> None:
    one = commands.add_parser("patterns", help="what went along with good and bad days")
    one.add_argument("diary", metavar="DIARY.csv")
    one.add_argument("--outcome", default="pain", help="a column of the diary; else pain")
    one.add_argument(
        "--contributor", action="append", metavar="NAME", help="again for each; else the ten usual"
    )
    one.add_argument("--priors", metavar="PRIORS.json", help="as `fit-priors` writes them")
    one.add_argument("--before", type=_day, metavar="DATE", help="leave out this day and later")
    _how(one)
    one.set_defaults(run=_command("safetomove.cli.patterns", "patterns"))


def _simulate(commands: "argparse._SubParsersAction[Parser]") -> None:
    one = commands.add_parser("simulate", help="try a dose rule on virtual patients (exploratory)")
    one.add_argument("--policy", default="ours", help="ours (the default), quota-10, …, or all")
    one.add_argument("--family", default="all", help="threshold, fitness, …, or all (the default)")
    _cohort(one, patients=1000)
    _how(one)
    one.set_defaults(run=_command("safetomove.cli.simulate", "simulate"))


def _trial(commands: "argparse._SubParsersAction[Parser]") -> None:
    one = commands.add_parser("trial", help="every policy on every family, as data and a page")
    _cohort(one, patients=2000)
    one.add_argument("--out", metavar="FILE.json", help="where the result goes, else printed")
    one.add_argument("--page", metavar="FILE.html", help="where the page goes")
    one.set_defaults(run=_command("safetomove.cli.simulate", "trial"))


def _cohort(parser: argparse.ArgumentParser, *, patients: int) -> None:
    parser.add_argument("--patients", type=int, default=patients, help="people in each family")
    parser.add_argument("--days", type=int, default=84, help="twelve weeks are the default")
    parser.add_argument("--seed", type=int, default=1, help="another seed, other people")


def _forecast(commands: "argparse._SubParsersAction[Parser]") -> None:
    one = commands.add_parser("forecast", help="each day against what was to be expected")
    one.add_argument("diary", metavar="DIARY.csv")
    one.add_argument("--column", default="pain", help="a number column; else pain")
    _how(one)
    one.set_defaults(run=_command("safetomove.cli.forecast", "forecast"))


def _fit_priors(commands: "argparse._SubParsersAction[Parser]") -> None:
    one = commands.add_parser("fit-priors", help="learn what links are common, from many diaries")
    one.add_argument("diaries", metavar="DIARY.csv", nargs="+")
    one.add_argument("--outcome", default="pain", help="a column of the diaries; else pain")
    one.add_argument("--passes", type=int, default=4, help="over all diaries; else 4")
    one.add_argument("--workers", type=int, default=1, help="processes on this machine; else 1")
    one.add_argument("--cluster", metavar="ADDRESS", help="a Dask scheduler, like tcp://host:8786")
    one.set_defaults(run=_command("safetomove.cli.patterns", "fit_priors"))


def _score(commands: "argparse._SubParsersAction[Parser]") -> None:
    one = commands.add_parser("score", help="answers to a questionnaire in, its scores out")
    one.add_argument("instrument", metavar="INSTRUMENT", help="an id such as phq9, or a file")
    one.add_argument("answers", metavar="ANSWERS.json", help='like {"answers": {"q1": 2}}')
    one.add_argument("--rules", metavar="ID", help="whose rules a file follows, if it doesn't say")
    one.add_argument("--fhir", action="store_true", help="answers and scores as FHIR R4")
    _on(one)
    _how(one)
    one.set_defaults(run=_command("safetomove.cli.measures", "score"))


def _instruments(commands: "argparse._SubParsersAction[Parser]") -> None:
    one = commands.add_parser("instruments", help="every questionnaire that can be scored")
    _how(one)
    one.set_defaults(run=_command("safetomove.cli.measures", "instruments"))


def _load_instrument(commands: "argparse._SubParsersAction[Parser]") -> None:
    one = commands.add_parser("load-instrument", help="give a site the words of a questionnaire")
    one.add_argument(
        "file", metavar="FILE", help="FHIR Questionnaire (JSON), TOML, or value set (CSV)"
    )
    one.add_argument("--rules", metavar="ID", help="whose rules it follows, if it doesn't say")
    one.set_defaults(run=_command("safetomove.cli.measures", "load_instrument"))


def _site(commands: "argparse._SubParsersAction[Parser]") -> None:
    for name, help_text in (
        ("serve", "start the site on this machine"),
        ("demo", "add a person with twelve weeks of diary"),
        ("clinic", "open a clinic, and let its first administrator in"),
        ("standings", "bring the clinics' lists up to date, every night"),
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
