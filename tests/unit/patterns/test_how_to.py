"""The how-to runs as it stands on the page."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bench.invented_people import World, person
from safetomove.core.diary import write_csv

PAGE = Path(__file__).resolve().parents[3] / "docs" / "how-to" / "from-a-csv-to-a-picture.md"


def test_the_lines_on_the_page_turn_a_diary_into_a_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert len(lines) == 1
    (tmp_path / "diary.csv").write_text(write_csv(person(World(), 8, 0).diary), "utf-8")
    monkeypatch.chdir(tmp_path)
    exec(compile(lines[0], str(PAGE), "exec"), {})
    picture = ElementTree.parse(tmp_path / "picture.svg").getroot()
    named = [text.text for text in picture.iter("{http://www.w3.org/2000/svg}text")]
    assert "stress, day +0" in named
    assert "stress, day +1" in named
