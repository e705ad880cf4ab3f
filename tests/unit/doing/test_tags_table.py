"""The table that a physiotherapist reads is the one that the site goes by."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def test_the_printed_table_of_tags_is_up_to_date() -> None:
    script = ROOT / "scripts" / "print_movement_tags.py"
    printed = subprocess.run(
        [sys.executable, str(script)], capture_output=True, text=True, check=True
    ).stdout
    assert (ROOT / "docs" / "reference" / "movement-tags.md").read_text("utf-8") == printed, (
        "run: python scripts/print_movement_tags.py > docs/reference/movement-tags.md"
    )
