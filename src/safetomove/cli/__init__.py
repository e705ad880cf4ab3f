"""JSON and CSV in, JSON or words out. Exit 0 is good; 2 is bad input with one clear line."""

import argparse
import gc
import sys
from typing import Any, NoReturn

from safetomove.cli import parsers
from safetomove.core.errors import CoreError

BAD_INPUT = 2


HELP_WIDTH = 78  # characters; to ask how wide the terminal is would slow down every answer


class _Parser(argparse.ArgumentParser):
    """Say what is wrong in one line, as every other refusal does."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings | {"formatter_class": _formatter})

    def error(self, message: str) -> NoReturn:
        self.exit(BAD_INPUT, f"safetomove: {message} (see: {self.prog} --help)\n")


def main(argv: list[str] | None = None) -> int:
    """Run one command; return the exit status."""
    parser = parsers.add_commands(_Parser(prog="safetomove", description=__doc__))
    options = parser.parse_args(argv)
    gc.disable()  # one short answer: looking for garbage would cost more than it frees
    try:
        options.run(options)
    except CoreError as error:
        print(f"safetomove: {_one_line(error)}", file=sys.stderr)
        return BAD_INPUT
    except BrokenPipeError:  # the reader had enough, as `head` does
        sys.stderr.close()
    finally:
        gc.enable()
    return 0


def _formatter(prog: str) -> argparse.HelpFormatter:
    return argparse.HelpFormatter(prog, width=HELP_WIDTH)


def _one_line(error: CoreError) -> str:
    return " ".join(str(error).split())
