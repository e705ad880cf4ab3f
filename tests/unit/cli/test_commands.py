"""The command line: exit 0 with an answer, or exit 2 with one line that says what to do."""

import io
import json
import os
import pty
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from safetomove.cli import main
from safetomove.core.safety import NoteCard
from tests.people import all_clear

DIARY = "date,flare,dose:walking\n2026-03-01,no,10\n2026-03-02,no,10\n2026-03-03,no,10\n"


def refusal(argv: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    try:
        status = main(argv)
    except SystemExit as stop:
        status = int(stop.code or 0)
    said = capsys.readouterr()
    assert status == 2
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert "Traceback" not in said.err
    return said.err


def written(path: Path, text: str) -> str:
    path.write_text(text, encoding="utf-8")
    return str(path)


def feed(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))


def test_every_note_line_gets_its_own_answer(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    feed(monkeypatch, "a lovely slow walk\n\nI can't feel myself wee since last night\n")
    assert main(["scan-note"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["cards"] for line in lines] == [[], [], [NoteCard.CAUDA_EQUINA]]


@pytest.mark.parametrize(
    "answers",
    [
        "not json",
        "[]",
        '{"answers": {"ces_blader": "yes"}}',
        '{"answers": {"ces_bladder": "perhaps"}}',
        '{"answers": {"ces_bladder": true}}',
        '{"answers": {"ces_bladder": "no", "ces_bladder": "yes"}}',
        '{"answers": {}, "context": {"age": -1}}',
        '{"answers": {}, "context": {"age": "old"}}',
        "[" * 50_000,
    ],
    ids="not-json list misspelt other-word boolean twice age-below-0 age-in-words deep".split(),
)
def test_answers_that_cannot_be_read_are_refused_in_one_line(
    answers: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    refusal(["triage", written(tmp_path / "a.json", answers)], capsys)


def test_a_bad_cell_is_named_with_row_and_column(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    diary = written(tmp_path / "d.csv", "date,pain\n2026-03-01,11\n")
    said = refusal(["review", diary, "--on", "2026-03-02"], capsys)
    assert "row 2" in said
    assert "pain" in said


@pytest.mark.parametrize(
    "words",
    [
        ["--goal", "nan"],
        ["--goal", "-3"],
        ["--goal", "0"],
        ["--goal", "far"],
        ["--goal", "30", "--on", "2026-02-30"],
        ["--goal", "30", "--on", "0001-01-01"],
        ["--goal", "30", "--unit", "furlongs"],
        ["--goal", "30", "--baseline", "inf"],
        ["--goal", "30", "--activity", "swimming"],
    ],
    ids=lambda words: "".join(words[-2:]),
)
def test_next_dose_refuses_what_it_cannot_mean(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    diary = written(tmp_path / "d.csv", DIARY)
    refusal(["next-dose", diary, "--activity", "walking", "--on", "2026-03-05", *words], capsys)


def test_a_file_that_is_not_there_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert "nowhere.csv" in refusal(["review", "nowhere.csv"], capsys)


def test_a_file_that_is_not_text_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "d.csv").write_bytes(b"date,note\n2026-03-01,\xff\xfe\n")
    assert "UTF-8" in refusal(["review", str(tmp_path / "d.csv")], capsys)


def test_an_unknown_command_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    refusal(["prescribe"], capsys)


def test_a_review_without_answers_gives_no_dose(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["review", written(tmp_path / "d.csv", DIARY), "--on", "2026-03-05"]) == 0
    answered = json.loads(capsys.readouterr().out)
    assert answered["doses"] == []
    assert answered["triage"]["clearance"] is False


def test_next_dose_says_that_nobody_was_asked_about_safety(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    diary = written(tmp_path / "d.csv", DIARY)
    words = ["next-dose", diary, "--activity", "walking", "--goal", "30", "--on", "2026-03-05"]
    assert main(words) == 0
    answered = json.loads(capsys.readouterr().out)
    assert answered["safety_asked"] is False
    low, high = answered["room"]
    assert 0 < low <= answered["dose"] <= high


def test_next_dose_loads_neither_numpy_nor_django(tmp_path: Path) -> None:
    diary = written(tmp_path / "d.csv", DIARY)
    code = (
        "import sys; from safetomove.cli import main; "
        f"main(['next-dose', {diary!r}, '--activity', 'walking', '--goal', '30',"
        " '--on', '2026-03-05', '--json']); "
        "print([m for m in ('numpy', 'django', 'tomllib') if m in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.splitlines()[-1] == "[]"


def test_a_terminal_gets_words_and_a_pipe_gets_json(tmp_path: Path) -> None:
    answers = written(tmp_path / "a.json", '{"answers": {"ces_saddle": "yes"}, "context": {}}')
    command = [sys.executable, "-m", "safetomove", "triage", answers]
    piped = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert json.loads(piped)["disposition"] == "emergency"
    leader, follower = pty.openpty()
    subprocess.run(command, stdout=follower, check=True)
    os.close(follower)
    shown = os.read(leader, 65536).decode()
    os.close(leader)
    assert "999" in shown
    assert "{" not in shown


def test_next_dose_in_words_gives_the_number_and_a_sentence_for_each_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    diary = written(tmp_path / "d.csv", DIARY)
    words = ["next-dose", diary, "--activity", "walking", "--goal", "30", "--on", "2026-03-04"]
    assert main([*words, "--text"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "walking: 8 minutes (anything from 6½ to 9 minutes)"
    assert said[1].startswith("  - You start at 8 minutes.")
    assert "review" in said[-1]


@pytest.mark.parametrize("given_on", ['"2026-02-30"', "20260301", "null", '"soon"'])
def test_a_day_of_answering_that_cannot_be_read_is_refused(
    given_on: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = written(tmp_path / "a.json", f'{{"given_on": {given_on}, "answers": {{}}}}')
    refusal(["triage", answers], capsys)


def test_a_worrying_note_in_words_brings_its_card(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    note = "date,note\n2026-03-01,I can't feel myself wee since last night\n"
    answers = all_clear(given_on=date(2026, 3, 1)).to_json()
    command = ["review", written(tmp_path / "d.csv", note), "--on", "2026-03-01", "--text"]
    assert main([*command, "--answers", written(tmp_path / "a.json", json.dumps(answers))]) == 0
    said = capsys.readouterr().out
    assert "999" in said
    assert "2026-03-01" in said
