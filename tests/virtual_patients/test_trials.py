"""A trial says what it is, can be run again, and needs nothing from anywhere."""

import json
import re
from pathlib import Path

import pytest

from safetomove.cli import main
from safetomove.content import trials
from safetomove.core.pacing import RULE_VERSION
from safetomove.core.simulation import FamilyId, PolicyId, lean, worst
from safetomove.core.simulation.trial import TUNING_SEED, try_family


def answered(capsys: pytest.CaptureFixture[str], *words: str) -> dict:  # type: ignore[type-arg]
    assert main(["simulate", *words]) == 0
    return dict(json.loads(capsys.readouterr().out))


def test_simulate_prints_every_honest_metric_with_its_interval(
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = ["--policy", "ours", "--family", "null", "--patients", "60", "--days", "20"]
    data = answered(capsys, *words, "--seed", "4", "--json")
    assert data["note"] == "in-silico, exploratory"
    assert (data["seed"], data["patients"], data["days"]) == (4, 60, 20)
    assert data["rule_version"] == RULE_VERSION
    (result,) = data["results"]
    assert set(result["metrics"]) == set(trials.words()["metric"])
    assert all(low <= mean <= high for mean, low, high in result["metrics"].values())
    assert answered(capsys, *words, "--seed", "4", "--json") == data


def test_simulate_compares_every_policy_and_says_in_words_what_it_is(
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = ["--policy", "all", "--family", "threshold", "--patients", "30", "--days", "5"]
    assert {one["policy"] for one in answered(capsys, *words)["results"]} == set(PolicyId)
    assert main(["simulate", *words, "--text"]) == 0
    assert capsys.readouterr().out.startswith("In silico and exploratory")


@pytest.mark.parametrize(
    "words",
    [
        ["--policy", "theirs"],
        ["--family", "flat"],
        ["--patients", "0"],
        ["--days", "-3"],
        ["--seed", "x"],
    ],
)
def test_simulate_refuses_what_it_cannot_run_in_one_line(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        status = main(["simulate", *words])
    except SystemExit as stop:
        status = int(stop.code or 0)
    said = capsys.readouterr()
    assert (status, said.out, said.err.count("\n")) == (2, "", 1)


def test_the_line_over_the_rules_in_use_lies_above_them_all_and_bends_one_way() -> None:
    points = [(1.0, 1.0), (2.0, 1.1), (3.0, 2.0), (3.0, 1.0), (4.0, 2.1)]
    assert trials._edge(points) == [(1.0, 1.0), (3.0, 2.0), (4.0, 2.1)]
    for family in trials.latest()["families"]:
        chart = trials.chart(family)
        assert 2 <= len(chart.up) <= 8
        assert chart.frontier.count(",") >= 1


@pytest.mark.timeout(180)
def test_a_trial_writes_its_result_and_a_page_that_asks_nothing_of_anybody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("safetomove.core.simulation.trial.LEANINGS", {"heed": (0.5, 0.9)})
    out, page = tmp_path / "t.json", tmp_path / "new" / "t.html"
    size = ["--patients", "40", "--days", "14", "--seed", "3"]
    assert main(["trial", *size, "--out", str(out), "--page", str(page)]) == 0
    data = json.loads(out.read_text(encoding="utf-8"))
    assert {one["family"] for one in data["families"]} == set(FamilyId)
    assert [one["family"] for one in data["families"] if one["held_out"]] == ["spells"]
    assert data["command"] == "safetomove trial --patients 40 --days 14 --seed 3"
    html = page.read_text(encoding="utf-8")
    assert data["command"] in html
    assert html.count("In silico and exploratory") >= html.count("<svg viewBox")
    assert html.count("<svg viewBox") == len(FamilyId)
    assert not re.search(r"(?:src|href|url|@import)\s*[=(]|<script|https?:", html)
    assert not re.search(r"\bnan\b|>None|\bNone (?:to|\()|undefined", html)


def test_the_committed_trial_is_of_the_rule_that_ships_and_of_another_seed() -> None:
    data = trials.latest()
    assert data["rule_version"] == RULE_VERSION
    assert data["seed"] != TUNING_SEED
    assert {one["family"] for one in data["families"]} == set(FamilyId)
    for family in data["families"]:
        assert {one["policy"] for one in family["policies"]} == set(PolicyId)
        for mark in trials.chart(family).marks:
            assert trials.LEFT <= mark.x <= trials.WIDTH - trials.RIGHT
            assert trials.TOP <= mark.y <= trials.HEIGHT - trials.BOTTOM


def test_the_worst_family_is_told_and_assumptions_are_put_both_ways(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    results = [
        try_family(one, people=40, days=7, seed=1) for one in (FamilyId.NULL, FamilyId.SPELLS)
    ]
    family, gain = worst(results, PolicyId.OURS)
    assert gain.mean == min(
        one.metrics["gain"].mean
        for each in results
        for one in each.policies
        if one.policy is PolicyId.OURS
    )
    assert family in (FamilyId.NULL, FamilyId.SPELLS)
    monkeypatch.setattr("safetomove.core.simulation.trial.LEANINGS", {"miss": (0.05, 0.5)})
    found = lean(people=30, days=7, seed=1)
    assert [one.value for one in found] == [0.05, 0.5]
    assert all(FamilyId.NULL not in one.points for one in found)
