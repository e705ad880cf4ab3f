"""wait_for.py ADDRESS: wait until a site answers there; exit 1 when it never does."""

import sys
import time
import urllib.request
from urllib.error import URLError

TRIES, PAUSE_SECONDS = 120, 0.25


def answers(address: str) -> bool:
    """Say whether a page comes back."""
    try:
        with urllib.request.urlopen(address, timeout=5):
            return True
    except (URLError, OSError):
        return False


def main() -> int:
    """Ask again and again, a little apart."""
    for _ in range(TRIES):
        if answers(sys.argv[1]):
            return 0
        time.sleep(PAUSE_SECONDS)
    print(f"nothing answers at {sys.argv[1]}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
