"""The command line: `python -m safetomove` or `safetomove`."""

import sys

from safetomove.cli import main

if __name__ == "__main__":
    sys.exit(main())
