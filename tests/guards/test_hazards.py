"""The hazard table: a control that is said to be built has a test that exists."""

import ast
import tomllib
from functools import cache
from typing import Any

from tests.guards.project import ROOT

TABLE = ROOT / "docs" / "safety" / "hazards.toml"
STATUSES = {"built", "open"}
NOT_SCORED = "to be scored by a clinical safety officer"
HAZARD_KEYS = {"id", "title", "causes", "effect", "score", "control"}
CONTROL_KEYS = {"id", "what", "status", "tests"}


@cache
def _hazards() -> list[dict[str, Any]]:
    return tomllib.loads(TABLE.read_text(encoding="utf-8"))["hazard"]


def _controls() -> list[dict[str, Any]]:
    return [control for hazard in _hazards() for control in hazard["control"]]


@cache
def _tests_in(path: str) -> frozenset[str]:
    file = ROOT / path
    if not file.is_file():
        return frozenset()
    tree = ast.parse(file.read_text(encoding="utf-8"))
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
    return frozenset(node.name for node in functions if node.name.startswith("test_"))


def exists(node_id: str) -> bool:
    """Say whether `path::test_name` names a test."""
    path, _, name = node_id.partition("::")
    return bool(name) and name in _tests_in(path)


def test_every_hazard_is_complete_and_none_is_scored_by_us() -> None:
    for hazard in _hazards():
        assert set(hazard) == HAZARD_KEYS, hazard["id"]
        assert hazard["score"] == NOT_SCORED, hazard["id"]
        assert hazard["control"], hazard["id"]


def test_every_control_is_complete_and_its_id_is_its_own() -> None:
    ids = [control["id"] for control in _controls()]
    assert len(set(ids)) == len(ids)
    for hazard in _hazards():
        for control in hazard["control"]:
            assert set(control) == CONTROL_KEYS, control["id"]
            assert control["id"].startswith(hazard["id"] + "."), control["id"]
            assert control["status"] in STATUSES, control["id"]


def test_every_control_that_is_said_to_be_built_names_a_test() -> None:
    untested = [one["id"] for one in _controls() if one["status"] == "built" and not one["tests"]]
    assert not untested, untested


def test_every_test_that_a_control_names_exists() -> None:
    gone = [(one["id"], test) for one in _controls() for test in one["tests"] if not exists(test)]
    assert not gone, gone


def test_a_control_that_is_open_claims_no_test() -> None:
    claimed = [one["id"] for one in _controls() if one["status"] == "open" and one["tests"]]
    assert not claimed, claimed


def test_a_test_that_is_not_there_is_seen() -> None:
    here = "tests/guards/test_hazards.py"
    assert exists(f"{here}::test_a_test_that_is_not_there_is_seen")
    assert not exists(f"{here}::test_nobody_wrote")
    assert not exists("tests/guards/nowhere.py::test_nobody_wrote")
