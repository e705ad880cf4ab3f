"""The shape of the code: small pieces, one maker of clearance, a core without a clock."""

import ast
from collections.abc import Iterator

import pytest

from tests.guards.project import called, python_files

SMALL = ("core", "services")
FUNCTION_LINES_TOP = 40
FILE_LINES_TOP = 300

# A table of facts is as long as the facts are; each is named here with the reason.
TABLES: dict[str, str] = {}

TIME = {"today", "now", "utcnow", "time", "time_ns", "monotonic", "perf_counter", "localtime"}
CLOCKS = {"date", "datetime", "time", "timezone"}
OUTSIDE = {"open", "print", "input", "getenv", "urandom"}
BELOW_THE_WEB = ("core", "content", "records", "services")


def _functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def _lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count the lines of a function without its docstring: words of explanation are free."""
    whole = (node.end_lineno or node.lineno) - node.lineno + 1
    first = node.body[0]
    if ast.get_docstring(node) is None:
        return whole
    return whole - ((first.end_lineno or first.lineno) - first.lineno + 1)


def _calls(tree: ast.Module) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def clocks_read(tree: ast.Module) -> list[int]:
    """Return the lines on which a tree asks what the time is."""
    return [
        node.lineno
        for node in _calls(tree)
        if isinstance(node.func, ast.Attribute)
        and node.func.attr in TIME
        and isinstance(node.func.value, ast.Name | ast.Attribute)
        and ast.unparse(node.func.value).rsplit(".", 1)[-1] in CLOCKS
    ]


def makers_of_clearance(tree: ast.Module) -> list[int]:
    """Return the lines on which a clearance is made or copied with other days."""
    return [
        node.lineno
        for node in _calls(tree)
        if called(node) == "Clearance"
        or (called(node) == "replace" and "clearance" in ast.unparse(node).lower())
    ]


@pytest.mark.parametrize("part", SMALL)
def test_functions_stay_short_enough_to_read_at_a_glance(part: str) -> None:
    long = [
        f"{name}:{function.lineno} {function.name}: {_lines(function)} lines"
        for name, tree in python_files(part)
        for function in _functions(tree)
        if _lines(function) > FUNCTION_LINES_TOP
    ]
    assert not long, long


@pytest.mark.parametrize("part", SMALL)
def test_files_stay_short_enough_to_hold_in_mind(part: str) -> None:
    long = [
        name
        for name, tree in python_files(part)
        if name not in TABLES
        and max((node.end_lineno or 0 for node in tree.body), default=0) > FILE_LINES_TOP
    ]
    assert not long, long


def test_only_triage_makes_a_clearance() -> None:
    makers = {name for name, tree in python_files() if makers_of_clearance(tree)}
    assert makers == {"core/safety/triage.py"}


def test_core_and_content_never_ask_what_the_time_is() -> None:
    read = [
        f"{name}:{line}"
        for name, tree in python_files("core", "content")
        for line in clocks_read(tree)
    ]
    assert not read, read


def test_core_opens_no_file_but_its_own_tables_and_prints_nothing() -> None:
    found = [
        f"{name}:{node.lineno} {node.func.id}"
        for name, tree in python_files("core")
        for node in _calls(tree)
        if isinstance(node.func, ast.Name) and node.func.id in OUTSIDE
    ]
    assert not found, found


def test_nothing_below_the_web_can_write_a_log() -> None:
    """What is never logged can't leak: only the web layer, behind its filter, may log."""
    found = [
        f"{name}:{node.lineno}"
        for name, tree in python_files(*BELOW_THE_WEB)
        for node in ast.walk(tree)
        if (isinstance(node, ast.Import) and any(one.name == "logging" for one in node.names))
        or (isinstance(node, ast.ImportFrom) and node.module == "logging")
        or (isinstance(node, ast.Call) and called(node) == "print")
    ]
    assert not found, found


def test_the_guards_themselves_see_what_they_look_for() -> None:
    assert clocks_read(ast.parse("import datetime\nx = datetime.date.today()")) == [2]
    assert clocks_read(ast.parse("from django.utils import timezone\ntimezone.now()")) == [2]
    assert makers_of_clearance(ast.parse("safety.Clearance(given_on=day)")) == [1]
    assert makers_of_clearance(ast.parse("dataclasses.replace(clearance, expires_on=day)")) == [1]
