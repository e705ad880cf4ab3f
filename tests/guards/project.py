"""What the guards look at: the project's own files, as text and as syntax trees."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "safetomove"
_NOT_OURS = {".git", ".venv", ".run", "node_modules", "__pycache__"}
_ENDINGS_OF_TEXT = {
    *(".py", ".md", ".toml", ".txt", ".in", ".json", ".cfg", ".sh", ".jinja", ".css", ".scss"),
    *(".js", ".mjs", ".svg", ".csv", ".tsv", ".html", ".webmanifest", ".npmrc", ""),
}


@cache
def committed() -> tuple[Path, ...]:
    """Return every file that is in the repository or would be with the next commit."""
    asked = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        listed = subprocess.run(asked, cwd=ROOT, capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):  # unpacked from an archive
        return tuple(sorted(_walk(ROOT)))
    found = (ROOT / name for name in listed.decode().split("\0") if name)
    return tuple(sorted(path for path in found if path.is_file()))


def texts() -> Iterator[tuple[str, str]]:
    """Yield the name and the words of each committed file of text."""
    for path in committed():
        if path.suffix in _ENDINGS_OF_TEXT:
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def python_files(*parts: str) -> Iterator[tuple[str, ast.Module]]:
    """Yield the name and the syntax tree of each Python file below some parts of the package."""
    for part in parts or (".",):
        for path in sorted((PACKAGE / part).rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
            yield path.relative_to(PACKAGE).as_posix(), tree


def called(node: ast.Call) -> str:
    """Return the last part of what is called: `Clearance` for `safety.Clearance(…)`."""
    match node.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def _walk(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.name in _NOT_OURS or path.name.endswith(("_cache", ".egg-info")):
            continue
        if path.is_dir():
            yield from _walk(path)
        else:
            yield path
