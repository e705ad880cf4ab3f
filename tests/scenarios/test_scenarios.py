"""Given these files, the command line answers exactly that.

A scenario is a folder: `command.txt` (the words after `safetomove`), the files it names, and
`expected.json`. The three "real" ones need the real diaries beside the project.
"""

import json
import shlex
from pathlib import Path

import pytest

from safetomove.cli import main

HERE = Path(__file__).parent
SHARED = HERE.parents[2] / "shared" / "data" / "diaries"
FOLDERS = sorted(path.parent for path in HERE.glob("*/command.txt"))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_scenario(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = (folder / "command.txt").read_text(encoding="utf-8")
    if "{real}" in words and not SHARED.is_dir():
        pytest.skip("the real diaries are not beside the project")
    monkeypatch.chdir(folder)
    status = main(shlex.split(words.replace("{real}", str(SHARED))))
    answered = json.loads(capsys.readouterr().out)
    assert status == 0
    assert answered == json.loads((folder / "expected.json").read_text(encoding="utf-8"))
