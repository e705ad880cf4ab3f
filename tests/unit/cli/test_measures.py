"""`score` and `instruments`: a score with all its scales, or one line that says what is wrong."""

import json
from pathlib import Path

import pytest

from safetomove.cli import main

PHQ9 = {f"q{at}": 1 for at in range(1, 10)}


def written(path: Path, data: object) -> str:
    path.write_text(json.dumps(data), encoding="utf-8")
    return str(path)


def test_a_score_comes_with_its_scales_and_says_whether_there_is_a_crisis(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = written(tmp_path / "a.json", {"answers": PHQ9})
    assert main(["score", "PHQ-9", answers, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["score"], found["band"], found["crisis"]) == (9, "mild", True)
    assert found["scales"]["phq8"]["score"] == 8


def test_no_score_is_said_with_its_reason_and_is_not_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = written(tmp_path / "a.json", {"answers": {"q1": 1, "q2": None}})
    assert main(["score", "phq2", answers, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["score"], found["reason"]) == (None, "too_many_blank")
    assert main(["score", "phq2", answers, "--text"]) == 0
    assert "it takes at least 2" in capsys.readouterr().out


def test_an_answer_about_self_harm_is_answered_with_the_card_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = written(tmp_path / "a.json", {"answers": {"q9": 1}})
    assert main(["score", "phq9", answers, "--text"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Are you safe right now?"
    assert "Samaritans" in "\n".join(lines)


@pytest.mark.parametrize(
    ("instrument", "answers", "says"),
    [
        ("phq99", {"answers": {}}, "no scoring rules"),
        ("phq9", {"answers": {"q1": 7}}, "must be 0 to 3"),
        ("phq9", {"answers": {"x": 1}}, "no item called"),
        ("phq9", {"answers": {"q1": "1"}}, "whole number"),
        ("phq9", [], "must be an object"),
        ("lost.toml", {"answers": {}}, "can't read"),
    ],
)
def test_what_cannot_be_scored_is_refused_in_one_line(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    instrument: str,
    answers: object,
    says: str,
) -> None:
    assert main(["score", instrument, written(tmp_path / "a.json", answers)]) == 2
    said = capsys.readouterr()
    assert says in said.err
    assert said.err.count("\n") == 1


def test_a_sites_file_is_scored_by_its_rules(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    form = tmp_path / "form.toml"
    form.write_text(
        'rules = "phq2"\nversion = "7"\nanswers = ["a", "b", "c", "d"]\n'
        '[[item]]\nasks = "One"\n[[item]]\nasks = "Two"\n',
        encoding="utf-8",
    )
    answers = written(tmp_path / "a.json", {"answers": {"q1": 3, "q2": 1}})
    assert main(["score", str(form), answers, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["score"], found["version"]) == (4, "7")


def test_every_instrument_is_listed_with_whose_words_it_needs(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["instruments", "--json"]) == 0
    found = {one["id"]: one for one in json.loads(capsys.readouterr().out)}
    assert found["own-numbers"]["ships"]
    assert not found["phq9"]["ships"]
    assert main(["instruments", "--text"]) == 0
    assert "MSK-HQ (14): bring the words" in capsys.readouterr().out
