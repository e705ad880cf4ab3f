"""The rule table is whole, dated, sourced, and printed as it stands."""

import subprocess
import sys
from pathlib import Path

import pytest

from safetomove.content.catalogue import load
from safetomove.core.safety import FLAGS, Disposition, Rule, newest_rules
from safetomove.core.safety.flags import CES_FLAGS, FOLLOW_UPS

ROOT = Path(__file__).parents[2]
RULES = newest_rules().rules
BY_ID = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)


def test_every_warning_sign_and_follow_up_has_a_rule() -> None:
    named = {rule.flag for rule in RULES} | {rule.id for rule in RULES}
    assert set(FLAGS) | set(FOLLOW_UPS) <= named


@BY_ID
def test_every_rule_cites_sources_that_can_be_looked_up(rule: Rule) -> None:
    for source in rule.source:
        assert load().source(source).finding


@BY_ID
def test_every_rule_was_read_against_its_sources_within_a_year_of_its_version(rule: Rule) -> None:
    assert abs((rule.reviewed - newest_rules().in_force_from).days) <= 365


@BY_ID
def test_every_rule_has_words_for_what_the_person_told_us(rule: Rule) -> None:
    assert load().told_us(rule.flag)


@BY_ID
def test_not_knowing_an_emergency_sign_means_ring_today(rule: Rule) -> None:
    if rule.disposition is Disposition.EMERGENCY or rule.flag in CES_FLAGS:
        assert rule.unknown_means is Disposition.SAME_DAY


@BY_ID
def test_not_knowing_any_other_warning_sign_never_means_proceed(rule: Rule) -> None:
    assert rule.unknown_means is not Disposition.PROCEED


def test_the_printed_table_is_the_table_in_use() -> None:
    script = ROOT / "scripts" / "print_safety_rules.py"
    printed = subprocess.run(
        [sys.executable, str(script)], capture_output=True, text=True, check=True, encoding="utf-8"
    ).stdout
    kept = (ROOT / "docs" / "reference" / "safety-rules.md").read_text("utf-8")
    assert kept == printed, (
        "run: python scripts/print_safety_rules.py > docs/reference/safety-rules.md"
    )
