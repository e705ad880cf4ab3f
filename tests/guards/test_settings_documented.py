"""Every setting a site may choose is explained, and every explained one is read."""

import ast
import re

from tests.guards.project import ROOT, called, python_files

PAGE = ROOT / "docs" / "reference" / "settings.md"
READERS = {"text", "flag", "words", "key", "number"}
NAME = re.compile(r"SAFETOMOVE_([A-Z][A-Z_]*[A-Z])")


def read_by(tree: ast.Module) -> set[str]:
    """Return the settings that a file reads, without their prefix."""
    names = set()
    for node in ast.walk(tree):
        match node:
            case ast.Call(args=[ast.Constant(value=str(name)), *_]) if called(node) in READERS:
                names |= {name} if name.isupper() else set()
            case ast.Constant(value=str(words)):
                names |= set(NAME.findall(words))
    return names


def _read_anywhere() -> set[str]:
    # The command line works without settings, and words that merely mention one are not a read.
    return {name for _, tree in python_files("web", "services") for name in read_by(tree)}


def _explained() -> set[str]:
    names = set(NAME.findall(PAGE.read_text(encoding="utf-8")))
    return {name.removesuffix("_FILE") for name in names}


def test_every_setting_that_is_read_is_explained() -> None:
    assert _read_anywhere() - _explained() == set()


def test_every_setting_that_is_explained_is_read() -> None:
    assert _explained() - _read_anywhere() == set()


def test_a_new_setting_would_be_seen() -> None:
    assert read_by(ast.parse("x = configuration.flag('LOUD')")) == {"LOUD"}
    assert read_by(ast.parse("x = os.environ['SAFETOMOVE_QUIET']")) == {"QUIET"}
