"""`safetomove explain-scan`: a report in, the contract's JSON out."""

import io
import json

import pytest

from safetomove.cli import main

REPORT = "L4/5: disc bulge with no nerve root compression.\nOld wedge fracture of L1.\n"


def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], text: str, *more: str
) -> tuple[int, str, str]:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    try:
        status = main(["explain-scan", *more])
    except SystemExit as stop:
        status = int(stop.code or 0)
    said = capsys.readouterr()
    return status, said.out, said.err


def test_the_answer_has_the_names_of_the_contract_and_no_others(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, _ = run(monkeypatch, capsys, REPORT, "--age", "47")
    assert status == 0
    assert json.loads(out) == {
        "findings": [
            {
                "id": "disc_bulge", "text": "disc bulge", "start": 6, "end": 16,
                "negated": False, "levels": ["L4/5"], "percent_without_pain": 57,
            },
            {
                "id": "nerve_root_contact", "text": "nerve root compression", "start": 25,
                "end": 47, "negated": True, "levels": ["L4/5"], "percent_without_pain": None,
            },
            {
                "id": "fracture", "text": "fracture", "start": 59, "end": 67,
                "negated": False, "levels": ["L1"], "percent_without_pain": None,
            },
        ],
        "urgent": [{"id": "fracture", "text": "fracture", "card": "trauma"}],
    }  # fmt: skip


def test_without_an_age_no_figure_is_made_up(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = run(monkeypatch, capsys, "Disc bulge.")
    assert json.loads(out)["findings"][0]["percent_without_pain"] is None


def test_in_words_the_card_comes_first_and_the_limits_last(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = run(monkeypatch, capsys, REPORT, "--age", "47", "--text")
    lines = out.splitlines()
    assert lines[0].startswith("Your report names a break")
    assert "57 in 100" in out
    assert "can’t see your pictures" in lines[-1]


@pytest.mark.parametrize("more", [("--age", "900"), ("--age", "old"), ("no-such-file.txt",)])
def test_what_cannot_be_read_is_refused_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], more: tuple[str, ...]
) -> None:
    status, out, err = run(monkeypatch, capsys, "Disc bulge.", *more)
    assert (status, out, err.count("\n")) == (2, "", 1)
