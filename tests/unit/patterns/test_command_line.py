"""`patterns`, `forecast` and `fit-priors`: the names in their JSON are a contract."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bench.invented_people import World, person
from safetomove.cli import main
from safetomove.core import patterns
from safetomove.core.diary import write_csv


@pytest.fixture
def diary(tmp_path: Path) -> str:
    path = tmp_path / "d.csv"
    path.write_text(write_csv(person(World(), 9, 0).diary), "utf-8")
    return str(path)


def told(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, object]:
    assert main(list(words)) == 0
    data = json.loads(capsys.readouterr().out)
    assert isinstance(data, dict)
    return data


def test_patterns_answers_with_each_contributor_on_both_days(
    diary: str, capsys: pytest.CaptureFixture[str]
) -> None:
    data = told(capsys, "patterns", diary, "--outcome", "pain")
    rows = data["contributors"]
    assert isinstance(rows, list)
    assert {"contributor", "lag", "inclusion", "effect", "low", "high", "verdict", "caution"} <= (
        rows[0].keys()
    )
    assert [row["lag"] for row in rows] == [0, 1] * 8
    assert all(0 <= row["inclusion"] <= 1 and row["low"] <= row["high"] for row in rows)


def test_learnt_priors_are_read_back_and_change_the_answer(
    diary: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    learnt = told(capsys, "fit-priors", diary, "--passes", "1")
    path = tmp_path / "priors.json"
    path.write_text(json.dumps(learnt), "utf-8")
    with_them = told(capsys, "patterns", diary, "--priors", str(path))
    assert with_them["priors_version"] == learnt["version"] != patterns.PRIORS_VERSION
    assert with_them["contributors"] != told(capsys, "patterns", diary)["contributors"]


def test_forecast_answers_day_by_day_with_its_scores(
    diary: str, capsys: pytest.CaptureFixture[str]
) -> None:
    data = told(capsys, "forecast", diary, "--column", "pain")
    assert data.keys() == {"column", "days", "crps", "coverage_90"}
    days, scores = data["days"], data["crps"]
    assert isinstance(days, list)
    assert isinstance(scores, dict)
    assert days[0].keys() == {"date", "observed", "mean", "sd", "low", "high"}
    assert scores.keys() == {"model", "naive", "local_level"}


@pytest.mark.parametrize(
    "words",
    [
        ["patterns", "--outcome", "luck"],
        ["patterns", "--contributor", "pain"],
        ["forecast", "--column", "note"],
        ["fit-priors", "--passes", "0"],
        ["fit-priors", "--cluster", "tcp://127.0.0.1:1"],
    ],
)
def test_what_cannot_be_done_is_refused_in_one_line(
    words: list[str], diary: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if "--cluster" in words:
        pytest.importorskip("distributed")
        words = ["fit-priors", "--cluster", "nowhere"]
    assert main([words[0], diary, *words[1:]]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1


@pytest.mark.parametrize("command", ["patterns", "forecast"])
def test_no_site_and_no_compiler_is_loaded_for_an_answer(command: str, diary: str) -> None:
    code = (
        "import sys; from safetomove.cli import main; main(sys.argv[1:]);"
        "print([m for m in ('django', 'numba', 'scipy.stats', 'dask') if m in sys.modules],"
        " file=sys.stderr)"
    )
    out = subprocess.run(
        [sys.executable, "-c", code, command, diary], capture_output=True, text=True, check=True
    )
    assert out.stderr.strip() == "[]"
