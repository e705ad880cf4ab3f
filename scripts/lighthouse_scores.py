"""lighthouse_scores.py PAGE REPORT.json: print one page's scores; exit 1 under our own bars."""

import json
import sys
from pathlib import Path

BARS = {"accessibility": 100, "performance": 98}


def main() -> int:
    """Print the scores of one page in a line."""
    page, report = sys.argv[1], json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
    scores = {
        name: round(100 * category["score"])
        for name, category in report["categories"].items()
        if category["score"] is not None
    }
    print(f"{page:<12}", "  ".join(f"{name} {score}" for name, score in scores.items()))
    return int(any(scores.get(name, 0) < bar for name, bar in BARS.items()))


if __name__ == "__main__":
    sys.exit(main())
